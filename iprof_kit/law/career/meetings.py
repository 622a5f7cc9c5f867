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
from typing import Any, ClassVar

import numpy as np

from iprof_kit.base.calendar import (
    MONTH,
    YEAR,
    Axis,
    add_months_civil,
    axis_of,
    date_of,
    date_text,
    rentree,
    school_year_text,
)
from iprof_kit.base.errors import BadTable, LawError
from iprof_kit.base.explanation import Parameter, Words, explaining, record
from iprof_kit.base.sources import Confidence, Source
from iprof_kit.base.words import NBSP, echelon_label
from iprof_kit.law.career.open_days import first_open_day
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.loading import first_day, refuse_before, table
from iprof_kit.law.tables.lookups import confidence_letter
from iprof_kit.law.tables.rules import rule

NONE = -1
MEETINGS = Facts("rendez_vous_carriere", ("corps", "rdv"))
DEADLINES = Facts("rendez_vous_delais", ("cle",))
HELD_LATER = Facts("rendez_vous_reports", ("cle",))
RULES = Facts("rendez_vous_carriere_regles", ("cle",))
EVALUATORS = Facts("rendez_vous_evaluateurs", ("corps", "position"))
APPEALS = Facts("rendez_vous_recours", ("corps",))
PARTS = Facts("rendez_vous_parties", ("modele", "partie"))
GRID = Facts("rendez_vous_grille", ("modele", "partie", "rang"))
FREE_DAYS = "jours francs"


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
        return f"{self.leads_to} ({self.evaluators}{NBSP}; {self.final_by})"


@dataclass(frozen=True)
class Deadline:
    """One delay of the procedure: so many days or months, counted from an event."""

    name: str
    label: str
    value: int
    unit: str
    counted_from: str
    source: Source
    carried: bool = False
    """Whether a last day that nobody works is put off to the next one that is worked."""
    rule: ClassVar[str] = "deadlines"
    """The rule of the registry that gave it."""

    def __str__(self) -> str:
        """Return « Recours gracieux… : 30 jours », for explanations."""
        return f"{self.label}{NBSP}: {self.value}{NBSP}{self.unit}"

    @property
    def free(self) -> bool:
        """Whether neither the day that opens the delay nor the one that ends it counts."""
        return self.unit == FREE_DAYS

    def term(self, event: date) -> date:
        """Return the day on which the delay ends, whatever day it is; before it for « avant ».

        That of a délai franc is the day after its échéance.
        """
        sign = -1 if self.counted_from == "avant" else 1
        if self.unit == "mois":
            return add_months_civil(event, sign * self.value)
        return event + timedelta(days=sign * (self.value + self.free))

    def last_day(self, event: date, departement: str = "") -> date:
        """Return the last day to act: the term, put off where the text of the delay says so."""
        term = self.term(event)
        if explaining():
            self._tell(term)
        return first_open_day(term, departement) if self.carried else term

    def _tell(self, term: date) -> None:
        """Record how the delay is counted, and the day on which it ends."""
        record(
            rule=self.rule,
            source="",
            parameters=self._counting,
            words=(("Fin du délai", date_text(term)),),
        )

    @property
    def _counting(self) -> tuple[Parameter, ...]:
        """The rows that say how the delay is counted, where its rule does not."""
        return (free_delay().worded(),) if self.free else ()


@dataclass(frozen=True)
class HeldLater:
    """Until when a rendez-vous that was missed may be held, and its appreciation notified."""

    held_by: date
    notified_by: date
    source: Source


@dataclass(frozen=True)
class Evaluators:
    """Who evaluates in a position, on which model; `head` is "" where one opinion is given."""

    position: str
    model: str
    inspection: str
    head: str
    source: Source


@dataclass(frozen=True)
class GridPart:
    """The items that one evaluator, or both together, place on four levels.

    `labels` is empty where no source gives the words: only their number is then known.
    """

    name: str
    count: int
    labels: tuple[str, ...]
    sources: tuple[Source, ...]


