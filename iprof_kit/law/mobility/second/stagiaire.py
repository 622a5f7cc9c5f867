"""Stagiaires, and the only wish on Corsica, in the inter-academic movement."""

from __future__ import annotations

import re

import numpy as np

from iprof_kit.law.mobility.criteria import Criterion
from iprof_kit.law.mobility.second.amounts import Counts
from iprof_kit.law.mobility.second.person import Person2D
from iprof_kit.law.mobility.second.table import (
    CRITERIA,
    NOTES,
    TABLE,
    Given,
    Mask,
    Points,
    Wishes,
    asked,
    code_of,
    item_points,
    parameter,
    refused,
    unless_unknown,
)
from iprof_kit.law.tables.rules import rule

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
    points = item_points("inter_2d_stagiaire", wishes.first, campagne).max()
    return [Given(wishes.first, asked(row, float(points), "demandée sur le vœu 1"))]


def _stage_academy(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    near = wishes.on(person.academie_stage, person.academie_concours)
    if not near.any():
        return []
    points = item_points("inter_2d_academie_stage", near, campagne).max()
    row = CRITERIA.read(campagne, STAGE, "academie_stage_ou_concours")
    return [Given(near, asked(row, float(points), "académie de stage ou de concours"))]


def _former_tenure(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    on_former_academy = wishes.on(person.ancienne_academie)
    if person.origine != "ex_titulaire_autre_corps" or not on_former_academy.any():
        return []
    points = item_points("inter_2d_ancien_titulaire", on_former_academy, campagne).max()
    row = CRITERIA.read(campagne, STAGE, "ex_titulaire_autre_corps")
    return [
        Given(on_former_academy, asked(row, float(points), "ancien titulaire d’un autre corps"))
    ]


def corsica(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of Corsica as the only wish; two of its rows are not added up."""
    posted = person.academie_stage or person.academie
    there = person.stagiaire and bool(posted) and code_of(posted) == code_of(CORSICA)
    corsican_wish = wishes.on(CORSICA)
    if not corsican_wish.any() or not (there or person.demandes_corse > 1):
        return []
    if len(wishes) > 1:
        return [refused(CORSE, "la Corse doit être votre seul vœu", corsican_wish)]
    served = person.origine == "ex_contractuel" and (
        person.contractuel_annees_etp >= contract_years(campagne, person.ancien_eap)
    )
    amounts = corsican_points(
        np.array([there]), np.array([served]), np.array([person.demandes_corse]), campagne
    )[:, 0]
    rows = _rows(served, person.demandes_corse, campagne)
    amounts_with_rows = [
        (float(points), row) for points, row in zip(amounts, rows, strict=True) if points
    ]
    amounts_with_rows.sort(key=lambda one: -one[0])
    (points, best), *others = amounts_with_rows
    given = [Given(corsican_wish, asked(best, points, best.condition))]
    for _, row in others:
        why = f"{row.condition} : son cumul avec la plus favorable n’est pas établi"
        given.append(refused(CORSE, why, corsican_wish, unknown=True))
    return given


def _rows(served: bool, rank: int, campagne: int) -> tuple[Criterion, Criterion]:
    """Return the row of a stagiaire, and that of somebody who asks again."""
    name = "stagiaire_ex_contractuel" if served else "stagiaire_en_corse"
    first, *_ = again = [*corsican_rows(campagne).items()]
    reached = [row for least, row in again if least <= rank] or [first[1]]
    return CRITERIA.read(campagne, CORSE, name), reached[-1]


STAGE, CORSE = "stagiaire", "corse"
_CONTRACT = re.compile(r"ex_contractuel_echelon_(?P<level>\d+)(_a_\d+|_et_plus)?")
_REQUEST = re.compile(r"(?P<rank>\d+)e_demande")


@rule(
    sentence="Un stagiaire ex-contractuel qui a assez de services avant le stage a un forfait "
    "selon l’échelon de son classement.",
    source=NOTES,
    since="2019-11-19",
    name="inter_2d_ex_contractuel",
    tables=(TABLE, "parametres_mobilite"),
)
def contract_points(
    echelon: Counts, annees_etp: Points, campagne: int, *, ancien_eap: bool = False
) -> Points:
    """Return the flat sum of former contractuels.

    Parameters
    ----------
    echelon : array of int64
        Of the classement on 1 September of the year of the stage.
    annees_etp : array of float64
        Services of the two school years before the stage, in full-time years.
    ancien_eap : bool
        Former emploi d’avenir professeur, of whom more is asked.

    Returns
    -------
    array of float64, same shape
        Points; 0 for too short services.

    Raises
    ------
    PeriodNotCovered
        No known value for the campaign.
    """
    rows = contract_rows(campagne)
    points = np.array([0.0, *(row.points() for row in rows.values())])
    of_echelon = points[np.searchsorted([*rows], np.asarray(echelon), side="right")]
    return np.where(np.asarray(annees_etp) >= contract_years(campagne, ancien_eap), of_echelon, 0.0)


def contract_rows(campagne: int) -> dict[int, Criterion]:
    """Return the rows of the former contractuels, by the first échelon of each, in order."""
    CRITERIA.read(campagne, STAGE, "ex_contractuel_echelon_4")
    matched = [(_CONTRACT.fullmatch(c.sous_critere), c) for c in CRITERIA.cases(campagne, STAGE)]
    return dict(sorted((int(m["level"]), case) for m, case in matched if m))


def contract_years(campagne: int, ancien_eap: bool) -> float:
    """Return the years of services asked of a former contractuel."""
    return parameter(campagne, "eap_annees_etp" if ancien_eap else "contractuel_annees_etp")


@rule(
    sentence="La Corse demandée en vœu unique donne des points au stagiaire qui y est affecté, et "
    "à partir de la deuxième demande consécutive.",
    source=NOTES,
    since="2019-11-19",
    name="inter_2d_corse",
    tables=(TABLE,),
)
def corsican_points(
    stagiaire: Mask, ex_contractuel: Mask, demandes: Counts, campagne: int
) -> Points:
    """Return the points of Corsica as the only wish.

    Parameters
    ----------
    stagiaire, ex_contractuel : array of bool
        Stagiaire posted in Corsica, and former contractuel with enough services.
    demandes : array of int64
        Requests in a row, this one included.

    Returns
    -------
    array of float64, [2, same shape]
        Points as a stagiaire, points as somebody who asks again; that they may be added up is
        not established.

    Raises
    ------
    PeriodNotCovered
        No known value for the campaign.
    """
    plain = CRITERIA.read(campagne, CORSE, "stagiaire_en_corse").points()
    served = CRITERIA.read(campagne, CORSE, "stagiaire_ex_contractuel").points()
    there = np.where(stagiaire, np.where(ex_contractuel, served, plain), 0.0)
    rows = corsican_rows(campagne)
    points = np.array([0.0, *(row.points() for row in rows.values())])
    again = points[np.searchsorted([*rows], np.asarray(demandes), side="right")]
    return np.stack([there, again])


def corsican_rows(campagne: int) -> dict[int, Criterion]:
    """Return the rows of the repeated requests for Corsica, by rank, in order."""
    matched = [(_REQUEST.fullmatch(c.sous_critere), c) for c in CRITERIA.cases(campagne, CORSE)]
    return dict(sorted((int(m["rank"]), case) for m, case in matched if m))
