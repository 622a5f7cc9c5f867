"""What a page of Panel, Solara, Shiny and marimo would send, without a browser."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import uuid4

from protocol import HEADER, WAIT_SECONDS, Message, Visitor, states_of, wait_for
from tornado.httpclient import AsyncHTTPClient, HTTPRequest


class PanelVisitor(Visitor):
    """Somebody on the screen of `peers/` in Panel: Bokeh's messages, of three frames each."""

    path = "/panel_screen"

    async def enter(self) -> None:
        """Get the page and connect with the token that it holds."""
        await self.get_page()
        token = self.page.partition('"token":"')[2].partition('"')[0]
        await self.connect("/panel_screen/ws", "bokeh", token)

    async def _first(self) -> None:
        await self._hear("ACK")
        await self._say("PULL-DOC-REQ", {})
        models = {
            one["name"].rpartition(".")[2]: one["id"]
            for one in _models(await self._hear("PULL-DOC-REPLY"))
        }
        self.slider = models["Slider"]

    async def _move(self, index: int) -> None:
        change = {
            "kind": "ModelChanged",
            "model": {"id": self.slider},
            "attr": "value",
            "new": 7 + index % 10,
        }
        await self._say("PATCH-DOC", {"events": [change]})
        while "data:image/png" not in json.dumps(await self._hear("PATCH-DOC")):
            pass

    async def _say(self, kind: str, content: Message) -> None:
        for part in ({"msgid": uuid4().hex, "msgtype": kind}, {}, content):
            await self.write(json.dumps(part))

    async def _hear(self, kind: str) -> Message:
        while True:
            header = json.loads(await self.read())
            await self.read()
            content: Message = json.loads(await self.read())
            for _ in range(2 * header.get("num_buffers", 0)):
                await self.read()
            if header["msgtype"] == kind:
                return content


class SolaraVisitor(Visitor):
    """Somebody on the screen of `peers/` in Solara: Jupyter's messages in its own framing."""

    async def enter(self) -> None:
        """Get the page and connect to a kernel of one's own choice."""
        await self.get_page()
        path = f"/jupyter/api/kernels/{uuid4()}/channels?session_id={uuid4()}"
        await self.connect(path)

    async def _first(self) -> None:
        name = uuid4().hex
        target = {"comm_id": name, "target_name": "solara.control", "data": {}}
        await self._say("comm_open", target)
        run = {"method": "run", "args": {"path": "/", "appName": None}}
        await self._say("comm_msg", {"comm_id": name, "data": run})
        while True:
            kind, content = await self._hear()
            if states_of(content).get("_model_name") == "SliderModel":
                self.slider = content["comm_id"]
            if kind == "comm_msg" and content["data"].get("method") == "finished":
                return

    async def _move(self, index: int) -> None:
        data = {"method": "update", "state": {"v_model": 7 + index % 10}, "buffer_paths": []}
        await self._say("comm_msg", {"comm_id": self.slider, "data": data})
        await wait_for(self._hear, _is_picture)

    async def _say(self, kind: str, content: Message) -> None:
        header = HEADER | {"msg_id": uuid4().hex, "msg_type": kind}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content,
                   "channel": "shell", "buffers": []}  # fmt: skip
        await self.write(json.dumps(message))

    async def _hear(self) -> tuple[str, Message]:
        data = await self.read()
        if isinstance(data, bytes):  # the parts are counted, then placed, in 32 bits
            count = int.from_bytes(data[:4], "big")
            places = [int.from_bytes(data[4 * i : 4 * i + 4], "big") for i in range(1, count + 1)]
            data = data[places[0] : places[1] if count > 1 else None].decode()
        message = json.loads(data)
        return message["header"]["msg_type"], message["content"]


class ShinyVisitor(Visitor):
    """Somebody on the screen of `peers/` in Shiny: one object of JSON a frame."""

    async def enter(self) -> None:
        """Get the page and connect; any process of the server may answer."""
        await self.get_page()
        await self.connect("/websocket/")

    async def _first(self) -> None:
        hidden = {
            f".clientdata_output_{name}_hidden": False for name in ("answer", "image", "rows")
        }
        size = {".clientdata_output_image_width": 800, ".clientdata_output_image_height": 320}
        others = {".clientdata_pixelratio": 1, ".clientdata_url_search": ""}
        await self._say("init", {"bonus": 6, "note": ""} | hidden | size | others)
        await self._drawn()

    async def _move(self, index: int) -> None:
        await self._say("update", {"bonus": 7 + index % 10})
        await self._drawn()

    async def _say(self, method: str, data: Message) -> None:
        await self.write(json.dumps({"method": method, "data": data}))

    async def _drawn(self) -> None:
        while "image" not in json.loads(await self.read()).get("values", {}):
            pass


class MarimoVisitor(Visitor):
    """Somebody on the screen of `peers/` in marimo: told by POST, it answers by websocket."""

    async def enter(self) -> None:
        """Get the page and connect under a name of one's own choice."""
        await self.get_page()
        self.token = re.findall(r'"serverToken": "([^"]*)"', self.page)[0]
        self.name = f"s_{uuid4().hex[:6]}"
        await self.connect(f"/ws?session_id={self.name}")

    async def _first(self) -> None:
        await self._ran()

    async def _move(self, index: int) -> None:
        change = {"objectIds": [self.slider], "values": [7 + index % 10]}
        answer = await AsyncHTTPClient().fetch(
            HTTPRequest(
                f"{self.address}/api/kernel/set_ui_element_value",
                "POST",
                headers=self._cookie()
                | {
                    "Content-Type": "application/json",
                    "Marimo-Session-Id": self.name,
                    "Marimo-Server-Token": self.token,
                },
                body=json.dumps(change),
                request_timeout=WAIT_SECONDS,
            )
        )
        if answer.code != 200:
            raise RuntimeError(f"the slider: {answer.code}")
        if not await self._ran():
            raise RuntimeError("the figure has not changed")

    async def _ran(self) -> bool:
        """Wait for the end of a run; tell whether it has brought a figure."""
        drawn = False
        while True:
            frame = await self.read()
            text = frame if isinstance(frame, str) else frame.decode()
            drawn = drawn or "data:image/png" in text
            if named := re.search(r"object-id='([^']*)'[^>]*><marimo-slider", text):
                self.slider = named[1]
            if json.loads(text)["op"] == "completed-run":
                return drawn


def _is_picture(content: Message) -> bool:
    return bool(content.get("data", {}).get("buffer_paths") == [["value"]])


def _models(part: Any) -> list[dict[str, Any]]:
    """Return the models of a document of Bokeh, at any depth."""
    if isinstance(part, list):
        return [one for each in part for one in _models(each)]
    if not isinstance(part, dict):
        return []
    own = [part] if part.get("type") == "object" else []
    return own + [one for each in part.values() for one in _models(each)]
