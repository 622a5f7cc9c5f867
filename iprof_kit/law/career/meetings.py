"""Les rendez-vous de carrière and the bonifications that follow two of them.

A rendez-vous takes place in a school year, for those who reached an échelon inside a window of one
year. The bonification is decided during the *next* school year, and takes effect retroactively on
the day when the shortened duration of the échelon was reached: effect may precede decision.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np

from iprof_kit.base.calendar import (
    MONTH,
    YEAR,
    Axis,
    add_months_civil,
    axis_of,
    date_text,
    rentree,
    rentree_day,
    school_year_text,
)
from iprof_kit.base.errors import BadTable, LawError
from iprof_kit.base.explanation import Words, explaining
from iprof_kit.base.sources import Confidence, Source
from iprof_kit.base.words import NBSP, echelon_label
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.loading import first_day, refuse_before, table
from iprof_kit.law.tables.lookups import confidence_letter
from iprof_kit.law.tables.rules import rule

NONE = -1
MEETINGS = Facts("rendez_vous_carriere", ("corps", "rdv"))


@dataclass(frozen=True)
class Window:
    """Who meets in a school year: those who reached `echelon` between two days, inclusive."""

    number: int
    echelon: str
    first: date
    last: date
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Content:
    """What a rendez-vous is made of: who evaluates, on which scale, and what it leads to."""

    levels: tuple[str, ...]
    evaluators: str
    final_by: str
    leads_to: str
    source: Source

    def __str__(self) -> str:
        """Return what the rendez-vous leads to, for explanations."""
        return f"{self.leads_to} ({self.evaluators} ; {self.final_by})"


def meeting_windows(corps: str, year: int) -> tuple[Window, ...]:
    """Return the windows of the rendez-vous of the school year that begins in `year`.

    Raises
    ------
    PeriodNotCovered
        Before 2017-2018.
    LawError
        The corps has no rendez-vous de carrière in the tables.
    """
    day = rentree_day(year)
    refuse_before(MEETINGS.name, first_day(MEETINGS.name), day)
    in_force = _rows_of(corps, day)
    if not in_force:
        raise LawError(none_known(MEETINGS.name, day), where=corps)
    return tuple(_window(row, year) for row in in_force)


def _rows_of(corps: str, day: date) -> list[Fact]:
    """Return the rows of the rendez-vous of a corps in force on a day, in their order."""
    numbers = sorted((number for of, number in tuple(MEETINGS.keys()) if of == corps), key=str)
    return [row for number in numbers if (row := MEETINGS.find(day, corps, number))]


def _window(row: Fact, year: int) -> Window:
    values = row.values
    return Window(
        int(values["rdv"]),
        str(values["echelon"]),
        _bound(str(values["promu_echelon_du"]), year),
        _bound(str(values["promu_echelon_au"]), year),
        str(values["source"]),
        confidence_letter(values["confiance"]),
    )


def _planned(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del given
    years = [int(year) for year in np.ravel(result)[:1] if year != NONE]
    return tuple(("Année scolaire du rendez-vous", school_year_text(year)) for year in years)


@rule(
    sentence="Le rendez-vous de carrière a lieu l’année scolaire où l’ancienneté dans l’échelon "
    "entre dans la fenêtre prévue.",
    source="décret 90-680, art. 24 II, et statuts particuliers",
    since="2017-09-01",
    tables=("rendez_vous_carriere",),
    reads=_planned,
)
def meeting_year(cell: Cell, reached: Axis) -> Cell:
    """Return the school year of the rendez-vous of the échelon held.

    Parameters
    ----------
    reached : array of int
        Axis day on which the échelon was reached (kept seniority deducted).

    Returns
    -------
    array of int64
        Year in which that school year begins; −1 where the échelon has no rendez-vous.
    """
    opens = _openings()[np.asarray(cell)]
    year = (np.asarray(reached, np.int64) - opens) // YEAR
    planned: Cell = np.where(opens == _NO_WINDOW, NONE, year)
    if explaining():
        for code, when in zip(np.ravel(cell)[:1], np.ravel(planned)[:1], strict=True):
            _tell_windows(int(code), int(when))
    return planned


@rule(
    sentence="Un rendez-vous concerne les agents de la classe normale qui ont atteint son échelon "
    "dans la fenêtre d’une année scolaire.",
    source="décret 90-680, art. 24 II, et statuts particuliers",
    since="2017-09-01",
    tables=("rendez_vous_carriere",),
)
def meeting_window(corps: str, number: int, year: int) -> Window:
    """Return whom a rendez-vous concerns in the school year that begins in `year`.

    Raises
    ------
    PeriodNotCovered
        Before 2017-2018.
    LawError
        The corps has no such rendez-vous.

    Examples
    --------
    >>> meeting_window("pe", 2, 2026).first
    datetime.date(2025, 3, 1)
    """
    row = MEETINGS.read(rentree_day(year), corps, number, label=f"rendez-vous {number}")
    if explaining():
        _tell_window(row, year)
    return _window(row, year)


def _tell_windows(cell: int, year: int) -> None:
    """Have a reason say whom the rendez-vous of a place concerns in a school year."""
    if year == NONE:
        return
    for row in _rows_of(str(CELLS.corps[cell]), rentree_day(year)):
        if str(row.values["echelon"]) == CELLS.echelon[cell]:
            _tell_window(row, year)


def _tell_window(row: Fact, year: int) -> None:
    window = _window(row, year)
    days = f"entre le {date_text(window.first)} et le {date_text(window.last)}"
    whom = f"{echelon_label(window.echelon)} atteint {days}"
    row.tell(f"Concernés en {school_year_text(year)}", whom)
    least, most = (row.values[f"anciennete_{end}_mois_au_31_08"] for end in ("min", "max"))
    row.tell(f"Leur ancienneté au 31 août {year + 1}", f"de {least} à {most}{NBSP}mois")


def _decided(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del given
    years = [int(year) for year in np.ravel(result)[:1] if year != NONE]
    return tuple(("Décision pendant l’année scolaire", school_year_text(year)) for year in years)


@rule(
    sentence="La bonification est examinée l’année scolaire qui suit le rendez-vous, avec effet "
    "rétroactif au jour où la durée réduite est atteinte.",
    source="décret 90-680, art. 24 II ; rendez_vous_carriere_regles.csv, campagne_bonification",
    since="2017-09-01",
    tables=("rendez_vous_carriere",),
    reads=_decided,
)
def decision_year(cell: Cell, reached: Axis) -> Cell:
    """Return the school year in which the bonification of an échelon is decided, −1 for none.

    Same parameters as `meeting_year`.
    """
    year = meeting_year(cell, reached)
    return np.where(year == NONE, NONE, year + 1)


@rule(
    sentence="Le rendez-vous de carrière donne lieu à une appréciation finale, arrêtée par "
    "l’autorité compétente à la rentrée suivante.",
    source="décret 90-680, art. 24 II, et statuts particuliers ; arrêté du 5 mai 2017",
    since="2017-09-01",
    tables=("rendez_vous_carriere",),
)
def meeting_content(corps: str, number: int, year: int) -> Content:
    """Return what a rendez-vous of a school year is made of.

    Parameters
    ----------
    number : int
        1, 2 or 3.
    year : int
        Year in which the school year begins.

    Returns
    -------
    Content
        `final_by` is the authority on the rentrée that follows, when the appreciation is notified.

    Raises
    ------
    PeriodNotCovered
        Before 2017-2018.
    LawError
        The corps has no such rendez-vous.
    """
    row = MEETINGS.read(rentree_day(year), corps, number, label=f"rendez-vous {number}")
    levels = tuple(row.text("niveaux", untold=True).split("|"))
    authority = _authority(row.text("appreciation_finale_par", untold=True), year + 1)
    if explaining():
        row.tell("Appréciation finale", f"sur {len(levels)} niveaux")
        row.tell("Autorité qui l’arrête", authority)
    return Content(
        levels,
        row.text("evaluateurs", shown="Évaluateurs"),
        authority,
        row.text("effet", shown="Mène à"),
        row.papers,
    )


def _authority(text: str, year: int) -> str:
    """Read « ministre jusqu'en 2024, recteur depuis le 2024-09-02 (…) » on a rentrée."""
    changed = re.fullmatch(r"(\w+) jusqu’en \d+, (\w+) depuis le (\d{4}-\d\d-\d\d)( .*)?", text)
    if changed is None:
        return text
    before, after, since, who = changed.groups(default="")
    return after + who if rentree_day(year) >= date.fromisoformat(since) else before


