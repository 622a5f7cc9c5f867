"""What a page of text is made of."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.ui.shared.parts import Page


@dataclass(frozen=True)
class Block:
    """One titled group of paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class TextView(Page):
    """A page of text."""

    blocks: tuple[Block, ...] = ()
