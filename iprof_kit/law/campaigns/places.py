"""Under which names the places of a person publish the dates of their campaigns."""

from __future__ import annotations

from functools import cache

from iprof_kit.base.reference import written_rows
from iprof_kit.law.campaigns.model import NATIONAL


def places_of(departement: str, academie: str) -> tuple[str, ...]:
    """Return the names of a person's places: her département's code, her academy's name.

    Examples
    --------
    >>> places_of("063", "06")
    ('63', 'Clermont-Ferrand')
    """
    return tuple(one for one in (departement.removeprefix("0"), _names().get(academie, "")) if one)


@cache
def known_places() -> frozenset[str]:
    """Return the names under which dates may be published: the country, départements, academies.

    Examples
    --------
    >>> sorted(known_places() & {"63", "063", "2A", "Lyon", "national"})
    ['2A', '63', 'Lyon', 'national']
    """
    departements = {row["code_insee"] for row in written_rows("departements")}
    return frozenset({NATIONAL, *departements, *_names().values()})


@cache
def _names() -> dict[str, str]:
    return {row["code_academie"]: row["libelle_academie"] for row in written_rows("academies")}
