"""Clients without a browser: they send what a page would send, and wait for what it would show."""

from __future__ import annotations

import asyncio
import json
import re
import struct
import time
from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, websocket_connect

V1 = "v1.kernel.websocket.jupyter.org"
PASSWORD = "demonstration-libre"
WAIT_SECONDS = 180
_SCRIPT = r'{}"[^>]*>(.*?)</script>'
_VIEW, _STATES = (
    re.compile(_SCRIPT.format(kind), re.DOTALL)
    for kind in (r"widget-view\+json", r"widget-state\+json")
)
_CONFIG = re.compile(r'jupyter-config-data"[^>]*>(.*?)</script>', re.DOTALL)
_ANSWER = re.compile(r'"premiere-reponse"[^>]*>(.*?)</script>', re.DOTALL)
_HOURS = ("70", "60", "50", "90", "80")
"""Each pair of them once in twenty-five controls: no answer is one that was given before."""
_CONTROL, _CONTROL_VERSION = "jupyter.widget.control", "1.0.0"
Message = dict[str, Any]
HEADER = {"session": "foule", "username": "", "version": "5.3", "date": "2026-11-25T00:00:00Z"}


def many_connections() -> None:
    """Let a crowd connect at once."""
    AsyncHTTPClient.configure(None, max_clients=1000, defaults={"request_timeout": WAIT_SECONDS})


def pack(kind: str, content: Message) -> bytes:
    """Return a message in the framing v1, marked with the version of the widgets' protocol."""
    header = HEADER | {"msg_id": uuid4().hex, "msg_type": kind}
    parts: tuple[Message, ...] = (header, {}, {"version": _CONTROL_VERSION}, content)
    texts = [b"shell", *(json.dumps(part).encode() for part in parts)]
    count = len(texts) + 1
    offsets = [8 * (count + 1)]
    for text in texts:
        offsets.append(offsets[-1] + len(text))
    return struct.pack(f"<{count + 1}Q", count, *offsets) + b"".join(texts)


def unpack(data: bytes) -> tuple[str, Message]:
    """Return the type and the content of a message in the framing v1."""
    (count,) = struct.unpack_from("<Q", data)
    offsets = struct.unpack_from(f"<{count}Q", data, 8)
    header, content = (json.loads(data[offsets[i] : offsets[i + 1]]) for i in (1, 4))
    return header["msg_type"], content


def states_of(content: Message) -> Message:
    """Return the state that a message of a widget brings."""
    state: Message = content.get("data", {}).get("state", {})
    return state


async def wait_for(
    hear: Callable[[], Awaitable[tuple[str, Message]]], wanted: Callable[[Message], bool]
) -> Message:
    """Return the content of the next message that is wanted."""
    while True:
        _kind, content = await hear()
        if wanted(content):
            return content


