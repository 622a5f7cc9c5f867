"""What a screen says of what it keeps: a dated receipt, a trouble, a choice to make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from iprof_kit.ui.fields.keeping import Keeping
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class CarnetView:
    """`saved` is when, "" before the first save; `when` says when the other was saved.

    `on_screen` and `other` are two writings to choose.
    """

    saved: str = ""
    trouble: str = ""
    remedy: str = ""
    when: str = ""
    on_screen: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


def carnet_view(
    kept: Keeping[dict[str, Any]], describe: Callable[[dict[str, Any]], Sequence[str]]
) -> CarnetView:
    """Return what is shown of a document that is kept."""
    other, trouble = kept.other, kept.trouble
    when = ""
    if other is not None:
        when = f"le {text.moment(other.saved_at)}" if other.saved_at else "entre-temps"
    return CarnetView(
        saved=text.moment(kept.saved_at) if kept.saved_at else "",
        trouble=text.sentence(trouble.message) if trouble else "",
        remedy=text.french(trouble.remedy) if trouble else "",
        when=when,
        on_screen=tuple(describe(kept.content)) if other is not None else (),
        other=tuple(describe(other.content)) if other is not None else (),
    )
