"""« Pourquoi ? » of a departure: its calculation replayed under the trace, told from it alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from iprof_kit.base.calendar import add_months_civil, date_text
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import datum, explained_if, record, unexplained
from iprof_kit.base.words import NBSP, euros_text, number_text
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.why import (
    explain_or_refusal,
    refuse_another,
    suppose_last_known,
)
from iprof_kit.calculate.pension import file
from iprof_kit.calculate.pension.answer import Depart, Rafp, RetraiteProgressive
from iprof_kit.calculate.pension.calculation import computed_of
from iprof_kit.calculate.pension.choices import net_of
from iprof_kit.calculate.pension.columns import ages_of, category_of, columns
from iprof_kit.calculate.pension.extras import postponement, progressive, rafp
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.calculate.pension.rows import DepartureRow
from iprof_kit.careers.pensioners import OTHERS, PROBLEMS, Pensioners
from iprof_kit.careers.pensions import bracket, pensions
from iprof_kit.law.pension.dates import days, effect_date
from iprof_kit.law.pension.generations import Generation, generation, limit_age, opening_age
from iprof_kit.law.pension.versions import law_version

Bounds = tuple[float, float]
"""Euros a month without and with the other schemes; the same twice where they are known."""


def gross_bounds(depart: Depart) -> Bounds | None:
    """Return the gross pension of a departure or its two bounds, None where there is none."""
    if depart.pension_brute is not None:
        return depart.pension_brute, depart.pension_brute
    bounds = depart.fourchette
    if bounds is None or bounds.sans_autre_trimestre is None or bounds.duree_atteinte is None:
        return None
    return bounds.sans_autre_trimestre, bounds.duree_atteinte


def net_bounds(question: PensionQuestion, depart: Depart) -> Bounds | None:
    """Return the net of a departure, at the highest CSG where no income is known.

    Raises
    ------
    LawError
        The tables hold no rate of this day.
    """
    gross = gross_bounds(depart)
    if gross is None:
        return None
    low, high = (net_of(one, question.foyer, depart.date_effet) for one in gross)
    return min(low, high), max(low, high)


def bounds_text(bounds: Bounds) -> str:
    """Write « 2 004,45 € », « 1 790,12 € à 2 324,00 € »."""
    low, high = map(euros_text, bounds)
    return low if low == high else f"{low} à {high}"


def explain_gross(question: PensionQuestion, depart: Depart) -> Explanation:
    """Explain the gross pension of one departure, or the two bounds of what it may be.

    Parameters
    ----------
    question : PensionQuestion
        The one that was answered.
    depart : Depart
        One of its departures, with an amount.

    Examples
    --------
    >>> from iprof_kit.calculate.pension.calculation import answer
    >>> asked = PensionQuestion(
    ...     naissance="1964-07-01", aujourdhui="2026-11-25", departs=("2027-07-01",),
    ...     indice_majore=673, periodes=({"debut": "1987-10-01"},), trimestres_autres_regimes=0,
    ... )
    >>> depart = answer(asked).departs[0]
    >>> last = explain_gross(asked, depart).lignes[-1]
    >>> last.valeur == euros_text(depart.pension_brute)
    True
    """

    def again() -> Bounds:
        suppose_last_known(depart.date_effet)
        people = columns([_alone(question, depart)]).people
        if depart.pension_brute is None:
            record(rule="decote_quarters", source="", kind="refus", words=(_NO_DECOTE,))
            low, high = bracket(people)
        else:
            low = high = pensions(people).totale
        refuse_another((float(low[0]), float(high[0])), gross_bounds(depart))
        return float(low[0]), float(high[0])

    return _reason(gross_bounds(depart), "bruts", again, depart)


def explain_net(question: PensionQuestion, depart: Depart) -> Explanation:
    """Explain the net of one departure, from its gross pension; same parameters."""
    shown = net_bounds(question, depart)

    def again() -> Bounds:
        nets = []
        for gross in dict.fromkeys(gross_bounds(depart) or ()):
            datum("Pension brute, par mois", euros_text(gross))
            nets.append(net_of(gross, question.foyer, depart.date_effet))
        bounds = min(nets), max(nets)
        refuse_another(bounds, shown)
        if depart.prelevements is not None:
            refuse_another(bounds[0], depart.prelevements.net)
        return bounds

    return _reason(shown, "nets", again, depart)


def explain_opening(question: PensionQuestion, depart: Depart) -> Explanation:
    """Explain the day on which the right to a pension opens; same parameters."""

    def again(people: Pensioners, cohort: Generation, row: DepartureRow) -> date:
        del people
        return _opening(question, cohort, row)

    return _age_reason(question, depart, "date_ouverture", "Droit ouvert le", again)


def explain_limit(question: PensionQuestion, depart: Depart) -> Explanation:
    """Explain the day of the age limit, put off for children; same parameters."""

    def again(people: Pensioners, cohort: Generation, row: DepartureRow) -> date:
        ages = ages_of(row)
        own = int(limit_age(cohort, people.effet)[0]) if ages is None else ages.limit_age_months
        later = own + (explained_if(lambda: postponement(row), bool) or 0)
        return add_months_civil(question.naissance, later)

    return _age_reason(question, depart, "date_limite_age", "Limite d’âge atteinte le", again)


def explain_earliest(question: PensionQuestion, depart: Depart) -> Explanation:
    """Explain the first day on which a pension may take effect; same parameters."""
    shown = depart.date_effet_au_plus_tot or depart.date_effet
    asked = f"Pourquoi le {date_text(shown)} ?"

    def again() -> str:
        opening = _first_opening(question, depart)
        words = (("Droit ouvert le", date_text(opening)),)
        record(rule="effect_date", source="", words=words)
        first: date = effect_date(days(opening))[0].item()
        refuse_another(first, shown)
        return date_text(first)

    def last(day: str) -> Line:
        return Line(libelle="Effet au plus tôt", valeur=day)

    return explain_or_refusal(asked, again, last)


def _opening(question: PensionQuestion, cohort: Generation, row: DepartureRow) -> date:
    """Return the day that opens the right: services that run may put it after the age."""
    ages = ages_of(row)
    if ages is not None:
        return ages.opening_date
    return add_months_civil(question.naissance, int(opening_age(cohort)[0]))


def _first_opening(question: PensionQuestion, depart: Depart) -> date:
    """Return the day that opens the right: that of a carrière longue where it comes first."""
    early = depart.age_carriere_longue
    if early is not None and early < (depart.age_ouverture or early + 1):
        columns([_alone(question, depart)])  # its door is read there
        return add_months_civil(question.naissance, early)
    _, cohort, row = _own(question, depart)
    return _opening(question, cohort, row)


def explain_rafp(question: PensionQuestion, depart: Depart) -> Explanation:
    """Explain the additional pension of one departure; same parameters."""
    shown = rafp_text(depart.rafp)

    def again() -> str:
        with unexplained():
            row, own = computed_of(_alone(question, depart))
        if question.rafp_points is not None:
            datum("Points de RAFP", number_text(question.rafp_points))
        made = rafp(row, own)
        if made is not None:
            due = ("RAFP due à partir du", date_text(made.ouverture))
            record(rule="rafp_benefit", source="", words=(due,))
        refuse_another(rafp_text(made), shown)
        return shown

    return _side_reason("Retraite additionnelle (RAFP)", shown, again)


def explain_progressive(question: PensionQuestion, depart: Depart) -> Explanation:
    """Explain the amount of a retraite progressive at one departure; same parameters."""
    shown = progressive_text(depart.retraite_progressive)

    def again() -> str:
        with unexplained():
            row, own = computed_of(_alone(question, depart))
        worked = number_text(question.retraite_progressive_quotite or 0)
        datum("Temps travaillé", f"{worked}{NBSP}%")
        if own.hors_decision is not None:
            whole = ("Pension, si l’activité cessait ce jour-là", euros_text(own.hors_decision))
            record(rule="progressive_fraction", source="", words=(whole,))
        refuse_another(progressive_text(progressive(row, own)), shown)
        return shown

    return _side_reason("Retraite progressive", shown, again)


def rafp_text(benefit: Rafp | None) -> str:
    """Write « 412,10 € par an », the capital or its first part; "" where none is calculated."""
    if benefit is None:
        return ""
    if benefit.rente_annuelle is not None:
        return f"{euros_text(benefit.rente_annuelle)} par an"
    once = benefit.premiere_fraction if benefit.capital is None else benefit.capital
    return "" if once is None else euros_text(once)


def progressive_text(partial: RetraiteProgressive | None) -> str:
    """Write « 812,40 € par mois »; "" where no amount is calculated."""
    if partial is None or partial.montant is None:
        return ""
    return f"{euros_text(partial.montant)} par mois"


def _side_reason(label: str, shown: str, again: Callable[[], str]) -> Explanation:
    asked = f"Pourquoi {shown} ?"
    line = Line(libelle=label, valeur=shown)
    return explain_or_refusal(asked, again, lambda _: line)


_NO_DECOTE = ("Décote", PROBLEMS[OTHERS])


def _alone(question: PensionQuestion, depart: Depart) -> PensionQuestion:
    """Return the question of one departure: a column of one."""
    return question.model_copy(update={"departs": (depart.date_cessation,)})


def _reason(
    shown: Bounds | None, kind: str, again: Callable[[], Bounds], depart: Depart
) -> Explanation:
    if shown is None:
        raise LawError("aucun montant n’est calculé à cette date : il n’a pas de raison.")
    one = shown[0] == shown[1]
    name = "brute" if kind == "bruts" else "nette"
    label = f"Pension {name}, par mois" if one else f"Pension {name}, entre"

    def last(bounds: Bounds) -> Line:
        return Line(libelle=label, valeur=bounds_text(bounds), a_verifier=depart.a_verifier)

    question = f"Pourquoi {bounds_text(shown)} {kind} ?"
    return explain_or_refusal(question, again, last)


def _age_reason(
    question: PensionQuestion,
    depart: Depart,
    name: str,
    label: str,
    birthday: Callable[[Pensioners, Generation, DepartureRow], date],
) -> Explanation:
    shown = getattr(depart, name)
    asked = f"Pourquoi le {date_text(shown)} ?"

    def again() -> str:
        day = birthday(*_own(question, depart))
        refuse_another(day, shown)
        return date_text(day)

    return explain_or_refusal(asked, again, lambda day: Line(libelle=label, valeur=day))


def _own(question: PensionQuestion, depart: Depart) -> tuple[Pensioners, Generation, DepartureRow]:
    """Return the column of one departure, what its generation is given, and its row."""
    with unexplained():
        made = columns([_alone(question, depart)])
    (row,), people = made.rows, made.people
    file.person([question])
    category = category_of(DepartureRow(question, row.cessation, row.effet))
    version = law_version(people.effet, people.simulation)
    return people, generation(days(question.naissance), np.array([category]), version), row
