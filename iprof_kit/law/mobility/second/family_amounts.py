"""The points of the family criteria of the inter-academic movement, by column."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import add_months_civil, rentree_day
from iprof_kit.law.mobility.criteria import Criterion
from iprof_kit.law.mobility.second.table import (
    CRITERIA,
    NOTES,
    SINCE,
    TABLE,
    Mask,
    Points,
    Wishes,
    parameter,
)
from iprof_kit.law.tables.rules import rule

Dates = npt.NDArray[np.datetime64]
Counts = npt.NDArray[np.int64]
TOGETHER, SHARED = "rapprochement_conjoints", "autorite_parentale_conjointe"
ALONE, BOTH, APART = "parent_isole", "mutation_simultanee", "annees_separation"


@rule(
    sentence="Les points familiaux vont au vœu 1, puis aux académies qui lui sont limitrophes, "
    "demandées à la suite sans discontinuité.",
    source=NOTES,
    since="2017-11-16",
    name="inter_2d_voeux_familiaux",
    tables=("limitrophes",),
)
def family_zone(wishes: Wishes) -> Mask:
    """Return the wishes that a family request concerns.

    Parameters
    ----------
    wishes : Wishes
        In the order of the ranks.

    Returns
    -------
    array of bool, by wish
        False from the first interruption on.
    """
    zone: Mask = np.logical_and.accumulate(wishes.bordering_the_first())
    return zone


@rule(
    sentence="Le parent isolé a eu des points sur le vœu 1 et les académies limitrophes, jusqu’au "
    "mouvement 2021.",
    source=NOTES,
    since="2019-11-19",
    name="inter_2d_parent_isole",
    tables=(TABLE,),
)
def lone_parent_points(zone: Mask, campagne: int) -> Points:
    """Return the points of a lone parent, by wish; 0 since they were abolished."""
    gone = CRITERIA.find(campagne, ALONE, "supprime")
    row = gone or CRITERIA.read(campagne, ALONE, "forfait")
    return np.where(zone, row.points(), 0.0)


@rule(
    sentence="Une séparation entre académies non limitrophes donne des points une fois ; entre "
    "académies limitrophes, seulement si les départements ne se touchent pas.",
    source=NOTES,
    since="2019-11-19",
    name="inter_2d_eloignement",
    tables=(TABLE, "limitrophes"),
)
def distance_points(academies: Mask, departements: Mask, campagne: int) -> Points:
    """Return the points of the distance between two people.

    Parameters
    ----------
    academies, departements : array of bool
        Their academies, their departments share a border.

    Returns
    -------
    array of float64, same shape
        Points.
    """
    far = CRITERIA.read(campagne, APART, "academies_non_limitrophes").points()
    near = CRITERIA.read(campagne, APART, "departements_non_limitrophes").points()
    return np.where(academies, np.where(departements, 0.0, near), far)


@rule(
    sentence="Un enfant compte s’il n’a pas atteint l’âge limite au 31 août de la campagne.",
    source=NOTES,
    since=SINCE,
    name="inter_2d_enfants",
    tables=("parametres_mobilite",),
)
def children_counted(naissances: Dates, campagne: int) -> Mask:
    """Tell which children are under the age limit on 31 August of the campaign's year.

    Returns
    -------
    array of bool, same shape
    """
    limit = int(parameter(campagne, "enfant_age_limite"))
    oldest = add_months_civil(rentree_day(campagne), -limit * 12)
    return np.asarray(naissances, dtype="datetime64[D]") >= np.datetime64(oldest)


@rule(
    sentence="Une année scolaire de séparation compte à partir de "
    "{2d_separation_mois_minimum:mois} : {2d_separation_poids_activite} en activité, "
    "{2d_separation_poids_conge} en congé parental ou en disponibilité pour suivre le conjoint.",
    source=NOTES,
    since=SINCE,
    name="inter_2d_annees_separation",
    tables=("parametres_mobilite",),
)
def separation_weights(
    mois: npt.NDArray[np.int64], position: npt.NDArray[np.str_], campagne: int
) -> Points:
    """Return what each school year of separation counts for.

    Parameters
    ----------
    mois : array of int64
        Months apart in the school year.
    position : array of str
        « activite », « conge_parental », « disponibilite_conjoint », other.

    Returns
    -------
    array of float64, same shape
        Years: 1, 0.5 or 0 as the parameters say.
    """
    enough = np.asarray(mois) >= parameter(campagne, "separation_mois_minimum")
    active = np.asarray(position) == "activite"
    leave = np.isin(position, ("conge_parental", "disponibilite_conjoint"))
    weight = np.where(active, parameter(campagne, "separation_poids_activite"), 0.0)
    weight = np.where(leave, parameter(campagne, "separation_poids_conge"), weight)
    return np.where(enough, weight, 0.0)


@rule(
    sentence="Les années de séparation donnent une valeur totale lue dans un tableau ; au-delà de "
    "sa dernière ligne, cette ligne vaut encore.",
    source=NOTES,
    since=SINCE,
    name="inter_2d_points_separation",
    tables=(TABLE,),
)
def separation_points(annees: Points, campagne: int) -> Points:
    """Return the points of a number of years of separation, halves included.

    Parameters
    ----------
    annees : array of float64
        Years, by halves.

    Returns
    -------
    array of float64, same shape
        Points.

    Raises
    ------
    PeriodNotCovered
        No known table for the campaign.
    """
    annees = np.asarray(annees, dtype=np.float64)
    steps = separation_steps(campagne)
    years = np.array([0.0, *(step for step, _ in steps)])
    points = np.array([0.0, *(row.points() for _, row in steps)])
    of_years: Points = points[np.searchsorted(years, annees, side="right") - 1]
    return of_years


def separation_steps(campagne: int) -> list[tuple[float, Criterion]]:
    """Return the years of the table of a campaign with their rows, in order."""
    CRITERIA.read(campagne, APART, "1_an")
    cases = CRITERIA.cases(campagne, APART)
    of_whole_years = [case for case in cases if case.sous_critere.endswith("_an")]
    steps = [(_years(case.sous_critere), case) for case in of_whole_years]
    return sorted(steps, key=lambda step: step[0])


def _years(sous_critere: str) -> float:
    """Return the years that a case names: « 2_5_an » is two and a half."""
    return float(sous_critere.removesuffix("_an").replace("_", "."))
