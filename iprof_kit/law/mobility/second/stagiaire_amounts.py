"""The points of stagiaires, and of Corsica as the only wish, by column."""

from __future__ import annotations

import re

import numpy as np

from iprof_kit.law.mobility.criteria import Criterion
from iprof_kit.law.mobility.second.amounts import Counts, points_where
from iprof_kit.law.mobility.second.table import (
    CRITERIA,
    NOTES,
    SINCE,
    TABLE,
    Mask,
    Points,
    parameter,
)
from iprof_kit.law.tables.rules import rule

STAGE, CORSE = "stagiaire", "corse"
_CONTRACT = re.compile(r"ex_contractuel_echelon_(?P<level>\d+)(_a_\d+|_et_plus)?")
_REQUEST = re.compile(r"(?P<rank>\d+)e_demande")


@rule(
    sentence="Le stagiaire a, à sa demande et une seule fois, des points sur son premier vœu, sauf "
    "s’il a le forfait d’ex-contractuel.",
    source=NOTES,
    since=SINCE,
    name="inter_2d_stagiaire",
    tables=(TABLE,),
)
def first_wish_points(premier: Mask, campagne: int) -> Points:
    """Return the points that a stagiaire asks for, on the first wish."""
    return points_where(premier, STAGE, "bonification_stagiaire_voeu1", campagne)


@rule(
    sentence="L’académie de stage et celle du concours donnent une fraction de point au stagiaire.",
    source=NOTES,
    since="2019-11-19",
    name="inter_2d_academie_stage",
    tables=(TABLE,),
)
def stage_academy_points(stage: Mask, campagne: int) -> Points:
    """Return the points of the wishes on the academy of the stage or of the concours."""
    return points_where(stage, STAGE, "academie_stage_ou_concours", campagne)


@rule(
    sentence="Le stagiaire ancien titulaire d’un corps hors enseignement a des points sur son "
    "ancienne académie.",
    source=NOTES,
    since="2019-11-19",
    name="inter_2d_ancien_titulaire",
    tables=(TABLE,),
)
def former_tenure_points(ancienne: Mask, campagne: int) -> Points:
    """Return the points of the wishes on the former academy of a former titulaire."""
    return points_where(ancienne, STAGE, "ex_titulaire_autre_corps", campagne)


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
    campagne : int
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
    found = points[np.searchsorted([*rows], np.asarray(echelon), side="right")]
    return np.where(np.asarray(annees_etp) >= contract_years(campagne, ancien_eap), found, 0.0)


def contract_rows(campagne: int) -> dict[int, Criterion]:
    """Return the rows of the former contractuels, by the first échelon of each, in order."""
    CRITERIA.read(campagne, STAGE, "ex_contractuel_echelon_4")
    found = [(_CONTRACT.fullmatch(c.sous_critere), c) for c in CRITERIA.cases(campagne, STAGE)]
    return dict(sorted((int(m["level"]), case) for m, case in found if m))


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
    campagne : int

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
    found = [(_REQUEST.fullmatch(c.sous_critere), c) for c in CRITERIA.cases(campagne, CORSE)]
    return dict(sorted((int(m["rank"]), case) for m, case in found if m))
