"""Family criteria of the inter-academic movement: spouses, children, separation, authority."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from iprof_kit.base.calendar import (
    date_text,
    rentree_day,
    school_year,
)
from iprof_kit.base.words import points_text
from iprof_kit.law.mobility.criteria import academies_touch, departement, departements_touch
from iprof_kit.law.mobility.second.family_amounts import (
    ALONE,
    APART,
    BOTH,
    SHARED,
    TOGETHER,
    children_counted,
    distance_points,
    family_zone,
    lone_parent_points,
    separation_points,
    separation_steps,
    separation_weights,
)
from iprof_kit.law.mobility.second.person import WORKING, OtherParent, Person2D
from iprof_kit.law.mobility.second.table import (
    CRITERIA,
    Given,
    Mask,
    Wishes,
    asked,
    code_of,
    item_points,
    parameter,
    refused,
    unless_unknown,
)

FAMILY = "famille"


def family(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of the one family request of the person, for the wishes concerned."""
    if not person.demandes:
        return []
    what = person.demandes[0]
    if what == ALONE:
        return unless_unknown(what, wishes, _lone_parent, person, wishes, campagne)
    other = person.conjoint
    if other is None:
        return []
    of = _both_moving if what == BOTH else _near
    return unless_unknown(what, wishes, of, person, other, wishes, campagne)


