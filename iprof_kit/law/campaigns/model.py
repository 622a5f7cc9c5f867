"""A service and its campaigns, as the files of data/campagnes say them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from iprof_kit.base.sources import Source

NATIONAL = "national"
_OUTCOME = "resultats"
_NO_SOURCE = Source("")
LetterBy = Literal["mouvement", "poste"]
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
    """What may be done against a decision: by its own source, or within a delay of the table.

    Parameters
    ----------
    source : Source
        Empty where the delay has its own.
    delay : str
        A row of demandes_delais.csv, counted from the result; "" where none is known.
    """

    what: str
    source: Source
    delay: str = ""


@dataclass(frozen=True)
class Check:
    """What is to be verified before, and on which screen."""

    what: str
    address: str


@dataclass(frozen=True)
class Promotion:
    """What a service that promotes says more than a movement does.

    Attributes
    ----------
    grades : tuple of str
        Grades that it looks at; empty where the grade does not matter.
    grade, path : str
        Where it leads: a grade, or a path of concours.csv.
    by_viviers : bool
        Whether it passed through the two viviers of 2017 to 2023.
    no_act : str
        « Aucun acte n’est requis »; empty where one is.
    published : str
        Where the arrêté or the list is published.
    outcomes : tuple of str
        What may be read there of oneself; the first one is that of who is promoted.
    guide, appeal, letter : str
        Address of the guide; requests that hold the letters of appeal and of motivation.
    """

    grades: tuple[str, ...]
    grade: str
    path: str
    by_viviers: bool
    no_act: str
    published: str
    outcomes: tuple[str, ...]
    checks: tuple[Check, ...]
    guide: str
    appeal: str
    letter: str


@dataclass(frozen=True)
class Acknowledgement:
    """What the administration shows of a request: when it is read, until when it is contested.

    Attributes
    ----------
    step : str
        Key of the step in which it is read.
    contest : str
        Key of the step in which it may be contested; empty where it may not.
    scored : bool
        Whether it shows points; otherwise it shows the wishes alone.
    """

    key: str
    title: str
    step: str
    contest: str = ""
    scored: bool = True


@dataclass(frozen=True)
class ScoreLine:
    """A line that an acknowledgement may show, where the kit has no table of points."""

    key: str
    title: str


@dataclass(frozen=True)
class WishLimit:
    """How many wishes a territory admitted, and in which campaign where the source says it.

    `compelled` is the least number of wishes of `compelled_kind` of who must take part.
    """

    scope: str
    year: int | None
    most: int | None
    compelled: int | None
    compelled_kind: str
    source: Source


@dataclass(frozen=True)
class Wishes:
    """The wishes of a service: until when they are ordered, of which kinds, within which limits.

    Without kinds, a wish is a place of the tables of the movement.
    """

    until: str
    kinds: tuple[tuple[str, str], ...] = ()
    limits: tuple[WishLimit, ...] = ()
    source: Source = _NO_SOURCE


@dataclass(frozen=True)
class Candidacy:
    """What a candidate prepares for a movement outside the score.

    Attributes
    ----------
    most, least : int or None
        Wishes, as the source says; None where none says it.
    kinds : tuple of str
        What a wish may name.
    letter_by : str
        « mouvement » or « poste »: what each letter is written for.
    opinions : tuple of str
        Who gives an opinion.
    checklist : tuple of Paper
        What the candidate has to gather.
    facts : tuple of str
        What is to be known, as sentences.
    """

    most: int | None
    least: int | None
    kinds: tuple[str, ...]
    letter_by: LetterBy
    opinions: tuple[str, ...]
    checklist: tuple[Paper, ...]
    facts: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class Service:
    """A service: to whom it speaks, its steps in their order, where the act is made.

    It speaks to the members of `corps`, or to who prepares one of `competitions`.
    """

    id: str
    title: str
    address: str
    degree: str = ""
    phase: str = ""
    corps: tuple[str, ...] = ()
    competitions: tuple[str, ...] = ()
    """Codes of concours.csv whose sessions it has."""
    application: str = ""
    site: str = ""
    """Public address of the application, where it has one for all academies."""
    scope: str = NATIONAL
    decides: str = ""
    custom: str = ""
    steps: tuple[Step, ...] = ()
    stairs: tuple[Stair, ...] = ()
    changes: tuple[Change, ...] = ()
    papers: tuple[Paper, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    appeal_request: str = ""
    """Request of data/demandes that holds the letters of appeal and counts their delays."""
    wishes: Wishes | None = None
    acknowledgements: tuple[Acknowledgement, ...] = ()
    lines: tuple[ScoreLine, ...] = ()
    lines_source: Source = _NO_SOURCE
    papers_step: str = ""
    """Key of the step until whose end papers are received; empty where no text names one."""
    papers_source: Source = _NO_SOURCE
    source: Source = _NO_SOURCE
    promotion: Promotion | None = None
    """None for a movement."""
    candidacy: Candidacy | None = None

    def step(self, key: str) -> Step:
        """Return a step by its key."""
        return next(one for one in self.steps if one.key == key)

    @property
    def outcome(self) -> Step:
        """The step in which the result is published: the one named so, else the last."""
        named = (one for one in self.steps if one.key == _OUTCOME)
        return next(named, self.steps[-1])


@dataclass(frozen=True)
class Incident:
    """A deadline that was moved: until when now, why, when that was written down, who said it."""

    campaign: str
    step: str
    closes: datetime
    reason: str
    noted: datetime
    scope: str = NATIONAL
    author: str = ""


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
        What moved the end, or brought it back to the day that was published.
    was : (date or None, str)
        The last day and its hour as published, where the end was moved.
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
    was: tuple[date | None, str] = (None, "")

    @property
    def withdrawn(self) -> bool:
        """Whether what had moved the end was withdrawn: it is again the one published."""
        return self.moved is not None and self.was == (self.last, self.last_hour)

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
