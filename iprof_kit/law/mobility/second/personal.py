"""Personal criteria of the inter-academic movement: handicap, posts, overseas, sport, return."""

from __future__ import annotations

import numpy as np

from iprof_kit.law.mobility.second.amounts import (
    HANDICAP,
    OVERSEAS,
    PRIORITY,
    SPORT,
    former_apv_points,
    former_apv_rows,
    handicap_points,
    overseas_points,
    priority_points,
    priority_row,
    priority_years,
)
from iprof_kit.law.mobility.second.person import VERIFIED_RETURNS, Person2D, PriorityPost
from iprof_kit.law.mobility.second.table import (
    ACADEMIES,
    CRITERIA,
    Given,
    Wishes,
    asked,
    code_of,
    item_points,
    parameter,
    refused,
    unless_unknown,
    years_text,
)

_RETURN, _CIMM, _AGAIN = "reintegration", "cimm", "voeu_preferentiel"
MAYOTTE, GUYANE = "Mayotte", "Guyane"
_LABELS = {
    "rep": "REP",
    "rep_plus": "REP+",
    "politique_ville": "politique de la ville",
    "cla": "contrat local d’accompagnement",
}


def handicap(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of a handicap: those of the file where it counts, else the agent's."""
    if not (person.boe or person.dossier_handicap):
        return []
    named = person.academies_handicap if person.dossier_handicap else ()
    named_wishes = wishes.on(*named)
    points = handicap_points(wishes.everywhere & person.boe, named_wishes, campagne)
    why = f"dossier ({person.dossier_handicap}), si le recteur le retient"
    strong, plain = (CRITERIA.read(campagne, HANDICAP, case) for case in ("dossier_recteur", "boe"))
    given = [Given(named_wishes, asked(strong, float(points[named_wishes].max(initial=0)), why))]
    if person.boe:
        given.append(
            Given(
                ~named_wishes,
                asked(plain, float(points[~named_wishes].max(initial=0)), "agent bénéficiaire"),
            )
        )
        why = "les points d’agent bénéficiaire ne s’ajoutent pas à ceux du dossier"
        given.append(refused(HANDICAP, why, named_wishes))
    else:
        given.append(refused(HANDICAP, "académie que le dossier ne nomme pas", ~named_wishes))
    return given


def priority(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of the posts in priority education, for every wish."""
    by_post: dict[str, Given] = {}
    for post in person.education_prioritaire:
        one = unless_unknown(PRIORITY, wishes, _post, post, wishes, campagne)[0]
        by_post.setdefault(one.name or post.label, one)
    again = unless_unknown(PRIORITY, wishes, _former_apv, person, wishes, campagne)
    return [*by_post.values(), *again]


def _post(post: PriorityPost, wishes: Wishes, campagne: int) -> list[Given]:
    points = priority_points(
        np.array([post.annees]), np.array([post.affecte]), post.label, campagne
    )[0]
    if points:
        why = f"{_LABELS[post.label]}, {years_text(post.annees)}"
        row = priority_row(post.label, campagne)
        return [Given(wishes.everywhere, asked(row, float(points), why))]
    why = "il faut être encore affecté dans l’établissement à la date demandée"
    if post.affecte:
        least = priority_years(post.label, campagne)
        why = f"{years_text(post.annees)} dans l’établissement ; il en faut {least}"
    return [refused(PRIORITY, why, wishes.everywhere)]


def _former_apv(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    if not person.ex_apv_annees:
        return []
    points = former_apv_points(np.array([person.ex_apv_annees]), campagne)[0]
    rows = former_apv_rows(campagne)
    row = [row for years, row in rows.items() if years <= person.ex_apv_annees][-1]
    why = f"lycée ex-APV, {years_text(person.ex_apv_annees)} au 31 août 2015"
    return [Given(wishes.everywhere, asked(row, float(points), why))]


def overseas(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of services in Mayotte and Guyane, for every wish."""
    if not (person.mayotte_annees or person.guyane_annees):
        return []
    here = code_of(person.academie) if person.academie else ""
    old = CRITERIA.find(campagne, OVERSEAS, "5_ans")
    mayotte = person.mayotte_annees if old or here == code_of(MAYOTTE) else 0
    guyane = person.guyane_annees if old or here == code_of(GUYANE) else 0
    points = overseas_points(
        np.array([mayotte]),
        np.array([guyane]),
        np.array([person.guyane_site_isole_annees]),
        campagne,
    )[0]
    if not points:
        return [refused(OVERSEAS, _too_short(campagne, old is not None), wishes.everywhere)]
    far = "guyane_sites_isoles_2_ans"
    row = old or CRITERIA.read(campagne, OVERSEAS, far if guyane else "5_ans_mayotte")
    where = "à Mayotte" if mayotte >= guyane else "en Guyane"
    why = f"{years_text(max(mayotte, guyane))} {where}"
    return [Given(wishes.everywhere, asked(row, float(points), why))]


def _too_short(campagne: int, old: bool) -> str:
    long = int(parameter(campagne, "outre_mer_annees"))
    if old:
        return f"il faut {long} ans à Mayotte ou en Guyane"
    least = int(parameter(campagne, "guyane_annees_poste_isole"))
    return (
        f"il faut être en poste à Mayotte depuis {long} ans, ou en Guyane depuis {long} ans dont "
        f"{least} sur un poste isolé"
    )


def sport(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of a sportif de haut niveau, for every wish."""
    if not person.sportif_annees_atp:
        return []
    points = item_points("inter_2d_sportif", np.array([person.sportif_annees_atp]), campagne)
    row = CRITERIA.read(campagne, SPORT, "par_an_atp")
    why = f"{years_text(person.sportif_annees_atp)} d’affectation provisoire"
    return [Given(wishes.everywhere, asked(row, float(points[0]), why))]


def repeated(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of a first wish repeated, on wish 1."""
    if person.demandes_consecutives < 2:
        return []
    points = item_points(
        "inter_2d_voeu_preferentiel", np.array([person.demandes_consecutives - 1]), campagne
    )
    row = CRITERIA.read(campagne, _AGAIN, "par_an")
    why = f"{person.demandes_consecutives}e demande consécutive"
    return [Given(wishes.first, asked(row, float(points[0]), why))]


def back(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of a return to the former academy."""
    if not person.retour:
        return []
    on_former_academy = wishes.on(person.ancienne_academie)
    from_what = f"retour de {person.retour.replace('_', ' ')}"
    if person.retour not in VERIFIED_RETURNS:
        return [
            refused(_RETURN, f"{from_what} : points non vérifiés", on_former_academy, unknown=True)
        ]
    points = item_points("inter_2d_reintegration", on_former_academy, campagne).max(initial=0)
    row = CRITERIA.read(campagne, _RETURN, "ancienne_academie")
    return [Given(on_former_academy, asked(row, float(points), from_what))]


def interests(person: Person2D, wishes: Wishes, campagne: int) -> list[Given]:
    """Return the points of the CIMM on wish 1, with what is known of how long it is kept."""
    if not person.cimm:
        return []
    if ACADEMIES.read(None, code_of(person.cimm)).values["est_dom"] != "oui":
        return [refused(_CIMM, "ne concerne que les académies d’outre-mer", wishes.everywhere)]
    cimm_wish = wishes.first & wishes.on(person.cimm)
    points = item_points("inter_2d_cimm", cimm_wish, campagne).max()
    if not points:
        why = "l’académie du CIMM doit être demandée en vœu 1"
        return [refused(_CIMM, why, wishes.everywhere)]
    why = f"CIMM reconnu : {person.cimm}"
    for name in ("cimm_conservation", "cimm_circulaire_2023_ecartee"):
        known = CRITERIA.find(campagne, "regle", name)
        why += "" if known is None else f" ({known.condition})"
    row = CRITERIA.read(campagne, _CIMM, "dom")
    return [Given(cimm_wish, asked(row, float(points), why))]
