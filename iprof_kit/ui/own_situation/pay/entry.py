"""What a person types about her pay: read as a question, or told what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from iprof_kit.base.calendar import MONTH
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.calculate.pay.calculation import answer
from iprof_kit.calculate.pay.question import AbsencePaie, PayAnswer, PayQuestion, PayTotaux
from iprof_kit.ui.kit.fields import chosen, read_numbers, read_past_day, read_past_days
from iprof_kit.ui.own_situation.pay.fields import (
    ABSENCES,
    HALF_PAY,
    LINES,
    NUMBERS,
    PRIMES,
    SICK,
    STRIKE,
    WAITING,
)
from iprof_kit.ui.own_situation.pay.start import PayStart

Values = Mapping[str, str]
PLACE = ("grade", "echelon", "chevron", "quotite")
"""Fields that follow the file when the month changes."""
_DECIDED = {"oui": True, "non": False}
_LAW_SAYS = {"primes": "prime_1", "corps": "grade"}
"""A field of the law's refusals → the field of the form that answers for it."""


@dataclass
class PayEntry:
    """What was typed, as a question; each error is that of one field, left out of it."""

    question: PayQuestion
    errors: dict[str, KitError] = field(default_factory=dict)


def month_of(values: Values, today: date, suffix: str = "") -> date:
    """Return the first day of the month chosen; this month where nothing readable is."""
    month, year = values.get(f"mois{suffix}", ""), values.get(f"annee{suffix}", "")
    known = map(str, range(1, 13))
    if month in known and year in map(str, years(today)):
        return date(int(year), int(month), 1)
    return today.replace(day=1)


def years(today: date) -> range:
    """Return the years that may be chosen: from the first grid to three years from now."""
    return range(law_facts.tables_start().year, today.year + 4)


def read_pay(values: Values, start: PayStart) -> PayEntry:
    """Return the question that a form asks; what is not typed comes from the file.

    A field that cannot be read, or that the law refuses, is left out and its error kept.
    """
    errors: dict[str, KitError] = {}
    typed = read_numbers(NUMBERS.values(), values, errors)
    births, asked = _days(values, start, errors)
    made = _question(values, start, typed)
    absence = _absence(values, start, typed, errors)
    made = made.model_copy(
        update={
            "naissances_enfants": births,
            "enfants": 0 if births else made.enfants,
            "absence": absence,
            "surcotisation_demande": asked if made.surcotisation else None,
        }
    )
    return PayEntry(made, errors)


def answered(values: Values, start: PayStart, **more: Any) -> tuple[PayAnswer | None, PayEntry]:
    """Return the payslip of a form; a field that the law refuses is left out, its error kept."""
    entry = read_pay(values, start)
    left = dict(values)
    for _ in NUMBERS:
        try:
            return answer(entry.question.model_copy(update=more)), entry
        except KitError as error:
            name = _LAW_SAYS.get(error.where, error.where)
            if not left.get(name):
                entry.errors.setdefault("mois", error)
                return None, entry
            entry.errors[name] = error
            del left[name]
            entry.question = read_pay(left, start).question
    return None, entry


def mean_month(question: PayQuestion) -> PayTotaux:
    """Return the totals of an ordinary month: primes by twelfths, no hours of a day, no absence."""
    return answer(question.model_copy(update={"mode": "annualise", "absence": None})).totaux


def asked_absences(start: PayStart) -> tuple[str, ...]:
    """Return the fields of absences that a month has: no waiting day where none existed."""
    if pay_choices.sick_leave(start.month) is None:
        return tuple(name for name in ABSENCES if name != WAITING)
    return ABSENCES


def _absence(
    values: Values,
    start: PayStart,
    typed: dict[str, float | None],
    errors: dict[str, KitError],
) -> AbsencePaie | None:
    """Return the absences of the month; more days than a month has are refused together."""
    days = {name: int(typed[name] or 0) for name in asked_absences(start)}
    if not any(days.values()):
        return None
    if sum(days.values()) > MONTH:
        last = [name for name in days if values.get(name, "").strip()][-1]
        errors[last] = InputError(
            f"Ces absences dépassent les {MONTH} jours d’un mois de paie.",
            remedy="Comptez-les tous motifs réunis.",
        )
        return None
    return AbsencePaie(
        greve=days[STRIKE],
        carence=days.get(WAITING, 0),
        cmo_trois_premiers_mois=days[SICK],
        cmo_neuf_mois_suivants=days[HALF_PAY],
    )


def _days(
    values: Values, start: PayStart, errors: dict[str, KitError]
) -> tuple[tuple[date, ...], date | None]:
    """Return the births of the children, and when the surcotisation was asked for."""
    births: tuple[date, ...] = ()
    asked = None
    try:
        births = read_past_days(values.get("naissances_enfants", ""), start.today)
    except InputError as error:
        errors["naissances_enfants"] = error
    if values.get("surcotisation_demande", "").strip():
        try:
            asked = read_past_day(values["surcotisation_demande"], start.today)
        except InputError as error:
            errors["surcotisation_demande"] = error
    return births, asked


