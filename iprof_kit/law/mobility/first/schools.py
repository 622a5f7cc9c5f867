"""Continuous years in priority schools: what interrupts, what suspends, which label counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import numpy as np

from iprof_kit.base.calendar import YEAR, Axis, axis_of, duration_text, rentree
from iprof_kit.base.words import number_text
from iprof_kit.law.mobility.first.basket import Basket
from iprof_kit.law.mobility.first.person import Absence, Person1D, SchoolService
from iprof_kit.law.mobility.first.rules import (
    CRITERIA,
    PARAMETERS,
    TABLE,
    Codes,
    Flags,
    parameter,
)
from iprof_kit.law.tables.rules import rule

CRITERION = "education_prioritaire"
BEST = ("rep_plus", "politique_ville")
ALL = (*BEST, "rep")
LOCAL = "cla"
_TOP = "rep_plus_ou_politique_ville"
_INTERRUPT = ("cld", "disponibilite", "detachement", "hors_cadres")
_SUSPEND = "conge_parental"
_LDG = "lignes directrices de gestion du 22-10-2024 (mobilité), éducation prioritaire"


def ask_schools(person: Person1D, baskets: Sequence[Basket]) -> None:
    """Ask, for every wish, for what the years in priority schools give."""
    labels = {label for service in person.ecoles for label in service.ecoles}
    campagne = baskets[0].campagne
    if labels & set(ALL) and CRITERIA.find(campagne, CRITERION, "rep") is None:
        for basket in baskets:
            basket.add(CRITERION, "rep", "")
    elif labels & set(ALL):
        best = continuous_days(person, BEST, campagne)
        every = continuous_days(person, ALL, campagne)
        case = str(priority_school_case(np.array([best]), np.array([every]), campagne)[0])
        days = best if case == _TOP else every
        for basket in baskets:
            _ask(basket, case or "rep", days, bool(case), "education_prioritaire_annees")
    if LOCAL in labels:
        known = CRITERIA.find(campagne, CRITERION, LOCAL) is not None
        days = continuous_days(person, (LOCAL,), campagne)
        enough = not known or bool(local_contract_reached(np.array([days]), campagne)[0])
        for basket in baskets:
            _ask(basket, LOCAL, days, enough, "cla_annees")


def _ask(basket: Basket, case: str, days: int, enough: bool, needed: str) -> None:
    if enough:
        basket.add(CRITERION, case, f"{duration_text(days)} de services continus")
        return
    years = parameter(needed, basket.campagne)
    why = f"{duration_text(days)} de services continus ; il faut {number_text(years)} ans"
    if not days:
        why = (
            f"aucun service continu compté : il faut être affecté dans une de ces écoles au "
            f"1er septembre {basket.campagne - 1}"
        )
    basket.refuse(CRITERION, case, why)


@rule(
    name="inter_1d_education_prioritaire",
    sentence="En école REP+ ou de la politique de la ville, "
    "{1d_education_prioritaire_annees:année} de services continus donnent la bonification la plus "
    "forte ; en école REP, ou en mêlant REP et REP+, la moins forte.",
    source=_LDG,
    since="2018-09-01",
    tables=(TABLE, PARAMETERS),
)
def priority_school_case(best_days: Axis, all_days: Axis, campagne: int) -> Codes:
    """Return the case of the table (« » for none) of each person.

    Parameters
    ----------
    best_days, all_days : arrays of int64
        Continuous days in REP+ or politique de la ville only, then in any of these or REP.
    """
    needed = parameter("education_prioritaire_annees", campagne) * YEAR
    best, every = np.asarray(best_days) >= needed, np.asarray(all_days) >= needed
    return np.where(best, _TOP, np.where(every, "rep", ""))


@rule(
    name="inter_1d_contrat_local",
    sentence="En école sous contrat local d’accompagnement, {1d_cla_annees:année} de services "
    "continus donnent une bonification.",
    source=_LDG,
    since="2024-09-01",
    tables=(TABLE, PARAMETERS),
)
def local_contract_reached(days: Axis, campagne: int) -> Flags:
    """Tell who has enough continuous days in a contrat local d'accompagnement."""
    return np.asarray(np.asarray(days) >= parameter("cla_annees", campagne) * YEAR)


@rule(
    name="inter_1d_services_continus",
    sentence="Les services sont comptés au 31 août de la rentrée visée, si la personne y est "
    "affectée au 1er septembre précédent. Un congé de longue durée, une disponibilité, un "
    "détachement et la position hors cadres interrompent le compte, un congé parental le suspend "
    "; les écoles s’additionnent.",
    source=_LDG,
    since="2018-09-01",
    tables=(TABLE,),
)
def continuous_days(person: Person1D, labels: Collection[str], campagne: int) -> int:
    """Return the continuous days in schools of some labels; part time counts as full time."""
    end, seen = rentree(campagne), rentree(campagne - 1)
    leaves = [(axis_span(absence, end), absence.motif) for absence in person.absences]
    broken = max((last for (_, last), motif in leaves if motif in _INTERRUPT), default=0)
    paused = [span for span, motif in leaves if motif == _SUSPEND]
    spans = sorted(
        axis_span(service, end) for service in person.ecoles if set(service.ecoles) & set(labels)
    )
    if not any(first <= seen < last for first, last in spans):
        return 0
    days, begins = 0, end
    for first, last in reversed(spans):
        if last < begins and not _covered((last, begins), paused):
            break
        first, last = max(first, broken), min(last, begins)
        if last > first:
            days += last - first - sum(_overlap((first, last), pause) for pause in paused)
        begins = min(begins, first)
    return days


def axis_span(period: Absence | SchoolService, end: int) -> tuple[int, int]:
    """Return the first axis day of a period and the one after its last, at most `end`."""
    after = end if period.fin is None else axis_of(_next(period.fin))
    return axis_of(period.debut), min(after, end)


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _covered(gap: tuple[int, int], pauses: Sequence[tuple[int, int]]) -> bool:
    return sum(_overlap(gap, pause) for pause in pauses) >= gap[1] - gap[0]
