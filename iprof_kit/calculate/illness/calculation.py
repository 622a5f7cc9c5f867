"""One question about a stoppage that lasts, one answer: days, dates, months, what is completed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from iprof_kit.base.calendar import MONTH, MONTHS, add_months_civil, axis_of, date_of, date_text
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import datum, unexplained
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import counted
from iprof_kit.calculate.et_si.calculation import apart_from_scenarios, live, paid_line
from iprof_kit.calculate.et_si.pay import Timeline
from iprof_kit.calculate.illness.days import (
    counted_by_month,
    days_of,
    last_civil_day,
    long_leave,
    month_of,
    spent_day,
)
from iprof_kit.calculate.illness.months import Stoppage, arrears, together, written
from iprof_kit.calculate.illness.question import (
    Branche,
    DateDeMaladie,
    EchelonSuivant,
    MaladieAnswer,
    MaladieQuestion,
    MoisDeMaladie,
    Passage,
)
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.papers import of_sources
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.interface.why import explain_or_refusal
from iprof_kit.calculate.pay.question import AbsencePaie, JoursDeConge
from iprof_kit.law.career.traitement import FULL_TIME
from iprof_kit.law.payroll.health_leave import (
    HALF,
    LEAVES,
    ORDINARY,
    PRIMES,
    TRAITEMENT,
    kept_shares,
    share_fact,
    stage_extended,
)
from iprof_kit.law.payroll.sick_leave import leave_rate
from iprof_kit.law.payroll.tables import PARAMETERS, parameter
from iprof_kit.law.tables.facts import Fact

_NOT_COUNTED = (
    "Indemnités liées au poste et à l’exercice effectif des fonctions, versements d’une mutuelle "
    "ou d’une prévoyance, impôt : non calculés."
)
_PART_TIME = (
    "Temps partiel : la quotité d’aujourd’hui est gardée ; ce que devient un temps partiel pendant "
    "un congé de santé n’a pas été lu."
)
_OVERSEAS = "Majorations d’outre-mer pendant un congé de santé : texte non lu, à vérifier."


def answer(question: MaladieQuestion) -> MaladieAnswer:
    """Count a stoppage that lasts: its days, its dates, its months, A without asking and B.

    Returns
    -------
    MaladieAnswer
        Amounts are constant euros of the law of « aujourdhui », primes by twelfths.

    Raises
    ------
    InputError
        Stoppages on one day, before recruitment, a leave longer than its texts allow.
    LawError
        The tables do not answer.
    """
    _refuse(question)
    stoppage = _stoppage(question)
    today = question.personne.aujourdhui
    counted_on = max(question.debut, min(today, question.fin or today))
    months, granted = _months(stoppage)
    before = [one for one in months["commun"] if granted is not None]
    gross, net = arrears(stoppage, before) if before else (0.0, 0.0)
    return MaladieAnswer(
        compte_le=counted_on,
        comptes=counted_by_month(stoppage.days, counted_on),
        jours_comptes=stoppage.days.on(counted_on),
        jours_ouverts=_open_days(question.debut),
        passages=tuple(_dates(stoppage, granted)),
        plein=stoppage.slips([(month_of(stoppage.begin), None)])[0].totaux.net_avant_impot,
        bulletins=_written(stoppage, months),
        accord=granted and date_of(granted),
        rappel_brut=gross,
        rappel_net=net,
        fin_des_droits=_end_of_rights(stoppage),
        echelon_a_venir=_next_step(stoppage.line, question.debut),
        stage_prolonge=_stage(stoppage, counted_on) if question.stagiaire else 0,
        explication=_why(question, counted_on) if question.expliquer else None,
        **_papers(stoppage),
    )


def _stoppage(question: MaladieQuestion) -> Stoppage:
    person = question.personne.model_copy(update={"position": None})
    with unexplained():
        alone = apart_from_scenarios(person)
        line = paid_line(alone, live(alone, ()))[0]
    return Stoppage(question, days_of(question), long_leave(question), line)


def _refuse(question: MaladieQuestion) -> None:
    """Refuse what no file can hold, each with what to mend."""
    periods = sorted(question.arrets, key=lambda one: one.debut)
    for one, after in pairwise(
        [*((one.debut, one.fin) for one in periods), (question.debut, None)]
    ):
        if after[0] <= (one[1] or after[0]):
            raise InputError(
                f"deux arrêts tombent le {date_text(after[0])}.",
                where="arrets",
                remedy="Donnez à chacun ses propres jours.",
            )
    recruited = min((one.debut for one in question.personne.services), default=None)
    first = min([*(one.debut for one in periods), question.debut])
    if recruited is not None and first < recruited:
        raise InputError(
            f"un arrêt commence le {date_text(first)}, avant vos premiers services "
            f"({date_text(recruited)}).",
            where="debut",
            remedy="Corrigez ce jour, ou vos services.",
        )
    _refuse_long(question)


def _refuse_long(question: MaladieQuestion) -> None:
    leave = long_leave(question)
    if question.accord is not None and question.accord < question.debut:
        raise InputError(
            "un congé ne peut être accordé avant le premier jour d’arrêt.",
            where="accord",
            remedy=f"Choisissez un jour à partir du {date_text(question.debut)}.",
        )
    if leave is None:
        return
    end = last_civil_day(leave.day(leave.last + 1))
    if _asked_day(question) > end:
        raise InputError(
            f"ce congé serait accordé après sa fin : il est payé {leave.last} mois au plus, "
            f"jusqu’au {date_text(end)}.",
            where="debut",
            remedy="Corrigez le premier jour d’arrêt, ou choisissez une réponse plus proche.",
        )
    if question.fin is not None and question.fin > end:
        raise InputError(
            f"ce congé est payé {leave.last} mois au plus, jusqu’au {date_text(end)}.",
            where="fin",
            remedy="Corrigez le dernier jour, ou laissez-le vide.",
        )


def _asked_day(question: MaladieQuestion) -> date:
    """Return the day from which the pay is supposed to know the long leave."""
    return question.accord or add_months_civil(question.personne.aujourdhui, 1)


def _months(stoppage: Stoppage) -> tuple[dict[Branche, list[int]], int | None]:
    """Return the months of each branche, by their first day, and the one in which B begins."""
    question, long = stoppage.question, stoppage.long
    first, last = month_of(stoppage.begin), _last_month(stoppage)
    granted = None
    if long is not None:
        granted = max(month_of(axis_of(_asked_day(question))), first)
    spent = spent_day(stoppage.days, question)
    of_a = month_of(spent) + MONTH if spent is not None else last
    cut = min(granted if granted is not None else of_a, last)
    return {
        "commun": list(range(first, cut, MONTH)),
        "A": list(range(cut, min(of_a, last), MONTH)) if granted is not None else [],
        "B": list(range(cut, last, MONTH)) if granted is not None else [],
    }, granted


def _last_month(stoppage: Stoppage) -> int:
    """Return the first day of the month after those that are written."""
    question, long = stoppage.question, stoppage.long
    end = axis_of(stoppage.line.end)
    if question.fin is not None:
        return min(month_of(axis_of(question.fin)), month_of(end)) + MONTH
    spent = spent_day(stoppage.days, question) or stoppage.begin
    lasts = [month_of(spent) + MONTH]
    if long is not None:
        lasts.append(month_of(long.day(long.cuts[-1])) + 2 * MONTH)
    return min(max(lasts), month_of(end))


def _written(stoppage: Stoppage, months: dict[Branche, list[int]]) -> tuple[MoisDeMaladie, ...]:
    common = written(stoppage, "commun", months["commun"], long=False)
    alone = written(stoppage, "A", months["A"], long=False)
    granted = written(stoppage, "B", months["B"], long=True)
    return (*together(common), *together(alone), *together(granted))


def _dates(stoppage: Stoppage, granted: int | None) -> Iterator[DateDeMaladie]:
    """Yield the days on which pay changes, or a right ends, in their order."""
    days = [*_ordinary_dates(stoppage), *_granted_dates(stoppage, granted)]
    last = stoppage.question.fin
    known = (one for one in days if last is None or one.jour <= last)
    yield from sorted(known, key=lambda one: one.jour)
    if last is not None:
        yield DateDeMaladie(jour=last, branche="commun", passage="fin_du_conge")


def _ordinary_dates(stoppage: Stoppage) -> Iterator[DateDeMaladie]:
    question, days = stoppage.question, stoppage.days
    kept = leave_rate(question.debut).number("taux_pct", "taux de maintien")
    half = parameter(question.debut, "cmo_demi_traitement")
    first_half = days.first_day(HALF, stoppage.begin)
    if first_half != stoppage.begin:
        whole = AbsencePaie(cmo_trois_premiers_mois=MONTH, prescrit_le=question.debut)
        yield _change(stoppage, question.debut, "commun", "arret", (kept, kept), whole)
    if first_half is not None:
        passage: Passage = "arret" if first_half == stoppage.begin else "demi_traitement"
        day = question.debut if first_half == stoppage.begin else date_of(first_half)
        cut = AbsencePaie(cmo_neuf_mois_suivants=MONTH, prescrit_le=question.debut)
        yield _change(stoppage, day, "commun", passage, (half, half), cut)
    end = _end_of_rights(stoppage)
    if end is not None:
        cut = AbsencePaie(cmo_neuf_mois_suivants=MONTH, prescrit_le=question.debut)
        branche: Branche = "A" if stoppage.long is not None else "commun"
        yield _change(stoppage, end, branche, "fin_des_droits", (half, half), cut)


def _granted_dates(stoppage: Stoppage, granted: int | None) -> Iterator[DateDeMaladie]:
    long = stoppage.long
    if long is None or granted is None:
        return
    reached = max(granted - long.begin, 0) // MONTH + 1
    for month in (reached, *(one for one in long.cuts if one > reached)):
        day = max(granted, long.day(month))
        leave = long.at(month)
        absence = AbsencePaie(conges=(JoursDeConge(conge=leave, mois=month, jours=MONTH),))
        passage: Passage = "accord" if month == reached else "palier"
        shares = kept_shares(leave, month, stoppage.law)
        yield _change(stoppage, date_of(day), "B", passage, shares, absence)
    end = last_civil_day(long.day(long.last + 1))
    yield DateDeMaladie(jour=end, branche="B", passage="fin_des_droits")


def _change(
    stoppage: Stoppage,
    day: date,
    branche: Branche,
    passage: Passage,
    kept: Sequence[float],
    absence: AbsencePaie,
) -> DateDeMaladie:
    net = stoppage.slips([(axis_of(day), absence)])[0].totaux.net_avant_impot
    pay, primes = kept
    return DateDeMaladie(
        jour=day, branche=branche, passage=passage, part_traitement=pay, part_primes=primes, net=net
    )


def _end_of_rights(stoppage: Stoppage) -> date | None:
    spent = spent_day(stoppage.days, stoppage.question)
    return None if spent is None else last_civil_day(spent)


def _open_days(on: date) -> int:
    return int(parameter(on, "cmo_plein_mois") + parameter(on, "cmo_demi_mois")) * MONTH


def _next_step(line: Timeline, after: date) -> EchelonSuivant | None:
    """Return the first échelon that comes after the stoppage begins."""
    for step in line.steps:
        if step.nature == "echelon" and step.date > after:
            return EchelonSuivant(grade=step.grade, echelon=step.echelon, le=step.date)
    return None


def _stage(stoppage: Stoppage, day: date) -> int:
    """Return by how many days a stage of a year is put off, counted on a day."""
    begin = axis_of(day) - stoppage.days.first
    since = stoppage.begin - stoppage.days.first
    taken = int((stoppage.days.stand[since : begin + 1] != 0).sum())
    with unexplained():
        return int(stage_extended(np.array([taken]), day)[0])


def _why(question: MaladieQuestion, day: date) -> Explanation:
    asked = f"D’où viennent les jours comptés au {date_text(day)} ?"

    def calculation() -> int:
        days = days_of(question)
        for one in counted_by_month(days, day):
            year, month = one.mois.split("-")
            datum(f"{MONTHS[int(month) - 1]} {year}", counted(one.jours, "jour"))
        return days.on(day)

    return explain_or_refusal(
        asked,
        calculation,
        lambda total: Line(libelle="Jours comptés", valeur=counted(total, "jour")),
    )


def _papers(stoppage: Stoppage) -> dict[str, Any]:
    """Return what is not calculated, what must be verified, on which texts it rests."""
    question, rows = stoppage.question, _rows(stoppage)
    doubtful = [one.label for one in rows if to_verify(one.confidence)]
    missing = [_NOT_COUNTED]
    if question.personne.situation.quotite < FULL_TIME:
        missing.append(_PART_TIME)
    if question.personne.outre_mer:
        missing.append(_OVERSEAS)
    return {
        "non_calcules": tuple(missing),
        "a_verifier": bool(doubtful),
        "motif_a_verifier": " ; ".join(doubtful),
        "sources": tuple(dict.fromkeys(of_sources(tuple(one.papers for one in rows)))),
    }


def _rows(stoppage: Stoppage) -> list[Fact]:
    """Return the rows behind the days, the rates and what is completed."""
    question, law, long = stoppage.question, stoppage.law, stoppage.long
    rows = [
        LEAVES.read(question.debut, ORDINARY, "decompte_annee"),
        LEAVES.read(question.debut, ORDINARY, "decompte_jours"),
        LEAVES.read(question.debut, ORDINARY, "demi_traitement_attente"),
        leave_rate(question.debut),
        PARAMETERS.read(law, "cmo_demi_traitement"),
    ]
    if long is not None:
        rows += [
            share_fact(long.at(month), part, month, law)
            for month in (1, *long.cuts)
            for part in (TRAITEMENT, PRIMES)
        ]
        rows += [
            LEAVES.read(law, long.at(1), key) for key in ("retroactif", "retroactif_traitement")
        ]
    return rows


SUBJECT = Subject(
    name="maladie",
    title="Compte une année de maladie : jours, dates, mois de paie, avec ou sans congé long.",
    question=MaladieQuestion,
    answer=MaladieAnswer,
    one=answer,
)
