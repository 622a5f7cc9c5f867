"""What one person did before a departure date: services, children, other schemes, bonifications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import explained_if
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.law.pension.amounts import counts_for_increase
from iprof_kit.law.pension.bonuses import ZONES, abroad_days, technical_days
from iprof_kit.law.pension.children import Children
from iprof_kit.law.pension.dates import days
from iprof_kit.law.pension.generations import (
    SEDENTAIRE,
)
from iprof_kit.law.pension.parameters import whole
from iprof_kit.law.pension.retirement import RetirementAges
from iprof_kit.law.pension.services import (
    FULL,
    HORS_SERVICES,
    NATURES,
    Periods,
    Services,
    other_schemes_kept,
    services,
)
from iprof_kit.law.pension.surcotisation import HEAVY

_NO_CHILD = -1


@dataclass
class DepartureRow:
    """One departure date of one question, and what was found on the way."""

    question: PensionQuestion
    cessation: date
    effet: date
    categorie: int = SEDENTAIRE
    indice: int = 0
    long_career: float = np.nan
    ages: RetirementAges | None = None
    """Those of services as an instituteur that run; None: those of the category."""
    part_time: bool = False
    """Some services count less in the amount than in the duration."""
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    """What surrounds the pension and is not calculated, with the reason."""


def incapacity_of(question: PensionQuestion, day: date) -> float:
    """Return the permanent incapacity of a person, in per cent: the highest that she gives."""
    ticked = whole(HEAVY, day) if question.incapacite_80 else 0
    return max(question.incapacite or 0, ticked)


def heavy(question: PensionQuestion, day: date) -> bool:
    """Tell whether an incapacity raises the ceiling of a surcotisation."""
    given = incapacity_of(question, day)
    return given > 0 and given >= whole(HEAVY, day)


def services_of(rows: Sequence[DepartureRow]) -> Services:
    """Return the days of each row: its periods, or its totals and what follows them."""
    counted = explained_if(
        lambda: services(
            _periods(rows),
            len(rows),
            np.array([heavy(row.question, row.cessation) for row in rows]),
            max(row.effet for row in rows),
        ),
        lambda made: (made.liquidation < made.assurance).any() or _for_a_child(rows),
    )
    constitution, assurance = counted.constitution.astype(np.float64), counted.assurance.copy()
    liquidation = counted.liquidation.copy()
    for place, row in enumerate(rows):
        totals = row.question.totaux
        if totals is None:
            continue
        after = axis_of(row.cessation) - axis_of(totals.arrete_au)
        if after < 0:
            raise InputError(
                "ce départ précède le relevé de services.",
                where="departs",
                remedy="Donnez un relevé plus ancien, ou « periodes ».",
            )
        before = totals.assurance_jours
        insured = totals.liquidation_jours if before is None else before
        liquidation[place] = totals.liquidation_jours + after * totals.quotite_ensuite / FULL
        assurance[place] = constitution[place] = insured + after
    return Services(constitution.astype(np.int64), assurance, liquidation, counted.surcotisation)


def services_before(question: PensionQuestion, day: date) -> float:
    """Return the days of effective services before a day, NaN where only totals are known."""
    if question.totaux is not None:
        return np.nan
    row = DepartureRow(question, day, day)
    return float(services(_periods([row]), 1, np.array([False]), day).constitution[0])


def _for_a_child(rows: Sequence[DepartureRow]) -> bool:
    return any(period.enfant for row in rows for period in row.question.periodes)


def _periods(rows: Sequence[DepartureRow]) -> Periods:
    lines = [
        (
            place,
            axis_of(period.debut),
            _end(period.fin, row.cessation),
            NATURES.index(period.nature),
            period.surcotise,
            axis_of(row.question.enfants[period.enfant - 1].naissance)
            if period.enfant
            else _NO_CHILD,
            period.enfant or 0,
        )
        for place, row in enumerate(rows)
        for period in row.question.periodes
    ]
    quotite = np.array([p.quotite for row in rows for p in row.question.periodes], np.float64)
    table = np.array(lines, dtype=np.int64).reshape(len(lines), len(Periods.__annotations__) - 1)
    person, begin, end, nature, overpaid, child, rank = table.T
    return Periods(person, begin, end, nature, quotite, overpaid.astype(bool), child, rank)


def _end(last: date | None, cessation: date) -> int:
    """Return the axis day after the last day of a period, no later than the cessation."""
    if last is None or last >= cessation:
        return axis_of(cessation)
    return axis_of(date.fromordinal(last.toordinal() + 1))


def children_of(rows: Sequence[DepartureRow]) -> Children:
    """Return the children of each row born before its effect date."""
    lines = [
        (
            place,
            child.interruption_mois,
            child.temps_partiel_50_mois,
            child.temps_partiel_60_mois,
            child.temps_partiel_70_mois,
            _NO_CHILD if child.etudes_recrutement_mois is None else child.etudes_recrutement_mois,
            child.accouchement_apres_recrutement,
            child.invalide_education_mois,
        )
        for place, row in enumerate(rows)
        for child in row.question.enfants
        if child.naissance < row.effet
    ]
    born = [
        child.naissance
        for row in rows
        for child in row.question.enfants
        if child.naissance < row.effet
    ]
    table = np.array(lines, dtype=np.int64).reshape(len(lines), len(Children.__annotations__) - 1)
    person, stopped, half, sixty, seventy, studies, mother, disabled = table.T
    return Children(
        person,
        np.array(born, dtype="datetime64[D]"),
        stopped,
        half,
        sixty,
        seventy,
        studies,
        mother.astype(bool),
        disabled,
    )


def raised_of(row: DepartureRow) -> int:
    """Return the children raised for nine years at the effect date."""
    children = [child for child in row.question.enfants if child.naissance < row.effet]
    if not children:
        return 0
    born = days([child.naissance for child in children])
    since = days([child.eleve_depuis or child.naissance for child in children])
    return int(counts_for_increase(born, since, days(row.effet)).sum())


def others_of(row: DepartureRow) -> float:
    """Return the quarters of the other schemes, NaN where nobody said."""
    asked = row.question
    if asked.autres_regimes_par_annee is None:
        total = asked.trimestres_autres_regimes
        return np.nan if total is None else float(total)
    years = [line.annee for line in asked.autres_regimes_par_annee]
    spent = [_days_in(row, year) for year in years]
    given = [line.trimestres for line in asked.autres_regimes_par_annee]
    return float(other_schemes_kept(given, spent, row.effet).sum())


def _days_in(row: DepartureRow, year: int) -> int:
    """Return the days of service of one civil year."""
    first, last = axis_of(date(year, 1, 1)), axis_of(date(year + 1, 1, 1))
    counted = 0
    for period in row.question.periodes:
        if NATURES.index(period.nature) != HORS_SERVICES:
            begin, end = axis_of(period.debut), _end(period.fin, row.cessation)
            counted += max(min(end, last) - max(begin, first), 0)
    return counted


def bonus_of(row: DepartureRow) -> float:
    """Return the days of bonifications of services, before the fifteen years condition."""
    stays, effet = row.question.sejours, days(row.effet)
    abroad = explained_if(
        lambda: abroad_days(
            [stay.duree_jours for stay in stays],
            [stay.conges_hors_territoire_jours for stay in stays],
            [ZONES.index(stay.zone) for stay in stays],
            [stay.mission for stay in stays],
            np.repeat(effet, len(stays)),
        ),
        np.any,
    )
    technical = row.question.enseignement_technique
    if technical is None:
        return float(abroad.sum())
    row.doubts.append("bonification de l’enseignement technique : date limite de recrutement")
    by_work = [technical.voie == "externe_experience"]
    exigee = [technical.activite_exigee_mois]
    return float(
        abroad.sum() + technical_days(exigee, days(technical.recrutement), by_work, effet).sum()
    )