def _question(values: Values, start: PayStart, typed: dict[str, float | None]) -> PayQuestion:
    place = standing(values, start)
    quotite = float(chosen(values, "quotite", quotites(start)))
    before = _DECIDED.get(values.get("nomme_avant_2018", ""), start.before_2018)
    heads = pay_choices.heads_schools(place.corps, start.month)
    classes = int(typed["direction_classes"] or 0) if heads else 0
    reads_tax = pay_choices.tax_is_withheld(start.month)
    return PayQuestion(
        date=start.month,
        corps=place.corps,
        grade=place.grade,
        echelon=place.echelon,
        chevron=place.chevron,
        quotite=quotite,
        type_temps_partiel=chosen(values, "temps_partiel", part_times(start)),
        zone=int(chosen(values, "zone", zones(start))),
        enfants=int(typed["enfants"] or 0),
        nbi=int(typed["nbi"] or 0),
        primes=_primes(values, start, typed),
        primes_usuelles=values.get("primes_usuelles", "oui") != "non",
        education_prioritaire=chosen(values, "education_prioritaire", priorities(start)),
        direction_classes=classes or None,
        direction_interim=bool(classes) and values.get("direction_interim") == "oui",
        hsa=typed["hsa"] or 0,
        hse=typed["hse"] or 0,
        pacte=int(typed["pacte"] or 0),
        territoire=start.territory,
        nomme_avant_2018=before,
        brut_2017=(typed["brut_2017"] or None) if before else None,
        ces_2017=typed["ces_2017"] if before else None,
        brut_premier_mois=(typed["brut_premier_mois"] or None) if before is False else None,
        psc=values.get("psc", "oui") != "non",
        psc_retenue=typed["psc_retenue"] or None,
        abonnement_transport=typed["abonnement_transport"] or 0,
        taux_pas=typed["taux_pas"] if reads_tax else None,
        surcotisation=quotite < 100 and values.get("surcotisation") == "oui",
    )


def standing(values: Values, start: PayStart) -> law_facts.Standing:
    """Return the position chosen; that of the file where nothing else is."""
    own = start.standing
    grade = _own_first(values, "grade", law_facts.grades(own.corps), own.grade)
    same = grade == own.grade
    echelon = _own_first(
        values, "echelon", law_facts.echelons(own.corps, grade), own.echelon if same else ""
    )
    same = same and echelon == own.echelon
    known = law_facts.chevrons(own.corps, grade, echelon)
    chevron = _own_first(values, "chevron", known, own.chevron or "" if same else "")
    return law_facts.Standing(own.corps, grade, echelon, chevron or None)


def same_as_file(values: Values, start: PayStart) -> tuple[str, ...]:
    """Return the fields of the form that hold what the file says of the month."""
    own = {
        "quotite": str(start.quotite),
        "temps_partiel": start.part_time,
        "education_prioritaire": start.priority,
    }
    same = [name for name, value in own.items() if values.get(name) == value]
    if standing(values, start) == start.standing:
        same += ["grade", "echelon", "chevron"]
    return tuple(same)


def _own_first(values: Values, name: str, allowed: tuple[str, ...], own: str) -> str:
    return chosen(values, name, (own, *allowed) if own in allowed else allowed)


def quotites(start: PayStart) -> tuple[str, ...]:
    """Return the quotités of the form, that of the file first."""
    known = (start.quotite, *law_facts.pay_quotites(start.standing.corps))
    return tuple(dict.fromkeys(f"{share:g}" for share in known))


def part_times(start: PayStart) -> tuple[str, ...]:
    """Return the kinds of part-time, that of the file first."""
    return tuple(dict.fromkeys((start.part_time, "sur_autorisation", "de_droit")))


def priorities(start: PayStart) -> tuple[str, ...]:
    """Return the kinds of éducation prioritaire, that of the file first."""
    return tuple(dict.fromkeys((start.priority, "aucune", "REP", "REP+")))


def zones(start: PayStart) -> tuple[str, ...]:
    """Return the zones, the one without indemnité first: it is supposed until one is chosen."""
    by_percent = sorted(pay_choices.zones(start.month), key=lambda zone: zone.percent)
    return tuple(str(zone.number) for zone in by_percent)


def prime_value(choice: pay_choices.PrimeChoice) -> str:
    """Return a prime as the list of the form writes it: « IMP=0.5 »."""
    return f"{choice.code}={choice.variant}" if choice.variant else choice.code


def _primes(
    values: Values, start: PayStart, typed: dict[str, float | None]
) -> tuple[dict[str, Any], ...]:
    known = {prime_value(c): c for c in pay_choices.other_primes(start.standing.corps, start.month)}
    chosen: dict[str, dict[str, Any]] = {}
    for number in PRIMES:
        choice = known.get(values.get(f"prime_{number}", ""))
        if choice:
            chosen[prime_value(choice)] = {
                "code": choice.code,
                "variante": choice.variant,
                "nombre": typed[f"nombre_{number}"] or 1,
                "mois": _month(values.get(f"mois_prime_{number}", "")),
            }
    return tuple(chosen.values())


def _month(written: str) -> int | None:
    """Return the month of a list, None where the texts are to say it."""
    return int(written) if written in map(str, range(1, 13)) else None


def read_bulletin(values: Values) -> tuple[dict[str, float], dict[str, KitError]]:
    """Return the lines of the real payslip that were typed, and what could not be read."""
    errors: dict[str, KitError] = {}
    typed = read_numbers(LINES.values(), values, errors)
    return {
        name: value for name, line in LINES.items() if (value := typed[line.name]) is not None
    }, errors
