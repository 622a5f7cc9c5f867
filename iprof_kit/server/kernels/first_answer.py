"""The first answer of a session, asked by the server for the page that it is sending.

The page would ask the same once its scripts run and its websocket is open: several round trips
later. What the session says to it goes to nobody else: the websocket does not bring it again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, TypeGuard
from uuid import uuid4

from iprof_kit.base.configuration.sub_path import outside
from iprof_kit.kernel import frames
from iprof_kit.server.kernels.framing import own_header, own_message, read

_CUSTOM, _COMM = "custom", "comm_msg"
_SHOWN = {"html", "pictures"}
Content = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What the page of one screen asks first: the model to ask, the message, its number."""

    model: str
    content: Content
    number: str = field(default_factory=lambda: f"page-{uuid4().hex}")

    def message(self) -> bytes:
        """Return the message that the page would send."""
        data = {"method": _CUSTOM, "content": self.content | {"seq": self.number}}
        content = {"comm_id": self.model, "data": data}
        return own_message(b"shell", own_header(_COMM, self.number), content)


def question_of(page: Content, path: str) -> Question | None:
    """Return what a page made ahead asks first; None where it shows anything but one screen."""
    views = page["views"]
    states = page["states"]["state"]
    state = states.get(views[0]["model_id"], {}).get("state", {}) if len(views) == 1 else {}
    if "html" not in state or "routed" not in state:
        return None
    path = outside(path) if state["routed"] else ""
    words = {"kind": "route", "path": path, "query": "", "focus": False, "whole": True}
    return Question(views[0]["model_id"], words)


class FirstAnswer:
    """What a session says to the first question, until it has said all of it.

    Parameters
    ----------
    question : Question
    most : int
        Bytes that are kept of it.
    """

    def __init__(self, question: Question, most: int) -> None:
        self._question, self._most = question, most
        self.messages: list[tuple[int, bytes]] = []
        """Every message, for the page's websocket where the answer does not go into the page."""
        self.state: Content = {}
        self.simple = True
        """False: it is more than what the screen shows, a file for instance."""
        self._size = 0
        self._whole = asyncio.Event()

    async def wait(self, seconds: float) -> Content | None:
        """Return the state of the screen; None where it comes late or is not all of the answer."""
        try:
            async with asyncio.timeout(seconds):
                await self._whole.wait()
        except TimeoutError:
            return None
        return self.state if self.simple and "html" in self.state else None

    def hear(self, number: int, message: bytes) -> bool:
        """Take a message; return whether it was the last one."""
        self._size += len(message)
        if self._size > self._most:  # no page would be sent as much
            self.simple = False
            self._whole.set()
            return True
        self.messages.append((number, message))
        pieces = frames.parts(message)
        if pieces is None or read(pieces[2]).get("msg_id") != self._question.number:
            return False
        kind, content = read(pieces[1]).get("msg_type"), read(pieces[4])
        if kind == _COMM:
            self._take(content, has_buffers=len(pieces) > 5)
        if kind == "status" and content.get("execution_state") == "idle":
            self._whole.set()
        return self._whole.is_set()

    def _take(self, content: Content, *, has_buffers: bool) -> None:
        """Keep what the screen shows; whatever else it is leaves the answer to the websocket."""
        data = content.get("data")
        if content.get("comm_id") != self._question.model or has_buffers or not _is_plain(data):
            self.simple = False
        elif data["method"] == "update":
            self.state |= data["state"]
        else:
            self.simple &= data["content"].get("kind") == "done"


def _is_plain(data: Any) -> TypeGuard[Content]:
    """Whether a message of a screen is a state or a word; a session may send anything."""
    if not isinstance(data, dict):
        return False
    if data.get("method") == _CUSTOM:
        return isinstance(data.get("content"), dict)
    state = data.get("state")
    return data.get("method") == "update" and isinstance(state, dict) and _is_shown(state)


def _is_shown(state: Content) -> bool:
    pictures = state.get("pictures", [])
    texts = isinstance(pictures, list) and all(isinstance(one, str) for one in pictures)
    return texts and isinstance(state.get("html", ""), str) and state.keys() <= _SHOWN
