"""The one style sheet of the pages: the sheets that stand beside what they dress, in one order."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from iprof_kit.base.names import words_in

_FOR_AUTHORS = re.compile(r"/\*.*?\*/\n?|^ +", re.DOTALL | re.MULTILINE)
_UI = Path(__file__).resolve().parents[1]
_BEFORE = words_in(
    "look/tokens look/base look/instrument look/shell kit/parts/marks kit/parts/reasons "
    "kit/parts/pages kit/parts/facts kit/parts/results kit/parts/folds kit/parts/fields "
    "kit/parts/lanes kit/parts/conditions kit/parts/health kit/carnet/carnet"
)
"""What every screen has, the more general first: of two rules of one weight the last one wins."""


def sheets() -> tuple[Path, ...]:
    """Return the sheets in the order of the cascade: tokens, base, parts, then screens.

    A new screen is dressed by the `page.css` of its folder, without being named here.

    Examples
    --------
    >>> [one.parent.name for one in sheets()][-2:]
    ['tableau', 'trop_percu']
    """
    screens = sorted((_UI / "screens").glob("*/page.css"))
    return (*(_UI / f"{name}.css" for name in _BEFORE), *screens)


@cache
def sheet_text() -> str:
    """Return the sheet that pages fetch as `kit.css`: without what only its authors read."""
    return _FOR_AUTHORS.sub("", "".join(one.read_text(encoding="utf-8") for one in sheets()))


@cache
def tokens_text() -> str:
    """Return the sheet of the faces, and of the colours, light and dark."""
    return sheets()[0].read_text(encoding="utf-8")
