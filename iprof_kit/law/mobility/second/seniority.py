"""Seniority of service (échelon) and in the post, in the inter-academic movement."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import YEAR, axis_of, rentree
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import unexplained
from iprof_kit.base.words import points_text
from iprof_kit.law.mobility.criteria import Criterion
from iprof_kit.law.mobility.second.person import Person2D
from iprof_kit.law.mobility.second.table import (
    CRITERIA,
    NOTES,
    SINCE,
    TABLE,
    Given,
    Points,
    Wishes,
    asked,
    parameter,
    refused,
    years_text,
)
from iprof_kit.law.tables.rules import rule

Years = npt.NDArray[np.int64]

_SERVICE, _POST = "anciennete_service", "anciennete_poste"
_TOTAL = re.compile(
    r"(?P<grade>hors_classe|classe_exceptionnelle)_(?P<corps>[a-z_]+)_echelon(?P<level>\d+)_"
    r"(?P<years>\d+)ans"
)
"""Rows of a whole total, for a corps some years in the last échelon of its old scale."""

_LASTING = {
    "clm": "congé de longue maladie",
    "cld": "congé de longue durée",
    "conge_parental": "congé parental",
    "conge_mobilite": "congé de mobilité",
    "detachement_direction_stagiaire": "stage de personnel de direction",
    "detachement_inspection_stagiaire": "stage d’inspecteur",
    "reconversion": "reconversion",
}
"""What does not interrupt the seniority in the post, for somebody who comes back to it."""


@rule(
    sentence="En classe normale, chaque échelon détenu au 31 août précédent donne des points, avec "
    "un minimum pour les premiers échelons.",
    source=NOTES,
    since=SINCE,
    name="inter_2d_echelon_classe_normale",
    tables=(TABLE,),
)
def ordinary_grade_points(echelon: Years, campagne: int) -> Points:
    """Return the points of the échelons of the classe normale.

    Returns
    -------
    array of float64, same shape
        Points.

    Raises
    ------
    PeriodNotCovered
        The campaign has no known minimum, and an échelon is low enough to need one.
    """
    counted = (
        np.asarray(echelon)
        * CRITERIA.read(campagne, _SERVICE, "classe_normale_par_echelon").points()
    )
    least = CRITERIA.find(campagne, _SERVICE, "classe_normale_minimum")
    if least is None and np.all(counted >= _highest_minimum()):
        return np.asarray(counted, dtype=np.float64)
    least = least or CRITERIA.read(campagne, _SERVICE, "classe_normale_minimum")
    raised: Points = np.maximum(counted, least.points())
    return raised


def _highest_minimum() -> float:
    """Return the highest minimum of all campaigns: above it, none is needed."""
    years = CRITERIA.campaigns_of(_SERVICE, "classe_normale_minimum")
    with unexplained():
        rows = [CRITERIA.read(year, _SERVICE, "classe_normale_minimum") for year in years]
        return max(row.points() for row in rows)


@rule(
    sentence="À la hors classe et à la classe exceptionnelle, un forfait s’ajoute aux points "
    "d’échelon, dans la limite d’un plafond ; l’agrégé qui a plusieurs années dans certains "
    "échelons a un total plus élevé.",
    source=NOTES,
    since=SINCE,
    name="inter_2d_echelon_autres_grades",
    tables=(TABLE,),
)
def higher_grade_points(
    echelon: Years, annees: Years, grade: str, corps: str, campagne: int
) -> Points:
    """Return the points of the échelons of a grade above the classe normale.

    Parameters
    ----------
    echelon, annees : array of int64
        Échelon, and complete years in it on 31 August before the campaign's year.

    Returns
    -------
    array of float64, same shape
        Points.

    Raises
    ------
    PeriodNotCovered
        The campaign has no known value for this grade.
    """
    echelon, annees = np.broadcast_arrays(np.asarray(echelon), np.asarray(annees))
    totals = _totals(campagne, grade, corps)
    highest = np.zeros(echelon.shape)
    for row, level, years in totals:
        reached = (echelon == level) & (annees >= years)
        highest = np.where(reached, np.maximum(highest, row.points()), highest)
    if np.all(highest > 0):
        return highest
    base = CRITERIA.read(campagne, _SERVICE, _flat_case(grade, corps))
    step = CRITERIA.read(campagne, _SERVICE, "classe_normale_par_echelon")
    counted = base.points() + step.points() * echelon
    ceiling = base.ceiling()
    capped = counted if ceiling is None else np.minimum(counted, ceiling)
    better: Points = np.maximum(highest, capped)
    return better


def _flat_case(grade: str, corps: str) -> str:
    """Return the case of a grade: that of the corps where a campaign gives it one of its own."""
    own = f"{grade}_{corps}_forfait"
    return own if CRITERIA.campaigns_of(_SERVICE, own) else f"{grade}_forfait"


def _totals(campagne: int, grade: str, corps: str) -> list[tuple[Criterion, int, int]]:
    """Return the rows that give a corps a whole total in a campaign, with échelon and years."""
    cases = CRITERIA.cases(campagne, _SERVICE)
    matched = [(case, _TOTAL.fullmatch(case.sous_critere)) for case in cases]
    return [
        (case, int(m["level"]), int(m["years"]))
        for case, m in matched
        if m and (m["grade"], m["corps"]) == (grade, corps)
    ]


@rule(
    sentence="L’ancienneté dans le poste, appréciée au 31 août de la campagne, donne des points "
    "par année et par tranche complète d’années.",
    source=NOTES,
    since=SINCE,
    name="inter_2d_anciennete_poste",
    tables=(TABLE, "parametres_mobilite"),
)
def post_points(annees: Years, campagne: int) -> Points:
    """Return the points of the complete years in the post.

    Parameters
    ----------
    annees : array of int64
        Complete years on 31 August of the campaign's year.

    Returns
    -------
    array of float64, [2, shape of annees]
        Points of the years, points of the complete slices.
    """
    annees = np.asarray(annees)
    each = CRITERIA.read(campagne, _POST, "par_an").points()
    slice_points = CRITERIA.read(campagne, _POST, "par_tranche_4_ans").points()
    slices = annees // int(parameter(campagne, "poste_tranche_annees"))
    return np.stack([each * annees, slice_points * slices])


def service(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of the échelon, the same for every wish."""
    if person.grade == "classe_normale":
        points = ordinary_grade_points(np.array([person.echelon]), campagne)
        row = CRITERIA.read(campagne, _SERVICE, "classe_normale_par_echelon")
        why = f"classe normale, échelon {person.echelon}"
        if points[0] > row.points() * person.echelon:
            row = CRITERIA.read(campagne, _SERVICE, "classe_normale_minimum")
            why = f"{why}, minimum"
        return [Given(wishes.everywhere, asked(row, float(points[0]), why))]
    years = _years_in_echelon(person, campagne)
    points = higher_grade_points(
        np.array([person.echelon]), np.array([years]), person.grade, person.corps, campagne
    )
    row = _row_read(person, years, campagne)
    why = f"{person.grade.replace('_', ' ')}, échelon {person.echelon}"
    if row.capped:
        why = f"{why} ({row.condition})"
    step = CRITERIA.read(campagne, _SERVICE, "classe_normale_par_echelon")
    given = [Given(wishes.everywhere, asked(row, float(points[0]), why, also=step))]
    return given + _totals_of_other_campaigns(person, years, wishes, campagne)


