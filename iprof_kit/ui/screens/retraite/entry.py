"""What a person types about her pension: read as questions, or told what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.career.question import CareerAnswer, Retirement, Step
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.pension.answer import PensionAnswer
from iprof_kit.calculate.pension.calculation import answers
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.fields import chosen
from iprof_kit.ui.own_situation.one import services_as_instituteur, services_of
from iprof_kit.ui.own_situation.pension_person import (
    law_day,
    pension_numbers,
    read_children,
    read_optional_day,
    read_person,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import placed

Values = Mapping[str, str]
DEPARTURES = (1, 2, 3, 4)
BY_SENIORITY, AS_TODAY = "avancement", "actuel"
_BY_RIGHT = ("depart", "echelon", "chevron")


@dataclass(frozen=True)
class PensionStart:
    """What the file and the projection give: who leaves, from which career."""

    dossier: Dossier
    career: CareerAnswer
    today: date

    @property
    def steps(self) -> list[Step]:
        """Return where seniority alone leads, oldest first."""
        return [s for s in self.career.scenarios[0].etapes if s.nature in _BY_RIGHT]

    @property
    def corps(self) -> str | None:
        """Return the corps held today."""
        return self.career.situation.corps

    @property
    def born(self) -> date:
        """Day of birth."""
        return self.dossier.identite.date_naissance

    @property
    def quotite(self) -> int:
        """Return the quotité worked today; full time where nothing is worked."""
        return self.career.situation.quotite


@dataclass
class PensionEntry:
    """One question for each departure; each error is that of one field, left out of it."""

    departures: dict[str, date] = field(default_factory=dict)
    """Field → day: typed, or proposed where nothing was typed at all."""
    proposed: bool = False
    questions: dict[str, PensionQuestion] = field(default_factory=dict)
    supposed: tuple[str, ...] = ()
    by_file: bool = False
    """Whether the services of an instituteur are those that the file shows."""
    errors: dict[str, KitError] = field(default_factory=dict)


def read_pension(values: Values, start: PensionStart) -> PensionEntry:
    """Return the questions of a form; a field that cannot be read is left out, its error kept."""
    entry, born = PensionEntry(), start.dossier.identite.date_naissance
    numbers = pension_numbers(values, entry.errors)
    children = read_children(values, numbers, born, start.today, entry.errors)
    entry.departures = _departures(values, start, entry.errors)
    typed = any(values.get(f"depart_{n}", "").strip() for n in DEPARTURES)
    entry.proposed = not entry.departures and not typed
    later = int(chosen(values, "quotite", quotites(start)))
    services = services_of(start.dossier, children, start.today, later)
    named = tuple(text.dated(day, quantity, f"{day}") for quantity, day in services.days)
    entry.supposed = tuple(placed(line, *named) for line in services.supposed)
    person = read_person(values, numbers, entry.errors)
    filed = None
    if person["instituteur"] is None:
        filed = services_as_instituteur(start.dossier, start.today)
    entry.by_file = filed is not None
    common = person | {
        "instituteur": filed or person["instituteur"],
        "naissance": born,
        "aujourdhui": law_day(values, start.today),
        "periodes": services.periods,
        "enfants": children,
    }

    def question(day: date) -> PensionQuestion:
        asked = common | {"departs": (day,)} | _place(values, start, day)
        return question_of(PensionQuestion, asked)

    if entry.proposed:
        at_once = bool(common["invalidite"])
        entry.departures = proposed_departures(start, at_once=at_once)
    for name, day in entry.departures.items():
        try:
            entry.questions[name] = question(day)
        except InputError as error:
            entry.errors.setdefault(name, error)
    return entry


def answered(entry: PensionEntry) -> dict[str, PensionAnswer]:
    """Return the answer of each departure; one that the law refuses has its error instead."""
    try:
        return dict(zip(entry.questions, answers(list(entry.questions.values())), strict=True))
    except KitError:  # one of them: each is then asked alone
        by_departure = {}
        for name, question in entry.questions.items():
            try:
                by_departure[name] = answers([question])[0]
            except KitError as error:
                entry.errors.setdefault(name, error)
        return by_departure


def proposed_departures(start: PensionStart, *, at_once: bool = False) -> dict[str, date]:
    """Return three dates to begin with: the opening of the right, the age limit, and between.

    The two ages are those of the career, which knows what she told of them. `at_once`: no age
    opens the right, as for an invalidity.
    """
    ages: Retirement | None = start.career.retraite
    if ages is None:
        return {}
    soon = _next_month(start.today)
    first = soon if at_once else max(_month_start(ages.date_ouverture), soon)
    last = max(_month_start(ages.date_limite_age), first)
    middle = rentree_day((first.year + last.year) // 2)
    days = sorted({first, middle if first < middle < last else first, last})
    return {f"depart_{n}": day for n, day in zip(DEPARTURES, days, strict=False)}


def _month_start(day: date) -> date:
    return day if day.day == 1 else _next_month(day)


def _next_month(day: date) -> date:
    return date(day.year + (day.month == 12), day.month % 12 + 1, 1)


def _departures(
    values: Values, start: PensionStart, errors: dict[str, KitError]
) -> dict[str, date]:
    departures: dict[str, date] = {}
    latest = date(start.dossier.identite.date_naissance.year + 100, 1, 1)
    for number in DEPARTURES:
        name = f"depart_{number}"
        day = read_optional_day(values, name, errors)
        if day is None:
            continue
        if day <= start.today or day > latest:
            errors[name] = InputError(
                "Cette date de départ est passée."
                if day <= start.today
                else "Cette date de départ est trop lointaine.",
                remedy=f"Indiquez une date après le {text.day(start.today)}.",
            )
        elif day in departures.values():
            errors[name] = InputError(
                "Cette date est déjà comparée.", remedy="Choisissez-en une autre."
            )
        else:
            departures[name] = day
    return departures


def quotites(start: PensionStart) -> tuple[str, ...]:
    """Return the quotités until the departure, that of today first."""
    return tuple(map(str, dict.fromkeys((start.quotite, *law_facts.quotites(start.corps)))))


def _place(values: Values, start: PensionStart, departure: date) -> dict[str, Any]:
    """Return the position held at a departure, since when, and the index held before."""
    steps = start.steps
    if chosen(values, "fin", (BY_SENIORITY, AS_TODAY)) == AS_TODAY:
        steps = steps[:1]
    past = [step for step in steps if step.date <= departure] or steps[:1]
    at_departure, before = past[-1], past[-2] if len(past) > 1 else None
    return {
        "corps": at_departure.corps,
        "grade": at_departure.grade,
        "echelon": at_departure.echelon,
        "chevron": at_departure.chevron,
        "indice_depuis": at_departure.date,
        "indice_precedent": before.indice_majore if before else None,
    }
