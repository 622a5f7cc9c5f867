"""How a table of promotions is ranked: criteria, balance, reserve, as each authority did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.base.explanation import Parameter, Words, explaining, note
from iprof_kit.base.words import NBSP, corps_label, grade_label
from iprof_kit.law.promotion.procedures.files import known_procedures
from iprof_kit.law.promotion.procedures.model import CRITERIA, Procedure
from iprof_kit.law.promotion.rows import grade_before
from iprof_kit.law.tables.rules import rule

__all__ = [
    "ACCELERATED",
    "CRITERIA",
    "Procedure",
    "fair_part",
    "procedure_names",
    "procedure_of_id",
    "quota_places",
    "ranking_procedure",
    "reserved_places",
]
ACCELERATED = "avancement_accelere"
"""The operation of the bonifications of a year, at the 6e and 8e échelons."""


@rule(
    sentence="Les promouvables sont classés selon leur barème ou leurs avis, puis départagés dans "
    "un ordre que fixe l’autorité qui arrête le tableau ; l’équilibre entre les femmes et les "
    "hommes est recherché.",
    source="lignes directrices de gestion ministérielles (2020-11-05, 2023-11-27)",
    since="2018-09-01",
    tables=("procedures_classement",),
)
def ranking_procedure(corps: str, target_grade: str, year: int, name: str = "") -> Procedure:
    """Return how a table of promotions is ranked.

    Parameters
    ----------
    year : int
        Campaign.
    name : str
        Id of a file of data/procedures; by default the national order of the campaign.

    Raises
    ------
    InputError
        No such procedure for this corps and campaign; the message lists those that exist.
    PeriodNotCovered
        No national order known for this campaign.
    """
    procedures = {one.id: one for one in _of(corps, target_grade, year)}
    if name:
        if name not in procedures:
            raise InputError(
                f"la procédure « {name} » n’est pas connue pour la campagne {year} "
                f"({corps_label(corps, plural=True)}, {_label(target_grade)}).",
                where="procedure",
                remedy=f"Procédures connues : {', '.join(procedures) or 'aucune'}.",
            )
        return _noted(procedures[name])
    for one in procedures.values():
        if one.national:
            return _noted(one)
    raise PeriodNotCovered(
        f"période non couverte : aucun ordre national de classement connu pour la campagne "
        f"{year} ({corps_label(corps, plural=True)}, {_label(target_grade)}).",
        where="procedure",
        remedy=f"Procédures locales connues : {', '.join(procedures) or 'aucune'}.",
    )


def procedure_names(corps: str, target_grade: str, year: int) -> tuple[str, ...]:
    """Return the ids of the procedures known for a corps and a campaign."""
    return tuple(one.id for one in _of(corps, target_grade, year))


def procedure_of_id(name: str) -> Procedure:
    """Return a procedure whatever its corps and campaign: to try it elsewhere, as a hypothesis.

    Raises
    ------
    InputError
        No such procedure; the message lists those that exist.
    """
    procedures = {one.id: one for one in known_procedures()}
    if name not in procedures:
        raise InputError(
            f"la procédure « {name} » n’existe pas.",
            where="procedure",
            remedy=f"Procédures connues : {', '.join(procedures)}.",
        )
    return _noted(procedures[name])


def _part_of_the_places(given: Mapping[str, Any], part: Any) -> tuple[Words, ...]:
    members, listed, places = given["members"], given["listed"], given["places"]
    words = f"{members} des {listed} promouvables, donc {part} des {places} places"
    return (("Part du groupe", words),)


def _kept_places(given: Mapping[str, Any], kept: Any) -> tuple[Words, ...]:
    shares = [given[name] for name in ("reserve_pct", "part_pct") if name in given]
    return (("Places de l’étape", f"{shares[0]}{NBSP}% de {given['places']}, soit {kept}"),)


@rule(
    sentence="La part d’un groupe (femmes, affectés du supérieur) parmi les promus tend vers sa "
    "part parmi les promouvables.",
    source="lignes directrices de gestion ministérielles ; bordeaux.snes.edu CE 2025",
    since="2018-09-01",
    reads=_part_of_the_places,
)
def fair_part(members: int, listed: int, places: int) -> int:
    """Return how many of a group the places would take in proportion, to the nearest person."""
    if not listed:
        return 0
    return (2 * places * members + listed) // (2 * listed)


@rule(
    sentence="Une part du contingent peut être réservée, hors classement ; elle est arrondie à "
    "l’entier inférieur.",
    source="55.snuipp.fr (Meuse, 2021 : 5 % pour les agents proches de la retraite)",
    since="2018-09-01",
    tables=("procedures_classement",),
    reads=_kept_places,
)
def reserved_places(places: int, reserve_pct: int) -> int:
    """Return the places kept out of rank."""
    return places * reserve_pct // 100


@rule(
    sentence="Un quota par appréciation est une part du contingent, arrondie à l’entier "
    "inférieur ; les places qu’il laisse sont attribuées selon le rang.",
    source="procédure décrite par l’autorité (étape quota)",
    since="2018-09-01",
    tables=("procedures_classement",),
    reads=_kept_places,
)
def quota_places(places: int, part_pct: int) -> int:
    """Return the places of an appréciation."""
    return places * part_pct // 100


def _of(corps: str, target_grade: str, year: int) -> list[Procedure]:
    if target_grade != ACCELERATED:
        grade_before(corps, target_grade)
    return [one for one in known_procedures() if one.used_in(corps, target_grade, year)]


def _label(operation: str) -> str:
    return "avancement accéléré" if operation == ACCELERATED else grade_label(operation)


def _noted(procedure: Procedure) -> Procedure:
    if explaining():
        note(
            Parameter(
                "ordre de classement",
                " > ".join(procedure.criteria),
                procedure.source.text,
                confidence=procedure.source.confidence,
                words=("Ordre de classement", procedure.order_text),
            )
        )
    return procedure
