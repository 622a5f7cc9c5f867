"""A service and its campaigns, as the files of data/campagnes say them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from iprof_kit.base.sources import Source

NATIONAL = "national"
_NO_SOURCE = Source("")
State = Literal["a_venir", "ouverte", "close", "inconnue"]


@dataclass(frozen=True)
class Step:
    """One step of a state table.

    Attributes
    ----------
    act : str
        What the person does; empty for a step that she only waits for.
    place : str
        Where it is legally done or read.
    after : str
        Key of the step that opens this one, where no date of its own does.
    missed : str
        What happens where the act is not done in time.
    optional : bool
        Whether it is done only by who wants it: it is never recalled.
    """

    key: str
    title: str
    act: str = ""
    place: str = ""
    after: str = ""
    missed: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Stair:
    """One stair of the figure: a few steps under one short title."""

    title: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """What may still change, until a step closes."""

    what: str
    until: str
    condition: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper to join; `criteria` are the lines of the score that need it, empty for every wish."""

    key: str
    title: str
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True)
class Appeal:
    """What may be done against a decision, and within how many months of the result."""

    what: str
    months: int | None
    source: Source


@dataclass(frozen=True)
class Service:
    """A service: to whom it speaks, its steps in their order, where the act is made."""

    id: str
    title: str
    address: str
    degree: str = ""
    phase: str = ""
    corps: tuple[str, ...] = ()
    application: str = ""
    scope: str = NATIONAL
    decides: str = ""
    custom: str = ""
    steps: tuple[Step, ...] = ()
    stairs: tuple[Stair, ...] = ()
    changes: tuple[Change, ...] = ()
    papers: tuple[Paper, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    papers_step: str = ""
    """Key of the step until whose end papers are received; empty where no text names one."""
    papers_source: Source = _NO_SOURCE
    source: Source = _NO_SOURCE

    def step(self, key: str) -> Step:
        """Return a step by its key."""
        return next(one for one in self.steps if one.key == key)


@dataclass(frozen=True)
class Incident:
    """A deadline that was moved: until when now, why, and when that was written down."""

    campaign: str
    step: str
    closes: datetime
    reason: str
    noted: datetime
    scope: str = NATIONAL


@dataclass(frozen=True)
class Window:
    """The dates of one step, on the clock of Paris; what no source gives is None.

    Attributes
    ----------
    first, last : date or None
        The days as they were published.
    opens, closes : datetime or None
        The moments that they make: a day without an hour begins at midnight and ends at the next.
    to_the_hour : bool
        True where the source gives the hour of the end.
    scope : str
        « national », or the département or academy whose date it is.
    moved : Incident or None
        What moved the end.
    """

    step: str
    first: date | None
    last: date | None
    opens: datetime | None
    closes: datetime | None
    first_hour: str
    last_hour: str
    scope: str
    note: str
    source: Source
    moved: Incident | None = None

    @property
    def to_the_hour(self) -> bool:
        """Whether the end is known to the hour."""
        return bool(self.last_hour)

    @property
    def is_a_day(self) -> bool:
        """Whether something happens on one day, and lasts no further."""
        return self.last is None or self.first == self.last


@dataclass(frozen=True)
class Undated:
    """What is said of a campaign whose dates are not known; a guess ends with its month."""

    note: str
    until: date | None
    then: str
    source: Source


@dataclass(frozen=True)
class Campaign:
    """The dates of a service for the rentrée of one year."""

    id: str
    service: Service
    year: int
    windows: tuple[Window, ...] = ()
    undated: Undated | None = None
    given: bool = False
    """Whether this installation was given it, beside those of the kit."""