class Visitor:
    """Cookies, one page, one websocket."""

    path = "/"

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies: dict[str, str] = {}
        self.link: WebSocketClientConnection | None = None
        self.kernel = self.page = ""
        self.asked: str | None = None
        self.turn = 0

    async def log_in(self, account: str) -> None:
        """Do, before anything is counted, what opening the screen needs: here nothing."""

    async def ask(self, path: str, form: dict[str, str] | None = None) -> HTTPResponse:
        """Return the answer of a request; no redirection is followed."""
        answer = await AsyncHTTPClient().fetch(
            HTTPRequest(
                self.address + path,
                "POST" if form is not None else "GET",
                headers=self._cookie(),
                body=urlencode(form) if form is not None else None,
                follow_redirects=False,
                connect_timeout=WAIT_SECONDS,
                request_timeout=WAIT_SECONDS,
            ),
            raise_error=False,
        )
        for line in answer.headers.get_list("Set-Cookie"):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer

    async def open(self) -> float:
        """Return the seconds from the link to an answered control."""
        begin = time.perf_counter()
        await self.enter()
        await self.begin()
        await self.control(0)
        return time.perf_counter() - begin

    async def enter(self) -> None:
        """Get the page and connect to its kernel."""
        await self.get_page()
        config = json.loads(_CONFIG.findall(self.page)[0])
        self.kernel, self.asked = config["kernelId"], config.get("asked")
        await self.connect(f"/api/kernels/{self.kernel}/channels?session_id={uuid4().hex}", V1)

    async def get_page(self) -> None:
        """Get the page."""
        answer = await self.ask(self.path)
        if answer.code != 200:
            raise RuntimeError(f"{self.path}: {answer.code}")
        self.page = answer.body.decode()

    async def connect(self, path: str, *protocols: str) -> None:
        """Open the websocket of the page."""
        request = HTTPRequest(
            self.address.replace("http", "ws") + path,
            connect_timeout=WAIT_SECONDS,
            headers=self._cookie() | {"Origin": self.address},
            request_timeout=WAIT_SECONDS,
        )
        self.link = await websocket_connect(request, subprotocols=list(protocols) or None)

    async def begin(self) -> None:
        """Wait for the screen."""
        await asyncio.wait_for(self._first(), WAIT_SECONDS)

    async def control(self, index: int) -> float:
        """Return the seconds from a change of the control to its answer."""
        begin = time.perf_counter()
        await asyncio.wait_for(self._move(index), WAIT_SECONDS)
        return time.perf_counter() - begin

    def leave(self) -> None:
        """Close the page."""
        if self.link is not None:
            self.link.close()

    async def write(self, data: str | bytes) -> None:
        """Send one frame."""
        assert self.link is not None
        await self.link.write_message(data, binary=isinstance(data, bytes))

    async def read(self) -> str | bytes:
        """Return the next frame."""
        assert self.link is not None
        data = await self.link.read_message()
        if data is None:
            raise RuntimeError(f"the websocket was closed: {self.link.close_code}")
        return data

    async def say(self, kind: str, content: Message) -> None:
        """Send a message in the framing v1."""
        await self.write(pack(kind, content))

    async def hear(self, kind: str = "comm_msg") -> Message:
        """Return the content of the next message of a kind, in the framing v1."""
        while True:
            data = await self.read()
            found, content = unpack(data if isinstance(data, bytes) else data.encode())
            if found == kind:
                return content

    def _cookie(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    async def _first(self) -> None:
        raise NotImplementedError

    async def _move(self, index: int) -> None:
        raise NotImplementedError


class Teacher(Visitor):
    """Somebody who has logged in, on the promotions screen."""

    path = "/perspectives/promotions"

    async def log_in(self, account: str) -> None:
        """Log in, before anything is counted."""
        await self.ask("/connexion")
        form = {"_xsrf": self.cookies["_xsrf"], "compte": account, "mdp": PASSWORD}
        answer = await self.ask("/connexion", form)
        if answer.code not in (302, 303):
            raise RuntimeError(f"{account}: {answer.code}")

    async def send(self, content: Message) -> str:
        """Send a message to the screen and return the HTML of its answer, empty if unchanged."""
        self.count = getattr(self, "count", 0) + 1
        content |= {"seq": f"{self.kernel}-{self.count}"}
        data = {"method": "custom", "content": content}
        await self.say("comm_msg", {"comm_id": self.model, "data": data})
        return await self.answer(content["seq"])

    async def answer(self, number: str) -> str:
        """Return what changes the screen until a message is done with, empty if nothing does."""
        html = ""
        while True:
            data = (await self.hear())["data"]
            html = str(data.get("state", {}).get("html", html))
            if data.get("content", {}).get("kind") == "patch":
                html = "".join(one for one in data["content"]["parts"] if isinstance(one, str))
            if data.get("content") == {"kind": "done", "seq": number}:
                return html

    async def first(self, path: str) -> str:
        """Return what the screen shows first: in the page, told by the websocket, or asked for."""
        self.model = json.loads(_VIEW.findall(self.page)[0])["model_id"]
        if found := _ANSWER.findall(self.page):
            return str(json.loads(found[0])["html"])
        if self.asked is not None:
            return await self.answer(self.asked)
        return await self.send({"kind": "route", "path": path, "focus": False})

    async def _first(self) -> None:
        if 'data-intent="scenarios"' not in await self.first(self.path):
            raise RuntimeError("the screen has no control")

    async def _move(self, index: int) -> None:
        both = {"quotite-A": _HOURS[index // len(_HOURS) % len(_HOURS)],
                "quotite-B": _HOURS[index % len(_HOURS)]}  # fmt: skip
        content = {"kind": "intent", "name": "scenarios", "values": both,
                   "changed": "quotite-B", "path": self.path}  # fmt: skip
        if not await self.send(content):
            raise RuntimeError("nothing has changed")


class Passer(Teacher):
    """Somebody without account, on « Ma situation »: the form, then the same controls."""

    path = "/ma-situation"

    async def log_in(self, account: str) -> None:
        """Come in: nobody is asked who she is."""
        del account
        await self.ask("/connexion")

    async def _first(self) -> None:
        await self.first("")
        values = {"corps": "pe", "grade": "classe_normale", "echelon": "7", "quotite": "100",
                  "date_effet": "01/09/2024", "date_naissance": "12/05/1988"}  # fmt: skip
        content = {"kind": "intent", "name": "situation", "values": values, "changed": ""}
        if 'data-intent="scenarios"' not in await self.send(content):
            raise RuntimeError("the screen has no control")


class StockVisitor(Visitor):
    """Somebody on the screen of `peers/` in stock Voilà, whose page asks for the states."""

    async def _first(self) -> None:
        name = uuid4().hex
        await self.say("comm_open", {"comm_id": name, "target_name": _CONTROL, "data": {}})
        ask = {"comm_id": name, "data": {"method": "request_states"}}
        await self.say("comm_msg", ask)
        while not (states := (await self.hear())["data"].get("states")):
            pass
        self._find(states)

    def _find(self, states: Message) -> None:
        models = {one["model_name"]: key for key, one in states.items()}
        self.slider, self.image = models["IntSliderModel"], models["ImageModel"]

    async def _move(self, index: int) -> None:
        data = {"method": "update", "state": {"value": 7 + index % 10}, "buffer_paths": []}
        await self.say("comm_msg", {"comm_id": self.slider, "data": data})
        while (await self.hear())["comm_id"] != self.image:
            pass


class SameScreenVisitor(StockVisitor):
    """Somebody on that very screen in our portal, whose page brings the states, if it was ready."""

    path = "/ma-situation"

    async def _first(self) -> None:
        if found := _STATES.findall(self.page):
            self._find(json.loads(found[0])["state"])
        else:
            await super()._first()
