"""`Screen`: final HTML on one side, routes and intents on the other."""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import anywidget
import traitlets

from iprof_kit.base.configuration.sub_path import inside, outside, outside_html
from iprof_kit.ui.components.guichet import in_the_portal
from iprof_kit.ui.components.look import sheet_text
from iprof_kit.ui.components.module import module_text, module_url
from iprof_kit.ui.components.patch import patch

_KINDS = ("route", "intent", "ping", "file", "whole")  # a page may send what has no hash
_REMEMBERED, _LONGEST_SEQ = 32, 60
_log = logging.getLogger(__name__)

_MOST_SLICES, _LONGEST_FILE = 130, 8_000_000

Message = dict[str, Any]


@dataclass(frozen=True)
class Download:
    """A file that the browser saves."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Answered:
    """An answer that is more than HTML.

    `pictures` are the addresses of the images that the HTML only numbers (``data-picture="0"``):
    they travel when they change; None leaves them as they are.
    """

    html: str
    pictures: tuple[str, ...] | None = None
    download: Download | None = None


_OWN_LISTS = """
:scope .screen :is(dl, dt, dd) { float: none; width: auto; overflow: visible; }
:scope .screen .keys { display: grid; }
:scope .screen :is(.facts, .keys) dt { font-weight: 400; }
"""
"""JupyterLab lays the definition lists of an output in two floating columns."""


@cache
def own_look() -> str:
    """Return the look of the kit, confined to one screen: for JupyterLab, which has its own."""
    # Fonts are loaded by pages, not by parts.
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", sheet_text())
    css = re.sub(r"(?m)^(\s*)(?::root|html|body)(?=\s*[,{])", r"\1:scope", css)
    return f"@scope (.screen-alone) {{\n{css}\n{_OWN_LISTS}}}"


def _short(seq: object) -> str | int | None:
    """Return a message's number as a page writes it, None for anything else."""
    return (
        seq if isinstance(seq, int) or (isinstance(seq, str) and len(seq) <= _LONGEST_SEQ) else None
    )


class Screen(anywidget.AnyWidget):
    """One screen of the portal.

    Parameters
    ----------
    answer : callable
        Receives each message of the browser (``{"kind": "route", "path": …}`` or
        ``{"kind": "intent", "name": …, "values": …}``) and returns the new HTML. A file chosen is
        an intent with its ``file`` (name), ``size``, and ``content`` (bytes, None if too long).
    html : str
        What is shown until the first answer.
    routed : bool
        Whether links inside the kit change the address (portal) or do nothing (JupyterLab).
    stay : callable
        Called when the person asks that her page stays open.
    alone : bool
        Whether nothing around the screen brings the kit's look and its banner (JupyterLab).
    """

    _esm = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode("").tag(sync=True)
    pictures = traitlets.List(traitlets.Unicode()).tag(sync=True)
    routed = traitlets.Bool(True).tag(sync=True)
    look = traitlets.Unicode("").tag(sync=True)
    _patching = False

    def __init__(
        self,
        answer: Callable[[Message], str | Answered],
        *,
        html: str = "",
        routed: bool = True,
        alone: bool = False,
        stay: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(html=outside_html(html), routed=routed, look=own_look() if alone else "")
        self._answer, self._stay = answer, stay
        self._slices: list[bytes] = []
        self._answered: deque[object] = deque(maxlen=_REMEMBERED)
        self.on_msg(lambda _widget, content, buffers: self.receive(content, buffers))

    @traitlets.default("_esm")
    def _module(self) -> str:
        """Return the module's address where the portal serves it, its text elsewhere."""
        return outside(module_url()) if in_the_portal() else module_text()

    def receive(self, content: object, buffers: Sequence[memoryview] = ()) -> None:
        """Take a message of the page: answer it, and say that it is done.

        Parameters
        ----------
        content : object
            What a page sent, which may be anything: what is not one of our messages is ignored.
        buffers : sequence of memoryview
            The slice of a file that came with it.
        """
        if not isinstance(content, dict) or content.get("kind") not in _KINDS:
            return
        if isinstance(path := content.get("path"), str):
            content = content | {"path": inside(path) or path}
        seq = _short(content.get("seq"))
        if content["kind"] == "ping":
            self._stay()
        elif content["kind"] == "whole":  # the page has another text than the one that was changed
            self.send_state("html")
        else:
            self._answer_once(content, seq, buffers)
        self.send({"kind": "done", "seq": seq})

    def _answer_once(
        self, content: Message, seq: str | int | None, buffers: Sequence[memoryview]
    ) -> None:
        """Answer a message; one that a page repeats after a cut is not acted upon twice."""
        if seq is not None and seq in self._answered:
            self.send_state("html")
            return
        if seq is not None:
            self._answered.append(seq)
        message = self._whole(content, buffers) if content["kind"] == "file" else content
        if message is None:
            return
        answered = self._answer(message)
        if not content.get("whole"):
            self._show(answered)
            return
        with self.hold_sync():  # another page, which has nothing of what was shown
            self.html, self.pictures = "", []
            self._show(answered)

    def _show(self, answered: str | Answered) -> None:
        if isinstance(answered, str):
            self._change(answered)
            return
        with self.hold_sync():
            self._change(answered.html)
            if answered.pictures is not None:
                self.pictures = list(answered.pictures)
        if (file := answered.download) is not None:
            described = {"kind": "file", "name": file.name, "type": file.media_type}
            self.send(described, [file.content])

    def _change(self, html: str) -> None:
        """Show another text: by what differs where that is less, else whole."""
        html = outside_html(html)
        difference = patch(self.html, html)
        self._patching = difference is not None and html != self.html
        try:
            self.html = html
            if self._patching and difference is not None:
                self.send({"kind": "patch", **difference})
        finally:
            self._patching = False

    def _should_send_property(self, key: str, value: object) -> bool:
        """Leave out the HTML that a patch brings."""
        if key == "html" and self._patching:
            return False
        return bool(super()._should_send_property(key, value))

    def _whole(self, content: Message, buffers: Sequence[memoryview]) -> Message | None:
        """Return the intent of a file once its last slice is here."""
        part, parts, size = (content.get(name) for name in ("part", "parts", "size"))
        if not (isinstance(part, int) and isinstance(parts, int) and isinstance(size, int)):
            return None
        if not 0 <= part < parts <= _MOST_SLICES:
            return None
        if part == 0:
            self._slices = []
        self._slices += [bytes(one) for one in buffers[:1]]
        if sum(map(len, self._slices)) > _LONGEST_FILE:
            self._slices = []
        if part < parts - 1:
            return None
        whole, self._slices = b"".join(self._slices), []
        return content | {
            "kind": "intent",
            "values": {"of": content.get("of")},
            "content": whole if len(whole) == size else None,
        }
