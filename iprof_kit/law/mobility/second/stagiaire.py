"""Stagiaires, and the only wish on Corsica, in the inter-academic movement."""

from __future__ import annotations

import numpy as np

from iprof_kit.base.words import NBSP
from iprof_kit.law.mobility.criteria import Criterion
from iprof_kit.law.mobility.second.person import Person2D
from iprof_kit.law.mobility.second.stagiaire_amounts import (
    CORSE,
    STAGE,
    contract_points,
    contract_rows,
    contract_years,
    corsican_points,
    corsican_rows,
    first_wish_points,
    former_tenure_points,
    stage_academy_points,
)
from iprof_kit.law.mobility.second.table import (
    CRITERIA,
    Given,
    Wishes,
    asked,
    code_of,
    refused,
    unless_unknown,
)

CORSICA = "Corse"


def stage(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of a stagiaire; what a campaign does not say is set aside one by one."""
    if not person.stagiaire:
        return []
    return [
        given
        for of in (_former_contract, _first_wish, _stage_academy, _former_tenure)
        for given in unless_unknown(STAGE, wishes, of, person, wishes, campagne)
    ]


def _former_contract(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    if person.origine != "ex_contractuel":
        return []
    level = person.echelon_classement or person.echelon
    points = contract_points(
        np.array([level]),
        np.array([person.contractuel_annees_etp]),
        campagne,
        ancien_eap=person.ancien_eap,
    )[0]
    if not points:
        why = "les services de contractuel avant le stage sont trop courts"
        return [refused(STAGE, why, wishes.everywhere)]
    row = [row for first, row in contract_rows(campagne).items() if first <= level][-1]
    why = f"ex-contractuel classé à l’échelon {level}"
    return [Given(wishes.everywhere, asked(row, float(points), why))]


def _first_wish(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    if not person.bonification_stagiaire:
        return []
    row = CRITERIA.read(campagne, STAGE, "bonification_stagiaire_voeu1")
    if person.bonification_stagiaire_deja_utilisee:
        return [refused(STAGE, f"déjà utilisée ({row.condition})", wishes.first)]
    points = first_wish_points(wishes.first, campagne).max()
    return [Given(wishes.first, asked(row, float(points), "demandée sur le vœu 1"))]


def _stage_academy(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    near = wishes.on(person.academie_stage, person.academie_concours)
    if not near.any():
        return []
    points = stage_academy_points(near, campagne).max()
    row = CRITERIA.read(campagne, STAGE, "academie_stage_ou_concours")
    return [Given(near, asked(row, float(points), "académie de stage ou de concours"))]


def _former_tenure(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    mine = wishes.on(person.ancienne_academie)
    if person.origine != "ex_titulaire_autre_corps" or not mine.any():
        return []
    points = former_tenure_points(mine, campagne).max()
    row = CRITERIA.read(campagne, STAGE, "ex_titulaire_autre_corps")
    return [Given(mine, asked(row, float(points), "ancien titulaire d’un autre corps"))]


def corsica(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of Corsica as the only wish; two of its rows are not added up."""
    posted = person.academie_stage or person.academie
    there = person.stagiaire and bool(posted) and code_of(posted) == code_of(CORSICA)
    mine = wishes.on(CORSICA)
    if not mine.any() or not (there or person.demandes_corse > 1):
        return []
    if len(wishes) > 1:
        return [refused(CORSE, "la Corse doit être votre seul vœu", mine)]
    served = person.origine == "ex_contractuel" and (
        person.contractuel_annees_etp >= contract_years(campagne, person.ancien_eap)
    )
    amounts = corsican_points(
        np.array([there]), np.array([served]), np.array([person.demandes_corse]), campagne
    )[:, 0]
    rows = _rows(served, person.demandes_corse, campagne)
    found = [(float(points), row) for points, row in zip(amounts, rows, strict=True) if points]
    found.sort(key=lambda one: -one[0])
    (points, best), *others = found
    given = [Given(mine, asked(best, points, best.condition))]
    for _, row in others:
        why = f"{row.condition}{NBSP}: son cumul avec la plus favorable n’est pas établi"
        given.append(refused(CORSE, why, mine, unknown=True))
    return given


def _rows(served: bool, rank: int, campagne: int) -> tuple[Criterion, Criterion]:
    """Return the row of a stagiaire, and that of somebody who asks again."""
    name = "stagiaire_ex_contractuel" if served else "stagiaire_en_corse"
    first, *_ = again = [*corsican_rows(campagne).items()]
    reached = [row for least, row in again if least <= rank] or [first[1]]
    return CRITERIA.read(campagne, CORSE, name), reached[-1]
