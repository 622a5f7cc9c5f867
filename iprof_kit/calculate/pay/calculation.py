"""One question about pay, one answer: a month, a year, two situations, the next échelon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.money import sum_in_euros
from iprof_kit.base.names import words_in
from iprof_kit.base.words import position_label
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.pay.lines import (
    differences,
    doubt_text,
    gathered,
    lines_of,
    minus,
    references,
    summed,
    times,
    totals_of,
)
from iprof_kit.calculate.pay.question import (
    MoisPaie,
    PayAnswer,
    PayComparaison,
    PayQuestion,
    PaySituation,
)
from iprof_kit.calculate.pay.sheet import Sheet, sheet
from iprof_kit.calculate.pay.why import explain_lines
from iprof_kit.law.career.advancement import next_cell
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll import health
from iprof_kit.law.payroll.contributions import NOT_KNOWN
from iprof_kit.law.payroll.deductions import transfer_adjustment
from iprof_kit.law.payroll.payslip import Payslip, payslip
from iprof_kit.law.payroll.people import Habits
from iprof_kit.law.payroll.tables import PARAMETERS
from iprof_kit.law.tables.cells import CELLS, cell_code

REMINDER = "Simulation non officielle : le bulletin de paie établi par l’administration fait foi."
_ONE_MONTH_CAP = (
    "plafond de la RAFP apprécié sur ce seul mois : le bulletin l’apprécie sur le cumul depuis "
    "janvier"
)
_ISG = "indemnité de sujétion géographique (Mayotte) : non calculée, date d’installation inconnue"
_EXTRA = (
    "surcotisation : sans objet pour un temps partiel de droit pour élever un jeune enfant "
    "(compté comme un temps plein, sans retenue de plus) ; son effet sur la pension est limité"
)
_CHILDREN = (
    "supplément familial : les enfants sont comptés à charge ; leurs revenus ne sont pas demandés"
)
_COLUMN_FIELDS = words_in(
    "echelon chevron indice_majore quotite zone enfants nbi naissances_enfants "
    "abonnement_transport brut_2017 ces_2017 brut_premier_mois"
)
_SHARED_FIELDS = tuple(name for name in PaySituation.model_fields if name not in _COLUMN_FIELDS)
_PRESENCE = ("echelon", "indice_majore", "brut_2017", "ces_2017", "brut_premier_mois")


def answer(question: PayQuestion) -> PayAnswer:
    """Answer one question about pay.

    Raises
    ------
    InputError
        Missing or contradictory fields, unknown codes, impossible values.
    PeriodNotCovered
        A month before what the tables cover.
    """
    _refuse_mode_fields(question)
    question = with_reference(question)
    if question.mode == "annee":
        return _year(question)
    if question.mode == "comparaison":
        return _comparison(question)
    if question.mode == "gain_prochain_echelon":
        return _next_step(question)
    return answers([question])[0]


def answers(questions: Sequence[PayQuestion]) -> tuple[PayAnswer, ...]:
    """Answer several questions in the same order, in one pass over each group of like people."""
    questions = [with_reference(question) for question in questions]
    groups: dict[object, list[int]] = {}
    for number, question in enumerate(questions):
        single = question.mode not in ("mois", "annualise")
        groups.setdefault(number if single else _run_key(question), []).append(number)
    by_number: dict[int, PayAnswer] = {}
    for numbers in groups.values():
        first = questions[numbers[0]]
        if first.mode not in ("mois", "annualise"):
            by_number[numbers[0]] = answer(first)
            continue
        people = [questions[number] for number in numbers]
        _refuse_mode_fields(first)
        made, slip = _run(people, first.date, smoothed=first.mode == "annualise")
        for person, number in enumerate(numbers):
            by_number[number] = _month_answer(people[person], made, slip, person)
    return tuple(by_number[number] for number in range(len(questions)))


def with_reference(question: PayQuestion) -> PayQuestion:
    """Return the question with the reference pay of the health cover that a real line gives.

    Raises
    ------
    InputError
        The line read is no more than the fixed part of the cover.
    """
    read, month = question.psc_retenue, question.date.replace(day=1)
    if read is None:
        return question
    ceiling = question.psc_plafond or health.ceiling_of(month)
    if not question.psc or not health.in_force(month) or ceiling is None:
        return question.model_copy(update={"psc_retenue": None})
    _, slip = _run([question.model_copy(update={"mode": "mois"})], month, smoothed=False)
    reference = health.reference_of(read, float(slip.gross[0]), ceiling, month)
    return question.model_copy(update={"psc_reference": reference, "psc_retenue": None})


def _run_key(question: PayQuestion) -> tuple[object, ...]:
    """Return what people must share to be computed as one column."""
    given = tuple(getattr(question, name) is not None for name in _PRESENCE)
    shared = tuple(getattr(question, name) for name in _SHARED_FIELDS)
    worked = question.quotite if question.surcotisation else None
    hours = question.quotite if question.hsa or question.hse else None
    return (question.mode, question.date.replace(day=1), shared, given, worked, hours)


def _run(people: Sequence[PaySituation], on: date, *, smoothed: bool) -> tuple[Sheet, Payslip]:
    made = sheet(people, on.replace(day=1), smoothed=smoothed)
    return made, payslip(made.payees)


def _refuse_mode_fields(question: PayQuestion) -> None:
    compared = question.comparee is not None or question.date_comparee is not None
    if compared != (question.mode == "comparaison"):
        raise InputError(
            "« comparee » et « date_comparee » vont avec le mode comparaison, "
            "qui demande l’une au moins des deux.",
            where="comparee",
            remedy="Choisissez « mode » = « comparaison », et donnez la "
            "seconde situation ou la seconde date.",
        )
    if question.mode == "annee" and (question.absence or question.cumul or question.hse):
        raise InputError(
            "absences, cumuls et heures effectives se donnent pour un mois, non pour une année.",
            where="mode",
            remedy="Choisissez « mode » = « mois », ou retirez-les.",
        )
    _refuse_reasons(question)


def _refuse_reasons(question: PayQuestion) -> None:
    if question.raisons and question.mode == "annee":
        raise InputError(
            "les raisons se demandent pour un mois, non pour une année.",
            where="raisons",
            remedy="Choisissez « mode » = « mois ».",
        )


def _unknown(question: PaySituation, made: Sheet, slip: Payslip) -> tuple[str, ...]:
    reasons = [*made.unknown, *made.not_due.values(), *slip.unknown]
    if question.naissances_enfants:
        reasons.append(_CHILDREN)
    if question.rafp_plafonnee and question.cumul is None:
        reasons.append(_ONE_MONTH_CAP)
    if question.territoire == "Mayotte":
        reasons.append(_ISG)
    if question.surcotisation:
        reasons.append(_EXTRA)
    return tuple(dict.fromkeys([*reasons, NOT_KNOWN]))


def _month_answer(question: PayQuestion, made: Sheet, slip: Payslip, person: int) -> PayAnswer:
    lines, totals = lines_of(slip, person), totals_of(slip, person)
    if question.raisons:
        lines = explain_lines(lines, question)
    doubt = doubt_text(lines, made.payees.on)
    return PayAnswer(
        mode=question.mode,
        mois=f"{question.date:%Y-%m}",
        lignes=lines,
        totaux=totals,
        totaux_annuels=times(totals, 12) if question.mode == "annualise" else None,
        non_calcules=_unknown(question, made, slip),
        a_verifier=bool(doubt),
        motif_a_verifier=doubt,
        rappel=REMINDER,
        sources=references([slip], person),
    )


def _year(question: PayQuestion) -> PayAnswer:
    """Return the twelve months of the civil year, the position staying the same."""
    months = months_of_year(question, question.date.year)
    parts = [lines_of(slip, 0) for _, slip in months]
    totals = [totals_of(slip, 0) for _, slip in months]
    lines, doubt = (
        gathered(parts),
        doubt_text([line for part in parts for line in part], months[-1][0].payees.on),
    )
    paid = {line.code for line in lines}
    reasons = [text for made, slip in months for text in (*made.unknown, *slip.unknown)]
    reasons += [
        text for made, _ in months for code, text in made.not_due.items() if code not in paid
    ]
    return PayAnswer(
        mode="annee",
        mois=str(question.date.year),
        lignes=lines,
        totaux=summed(totals),
        douze_mois=tuple(
            MoisPaie(mois=f"{made.payees.on:%Y-%m}", totaux=total)
            for (made, _), total in zip(months, totals, strict=True)
        ),
        non_calcules=tuple(dict.fromkeys([*reasons, NOT_KNOWN])),
        a_verifier=bool(doubt),
        motif_a_verifier=doubt,
        rappel=REMINDER,
        sources=references([slip for _, slip in months], 0),
    )


def _comparison(question: PayQuestion) -> PayAnswer:
    second = question.comparee or question
    if question.psc_reference is not None and second.psc_reference is None:
        # what a real payslip gave of the health cover holds for both
        second = second.model_copy(update={"psc_reference": question.psc_reference})
    other = question.date_comparee or question.date
    words = f"{question.date:%Y-%m} et {other:%Y-%m}"
    return _compared(question, second, other, f"Comparaison : {words}", smoothed=False)


def _next_step(question: PayQuestion) -> PayAnswer:
    """Return what the next échelon changes, primes by twelfths, at the law of the month."""
    if not (question.corps and question.grade and question.echelon):
        raise InputError(
            "le gain du prochain échelon dépend de la position.",
            where="echelon",
            remedy="Indiquez le corps, le grade et l’échelon.",
        )
    cell = cell_code(question.corps, question.grade, question.echelon, question.chevron)
    after = int(next_cell(np.array([cell]), axis_of(question.date.replace(day=1)))[0])
    if after < 0:
        raise InputError(
            "cette position est la dernière de son grade.",
            where="echelon",
            remedy="Comparez avec une position d’un autre grade (comparaison).",
        )
    grade, echelon = str(CELLS.grade[after]), str(CELLS.echelon[after])
    chevron = str(CELLS.chevron[after]) or None
    second = question.model_copy(
        update={"grade": grade, "echelon": echelon, "chevron": chevron, "indice_majore": None}
    )
    label = f"Position suivante : {position_label(grade, echelon, chevron)}"
    return _compared(question, second, question.date, label, smoothed=True)


def _compared(
    question: PayQuestion, second: PaySituation, other: date, label: str, *, smoothed: bool
) -> PayAnswer:
    made, slip = _run([question], question.date, smoothed=smoothed)
    made_2, slip_2 = _run([second], other, smoothed=smoothed)
    one = _month_answer(question, made, slip, 0)
    lines, totals = lines_of(slip_2, 0), totals_of(slip_2, 0)
    doubt = doubt_text([*one.lignes, *lines], max(made.payees.on, made_2.payees.on))
    reasons = dict.fromkeys([*one.non_calcules, *_unknown(second, made_2, slip_2)])
    return one.model_copy(
        update={
            "comparaison": PayComparaison(
                libelle=label,
                lignes=lines,
                totaux=totals,
                ecarts=differences(one.lignes, lines),
                ecart_totaux=minus(totals, one.totaux),
            ),
            "non_calcules": tuple(reasons),
            "a_verifier": bool(doubt),
            "motif_a_verifier": doubt,
            "sources": references([slip, slip_2], 0),
        }
    )


SUBJECT = Subject(
    name="pay",
    title="Simule un bulletin de paie, une année, ou l’écart entre deux situations.",
    question=PayQuestion,
    answer=PayAnswer,
    one=answer,
    many=answers,
)


_DECEMBER = 12


def months_of_year(who: PaySituation, year: int) -> list[tuple[Sheet, Payslip]]:
    """Return the payslips of a year, the position staying the same.

    The cap of the retraite additionnelle and the limit of exempted overtime are applied to what
    was paid since January; December regularises the transfert primes/points.
    """
    months: list[tuple[Sheet, Payslip]] = []
    for month in range(1, _DECEMBER + 1):
        on = date(year, month, 1)
        before = [slip for _, slip in months]
        habits = Habits(
            capped=who.rafp_plafonnee,
            base_before=_sum(before, "base"),
            pay_before=_sum(before, "pay"),
            exempted_before=_sum(before, "exempted"),
        )
        made = sheet([who], on, smoothed=False, habits=habits)
        slip = payslip(made.payees)
        if month == _DECEMBER:
            made, slip = _december(who, before, made, slip, habits)
        months.append((made, slip))
    return months


def _sum(slips: list[Payslip], name: str) -> Euros:
    return sum_in_euros(0.0, *(getattr(slip, name) for slip in slips))


def _december(
    who: PaySituation, before: list[Payslip], made: Sheet, slip: Payslip, habits: Habits
) -> tuple[Sheet, Payslip]:
    people = made.payees
    if PARAMETERS.find(people.on, "tpp_annuel") is None:
        return made, slip
    everything = [*before, slip]
    added = transfer_adjustment(
        _sum(everything, "transfer"), _sum(everything, "bonuses"), people.on, people.num, people.den
    )
    again = replace(habits, transfer_added=added)
    made = sheet([who], people.on, smoothed=False, habits=again)
    return made, payslip(made.payees)
