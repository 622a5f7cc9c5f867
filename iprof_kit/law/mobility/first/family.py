"""Family requests of the interdepartmental movement: conditions, children, separation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from iprof_kit.base.calendar import add_months_civil, date_text, rentree_day
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import number_text
from iprof_kit.law.mobility.criteria import academie_of, academies_touch, departement
from iprof_kit.law.mobility.first.basket import Basket
from iprof_kit.law.mobility.first.person import (
    Child,
    FamilyRequest,
    Person1D,
    SeparatedYear,
)
from iprof_kit.law.mobility.first.rules import (
    CRITERIA,
    PARAMETERS,
    REUNION,
    SEPARATION,
    TABLE,
    family_reaches,
    item_points,
    parameter,
    separation_case,
    separation_points,
    separation_years,
)
from iprof_kit.law.tables.rules import rule

SHARED_CUSTODY, ALONE = "autorite_parentale_conjointe", "parent_isole"
_WHO = {REUNION: "conjoint", SHARED_CUSTODY: "autre parent"}
_LDG = "lignes directrices de gestion du 22-10-2024 (mobilité), situation familiale"


def ask_family(person: Person1D, baskets: Sequence[Basket]) -> None:
    """Ask, for every wish, for what the family requests of a person give."""
    for request in person.famille:
        if request.departement:
            departement(request.departement, where="famille.departement")
        if request.demande == ALONE:
            _ask_alone(request, baskets)
        else:
            _ask_reunion(request, person, baskets)


def _ask_reunion(request: FamilyRequest, person: Person1D, baskets: Sequence[Basket]) -> None:
    kind, campagne = request.demande, baskets[0].campagne
    known = CRITERIA.find(campagne, kind, "forfait") is not None
    refused = reunion_refusal if kind == REUNION else custody_refusal
    why, unknown = refused(request, person.departement, campagne) if known else ("", False)
    reached = family_reaches(
        [basket.voeu for basket in baskets],
        [basket.premier for basket in baskets],
        request.departement,
    )
    for basket, reaches in zip(baskets, reached, strict=True):
        if why:
            basket.refuse(kind, "forfait", why, unknown=unknown)
        elif not reaches:
            basket.refuse(kind, "forfait", _out_of_reach(kind, request, basket.premier))
        else:
            _add_reunion(request, person, basket)


def _out_of_reach(kind: str, request: FamilyRequest, first: str) -> str:
    where = (
        f"le département où exerce l’{_WHO[kind]}"
        if kind == SHARED_CUSTODY
        else ("le département où exerce le conjoint")
    )
    if first != request.departement:
        return f"le vœu 1 ({first}) n’est pas {where} ({request.departement})"
    return f"ce vœu n’est ni {where} ({request.departement}), ni un département limitrophe"


def _add_reunion(request: FamilyRequest, person: Person1D, basket: Basket) -> None:
    kind, campagne = request.demande, basket.campagne
    where = f"département {request.departement}"
    if basket.voeu != request.departement:
        where = f"limitrophe du {where}"
    if request.activite == "france_travail":
        where += " ; inscription à France Travail admise si compatible, l’administration apprécie"
    basket.add(kind, "forfait", where, block=kind)
    if CRITERIA.find(campagne, REUNION, "par_enfant") is None:
        if request.enfants:
            basket.add(REUNION, "par_enfant", "")
    elif count := len(children_under_age(request.enfants, campagne)):
        basket.add(
            REUNION,
            "par_enfant",
            f"{count} enfant{'s' if count > 1 else ''}",
            lambda: float(item_points("inter_1d_enfants", np.array([count]), campagne)[0]),
            kind,
        )
    _add_separation(request, person, basket)


def _add_separation(request: FamilyRequest, person: Person1D, basket: Basket) -> None:
    kind, campagne = request.demande, basket.campagne
    if not request.separation:
        return
    kept, refused = separated_years(request.separation, campagne)
    for why in refused:
        basket.refuse(SEPARATION, "", why)
    active = sum(year.position == "activite" for year in kept)
    years = separation_years(np.array([active]), np.array([len(kept) - active]), campagne)
    if not kept:
        return
    counted = f"{years[0]:g}".replace(".", ",")
    basket.add(
        SEPARATION,
        separation_case(float(years[0])),
        f"{active} en activité, {len(kept) - active} en congé : comptées pour {counted}",
        lambda: float(separation_points(years, campagne)[0]),
        kind,
    )
    own_academy = str(academie_of(person.departement).values["code_academie"])
    other_academy = str(academie_of(request.departement).values["code_academie"])
    if own_academy != other_academy and not academies_touch(own_academy, other_academy):
        basket.add(
            SEPARATION,
            "academies_non_limitrophes",
            "les deux académies ne sont pas limitrophes",
            block=kind,
        )


def separated_years(
    years: Sequence[SeparatedYear], campagne: int
) -> tuple[tuple[SeparatedYear, ...], tuple[str, ...]]:
    """Return the school years that count, and why the others do not.

    Raises
    ------
    InputError
        A school year is written twice.
    """
    seen = [year.annee for year in years]
    twice = sorted({year for year in seen if seen.count(year) > 1})
    if twice:
        raise InputError(
            f"année scolaire écrite deux fois : {twice[0]}-{twice[0] + 1}.",
            where="separation",
            remedy="Gardez une ligne par année.",
        )
    least = parameter("separation_mois_minimum", campagne)
    kept, refused = [], []
    for year in years:
        name = f"{year.annee}-{year.annee + 1}"
        if year.annee >= campagne:
            refused.append(f"{name} : année scolaire postérieure à la campagne")
        elif year.mois < least:
            short = f"{year.mois} mois de séparation, il en faut {number_text(least)}"
            refused.append(f"{name} : {short}")
        else:
            kept.append(year)
    return tuple(kept), tuple(refused)


@rule(
    name="inter_1d_rapprochement_conjoints",
    sentence="Le mariage ou le pacs date au plus tard du 1er septembre précédant la campagne, la "
    "reconnaissance de l’enfant commun du 1er janvier. Le conjoint exerce dans un autre "
    "département ; retraite, télétravail et résidence privée sont exclus.",
    source=_LDG,
    since="2013-09-01",
    tables=(TABLE, PARAMETERS),
)
def reunion_refusal(request: FamilyRequest, departement: str, campagne: int) -> tuple[str, bool]:
    """Return why the rapprochement de conjoints is refused ("" if not), and if a date misses."""
    if request.departement == departement:
        return "le conjoint exerce dans votre département", False
    if request.activite == "retraite":
        return "conjoint retraité : situation exclue", False
    since = parameter("debut_exclusion_teletravail", campagne)
    if request.activite in ("teletravail", "residence_privee") and campagne >= since:
        what = "le télétravail" if request.activite == "teletravail" else "la résidence privée"
        return f"{what} n’ouvre pas droit (depuis {int(since)})", False
    if request.lien is None or request.lien_depuis is None:
        return "lien (mariage, pacs, enfant commun) ou sa date manquant", True
    last = date(campagne, 1, 1) if request.lien == "enfant_commun" else (rentree_day(campagne - 1))
    if request.lien_depuis > last:
        return (
            f"{_BONDS[request.lien]} du {date_text(request.lien_depuis)}, "
            f"après le {date_text(last)}"
        ), False
    return "", False


_BONDS = {"mariage": "mariage", "pacs": "pacs", "enfant_commun": "reconnaissance de l’enfant"}


@rule(
    name="inter_1d_autorite_parentale",
    sentence="L’autorité parentale conjointe suppose un enfant de moins de "
    "{1d_enfant_age_limite:an} au 31 août de la rentrée visée.",
    source=_LDG,
    since="2024-09-01",
    tables=(TABLE, PARAMETERS),
)
def custody_refusal(request: FamilyRequest, departement: str, campagne: int) -> tuple[str, bool]:
    """Return why the autorité parentale conjointe is refused ("" if not), and if a date misses."""
    if request.departement == departement:
        return "l’autre parent exerce dans votre département", False
    if children_under_age(request.enfants, campagne):
        return "", False
    limit = parameter("enfant_age_limite", campagne)
    return f"aucun enfant de moins de {number_text(limit)} ans au 31 août {campagne}", False


def children_under_age(
    children: Sequence[Child], campagne: int, *, on_the_rentree: bool = False
) -> tuple[Child, ...]:
    """Return the children to be born, or below the age limit on 31 August (or 1 September)."""
    day = rentree_day(campagne)
    months = int(parameter("enfant_age_limite", campagne)) * 12
    return tuple(child for child in children if _counts(child, months, day, on_the_rentree))


def _counts(child: Child, months: int, day: date, on_the_rentree: bool) -> bool:
    if child.a_naitre or child.naissance is None:
        return child.a_naitre
    of_age = add_months_civil(child.naissance, months)
    return of_age > day or (of_age == day and not on_the_rentree)


def _ask_alone(request: FamilyRequest, baskets: Sequence[Basket]) -> None:
    for basket in baskets:
        campagne = basket.campagne
        ended = CRITERIA.find(campagne, ALONE, "supprime")
        known = CRITERIA.find(campagne, ALONE, "forfait") is not None
        why = single_parent_refusal(request, basket.voeu, campagne) if known else ""
        if ended is not None and not ended.points():
            basket.refuse(ALONE, "", ended.condition)
        elif why:
            basket.refuse(ALONE, "", why)
        else:
            basket.add(ALONE, "forfait", "autorité parentale exclusive")


@rule(
    name="inter_1d_parent_isole",
    sentence="Le parent isolé qui exerçait seul l’autorité parentale sur un enfant de moins de "
    "{1d_enfant_age_limite:an} au 1er septembre avait des points pour les vœux qui amélioraient "
    "la vie de l’enfant.",
    source="mouvement interdépartemental 2018, critères de classement",
    since="2018-09-01",
    until="2023-12-31",
    tables=(TABLE, "parametres_mobilite"),
)
def single_parent_refusal(request: FamilyRequest, voeu: str, campagne: int) -> str:
    """Return why the parent isolé points are refused, "" if they are not."""
    if not children_under_age(request.enfants, campagne, on_the_rentree=True):
        limit = parameter("enfant_age_limite", campagne)
        return f"aucun enfant de moins de {number_text(limit)} ans au 1er septembre {campagne}"
    if voeu not in request.voeux_ameliorant:
        return "ce vœu n’améliore pas, d’après votre demande, les conditions de vie de l’enfant"
    return ""
