"""What every screen has: its title, what is said at its head; a page of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.ui.shared import text

KEYS = ("A", "B", "C", "D")
"""Names of the scenarios of one person, in their order."""


@dataclass(frozen=True)
class Notice:
    """A message at the head of a screen. `kind`: refused, lost, ok or empty.

    `detail` is read on demand, under the words of `asks`.
    """

    title: str
    text: str = ""
    kind: str = "lost"
    asks: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Page:
    """What every screen has: its title and where it stands in the menu."""

    title: str
    lead: str = ""
    lead_strong: str = ""
    notices: tuple[Notice, ...] = field(default=(), kw_only=True)
    again: str = field(default="", kw_only=True)
    """Address to ask again, on a screen that could not be shown."""
    banner: str = field(default="", kw_only=True)
    """What the banner of the kit says on this screen, where the usual words are not true."""


@dataclass(frozen=True)
class Acted(Page):
    """A screen on which one acts: its screen says which turn of it this is, and what is looked at.

    `turn` grows where the kit itself changed the fields: the browser then drops its own.
    """

    turn: int = field(default=0, kw_only=True)
    focus: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class Block:
    """One titled group of paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class TextView(Page):
    """A page of text."""

    blocks: tuple[Block, ...] = ()


def blocks_of(written: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Return the groups of a text of the kit: its `titre` and its `lignes`."""
    return tuple(Block(one["titre"], tuple(one["lignes"])) for one in written)


def failed(error: KitError) -> Notice:
    """Return the notice of an error written for the person."""
    return Notice(text.sentence(error.message), error.remedy)
