"""What a competition has beside its conditions: sessions, a RAEP file, the corps it leads to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import known_corps
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import of_sources
from iprof_kit.calculate.paths.words import COMPETING
from iprof_kit.law.campaigns.files import known_campaigns, services
from iprof_kit.law.paths.application_file import FileForm, file_form, file_parts
from iprof_kit.law.paths.rows import asked_for, paths

_TABLE = "concours"


@dataclass(frozen=True)
class Piece:
    """One thing to write in a RAEP file, in final French."""

    key: str
    part: int
    title: str
    advice: str


@dataclass(frozen=True)
class RaepFile:
    """A RAEP file: what to write, pages of each part, how they are set, and its papers."""

    pieces: tuple[Piece, ...]
    most_pages: dict[int, int]
    form: FileForm
    notes: tuple[str, ...]
    sources: tuple[Reference, ...]
    doubtful: bool
    """Whether how its pages are set is to verify."""


@cache
def competitions() -> tuple[str, ...]:
    """Return the codes of the competitions, examinations and certifications, as the table has them.

    Examples
    --------
    >>> "AGREG_INT" in competitions(), "LA_AGREGE" in competitions()
    (True, False)
    """
    known = paths()
    codes = (code for code in asked_for() if known[code].table == _TABLE)
    return tuple(code for code in codes if known[code].family in COMPETING)


def states_counted(states: Mapping[str, str]) -> Counter[str]:
    """Return how many competitions are in each state; `states` may hold other paths too.

    Examples
    --------
    >>> states_counted({"AGREG_INT": "depend", "LA_AGREGE": "ouvert"})
    Counter({'depend': 1})
    """
    return Counter(states[code] for code in competitions() if code in states)


@cache
def service_of(code: str) -> str:
    """Return the service whose campaigns are the sessions of a competition; "" for none.

    Examples
    --------
    >>> service_of("CAPES_INT"), service_of("IRA_INT")
    ('concours_2d_interne', '')
    """
    known = services().values()
    return next((one.id for one in known if code in one.competitions), "")


def sessions_of(code: str) -> tuple[int, ...]:
    """Return the sessions of a competition that the kit has a file of.

    Examples
    --------
    >>> sessions_of("AGREG_INT")
    (2024, 2025, 2027)
    """
    return tuple(one.year for one in known_campaigns() if code in one.service.competitions)


def corps_of(code: str) -> str:
    """Return the one corps that a competition leads to, where the kit knows its grid; else ""."""
    corps = paths()[code].text("corps_acces")
    return corps if corps in known_corps() else ""


def label_of(code: str) -> str:
    """Return the name of a competition."""
    return paths()[code].label


def raep_file(code: str, day: date) -> RaepFile | None:
    """Return the RAEP file of a competition, None where it has none that the kit knows."""
    parts = file_parts(code, day)
    if not parts:
        return None
    form = file_form(day)
    papers = (*dict.fromkeys(one.papers for one in parts), form.papers)
    return RaepFile(
        tuple(Piece(one.key, one.part, one.title, one.advice) for one in parts),
        {one.part: one.most_pages for one in parts},
        form,
        tuple(one.note for one in parts if one.note),
        of_sources(papers),
        to_verify(form.papers.confidence),
    )