_NO_WINDOW = np.iinfo(np.int64).max // 2


def none_known(name: str, day: date) -> str:
    """Return that a table names no rendez-vous de carrière of a corps on a day."""
    return f"aucun rendez-vous de carrière connu au {date_text(day)} (table {name})."


def _bound(text: str, year: int) -> date:
    """Read « N-1-09-01 » or « N-02-fin », N being the civil year of the rentrée."""
    parts = re.fullmatch(r"N(?:-(\d))?-(\d\d)-(\d\d|fin)", text)
    if parts is None:
        raise BadTable(f"date « {text} » illisible.", where="rendez_vous_carriere")
    back, month, day = parts.groups(default="0")
    first = date(year - int(back), int(month), 1)
    if day == "fin":
        return add_months_civil(first, 1) - timedelta(days=1)
    return first.replace(day=int(day))


@cache
def _openings() -> Cell:
    """Return [cell] the first day of the window of year 0, or a mark where there is none."""
    opens = np.full(CELLS.count, _NO_WINDOW, dtype=np.int64)
    for row in table("rendez_vous_carriere").to_dict("records"):
        year = row["valide_du"].year
        first = axis_of(_bound(str(row["promu_echelon_du"]), year))
        end = axis_of(_bound(str(row["promu_echelon_au"]), year) + timedelta(days=1))
        if end - first != YEAR:
            raise BadTable("fenêtre qui ne dure pas un an.", where="rendez_vous_carriere")
        _check_seniority(row, first, end, rentree(year + 1))
        normal = CELLS.grade == "classe_normale"
        concerned = (CELLS.corps == row["corps"]) & (CELLS.echelon == row["echelon"]) & normal
        opens[concerned] = first - year * YEAR
    return opens


def _check_seniority(row: dict[Hashable, Any], first: int, end: int, summer: int) -> None:
    """Refuse a window that does not say the same as the seniority read on the 31 August after."""
    longest, shortest = ((summer - day) // MONTH for day in (first, end))
    written = (row["anciennete_max_mois_au_31_08"], row["anciennete_min_mois_au_31_08"])
    if written != (longest, shortest):
        raise BadTable(
            f"fenêtre et ancienneté au 31 août se contredisent (rendez-vous {row['rdv']}).",
            where="rendez_vous_carriere",
        )
