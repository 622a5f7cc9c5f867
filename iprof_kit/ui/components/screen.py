"""`Screen`: final HTML on one side, routes and intents on the other."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from iprof_kit.base.paths import VOILA_TEMPLATES

_HERE = Path(__file__).parent
_log = logging.getLogger(__name__)

Message = dict[str, Any]


def _module() -> str:
    """Return the browser module: the morphing library, then ours, in one file, no build step."""
    library = (_HERE / "morphdom.js").read_text(encoding="utf-8")
    ours = (_HERE / "screen.js").read_text(encoding="utf-8")
    return library.replace("export default morphdom;", "") + ours


@cache
def own_look() -> str:
    """Return the look of the kit, confined to one screen: for JupyterLab, which has its own."""
    css = (VOILA_TEMPLATES / "iprof" / "static" / "kit.css").read_text(encoding="utf-8")
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)  # fonts are loaded by pages, not by parts
    css = re.sub(r"(?m)^(\s*)(?::root|html|body)(?=\s*[,{])", r"\1:scope", css)
    return f"@scope (.screen-alone) {{\n{css}\n}}"


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
    alone : bool
        Whether nothing around the screen brings the kit's look and its banner (JupyterLab).
    """

    _esm = _module()
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
    ) -> None:
        super().__init__(html=html, routed=routed, look=own_look() if alone else "")
        self._answer = answer
        self.on_msg(self._receive)

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict) or content.get("kind") not in {"route", "intent", "ping"}:
            return
        if content["kind"] != "ping":
            self.html = self._answer(content)
        self.send({"kind": "done", "seq": content.get("seq")})
