"""What the screens read in the tables of other paths: facts to declare, natures, the reform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.calculate.guides.law.facts import Standing, indice_majore
from iprof_kit.calculate.interface.papers import of_sources
from iprof_kit.calculate.paths.question import REFORM, Training
from iprof_kit.law.career import traitement
from iprof_kit.law.paths.rows import conditions, facts_known, months_known, natures, paths
from iprof_kit.law.tables.facts import Facts

_REFORM = Facts("reforme_concours_2026", ("cle",))


@dataclass(frozen=True)
class Gap:
    """The monthly gross of a step from one position to another, in euros of the day."""

    index_before: int
    index_after: int
    euros: float


@cache
def declared_facts() -> dict[str, str]:
    """Return what a person may declare, by key, in the words of the tables."""
    return facts_known()


@cache
def every_path() -> tuple[str, ...]:
    """Return the codes of the paths, those that complete others left out."""
    return tuple(code for code, path in paths().items() if not path.attached_to)


@cache
def asked_natures() -> dict[str, str]:
    """Return the natures of services that the conditions need, in the tables' order."""
    named = needs_of(tuple(paths())).natures
    return {
        name: str(row["libelle"])
        for name, row in natures().items()
        if name in named and row["somme"] != "oui"
    }


@dataclass(frozen=True)
class Needs:
    """What the conditions of some paths look at, beside the file."""

    facts: frozenset[str]
    natures: frozenset[str]
    periods: frozenset[str]
    studies: bool
    children: bool


@cache
def needs_of(codes: tuple[str, ...]) -> Needs:
    """Return what the conditions of these paths need to be told."""
    asked = [condition for code in codes for condition in conditions(code)]
    of: dict[str, set[str]] = {}
    for condition in asked:
        of.setdefault(condition.kind, set()).update(filter(None, condition.key.split(";")))
    natures_named = of.get("services", set())
    inside = {
        part
        for name in natures_named
        for part in str(natures()[name]["comprend"]).split(";")
        if natures()[name]["somme"] == "oui" and part
    }
    return Needs(
        frozenset(of.get("fait", set()) | of.get("retraite", set())),
        frozenset(natures_named | inside),
        frozenset(set().union(*(of.get(k, set()) for k in ("cumul", "cumul_periodes", "retour")))),
        bool({"diplome", "inscription"} & set(of)),
        bool({"enfant_age", "enfant_ne"} & set(of)),
    )


def limited_periods() -> tuple[str, ...]:
    """Return the natures of periods whose months are limited."""
    return months_known()


@cache
def reform_facts() -> tuple[Training, ...]:
    """Return the rows of the reform of the competitions that say something, in their order."""
    return tuple(
        Training(
            domaine=REFORM,
            cle=str(row.values["cle"]),
            valeur=row.text("valeur"),
            unite=row.text("unite"),
            condition=row.text("condition"),
            source=of_sources((row.papers,))[0],
        )
        for row in _REFORM.in_force(None)
        if row.has("valeur")
    )


def gross_gap(standing: Standing, index_after: int, on: date) -> Gap | None:
    """Return what another index would change to the monthly gross; None where it is not known."""
    before = indice_majore(standing, on)
    if before is None:
        return None
    try:
        point = traitement.point_value(axis_of(on))
        amounts = traitement.gross_monthly(np.array([before, index_after]), point)
    except (InputError, LawError):
        return None
    return Gap(before, index_after, round(float(amounts[1]) - float(amounts[0]), 2))