def meeting_windows(corps: str, year: int) -> tuple[Window, ...]:
    """Return the windows of the rendez-vous of the school year that begins in `year`.

    Raises
    ------
    PeriodNotCovered
        Before 2017-2018.
    LawError
        The corps has no rendez-vous de carrière in the tables.
    """
    day = date_of(rentree(year))
    refuse_before(MEETINGS.name, first_day(MEETINGS.name), day)
    in_force = _rows_of(corps, day)
    if not in_force:
        raise LawError(_none_known(MEETINGS.name, day), where=corps)
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
    cell : array of int
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
    row = MEETINGS.read(date_of(rentree(year)), corps, number, label=f"rendez-vous {number}")
    if explaining():
        _tell_window(row, year)
    return _window(row, year)


def _tell_windows(cell: int, year: int) -> None:
    """Have a reason say whom the rendez-vous of a place concerns in a school year."""
    if year == NONE:
        return
    for row in _rows_of(str(CELLS.corps[cell]), date_of(rentree(year))):
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
    corps : str
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
    row = MEETINGS.read(date_of(rentree(year)), corps, number, label=f"rendez-vous {number}")
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


@rule(
    sentence="La procédure du rendez-vous de carrière a ses délais : date notifiée à l’avance, "
    "observations sur le compte rendu, appréciation finale, recours gracieux, saisine de la CAP.",
    source="arrêté du 5 mai 2017, art. 3 à 5, et sa modification de 2019",
    since="2017-09-01",
    tables=("rendez_vous_delais", "rendez_vous_carriere_regles"),
    silent=True,
)
def deadlines(day: date, only: tuple[str, ...] = ()) -> tuple[Deadline, ...]:
    """Return the delays in force on a day, in the order of the procedure.

    Parameters
    ----------
    day : date
    only : tuple of str
        Keys of the delays that are asked; () for all.

    Raises
    ------
    PeriodNotCovered
        Before 2017-09-01.
    """
    keys = only or deadline_names()
    rows = [DEADLINES.read(day, key) for key in keys]
    return tuple(
        Deadline(
            key,
            str(row.values["libelle"]),
            row.whole("valeur", str(row.values["libelle"])),
            str(row.values["unite"]),
            str(row.values["depart"]),
            row.papers,
            bool(row.values["si_chome"]),
        )
        for key, row in zip(keys, rows, strict=True)
    )


def deadline_names() -> tuple[str, ...]:
    """Return the keys of the delays, in the order of the procedure."""
    return tuple(str(key[0]) for key in tuple(DEADLINES.keys()))


def free_delay() -> Fact:
    """Return the row that says how a délai franc is counted."""
    return RULES.read(None, "delai_franc")


@rule(
    sentence="Un rendez-vous de carrière qui n’a pas eu lieu dans l’année scolaire prévue peut se "
    "tenir à la rentrée suivante ; l’appréciation finale est alors notifiée plus tard.",
    source="arrêté du 5 mai 2017, modifié par l’arrêté du 21 juin 2019",
    since="2019-07-07",
    tables=("rendez_vous_reports",),
)
def held_later(year: int) -> HeldLater:
    """Return until when a rendez-vous missed in the school year before may be held.

    Parameters
    ----------
    year : int
        Civil year of the rentrée at which it is held.

    Raises
    ------
    PeriodNotCovered
        Before the rentrée of 2019.

    Examples
    --------
    >>> held_later(2026).notified_by
    datetime.date(2026, 10, 15)
    """
    start = date_of(rentree(year))
    meeting = HELD_LATER.read(start, "rendez_vous")
    notified = HELD_LATER.read(start, "appreciation")
    later = HeldLater(
        _next(meeting.text("jour", untold=True), start),
        _next(notified.text("jour", untold=True), start),
        notified.papers,
    )
    if explaining():
        meeting.tell("Rendez-vous reporté, tenu au plus tard le", date_text(later.held_by))
        notified.tell("Appréciation alors notifiée au plus tard le", date_text(later.notified_by))
    return later


@rule(
    sentence="Le corps et la position de la personne disent qui évalue, en un avis ou en deux, et "
    "le modèle de compte rendu.",
    source="arrêté du 5 mai 2017, art. 4 et annexe 6",
    since="2017-09-01",
    tables=("rendez_vous_evaluateurs",),
)
def evaluators(corps: str, year: int) -> tuple[Evaluators, ...]:
    """Return who evaluates in a corps, one line a position, in a school year.

    Raises
    ------
    LawError
        The corps has no rendez-vous de carrière in the tables.

    Examples
    --------
    >>> [one.head for one in evaluators("certifie", 2026)]
    ["chef d’établissement"]
    """
    day = date_of(rentree(year))
    refuse_before(EVALUATORS.name, first_day(EVALUATORS.name), day)
    positions = [str(position) for of, position in tuple(EVALUATORS.keys()) if of == corps]
    rows = [(position, EVALUATORS.find(day, corps, position)) for position in positions]
    known = tuple(
        Evaluators(
            position,
            row.text("modele", "modèle de compte rendu"),
            row.text("inspection", "inspection et entretien"),
            row.text("chef", "entretien avec"),
            row.papers,
        )
        for position, row in rows
        if row is not None
    )
    if not known:
        raise LawError(_none_known(EVALUATORS.name, day), where=corps)
    return known