def _near(person: Person2D, other: OtherParent, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of a request to live with, or near, the other person."""
    what = person.demandes[0]
    refusal = _refusal(person, other, wishes, campagne)
    if refusal:
        return [refused(what, refusal, wishes.everywhere)]
    zone = family_zone(wishes)
    given = _together(person, wishes, campagne, zone)
    if what == TOGETHER or other.activite in WORKING:
        given += unless_unknown(APART, wishes, _apart, person, other, wishes, campagne, zone)
    elif person.separation:
        why = "les points de séparation supposent que l’autre parent travaille"
        given.append(refused(APART, why, wishes.everywhere))
    why = "hors du vœu 1 et des académies limitrophes demandées à la suite"
    return [*given, refused(what, why, ~zone)]


def _refusal(person: Person2D, other: OtherParent, wishes: Wishes, campagne: int) -> str:
    """Return why nothing is due to any wish, "" where it is due."""
    spouses = person.demandes[0] == TOGETHER
    if spouses and other.activite not in WORKING:
        return "la situation professionnelle du conjoint n’ouvre pas le rapprochement"
    if other.teletravail:
        return "le lieu de télétravail n’est pas une résidence professionnelle"
    accepted = [code_of(name) for name in (other.academie, other.academie_privee) if name]
    if wishes.codes[0] not in accepted:
        return "le vœu 1 n’est pas l’académie de résidence de l’autre personne"
    if spouses and person.date_lien is not None:
        limit = _first_day_too_late(person.lien, campagne)
        if person.date_lien >= limit:
            return f"le lien est postérieur au {date_text(limit - timedelta(days=1))}"
    return ""


def _first_day_too_late(lien: str, campagne: int) -> date:
    """Return the day after 31 August (or 31 December for a child) before the campaign's year."""
    if lien in ("enfant_commun", "grossesse"):
        return date(campagne, 1, 1)
    return rentree_day(campagne - 1)


def _children(person: Person2D, campagne: int) -> int:
    births = np.array(person.naissances, dtype="datetime64[D]")
    born = int(children_counted(births, campagne).sum()) if births.size else 0
    return born + person.enfants_a_naitre


def _together(person: Person2D, wishes: Wishes, campagne: int, zone: Mask) -> list[Given]:
    """Return the flat sum and the children's points of a request to live together."""
    extra = _children(person, campagne) if person.naissances or person.enfants_a_naitre else 0
    if person.demandes[0] == SHARED:
        if not extra:
            return [refused(SHARED, "aucun enfant n’a moins de l’âge limite", wishes.everywhere)]
        row, extra = CRITERIA.read(campagne, SHARED, "forfait_1_enfant"), extra - 1
        points, why = (
            item_points("inter_2d_autorite_parentale", zone, campagne),
            "premier enfant compris",
        )
    else:
        row = CRITERIA.read(campagne, TOGETHER, "forfait")
        points = item_points("inter_2d_rapprochement_conjoints", zone, campagne)
        why = "forfait" if person.date_lien else f"forfait, sous réserve : {row.condition}"
    given = [Given(zone, asked(row, float(points.max()), why, FAMILY))]
    if extra:
        given += unless_unknown(row.critere, wishes, _more_children, extra, zone, campagne)
    return given


def _more_children(extra: int, zone: Mask, campagne: int) -> list[Given]:
    points = item_points("inter_2d_points_enfants", np.array([extra]), campagne)[0]
    row = CRITERIA.read(campagne, TOGETHER, "par_enfant")
    why = f"{extra} enfant{'s' if extra > 1 else ''}"
    return [Given(zone, asked(row, float(points), why, FAMILY))]


def _apart(
    person: Person2D, other: OtherParent, wishes: Wishes, campagne: int, zone: Mask
) -> list[Given]:
    """Return the points of the years apart and of the distance."""
    if not person.separation:
        return []
    refusal = _not_apart(person, other)
    if refusal:
        return [refused(APART, refusal, wishes.everywhere)]
    counted = _years_apart(person, campagne)
    if not counted:
        return [refused(APART, "aucune année de séparation ne compte", wishes.everywhere)]
    points = float(separation_points(np.array([counted]), campagne)[0])
    row = [row for years, row in separation_steps(campagne) if years <= counted][-1]
    why = f"{points_text(counted)} année{'s' if counted > 1 else ''} de séparation"
    given = [Given(zone, asked(row, points, why, FAMILY))]
    return given + _distance(person, other, campagne, zone)


def _not_apart(person: Person2D, other: OtherParent) -> str:
    """Return why two people are not apart in the sense of the movement, "" where they may be."""
    if not (person.departement and other.departement):
        return ""
    if person.departement == other.departement:
        return "les deux départements sont le même"
    two = (person.departement, other.departement)
    if all(departement(code).values["entite_separation_paris"] == "oui" for code in two):
        return "Paris et les départements de sa petite couronne forment une seule entité"
    return ""


def _years_apart(person: Person2D, campagne: int) -> float:
    """Return the years that count, from the family event on."""
    begins = None if person.date_lien is None else school_year(person.date_lien)
    counting = [year for year in person.separation if begins is None or year.annee >= begins]
    if not counting:
        return 0.0
    months = np.array([year.mois for year in counting])
    positions = np.array([year.position for year in counting])
    counted = float(separation_weights(months, positions, campagne).sum())
    if person.stagiaire:
        return min(counted, parameter(campagne, "separation_annees_stagiaire"))
    return counted


def _distance(person: Person2D, other: OtherParent, campagne: int, zone: Mask) -> list[Given]:
    """Return the points of academies, or of departments, that do not border each other."""
    here, there = person.academie or person.academie_stage, code_of(other.academie)
    if not here:
        why = "éloignement : non calculé, votre académie manque"
        return [refused(APART, why, zone, unknown=True)]
    if code_of(here) == there:
        return []
    near = academies_touch(code_of(here), there)
    if near and not (person.departement and other.departement):
        why = "éloignement : non calculé, un des deux départements manque"
        return [refused(APART, why, zone, unknown=True)]
    close = near and departements_touch(person.departement, other.departement)
    points = float(distance_points(np.array([near]), np.array([close]), campagne)[0])
    if not points:
        return []
    what = "departements" if near else "academies"
    row = CRITERIA.read(campagne, APART, f"{what}_non_limitrophes")
    label = "départements non limitrophes" if near else "académies non limitrophes"
    return [Given(zone, asked(row, points, label, FAMILY))]


def _lone_parent(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of a lone parent, which the recent campaigns no longer give."""
    zone = family_zone(wishes)
    points = lone_parent_points(zone, campagne)
    gone = CRITERIA.find(campagne, ALONE, "supprime")
    if gone is not None and not points.any():
        return [refused(ALONE, gone.condition, wishes.everywhere)]
    if not _children(person, campagne):
        return [refused(ALONE, "aucun enfant n’a moins de l’âge limite", wishes.everywhere)]
    row = gone or CRITERIA.read(campagne, ALONE, "forfait")
    why = "hors du vœu 1 et des académies limitrophes"
    return [
        Given(zone, asked(row, float(points.max()), "forfait", ALONE)),
        refused(ALONE, why, ~zone),
    ]


def _both_moving(
    person: Person2D, other: OtherParent, wishes: Wishes, campagne: int
) -> list[Given]:
    """Return the points of two spouses of one status who ask for the same wishes."""
    if not other.statut or other.voeux_identiques is None:
        why = "non calculée : le statut du conjoint ou l’identité des vœux manque"
        return [refused(BOTH, why, wishes.everywhere, unknown=True)]
    if other.statut != person.statut:
        why = "les deux conjoints doivent être tous deux titulaires ou tous deux stagiaires"
        return [refused(BOTH, why, wishes.everywhere)]
    if not other.voeux_identiques:
        why = "les vœux doivent être identiques, dans le même ordre"
        return [refused(BOTH, why, wishes.everywhere)]
    zone = family_zone(wishes)
    points = float(item_points("inter_2d_mutation_simultanee", zone, campagne).max())
    row = CRITERIA.read(campagne, BOTH, "forfait")
    why = "hors du vœu 1 et des académies limitrophes"
    return [Given(zone, asked(row, points, "forfait", BOTH)), refused(BOTH, why, ~zone)]
