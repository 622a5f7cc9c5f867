"""The browser module of `Screen`: its text, and its immutable address in the portal."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from iprof_kit.base.names import words_in

PUBLIC = "/statique/"
"""Where the portal serves its files."""
_HERE = Path(__file__).parent


@cache
def module_text() -> str:
    """Return the module: the morphing library, then our parts, in one file, no build step."""
    library = (_HERE / "morphdom.js").read_text(encoding="utf-8")
    names = words_in(
        "countdown.js entered.js drafts.js filter.js instrument.js moves.js patched.js play.js "
        "presses.js shortcuts.js projector.js uploads.js zoom.js screen.js"
    )
    ours = ((_HERE / name).read_text(encoding="utf-8") for name in names)
    return library.replace("export default morphdom;", "") + "".join(ours)


@cache
def module_name() -> str:
    """Return the name of the module's file in the portal; another text has another name."""
    digest = hashlib.sha256(module_text().encode()).hexdigest()
    return f"front/screen.{digest[:12]}.js"


def module_url() -> str:
    """Return the module's address in the portal."""
    return PUBLIC + module_name()