def _row_read(person: Person2D, years: int, campagne: int) -> Criterion:
    reached = [
        case
        for case, level, least in _totals(campagne, person.grade, person.corps)
        if person.echelon == level and years >= least
    ]
    if reached:
        return max(reached, key=lambda case: case.points())
    return CRITERIA.read(campagne, _SERVICE, _flat_case(person.grade, person.corps))


def _totals_of_other_campaigns(
    person: Person2D, years: int, wishes: Wishes, campagne: int
) -> list[Given]:
    """Say which higher total other campaigns give, that nothing was found about in this one."""
    here = {case.sous_critere for case, _, _ in _totals(campagne, person.grade, person.corps)}
    for year in CRITERIA.campaigns:
        for case, level, least in _totals(year, person.grade, person.corps):
            reached = person.echelon == level and years >= least
            if reached and case.sous_critere not in here:
                why = (
                    f"total de l’agrégé à l’échelon {level} depuis {least} ans : aucune "
                    f"valeur trouvée pour la campagne {campagne} (connue pour {year})"
                )
                return [refused(_SERVICE, why, wishes.everywhere, unknown=True)]
    return []


def _years_in_echelon(person: Person2D, campagne: int) -> int:
    """Return the complete years in the échelon on 31 August before the campaign's year."""
    totals = (_totals(year, person.grade, person.corps) for year in CRITERIA.campaigns)
    if person.echelon not in {level for of_a_year in totals for _, level, _ in of_a_year}:
        return 0
    if person.echelon_depuis is None:
        raise InputError(
            "la date d’entrée dans l’échelon compte pour un agrégé dans cet échelon.",
            where="echelon_depuis",
            remedy="Indiquez-la.",
        )
    return (rentree(campagne - 1) - axis_of(person.echelon_depuis)) // YEAR


