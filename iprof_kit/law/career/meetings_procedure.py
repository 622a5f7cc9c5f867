"""The procedure of a rendez-vous de carrière: its delays, who evaluates, the grid, the appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from iprof_kit.base.calendar import add_months_civil, date_text, rentree_day
from iprof_kit.base.errors import BadTable, LawError
from iprof_kit.base.explanation import Parameter, Words, explaining, record
from iprof_kit.base.sources import Source
from iprof_kit.base.words import NBSP
from iprof_kit.law.career.meetings import none_known
from iprof_kit.law.career.open_days import first_open_day
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.loading import first_day, refuse_before, table
from iprof_kit.law.tables.rules import rule

DEADLINES = Facts("rendez_vous_delais", ("cle",))
HELD_LATER = Facts("rendez_vous_reports", ("cle",))
RULES = Facts("rendez_vous_carriere_regles", ("cle",))
EVALUATORS = Facts("rendez_vous_evaluateurs", ("corps", "position"))
APPEALS = Facts("rendez_vous_recours", ("corps",))
PARTS = Facts("rendez_vous_parties", ("modele", "partie"))
GRID = Facts("rendez_vous_grille", ("modele", "partie", "rang"))
FREE_DAYS = "jours francs"


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
    outside: bool = False
    """Whether the days of school holidays do not count."""
    rule: ClassVar[str] = "deadlines"
    """The rule of the registry that gave it."""

    def __str__(self) -> str:
        """Return « Recours gracieux… : 30 jours », for explanations."""
        return f"{self.label} : {self.value}{NBSP}{self.unit}"

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
            self._tell(event, term)
        return first_open_day(term, departement) if self.carried else term

    def opened(self, event: date) -> tuple[Words, ...]:
        """Return the day from which it is counted, where that is not its event."""
        del event
        return ()

    def _tell(self, event: date, term: date) -> None:
        """Record how the delay is counted, and the day on which it ends."""
        record(
            rule=self.rule,
            source="",
            parameters=self._counting,
            words=(*self.opened(event), ("Fin du délai", date_text(term))),
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
    places: str
    duties: str
    source: Source

    def fits(self, where: str, duty: str) -> bool:
        """Tell whether the words of the position are those of a place or of a function."""
        begins, holds = where.lower().startswith, duty.lower()
        return any(map(begins, _words(self.places))) or any(
            word in holds for word in _words(self.duties)
        )


def _words(cell: str) -> list[str]:
    return cell.split("|") if cell else []


@dataclass(frozen=True)
class GridPart:
    """The items that one evaluator, or both together, place on four levels.

    `labels` is empty where no source gives the words: only their number is then known.
    """

    name: str
    count: int
    labels: tuple[str, ...]
    sources: tuple[Source, ...]


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
            bool(row.values["hors_vacances"]),
        )
        for key, row in zip(keys, rows, strict=True)
    )


def deadline_names() -> tuple[str, ...]:
    """Return the keys of the delays, in the order of the procedure."""
    return tuple(str(key[0]) for key in tuple(DEADLINES.keys()))


def evaluated_on(model: str) -> tuple[str, ...]:
    """Return the corps whose report follows a model.

    Examples
    --------
    >>> evaluated_on("education")
    ('cpe',)
    """
    frame = table(EVALUATORS.name)
    return tuple(dict.fromkeys(frame.loc[frame["modele"] == model, "corps"]))


def after_silence() -> Fact:
    """Return the row that opens the last appeal to whoever was not answered."""
    return RULES.read(None, "cap_apres_silence")


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
    start = rentree_day(year)
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
    ['chef d’établissement']
    """
    day = rentree_day(year)
    refuse_before(EVALUATORS.name, first_day(EVALUATORS.name), day)
    positions = [str(position) for of, position in tuple(EVALUATORS.keys()) if of == corps]
    rows = [(position, EVALUATORS.find(day, corps, position)) for position in positions]
    known = tuple(
        Evaluators(
            position,
            row.text("modele", "modèle de compte rendu"),
            row.text("inspection", "inspection et entretien"),
            row.text("chef", "entretien avec"),
            str(row.values["lieux"]),
            str(row.values["fonctions"]),
            row.papers,
        )
        for position, row in rows
        if row is not None
    )
    if not known:
        raise LawError(none_known(EVALUATORS.name, day), where=corps)
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
    day = rentree_day(year)
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
