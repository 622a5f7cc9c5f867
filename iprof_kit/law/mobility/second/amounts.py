"""The points of the personal criteria of the inter-academic movement, by column."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from iprof_kit.law.mobility.criteria import Criterion
from iprof_kit.law.mobility.second.table import (
    CRITERIA,
    NOTES,
    TABLE,
    Mask,
    Points,
    parameter,
)
from iprof_kit.law.tables.rules import rule

Counts = npt.NDArray[np.int64]
HANDICAP, PRIORITY, OVERSEAS = "handicap", "education_prioritaire", "mayotte_guyane"
SPORT = "sportif_haut_niveau"
_APV = re.compile(r"ex_apv_lycee_(?P<years>\d+)_ans")


@rule(
    sentence="Un agent bénéficiaire de l’obligation d’emploi a des points sur tous ses vœux ; un "
    "dossier retenu par le recteur en donne davantage, sans cumul, sur les académies qui "
    "améliorent la situation.",
    source=NOTES,
    since="2019-11-19",
    name="inter_2d_handicap",
    tables=(TABLE,),
)
def handicap_points(boe: Mask, dossier: Mask, campagne: int) -> Points:
    """Return the points of a handicap, without adding up the two.

    Parameters
    ----------
    boe, dossier : array of bool
        By wish: the agent is a beneficiary; the file concerns this academy.

    Returns
    -------
    array of float64, same shape
        Points.
    """
    plain = CRITERIA.read(campagne, HANDICAP, "boe").points()
    strong = CRITERIA.read(campagne, HANDICAP, "dossier_recteur").points()
    return np.where(dossier, strong, np.where(boe, plain, 0.0))


@rule(
    sentence="Une affectation en REP, REP+, politique de la ville ou sous contrat local "
    "d’accompagnement donne des points après un nombre d’années effectives et continues dans le "
    "même établissement. La plus favorable est retenue.",
    source=NOTES,
    since="2017-11-16",
    name="inter_2d_education_prioritaire",
    tables=(TABLE, "parametres_mobilite"),
)
def priority_points(annees: Counts, affecte: Mask, label: str, campagne: int) -> Points:
    """Return the points of posts of one label.

    Parameters
    ----------
    annees : array of int64
        Years that count on 31 August of the campaign's year.
    affecte : array of bool
        Still posted there at the date asked.
    label : str
        « rep », « rep_plus », « politique_ville », « cla ».

    Returns
    -------
    array of float64, same shape
        Points; 0 below the years asked.

    Raises
    ------
    PeriodNotCovered
        No known value for the label in the campaign.
    """
    row = priority_row(label, campagne)
    enough = np.asarray(annees) >= priority_years(label, campagne)
    return np.where(enough & np.asarray(affecte), row.points(), 0.0)


def priority_row(label: str, campagne: int) -> Criterion:
    """Return the row of a label; in 2018, one row stands for REP+ and politique de la ville."""
    if label == "cla":
        return CRITERIA.read(campagne, PRIORITY, "cla_3_ans")
    row = CRITERIA.find(campagne, PRIORITY, label)
    if row is None and label in ("rep_plus", "politique_ville"):
        row = CRITERIA.find(campagne, PRIORITY, "rep_plus_ou_politique_ville")
    return row or CRITERIA.read(campagne, PRIORITY, label)


def priority_years(label: str, campagne: int) -> int:
    """Return the years asked for a label."""
    key = "cla_annees" if label == "cla" else "education_prioritaire_annees"
    return int(parameter(campagne, key))


@rule(
    sentence="Un lycée classé APV avant 2015 a donné, jusqu’à la fin du dispositif transitoire, "
    "des points selon l’ancienneté arrêtée au 31 août 2015.",
    source=NOTES,
    since="2017-11-16",
    name="inter_2d_ex_apv",
    tables=(TABLE,),
)
def former_apv_points(annees: Counts, campagne: int) -> Points:
    """Return the points of a lycée formerly APV.

    Parameters
    ----------
    annees : array of int64
        Years on 31 August 2015, from 1.

    Returns
    -------
    array of float64, same shape
        Points; the last row of the table stands for more years.

    Raises
    ------
    PeriodNotCovered
        The campaign no longer has it.
    """
    rows = former_apv_rows(campagne)
    points = np.array([0.0, *(row.points() for row in rows.values())])
    by_wish: Points = points[np.searchsorted([*rows], np.asarray(annees), side="right")]
    return by_wish


def former_apv_rows(campagne: int) -> dict[int, Criterion]:
    """Return the rows of the lycées formerly APV, by years, in order."""
    CRITERIA.read(campagne, PRIORITY, "ex_apv_lycee_1_ans")
    cases = [
        (_APV.fullmatch(case.sous_critere), case) for case in CRITERIA.cases(campagne, PRIORITY)
    ]
    return dict(sorted((int(m["years"]), case) for m, case in cases if m))


@rule(
    sentence="Des années de services effectifs et continus à Mayotte, ou en Guyane dont une partie "
    "sur un poste isolé, donnent des points sur tous les vœux.",
    source=NOTES,
    since="2019-11-19",
    name="inter_2d_mayotte_guyane",
    tables=(TABLE, "parametres_mobilite"),
)
def overseas_points(mayotte: Counts, guyane: Counts, isole: Counts, campagne: int) -> Points:
    """Return the points of services in Mayotte or Guyane, for somebody posted there.

    Parameters
    ----------
    mayotte, guyane, isole : array of int64
        Years in Mayotte, in Guyane, and in Guyane on an isolated post.

    Returns
    -------
    array of float64, same shape
        Points.

    Raises
    ------
    PeriodNotCovered
        No known value for the campaign.
    """
    mayotte, guyane = np.asarray(mayotte), np.asarray(guyane)
    long = int(parameter(campagne, "outre_mer_annees"))
    old = CRITERIA.find(campagne, OVERSEAS, "5_ans")
    if old is not None:
        return np.where(np.maximum(mayotte, guyane) >= long, old.points(), 0.0)
    first = CRITERIA.read(campagne, OVERSEAS, "5_ans_mayotte").points()
    second = CRITERIA.read(campagne, OVERSEAS, "guyane_sites_isoles_2_ans").points()
    far = np.asarray(isole) >= parameter(campagne, "guyane_annees_poste_isole")
    return np.where(mayotte >= long, first, np.where((guyane >= long) & far, second, 0.0))
