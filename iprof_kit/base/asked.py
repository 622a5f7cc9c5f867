"""A field: its name, its words, how it is answered and within which bounds.

Screens, the CV, carnets and lists of questions describe what they ask by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "long", "month", "day", "select", "radio", "check", "number", "decimal", "days"
]
Choices = tuple[tuple[str, str], ...]
Answers = Mapping[str, str]
_LARGEST = 99


@dataclass(frozen=True)
class Asked:
    """One field; one with `choices` is a list whatever its kind."""

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    needed: bool = False
    """Whether something is not counted, or not said, without it."""
    choices: Choices = ()
    default: str = ""
    """What a list shows before anything is chosen; empty: its first choice."""
    suggestions: tuple[str, ...] = ()
    autocomplete: str = "off"
    in_a_sentence: str = ""
    """How a sentence names it; empty: its label."""
    unit: str = ""
    """What is written after its value."""
    empty: str = "aucun"
    """What is read where nothing is typed."""
    most: int = 0
    """The largest number, or how many characters; 0: as its kind has it."""

    @property
    def largest(self) -> int:
        """Return the largest number that can be typed."""
        return self.most or _LARGEST

    @property
    def word(self) -> str:
        """Return how a sentence names the field: « année d’accès »."""
        return self.in_a_sentence or f"{self.label[:1].lower()}{self.label[1:]}"


@dataclass(frozen=True)
class Group:
    """Fields of one subject, under one heading."""

    title: str
    fields: tuple[Asked, ...]
    note: str = ""
