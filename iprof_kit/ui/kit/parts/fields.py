"""Fields of a form, and the choices of a list."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.base.asked import Asked, Choices
from iprof_kit.base.calendar import MONTHS

_LONGEST = 40


@dataclass(frozen=True)
class Option:
    """One choice of a list."""

    value: str
    label: str
    selected: bool = False
    closed: bool = False
    """It is shown and cannot be taken."""


@dataclass(frozen=True)
class Group:
    """Choices of a list under one title."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Field(Asked):
    """A field as it is shown: what was typed, what is wrong and how to mend it."""

    value: str = ""
    month: str = ""
    """Of a month: its number, beside the year as its value."""
    error: str = ""
    remedy: str = ""
    warning: str = ""
    """What to look at, where nothing is wrong."""

    @property
    def options(self) -> tuple[Option, ...]:
        """Its choices; one whose value is none of them shows its default."""
        if self.kind == "radio":  # nothing is chosen before she chooses
            return tuple(Option(code, words, code == self.value) for code, words in self.choices)
        return options_of(self.choices, self.value, self.default)

    @property
    def months(self) -> tuple[Option, ...]:
        """The months of a year, none chosen first."""
        numbered = ((f"{number:02d}", name) for number, name in enumerate(MONTHS, 1))
        return options_of((("", "Mois"), *numbered), self.month)

    @property
    def optional(self) -> bool:
        """Whether it may be left empty: a list never is."""
        return not (self.choices or self.needed)

    @property
    def numeric(self) -> bool:
        """Whether it is typed with digits."""
        return self.kind in ("day", "days", "number")

    @property
    def longest(self) -> int:
        """Characters that it takes."""
        return self.most if self.most and self.kind == "text" else _LONGEST

    @property
    def shown(self) -> str:
        """The value as it is read: what is chosen, « titularisation : 01/09/1995 »."""
        chosen = (one.label for one in self.options if one.selected and one.value)
        value = next(chosen, "" if self.options else self.value)
        if value and (self.kind in ("day", "number") or value.isdecimal()):
            return f"{self.label[:1].lower()}{self.label[1:]} : {value}"
        return value

    @property
    def target(self) -> str:
        """The end of the id that a link to this field leads to."""
        if self.kind == "month":
            return f"{self.name}-an"
        return f"{self.name}-{self.options[0].value}" if self.kind == "radio" else self.name


def options_of(choices: Choices, value: str, default: str = "") -> tuple[Option, ...]:
    """Return the choices of a list, the one of this value selected; else its default, or the first.

    Examples
    --------
    >>> [one.selected for one in options_of((("a", "A"), ("b", "B")), "b")]
    [False, True]
    """
    known = [code for code, _ in choices]
    chosen = value if value in known else default or next(iter(known), "")
    return tuple(Option(code, words, code == chosen) for code, words in choices)