@rule(
    sentence="Le statut particulier du corps ouvre le recours gracieux contre l’appréciation "
    "finale, puis la saisine de la commission administrative paritaire.",
    source="décret 90-680, art. 23-6, décret 72-581, art. 30-7, et statuts particuliers",
    since="2017-09-01",
    tables=("rendez_vous_recours",),
)
def appeal_text(corps: str, day: date) -> tuple[str, Source]:
    """Return the text under which the final appreciation is contested, and its papers.

    Raises
    ------
    LawError
        The corps has none in the tables.

    Examples
    --------
    >>> appeal_text("pe", date(2026, 9, 1))[0]
    'décret n° 90-680 du 1er août 1990, article 23-6'
    """
    row = APPEALS.read(day, corps)
    return row.text("texte", "texte du recours"), row.papers


@rule(
    sentence="La grille place chaque compétence sur quatre niveaux : une part pour l’inspection, "
    "une pour le chef d’établissement, une pour les deux ensemble.",
    source="arrêté du 5 mai 2017, art. 4 et annexes",
    since="2017-09-01",
    tables=("rendez_vous_parties", "rendez_vous_grille"),
)
def grid(model: str, year: int) -> tuple[GridPart, ...]:
    """Return the parts of the grid of a model of report; () for a model that is not known.

    Examples
    --------
    >>> [part.count for part in grid("enseignant", 2026)]
    [5, 3, 3]
    """
    day = date_of(rentree(year))
    names = [str(name) for of, name in tuple(PARTS.keys()) if of == model]
    parts = [(name, PARTS.find(day, model, name)) for name in names]
    return tuple(
        _grid_part(model, name, row.whole("nombre", "compétences"), row.papers, day)
        for name, row in parts
        if row is not None
    )


def _grid_part(model: str, name: str, count: int, counted: Source, day: date) -> GridPart:
    keys = [key for key in tuple(GRID.keys()) if key[:-1] == (model, name)]
    items = [GRID.find(day, *key) for key in keys]
    written = [row for row in items if row is not None]
    if written and len(written) != count:
        raise BadTable(f"{len(written)} compétences pour {count} ({name}).", where=GRID.name)
    labels = tuple(row.text("libelle", "compétence") for row in written)
    return GridPart(name, count, labels, (counted, *(row.papers for row in written)))


def _next(written: str, start: date) -> date:
    """Return the first day « mois-jour » from the start of a school year on."""
    month, day = (int(part) for part in written.split("-"))
    this_year = start.replace(month=month, day=day)
    return this_year if this_year >= start else this_year.replace(year=start.year + 1)


def _authority(text: str, year: int) -> str:
    """Read « ministre jusqu'en 2024, recteur depuis le 2024-09-02 (…) » on a rentrée."""
    changed = re.fullmatch(r"(\w+) jusqu'en \d+, (\w+) depuis le (\d{4}-\d\d-\d\d)( .*)?", text)
    if changed is None:
        return text
    before, after, since, who = changed.groups(default="")
    return after + who if date_of(rentree(year)) >= date.fromisoformat(since) else before


_NO_WINDOW = np.iinfo(np.int64).max // 2


def _none_known(name: str, day: date) -> str:
    return f"aucun rendez-vous de carrière connu au {date_text(day)} (table {name})."


def _bound(text: str, year: int) -> date:
    """Read « N-1-09-01 » or « N-02-fin », N being the civil year of the rentrée."""
    parts = re.fullmatch(r"N(?:-(\d))?-(\d\d)-(\d\d|fin)", text)
    if parts is None:
        raise BadTable(f"date «{NBSP}{text}{NBSP}» illisible.", where="rendez_vous_carriere")
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
