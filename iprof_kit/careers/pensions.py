"""Pensions of a population at their departure dates: one person or 900,000, in one pass."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import Dates, date_text
from iprof_kit.base.explanation import (
    apart,
    datum,
    explained_if,
    explaining,
    hypothesis,
    join,
    unexplained,
)
from iprof_kit.base.sources import TO_VERIFY
from iprof_kit.careers.pensioners import (
    EARLY,
    GENERATION,
    OK,
    OTHERS,
    SHORT,
    Pensioners,
    first_problems,
    safe,
)
from iprof_kit.law.pension import amounts, limits, rate
from iprof_kit.law.pension.bonuses import service_bonuses_open
from iprof_kit.law.pension.dates import add_months
from iprof_kit.law.pension.generations import (
    SEDENTAIRE,
    Generation,
    cancellation_age,
    generation,
    limit_age,
    opening_age,
    rates,
    required_quarters,
    surcote_age,
)
from iprof_kit.law.pension.invalidity import decote_spared, invalidity_floor
from iprof_kit.law.pension.parameters import Flags, Numbers, Whole, late
from iprof_kit.law.pension.services import quarters
from iprof_kit.law.pension.versions import law_version, reading_day

_NEVER = np.datetime64("NaT", "D")
_OTHERS = "Trimestres des autres régimes"


@dataclass(frozen=True)
class Pensions:
    """One row a person; amounts in euros a month, ages in civil months, NaN where not computed."""

    probleme: Whole
    """Code in `PROBLEMS`, 0 where the pension is computed."""
    version: Whole
    ligne: Whole
    """Row of `retraite_ages`, −1 where there is none."""
    age_ouverture: Numbers
    ouverture: Dates
    duree_requise: Whole
    annulation: Dates
    limite: Numbers
    trimestres_services: Whole
    trimestres_bonifications: Whole
    assurance: Numbers
    """Quarters of all schemes; NaN where the other schemes are unknown."""
    taux: Numbers
    decote: Numbers
    """Quarters; NaN where the other schemes are unknown and the age alone does not settle it."""
    ecartee: Flags
    """No décote, whatever is missing: invalidity, or incapacity at the departure."""
    decote_age: Numbers
    """Quarters missing up to the age at which the décote is cancelled."""
    decote_duree: Numbers
    """Quarters missing up to the duration; NaN where the other schemes are unknown."""
    taux_decote: Numbers
    surcote: Numbers
    taux_surcote: Numbers
    parentale: Numbers
    taux_parentale: Numbers
    traitement: Numbers
    """Euros a year."""
    avant: Numbers
    """At the rate of liquidation, before décote, surcote, minimum garanti and increase."""
    pension: Numbers
    """Before the minimum garanti and the increase for children."""
    minimum: Numbers
    minimum_ouvert: Flags
    plancher: Numbers
    """Least that a heavy invalidity ensures; 0 where it ensures nothing."""
    servie: Numbers
    """The pension, or the minimum garanti or the least of an invalidity where it is higher."""
    majoration: Numbers
    totale: Numbers
    doutes: dict[str, Flags]
    """What makes a row « à vérifier », by subject."""


def pensions(people: Pensioners) -> Pensions:
    """Compute the gross pension of each person at her effect date.

    Returns
    -------
    Pensions
        Same order, same length.
    """
    problem = first_problems(people)
    people = safe(people, problem > OK)
    version = law_version(people.effet, people.simulation)
    cohort = generation(people.naissance, people.categorie, version)
    problem = np.where((problem == OK) & ~cohort.known, GENERATION, problem)
    with apart() as right:
        age = opening_age(cohort)
    opening = add_months(people.naissance, np.nan_to_num(age))
    early = (people.effet < opening) & ~people.anticipe & ~people.invalidite
    if early.any():
        join(right)
    required = np.nan_to_num(required_quarters(cohort)).astype(np.int64)
    short = ~people.invalidite & ~explained_if(
        lambda: limits.entitled(people.constitution, people.effet), lambda open_: not open_.all()
    )
    problem = np.where((problem == OK) & short, SHORT, problem)
    problem = np.where((problem == OK) & early, EARLY, problem)
    return _amounts(people, cohort, problem, required, age, opening)


@dataclass(frozen=True)
class _Durations:
    services: Whole
    bonuses: Whole
    insured: Numbers


def _durations(people: Pensioners, law: Dates) -> _Durations:
    day = law.max().astype(object)
    open_ = explained_if(
        lambda: service_bonuses_open(people.constitution, people.invalidite, law),
        lambda _: people.bonification.any(),
    )
    extra = np.where(open_, people.bonification, 0)
    done = quarters(people.liquidation, day)
    bonuses = quarters(people.liquidation + extra, day) - done + people.enfants_liquidation
    own = quarters(people.assurance + extra, day)
    return _Durations(done, bonuses, own + people.enfants_assurance + people.autres)


def _amounts(
    people: Pensioners,
    cohort: Generation,
    problem: Whole,
    required: Whole,
    age: Numbers,
    opening: Dates,
) -> Pensions:
    law = reading_day(people.effet, cohort.version)
    spent = _durations(people, law)
    end = add_months(
        people.naissance, np.nan_to_num(cancellation_age(cohort, people.radie_par_limite))
    )
    per_decote, ceiling, per_surcote = rates(cohort)
    known = ~np.isnan(spent.insured)
    insured = np.nan_to_num(spent.insured).astype(np.int64)
    spared = explained_if(
        lambda: decote_spared(people.invalidite, people.incapacite, people.effet), np.any
    )
    settled = known | (people.effet >= end) | spared
    missing = explained_if(
        lambda: rate.decote_quarters(people.effet, end, required, insured, ceiling),
        lambda _: not spared.all(),
    )
    decote = np.where(spared, 0, missing)
    by_age, by_duration = rate.missing_quarters(people.effet, end, required, insured)
    own = required - people.enfants_assurance - np.nan_to_num(people.autres).astype(np.int64)
    reached = rate.duration_reached(people.cessation, people.assurance, own)
    given = ~np.isnat(people.duree_le) & (insured >= required)
    reached = np.where(given, people.duree_le, reached)
    surcote = explained_if(
        lambda: np.where(missing > 0, 0, _surcote(people, cohort, reached, given)), np.any
    )
    parental, per_parental = explained_if(
        lambda: _parental(people, cohort, reached), lambda made: made[0].any()
    )
    taux = rate.liquidation_rate(spent.services, spent.bonuses, required, law)
    factor = rate.coefficient(decote, per_decote, surcote, per_surcote, parental, per_parental)
    paid_on = (people.indice, people.effet)
    salary = amounts.reference_salary(*paid_on, people.traitement)
    plain = explained_if(
        lambda: amounts.gross_pension(*paid_on, taux, traitement=people.traitement),
        lambda _: (factor.num != factor.den).any(),
    )
    computed = amounts.gross_pension(*paid_on, taux, factor, people.traitement)
    open_ = amounts.minimum_open(insured, required, people.effet, end, people.invalidite)
    least = explained_if(
        lambda: amounts.minimum_garanti(spent.services, required, people.invalidite, people.effet),
        lambda made: (open_ & (made > computed)).any(),
    )
    paid = np.where(open_ & ~np.isnan(least), np.fmax(computed, least), computed)
    floor = explained_if(
        lambda: invalidity_floor(people.invalidite, people.taux_invalidite, salary, people.effet),
        lambda made: (made > paid).any(),
    )
    paid = np.fmax(paid, floor)
    more = explained_if(
        lambda: amounts.children_increase(paid, people.enfants_eleves, salary, people.effet), np.any
    )
    with unexplained():
        unneeded = people.invalidite & (people.effet <= _ripe(people, cohort))
    problem = np.where((problem == OK) & ~known & ~unneeded, OTHERS, problem)
    fine = problem == OK

    def where(ok: Flags, values: npt.NDArray[Any]) -> Numbers:
        return np.where(ok, values, np.nan)

    placed = fine | (problem >= SHORT)
    with unexplained():
        limit = limit_age(cohort, people.effet)
    shown = fine | (problem == OTHERS) | (problem == EARLY)
    return Pensions(
        probleme=problem,
        version=cohort.version,
        ligne=cohort.row,
        age_ouverture=where(placed, age),
        ouverture=np.where(placed, opening, _NEVER),
        duree_requise=required,
        annulation=np.where(placed, end, _NEVER),
        limite=where(placed, limit),
        trimestres_services=spent.services,
        trimestres_bonifications=spent.bonuses,
        assurance=where(shown, spent.insured),
        taux=where(shown, taux.value),
        decote=where(shown & settled, decote),
        ecartee=spared,
        decote_age=where(shown, by_age),
        decote_duree=where(shown & known, by_duration),
        taux_decote=where(shown & settled, decote * per_decote),
        surcote=where(fine, surcote),
        taux_surcote=where(fine, surcote * per_surcote),
        parentale=where(fine, parental),
        taux_parentale=where(fine, parental * per_parental),
        traitement=where(shown, salary),
        avant=where(shown, plain),
        pension=where(fine, computed),
        minimum=where(shown, least),
        minimum_ouvert=open_ & fine,
        plancher=where(fine, floor),
        servie=where(fine, paid),
        majoration=where(fine, more),
        totale=where(fine, amounts.pension_paid(paid, more)),
        doutes=_doubts(people, cohort, parental, fine & open_ & (least > computed)),
    )


def _surcote(people: Pensioners, cohort: Generation, reached: Dates, given: Flags) -> Whole:
    """Return the quarters of surcote, those who have a décote not looked at."""
    if explaining():
        label, day = "Durée requise atteinte le", date_text(reached[0].item())
        if given[0]:
            datum(label, day)
        else:
            hypothesis(label, f"{day}, compté à rebours du départ", doubtful=False)
    return rate.surcote_quarters(people.cessation, _ripe(people, cohort), reached)


def _ripe(people: Pensioners, cohort: Generation) -> Dates:
    """Return the day from which work may bring a surcote."""
    return add_months(people.naissance, np.nan_to_num(surcote_age(cohort)))


def _parental(people: Pensioners, cohort: Generation, reached: Dates) -> tuple[Whole, float]:
    """Return the quarters of surcote parentale, and what each is worth."""
    possible = (cohort.version > 0) & (cohort.categorie == SEDENTAIRE) & ~people.anticipe
    possible &= people.enfants_assurance > 0
    none = np.zeros(people.effet.shape, dtype=np.int64)
    if not possible.any():
        return none, 0.0
    legal = np.nan_to_num(opening_age(cohort)).astype(np.int64)
    some = np.flatnonzero(possible)
    born, ends, age = people.naissance[some], people.cessation[some], legal[some]
    effet = people.effet[some]
    open_ = effet >= add_months(born, age)
    if not open_.any():
        return none, 0.0
    none[some] = rate.parental_quarters(born, ends, age, reached[some], open_, effet)
    return none, rate.parental_rate(effet)


def _doubts(
    people: Pensioners, cohort: Generation, parental: Whole, by_minimum: Flags
) -> dict[str, Flags]:
    return {
        "ages": np.isin(cohort.confidence(), sorted(TO_VERIFY)),
        "point": amounts.late_point(people.effet),
        "surcote_parentale": parental > 0,
        "minimum": by_minimum & late("mg_reference_annuelle_im227", people.effet),
    }


def bracket(people: Pensioners) -> tuple[Numbers, Numbers]:
    """Return the total pension without any quarter of another scheme, and with all that may help.

    For rows whose other schemes are unknown: the two bounds of what the pension may be.

    Returns
    -------
    (array of float64, array of float64)
        Euros a month.
    """
    hypothesis(_OTHERS, "aucun", doubtful=False)
    least = pensions(replace(people, autres=np.zeros(people.effet.shape)))
    hypothesis(_OTHERS, "de quoi atteindre la durée requise", doubtful=False)
    most = pensions(replace(people, autres=least.duree_requise.astype(np.float64)))
    return least.totale, most.totale
