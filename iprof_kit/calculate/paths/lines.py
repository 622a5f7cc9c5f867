"""What an overview of the other paths is made of: its lines, and the answers that it tries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.paths.named import Named
from iprof_kit.calculate.paths.question import Complement, Etat, Training


class Try(NamedTuple):
    """One thing that a person could answer: a column of people, its key if it has some, a value."""

    column: str
    key: str
    value: int | str


@dataclass(frozen=True)
class PathLine:
    """One path: what it is, its state and when, who decides, what is missing or not told."""

    code: str
    label: str
    family: str
    state: Etat
    since: date | None
    opens: date | None
    until: date | None
    session: int | None
    decides: str
    """Who decides, in the few words of a line."""
    missing: tuple[str, ...]
    not_told: tuple[str, ...]
    doubtful: bool
    """Whether its conditions are to verify."""
    decides_doubtful: bool
    named: tuple[Named, ...] = ()
    """The days and lengths that `missing` and `not_told` name."""


@dataclass(frozen=True)
class Overview:
    """The paths of one person; `opened` are the codes that each try would open besides."""

    day: date
    session: int
    formats: tuple[str, ...]
    lines: tuple[PathLine, ...]
    opened: tuple[frozenset[str], ...]
    training: tuple[Training, ...]
    complements: tuple[Complement, ...]
    hours: int | None
    """Hours of the account of training after the supply of the year."""
    sources: tuple[Reference, ...]
