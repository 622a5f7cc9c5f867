"""Questions about pensions become columns: one row for each person and departure date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from iprof_kit.base.calendar import Dates, axis_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import explained_if, unexplained
from iprof_kit.base.reference import in_first_degree
from iprof_kit.calculate.pension import file
from iprof_kit.calculate.pension.question import Instituteur, PensionQuestion
from iprof_kit.calculate.pension.rows import (
    DepartureRow,
    bonus_of,
    children_of,
    incapacity_of,
    others_of,
    raised_of,
    services_of,
)
from iprof_kit.careers.pensioners import Pensioners, pensioners
from iprof_kit.law.career.traitement import index_confidence, indice_majore
from iprof_kit.law.pension import limits
from iprof_kit.law.pension.amounts import HELD, retained_index
from iprof_kit.law.pension.children import Children, born_since_2004, child_quarters
from iprof_kit.law.pension.dates import add_months, complete_months, days, effect_date
from iprof_kit.law.pension.early import doors, long_career_age, reputed_quarters
from iprof_kit.law.pension.generations import (
    ACTIVE,
    ACTIVE_SANS_OPTION,
    CATEGORIES,
    SEDENTAIRE,
    active_services_minimum,
    generation,
    required_quarters,
)
from iprof_kit.law.pension.invalidity import threshold_unknown
from iprof_kit.law.pension.parameters import Flags, whole
from iprof_kit.law.pension.retirement import RetirementAges, ages_by_services
from iprof_kit.law.pension.versions import law_version, reading_day
from iprof_kit.law.tables.cells import cell_code
from iprof_kit.law.tables.rules import RULES
from iprof_kit.law.tables.sentences import years_text

_THRESHOLD = "incapacité qui écarte la décote : taux exigé à cette date non relevé"


@dataclass(frozen=True)
class Columns:
    """Rows and their columns, in the same order."""

    rows: tuple[DepartureRow, ...]
    people: Pensioners


def columns(questions: Sequence[PensionQuestion]) -> Columns:
    """Return one row for each departure date of each question.

    Raises
    ------
    InputError
        A position that does not exist, a missing previous index, a departure before the totals.
    PeriodNotCovered
        An effect date, or a day of simulation, before July 2011.
    """
    file.person(questions)
    rows = tuple(_row(question, day) for question in questions for day in question.departs)
    effet, simulation = days([row.effet for row in rows]), _column(rows, "aujourdhui")
    naissance = _column(rows, "naissance")
    law = reading_day(effet, law_version(effet, simulation))
    for row in rows:
        row.categorie = category_of(row)
        with unexplained():
            row.ages = ages_of(row)
    categorie = np.array([row.categorie for row in rows])
    worked = services_of(rows)
    for row, fewer in zip(rows, worked.liquidation < worked.assurance, strict=True):
        row.part_time = bool(fewer)
    file.services(rows, worked)
    family = children_of(rows)
    quarters_of = child_quarters(family, law, effet.max().astype(object))
    _doubt_children(rows, family, law)
    incapacity = [incapacity_of(row.question, row.cessation) for row in rows]
    for place in np.flatnonzero(threshold_unknown(incapacity, effet)):
        rows[place].doubts.append(_THRESHOLD)
    people = pensioners(
        naissance=naissance,
        effet=effet,
        simulation=simulation,
        categorie=categorie,
        cessation=days([row.cessation for row in rows]),
        constitution=worked.constitution,
        liquidation=worked.liquidation,
        assurance=worked.assurance,
        indice=[_index(row) for row in rows],
        traitement=[_salary(row) for row in rows],
        autres=[others_of(row) for row in rows],
        bonification=[bonus_of(row) for row in rows],
        enfants_liquidation=quarters_of.liquidation,
        enfants_assurance=quarters_of.assurance,
        enfants_eleves=[raised_of(row) for row in rows],
        invalidite=[row.question.invalidite for row in rows],
        taux_invalidite=[row.question.taux_invalidite or 0 for row in rows],
        incapacite=incapacity,
        radie_par_limite=[row.question.radie_par_limite_age for row in rows],
        duree_le=[row.question.duree_atteinte_le for row in rows],
        anticipe=_early(rows, naissance, law, simulation),
    )
    return Columns(rows, people)


def _column(rows: Sequence[DepartureRow], name: str) -> Dates:
    return days([getattr(row.question, name) for row in rows])


def _row(question: PensionQuestion, cessation: date) -> DepartureRow:
    wanted = explained_if(
        lambda: effect_date(days(cessation)), lambda made: made[0].item() != cessation
    )
    if not in_first_degree(question.corps):
        return DepartureRow(question, cessation, wanted[0].astype(object))
    day = wanted[0].astype(object)
    three = len(question.enfants) >= whole("majoration_pension_nombre_enfants", day)
    exempt = question.invalidite or question.radie_par_limite_age or three
    obtained = explained_if(
        lambda: limits.first_degree_departure(wanted, np.array([exempt]), day=axis_of(day)),
        lambda made: made[0] != wanted[0],
    )
    row = DepartureRow(question, cessation, obtained[0].astype(object))
    if row.effet != day:
        before, *_ = RULES["depart_premier_degre"]
        row.notes.append(f"{before.sentence.removesuffix('.')} ({before.source}).")
    return row


def category_of(row: DepartureRow) -> int:
    """Return the category that the services as an instituteur open."""
    past = row.question.instituteur
    if past is None:
        return SEDENTAIRE
    done = past.services_mois + running_months(past, row.effet)
    file.as_instituteur(done)
    born, effet = days(row.question.naissance), days(row.effet)
    simulation = days(row.question.aujourdhui)
    cohort = generation(born, np.array([ACTIVE]), law_version(effet, simulation))
    if not cohort.known[0]:
        return ACTIVE
    own = float(active_services_minimum(cohort)[0])
    asked = limits.active_services_required(own, past.quinze_ans_le, past.integration_pe_le)
    if done < asked:
        row.notes.append(
            f"Catégorie active non ouverte : {done} mois de services d’instituteur, {asked} exigés."
        )
        return SEDENTAIRE
    enough = done >= limits.option_services_required(date.max)
    return ACTIVE if past.option_limite_age and enough else ACTIVE_SANS_OPTION


def running_months(past: Instituteur, day: date) -> int:
    """Return the months of the services as an instituteur that run, up to a day."""
    if past.depuis is None or past.depuis > day:
        return 0
    return int(complete_months(days(past.depuis), days(day))[0])


def ages_of(row: DepartureRow) -> RetirementAges | None:
    """Return the ages of services as an instituteur that run until the departure; None: others."""
    past = row.question.instituteur
    if past is None or past.depuis is None:
        return None
    category = CATEGORIES[ACTIVE if past.option_limite_age else ACTIVE_SANS_OPTION]
    asked = row.question
    return ages_by_services(
        asked.naissance, category, past.depuis, asked.aujourdhui, past.services_mois
    )


def _doubt_children(rows: Sequence[DepartureRow], family: Children, law: Dates) -> None:
    with unexplained():
        since = born_since_2004(family, law[family.person])
    for place in np.unique(family.person[since.liquidation > 0]):
        rows[place].doubts.append(
            "trimestre d’enfant compté dans le montant : date d’effet de la loi 2025-1403, "
            "art. 104, à confirmer"
        )


def _index(row: DepartureRow) -> int:
    """Return the index retained, six months before the cessation; 0 where a salary is given."""
    asked = row.question
    if asked.traitement_annuel is not None:
        return 0
    index = asked.indice_majore
    if index is None:
        cell = np.array(
            [cell_code(str(asked.corps), str(asked.grade), str(asked.echelon), asked.chevron)]
        )
        file.place(row, int(cell[0]))
        day = axis_of(row.cessation)
        index = int(indice_majore(cell, day)[0])
        if str(index_confidence(cell, day)[0]) > "B":
            row.doubts.append("indice de la grille")
    since = np.array([asked.indice_depuis], dtype="datetime64[D]")
    kept = explained_if(
        lambda: retained_index([index], since, [asked.indice_precedent or 0], days(row.cessation)),
        lambda made: made[0] != index,
    )
    row.indice = int(kept[0])
    if row.indice == 0:
        raise InputError(
            "l’indice de fin de carrière est détenu depuis moins de "
            f"{years_text(whole(HELD, row.cessation))} au départ.",
            where="indice_precedent",
            remedy="Indiquez l’indice majoré détenu avant : c’est lui qui sera retenu.",
        )
    return row.indice


def _salary(row: DepartureRow) -> float:
    given = row.question.traitement_annuel
    return np.nan if given is None else given


def _early(rows: Sequence[DepartureRow], naissance: Dates, law: Dates, simulation: Dates) -> Flags:
    """Tell who leaves before the opening age by a carrière longue."""
    early = np.zeros(len(rows), dtype=bool)
    for place, row in enumerate(rows):
        asked = row.question.carriere_longue
        effet = days(row.effet)
        if asked is None:
            continue
        file.long_career(asked)
        version = law_version(effet, simulation[place : place + 1])
        cohort = generation(naissance[place : place + 1], np.array([SEDENTAIRE]), version)
        if not cohort.known[0]:
            continue
        reputed = reputed_quarters(
            asked.service_national,
            asked.maladie,
            asked.maternite,
            asked.avpf,
            asked.enfants,
            law[place].item(),
        )
        before = [[getattr(asked, f"avant_{age}_ans") for age in doors()]]
        age, letter = long_career_age(
            naissance[place : place + 1],
            law[place : place + 1],
            before,
            [asked.cotises + reputed],
            required_quarters(cohort),
        )
        row.long_career = float(age[0])
        if not np.isnan(age[0]):
            reached = add_months(naissance[place : place + 1], int(age[0]))[0]
            early[place] = row.categorie == SEDENTAIRE and effet[0] >= reached
            if str(letter[0]) > "B":
                row.doubts.append("âge de départ pour carrière longue")
    return early
