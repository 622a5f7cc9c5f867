"""`Screen`: final HTML on one side, routes and intents on the other."""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Callable
from functools import cache
from typing import Any

import anywidget
import traitlets

from iprof_kit.base.paths import VOILA_TEMPLATES
from iprof_kit.ui.components.module import module_text, module_url
from iprof_kit.ui.guichet import in_the_portal

_REMEMBERED, _LONGEST_SEQ = 32, 60
_log = logging.getLogger(__name__)

Message = dict[str, Any]


@cache
def own_look() -> str:
    """Return the look of the kit, confined to one screen: for JupyterLab, which has its own."""
    css = (VOILA_TEMPLATES / "iprof" / "static" / "kit.css").read_text(encoding="utf-8")
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)  # fonts are loaded by pages, not by parts
    css = re.sub(r"(?m)^(\s*)(?::root|html|body)(?=\s*[,{])", r"\1:scope", css)
    return f"@scope (.screen-alone) {{\n{css}\n}}"


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
        ``{"kind": "intent", "name": …, "values": …}``) and returns the new HTML.
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
    routed = traitlets.Bool(True).tag(sync=True)
    look = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        answer: Callable[[Message], str],
        *,
        html: str = "",
        routed: bool = True,
        alone: bool = False,
        stay: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(html=html, routed=routed, look=own_look() if alone else "")
        self._answer, self._stay = answer, stay
        self._answered: deque[object] = deque(maxlen=_REMEMBERED)
        self.on_msg(self._receive)

    @traitlets.default("_esm")
    def _module(self) -> str:
        """Return the module's address where the portal serves it, its text elsewhere."""
        return module_url() if in_the_portal() else module_text()

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict) or content.get("kind") not in ("route", "intent", "ping"):
            return
        seq = _short(content.get("seq"))
        if content["kind"] == "ping":
            self._stay()
        else:
            self._answer_once(content, seq)
        self.send({"kind": "done", "seq": seq})

    def _answer_once(self, content: Message, seq: str | int | None) -> None:
        """Answer a message; one that a page repeats after a cut is not acted upon twice."""
        if seq is not None and seq in self._answered:
            self.send_state("html")
            return
        if seq is not None:
            self._answered.append(seq)
        self.html = self._answer(content)
