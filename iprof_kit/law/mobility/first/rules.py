"""The rules of the interdepartmental movement that are numbers: one column, one campaign.

Points come out as the tables give them; a campaign that no source covers is refused.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import (
    MONTH,
    Axis,
    date_text,
    eve_of_rentree,
    rentree,
    rentree_day,
)
from iprof_kit.base.explanation import Words
from iprof_kit.law.mobility.criteria import RULE_OF_MOVEMENT, Criteria, departements_touch
from iprof_kit.law.mobility.items import items_of
from iprof_kit.law.tables.cells import grades_of
from iprof_kit.law.tables.facts import Facts, Reads
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.str_]

TABLE = "mouvement_interdepartemental_1d"
PARAMETERS = "parametres_mobilite"
LABELS = {
    "echelon": "Échelon",
    "anciennete_fonction_departement par_mois_entier": "Ancienneté dans le département",
    "anciennete_fonction_departement par_tranche_5_ans": "Ancienneté, par tranche complète",
    "rapprochement_conjoints forfait": "Rapprochement de conjoints",
    "rapprochement_conjoints par_enfant": "Enfants",
    "autorite_parentale_conjointe": "Autorité parentale conjointe",
    "annees_separation": "Années de séparation",
    "annees_separation academies_non_limitrophes": "Académies non limitrophes",
    "parent_isole": "Parent isolé",
    "handicap boe": "Bénéficiaire de l’obligation d’emploi",
    "handicap dossier_dasen": "Handicap, dossier examiné par le DASEN",
    "education_prioritaire": "Éducation prioritaire",
    "education_prioritaire cla": "Contrat local d’accompagnement",
    "mayotte_guyane mayotte_5_ans": "Exercice à Mayotte",
    "mayotte_guyane guyane_poste_isole": "Poste isolé en Guyane",
    "poste_a_profil": "Poste à profil national",
    "voeu_repete": "Vœu 1 renouvelé",
    "cimm": "Centre des intérêts matériels et moraux",
    "voeux_lies": "Vœux liés",
    "regle": RULE_OF_MOVEMENT,
}
CRITERIA = Criteria(TABLE, LABELS)
item_points = items_of(CRITERIA)
_FACTS = Facts(PARAMETERS, ("cle",))
_BY_MONTH = {"critere": "anciennete_fonction_departement", "sous_critere": "par_mois_entier"}
SENIORITY, REUNION, SEPARATION = (
    "anciennete_fonction_departement",
    "rapprochement_conjoints",
    "annees_separation",
)


def parameter(key: str, campagne: int, reads: Reads = None) -> float:
    """Return a number of `parametres_mobilite` for a campaign; `reads` as in `Fact.number`.

    Raises
    ------
    LawError, PeriodNotCovered
        Unknown key, or a campaign that it does not cover.
    """
    fact = _FACTS.read(rentree_day(campagne), f"1d_{key}", label=key)
    return fact.number("valeur", shown=RULE_OF_MOVEMENT, reads=reads)


def echelon_case(corps: str, grade: str, echelon: int) -> str:
    """Return the case of the table: « pe_classe_normale_07 », « instituteur_11 »."""
    rank = f"{echelon:02d}"
    return f"{corps}_{rank}" if len(grades_of(corps)) == 1 else f"{corps}_{grade}_{rank}"


@rule(
    name="inter_1d_echelon",
    sentence="L’échelon détenu au 31 août précédant la campagne par promotion, ou au 1er septembre "
    "par classement ou reclassement, donne les points de sa ligne.",
    source="lignes directrices de gestion du 22-10-2024 (mobilité), mouvement interdépartemental",
    since="2018-09-01",
    tables=(TABLE,),
)
def first_degree_echelon_points(cases: Sequence[str] | Codes, campagne: int) -> Numbers:
    """Return the points of a column of positions (`echelon_case`).

    Raises
    ------
    PeriodNotCovered
        No value was found for one of them in this campaign.
    LawError
        The position does not exist, or its row gives no number.
    """
    known = {
        case: CRITERIA.read(campagne, "echelon", case).points() for case in dict.fromkeys(cases)
    }
    return np.array([known[case] for case in cases], dtype=np.float64)


@rule(
    name="inter_1d_anciennete_comptee",
    sentence="L’ancienneté de fonction est celle de titulaire dans le département, en mois "
    "entiers, sans les périodes non comptées (disponibilité, congé de non-activité pour études).",
    source="lignes directrices de gestion du 22-10-2024 (mobilité), ancienneté de fonction",
    since="2018-09-01",
    tables=(TABLE, PARAMETERS),
)
def months_in_departement(since: Axis, not_counted: Axis, campagne: int) -> Axis:
    """Return whole months on the reference date of the campaign.

    Parameters
    ----------
    since : array of int64
        Axis day of arrival as titulaire in the département.
    not_counted : array of int64
        Days of the periods that do not count.
    campagne : int
        Year of the rentrée aimed at.
    """
    end = reference_day(campagne)
    days = np.maximum(end - np.asarray(since) - np.asarray(not_counted), 0)
    return np.asarray(days // MONTH, dtype=np.int64)


def reference_day(campagne: int) -> int:
    """Return the axis day after the date on which seniority is seen (31 August)."""

    def seen(before: float) -> Words:
        last = eve_of_rentree(campagne - int(before))
        return "Ancienneté comptée jusqu’au", date_text(last)

    return rentree(campagne - int(parameter("anciennete_reference_annees_avant", campagne, seen)))


@rule(
    name="inter_1d_anciennete",
    sentence="Au-delà des années décomptées, chaque mois entier d’ancienneté de fonction dans le "
    "département donne {points}/{sur} de point (tronqué au centième), et chaque tranche complète "
    "de {1d_anciennete_tranche_annees:an} une bonification.",
    source="lignes directrices de gestion du 22-10-2024 (mobilité), ancienneté de fonction",
    since="2018-09-01",
    tables=(TABLE, PARAMETERS),
    values={
        "points": value(TABLE, "unite", nth=0, **_BY_MONTH),
        "sur": value(TABLE, "unite", nth=1, **_BY_MONTH),
    },
)
def function_seniority_points(months: Axis, campagne: int) -> tuple[Numbers, Numbers]:
    """Return the points of the months, and those of the slices, of a column of seniorities."""
    beyond = months_beyond(months, campagne)
    each = CRITERIA.read(campagne, SENIORITY, "par_mois_entier").points()
    slices = beyond // (int(parameter("anciennete_tranche_annees", campagne)) * 12)
    per_slice = CRITERIA.read(campagne, SENIORITY, "par_tranche_5_ans").points()
    return np.asarray(np.floor(beyond * each * 100) / 100), np.asarray(slices * per_slice)


def months_beyond(months: Axis, campagne: int) -> Axis:
    """Return the months beyond the years that give no point."""
    free = CRITERIA.read(campagne, "regle", "franchise_anciennete_annees").number()
    return np.maximum(np.asarray(months, dtype=np.int64) - free * 12, 0)


@rule(
    name="inter_1d_voeux_familiaux",
    sentence="Le rapprochement de conjoints et l’autorité parentale conjointe portent sur le vœu "
    "1, s’il est le département où exerce le conjoint ou l’autre parent, puis sur les départements "
    "limitrophes de celui-ci.",
    source="lignes directrices de gestion du 22-10-2024 (mobilité), priorités légales",
    since="2013-09-01",
    tables=(TABLE, "limitrophes", "departements"),
)
def family_reaches(voeux: Sequence[str], premiers: Sequence[str], departement: str) -> Flags:
    """Tell which wishes a family request for a département reaches.

    Parameters
    ----------
    voeux, premiers : sequences of str
        Each wish, and wish 1 of the list that it is in.
    departement : str
        Where the spouse or the other parent works.
    """
    return np.array(
        [
            first == departement and (voeu == departement or departements_touch(voeu, departement))
            for voeu, first in zip(voeux, premiers, strict=True)
        ],
        dtype=bool,
    )


@rule(
    name="inter_1d_annees_separation",
    sentence="Une année scolaire de séparation ({1d_separation_mois_minimum:mois} au moins) "
    "compte {1d_separation_poids_activite} en activité, {1d_separation_poids_conge} en congé "
    "parental ou en disponibilité pour suivre le conjoint.",
    source="lignes directrices de gestion du 22-10-2024 (mobilité), années de séparation",
    since="2013-09-01",
    tables=(PARAMETERS,),
)
def separation_years(active: Axis, on_leave: Axis, campagne: int) -> Numbers:
    """Return the years counted, at most those of the last line of the table."""
    one = parameter("separation_poids_activite", campagne)
    half = parameter("separation_poids_conge", campagne)
    most = parameter("separation_annees_maximum", campagne)
    counted = np.asarray(active) * one + np.asarray(on_leave) * half
    return np.minimum(counted, most)


def separation_case(years: float) -> str:
    """Return the case of the table: « 1_an », « 2_5_an »."""
    return f"{years:g}_an".replace(".", "_")


@rule(
    name="inter_1d_separation",
    sentence="Les années de séparation donnent les points de leur ligne, qui ne s’ajoutent pas "
    "d’une année à l’autre.",
    source="lignes directrices de gestion du 22-10-2024 (mobilité), années de séparation",
    since="2013-09-01",
    tables=(TABLE,),
)
def separation_points(years: Numbers, campagne: int) -> Numbers:
    """Return the points of a column of counted years (`separation_years`); 0 for none.

    Raises
    ------
    PeriodNotCovered
        The campaign gives no value for one of them.
    """
    return np.array(
        [
            CRITERIA.read(campagne, SEPARATION, separation_case(float(year))).points()
            if year
            else 0.0
            for year in np.asarray(years).ravel()
        ]
    )


@rule(
    name="inter_1d_voeux_lies",
    sentence="Des vœux liés ont pour barème la moyenne des deux barèmes ; le mouvement est groupé "
    "ou n’a pas lieu.",
    source="FSU-SNUipp 75, campagne 2025 ; SE-UNSA 67",
    since="2024-09-01",
    tables=(TABLE,),
)
def linked_totals(one: Numbers, other: Numbers) -> Numbers:
    """Return the score common to two people, wish by wish."""
    return (np.asarray(one) + np.asarray(other)) / 2


def first_campaign(critere: str, sous_critere: str, campagne: int) -> int | None:
    """Return the campaign that created a bonification, None where no source says it."""
    day = rentree_day(campagne)
    for key in (f"1d_debut_{critere}_{sous_critere}", f"1d_debut_{critere}"):
        fact = _FACTS.find(day, key)
        if fact is not None:
            return fact.whole("valeur")
    return None
