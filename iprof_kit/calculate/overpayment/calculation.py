"""One question about a pay that learned a change late, one answer: the sum, its months, a spread.

Each month is paid at its own law; those to come at that of today, primes by twelfths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from iprof_kit.base.calendar import MONTH, MONTHS, add_months_civil, axis_of, date_of, date_text
from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.base.explanation import datum, unexplained
from iprof_kit.base.money import parts_in_euros, sum_in_euros
from iprof_kit.base.words import euros_text
from iprof_kit.calculate.et_si.calculation import apart_from_scenarios, live, paid_line
from iprof_kit.calculate.illness.days import month_name, month_of
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.calculate.interface.explained import Explanation, Line, Reference
from iprof_kit.calculate.interface.papers import of_sources
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.interface.why import explain_or_refusal
from iprof_kit.calculate.overpayment.due import Change, MonthOfPay
from iprof_kit.calculate.overpayment.question import (
    MoisEnTrop,
    Sens,
    TropPercuAnswer,
    TropPercuQuestion,
)
from iprof_kit.calculate.pay.calculation import answer as payslip
from iprof_kit.calculate.pay.question import PayAnswer, PayLigne
from iprof_kit.law.requests.delays import DELAYS, Delay, delay_of
from iprof_kit.law.requests.seizure import seizable, seizure_rows
from iprof_kit.law.tables.facts import Fact

_CLAIM_BACK, _CLAIM = "indu_prescription", "prescription"
_GROSS_OR_NET = (
    "Brut ou net à rendre, et ce que deviennent les cotisations : rien lu de sûr ; demandez les "
    "deux au décompte."
)
_NOTHING = (
    "La paie versée et la paie due sont les mêmes : ou rien ne change, ou ce kit ne sait pas "
    "compter ce qui change."
)
_IN_PARTS = "Primes qui ne sont pas versées chaque mois : comptées à parts égales, mois par mois."
_BEFORE_TAX = (
    "Part saisissable comptée sur le net avant impôt : l’impôt prélevé en est d’abord retiré, ce "
    "qui la réduit."
)


def answer(question: TropPercuQuestion) -> TropPercuAnswer:
    """Count what was paid in excess, or not paid, while the pay did not know a change.

    Returns
    -------
    TropPercuAnswer
        Each past month at its own law, each month to come at that of today.

    Raises
    ------
    InputError
        A pay right before the change, a change too old or before recruitment, a prime that the
        pay does not hold.
    LawError
        The tables do not reach one of the months.
    """
    _refuse(question)
    change = _change(question)
    months = list(change.months())
    gross = float(sum_in_euros(0.0, *(line.montant for one in months for line in one.lines)))
    way: Sens = "trop_percu" if gross > 0 else "rappel" if gross < 0 else "aucun"
    written = tuple(_written(months, way, question.personne.aujourdhui))
    late = float(sum_in_euros(0.0, *(abs(one.brut) for one in written if one.passe)))
    ordinary = payslip(change.today())
    share, unread = _seizable(ordinary, question) if way == "trop_percu" else (None, [])
    left = float(sum_in_euros(abs(gross), -late))
    spread = parts_in_euros(left, question.mensualites) if way == "trop_percu" and left else ()
    doubts = [line for one in months for line in _changed(one) if line.a_verifier]
    return TropPercuAnswer(
        sens=way,
        brut=abs(gross),
        net=abs(float(sum_in_euros(0.0, *(one.net for one in months)))),
        hors_delai=late,
        par_mois=written,
        etalement=spread,
        net_du_mois=ordinary.totaux.net_avant_impot,
        saisissable=share,
        explications=tuple(_reasons(change, months, way, ordinary)) if question.expliquer else (),
        non_calcules=(*_missing(question, way, months), *unread),
        a_verifier=bool(doubts),
        motif_a_verifier=" ; ".join(dict.fromkeys(line.libelle for line in doubts)),
        sources=_sources(question, months, way, read=share is not None),
    )


def _refuse(question: TropPercuQuestion) -> None:
    """Refuse what no file can hold, each with what to mend."""
    begin, right = (month_of(axis_of(day)) for day in (question.debut, question.corrige))
    if right <= begin:
        raise InputError(
            "la paie serait juste dès le mois du changement : rien ne serait versé à tort.",
            where="corrige",
            remedy=f"Choisissez un mois qui suit le {date_text(question.debut)}.",
        )
    most = int(longest("mois_corriges"))
    if (right - begin) // MONTH > most:
        raise InputError(
            f"plus de {most} mois séparent le changement et la paie corrigée.",
            where="debut",
            remedy="Corrigez l’un de ces jours.",
        )
    recruited = min((one.debut for one in question.personne.services), default=None)
    if recruited is not None and question.debut < recruited:
        raise InputError(
            f"ce changement précède vos premiers services ({date_text(recruited)}).",
            where="debut",
            remedy="Corrigez ce jour, ou vos services.",
        )


def _change(question: TropPercuQuestion) -> Change:
    person = question.personne.model_copy(update={"position": None})
    with unexplained():
        alone = apart_from_scenarios(person)
        line = paid_line(alone, live(alone, ()))[0]
    return Change(question, line)


def _written(months: Sequence[MonthOfPay], way: Sens, today: date) -> Iterator[MoisEnTrop]:
    for one in months:
        gross = float(sum_in_euros(0.0, *(line.montant for line in one.lines)))
        if not one.lines:
            continue
        last = _delay(way, one, today).last_day(_paid_on(one))
        yield MoisEnTrop(
            mois=month_name(one.first),
            lignes=one.lines,
            brut=gross,
            net=one.net,
            dernier_jour=last,
            passe=last < today,
        )


def _paid_on(month: MonthOfPay) -> date:
    """Return the last day of a month of pay: its delay runs from the next month anyway."""
    return add_months_civil(date_of(month.first), 1) - timedelta(days=1)


def _delay(way: Sens, month: MonthOfPay, today: date) -> Delay:
    """Return the delay of a sum paid in excess, or of one that the State owes."""
    return delay_of(_CLAIM if way == "rappel" else _CLAIM_BACK, min(_paid_on(month), today))


def _seizable(ordinary: PayAnswer, question: TropPercuQuestion) -> tuple[float | None, list[str]]:
    """Return what may be withheld of a month of today, and what that lacks."""
    try:
        share = _share(ordinary, question)
    except PeriodNotCovered as error:
        return None, [f"Part saisissable d’un mois : non calculée, {error.message}"]
    return share, [_BEFORE_TAX] if ordinary.totaux.net_a_payer is None else []


def _share(ordinary: PayAnswer, question: TropPercuQuestion) -> float:
    totals = ordinary.totaux
    net = totals.net_avant_impot if totals.net_a_payer is None else totals.net_a_payer
    today = question.personne.aujourdhui
    datum("Personnes à charge", str(question.a_charge))
    return float(seizable(np.array([net]), np.array([question.a_charge]), today)[0])


def _changed(month: MonthOfPay) -> Iterator[PayLigne]:
    """Yield the lines of the payslips whose amounts part, each once."""
    codes = {line.code for line in month.lines}
    due = month.due.lignes if month.due is not None else ()
    shown = {one.code: one for one in (*due, *month.paid.lignes) if one.code in codes}
    yield from shown.values()


def _missing(question: TropPercuQuestion, way: Sens, months: Sequence[MonthOfPay]) -> Iterator[str]:
    """Yield what is not calculated, and why."""
    if way == "aucun":
        yield _NOTHING
        return
    if way == "trop_percu":
        yield _GROSS_OR_NET
    since = question.personne.situation.date_effet
    if since is not None and date_of(months[0].first) < since:
        yield (
            f"Avant le {date_text(since)}, les mois sont comptés à votre échelon d’aujourd’hui : "
            "celui d’alors n’est pas lu."
        )
    yield _IN_PARTS


def _sources(
    question: TropPercuQuestion, months: Sequence[MonthOfPay], way: Sens, *, read: bool
) -> tuple[Reference, ...]:
    """Return the texts behind the lines, the delay, the share."""
    lines = (line for one in months for line in _changed(one))
    of_lines = (Reference(texte=one.source, confiance=one.confiance) for one in lines)
    today = question.personne.aujourdhui
    rows: list[Fact] = [DELAYS.read(today, _CLAIM if way == "rappel" else _CLAIM_BACK)]
    if read:
        rows += seizure_rows(today)
    return tuple(dict.fromkeys((*of_lines, *of_sources(tuple(one.papers for one in rows)))))


def _reasons(
    change: Change, months: Sequence[MonthOfPay], way: Sens, ordinary: PayAnswer
) -> Iterator[Explanation]:
    """Yield why each line of the last month is what is due, else paid; the delay; the share."""
    touched = [one for one in months if one.lines]
    if not touched:
        return
    last, today = touched[-1], change.question.personne.aujourdhui
    yield from _of_lines(change, last)
    paid = _paid_on(last)

    def until() -> date:
        datum("Mois de paie", f"{MONTHS[paid.month - 1]} {paid.year}")
        return _delay(way, last, today).last_day(paid)

    yield explain_or_refusal(
        "Jusqu’à quand cette somme peut-elle être réclamée ?",
        until,
        lambda day: Line(libelle="Dernier jour", valeur=date_text(day)),
    )
    if way == "trop_percu":
        yield explain_or_refusal(
            "Combien peut-on retenir chaque mois ?",
            lambda: _share(ordinary, change.question),
            lambda euros: Line(libelle="Part saisissable du mois", valeur=euros_text(euros)),
        )


def _of_lines(change: Change, month: MonthOfPay) -> Iterator[Explanation]:
    codes = tuple(line.code for line in month.lines)
    reasons: dict[str, Explanation] = {}
    for asked in change.asked_of(month.first):
        if asked is not None:
            lines = payslip(asked.model_copy(update={"raisons": codes})).lignes
            reasons |= {one.code: one.explication for one in lines if one.explication is not None}
    yield from (reasons[code] for code in codes if code in reasons)


SUBJECT = Subject(
    name="trop-percu",
    title="Compte ce qu’une paie corrigée tard a versé en trop, ou doit : mois, délais, retenue.",
    question=TropPercuQuestion,
    answer=TropPercuAnswer,
    one=answer,
)