def post(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of the seniority in the post, the same for every wish."""
    everywhere = wishes.everywhere
    if person.stagiaire and person.origine != "ex_titulaire_enseignement":
        row = CRITERIA.find(campagne, _POST, "stagiaire_non_ex_titulaire")
        why = "un stagiaire qui n’était pas titulaire n’a pas d’ancienneté dans le poste"
        if row is not None and row.points():
            return [Given(everywhere, asked(row, row.points(), "forfait de stagiaire"))]
        return [refused(_POST, why, everywhere)]
    if person.anciennete_poste_annees is None:
        why = "non calculée : les années dans le poste manquent"
        return [refused(_POST, why, everywhere, unknown=True)]
    given: list[Given] = []
    years = person.anciennete_poste_annees
    years += person.detachement_annees + person.corps_origine_annees
    if person.interruption in _LASTING:
        years += person.annees_avant_interruption
    elif person.annees_avant_interruption:
        why = "les années d’avant une interruption qui n’est pas neutre ne comptent pas"
        given.append(refused(_POST, why, everywhere))
    if person.stagiaire:
        given.append(_former_tenure(wishes, campagne))
    if years:
        by_year, by_slice = post_points(np.array([years]), campagne)[:, 0]
        row = CRITERIA.read(campagne, _POST, "par_an")
        why = f"{years_text(years)}{_neutral(person)}"
        given.append(Given(everywhere, asked(row, float(by_year), why)))
        if by_slice:
            row = CRITERIA.read(campagne, _POST, "par_tranche_4_ans")
            given.append(Given(everywhere, asked(row, float(by_slice), "tranches complètes")))
    return given


def _former_tenure(wishes: Wishes, campagne: int) -> Given:
    row = CRITERIA.find(campagne, _POST, "stagiaire_ex_titulaire_forfait")
    if row is None:
        why = f"forfait d’ancien titulaire : aucune valeur trouvée pour la campagne {campagne}"
        return refused(_POST, why, wishes.everywhere, unknown=True)
    return Given(wishes.everywhere, asked(row, row.points(), "forfait d’ancien titulaire"))


def _neutral(person: Person2D) -> str:
    if person.interruption not in _LASTING or not person.annees_avant_interruption:
        return ""
    before = points_text(person.annees_avant_interruption)
    return f", dont {before} avant une interruption neutre ({_LASTING[person.interruption]})"
