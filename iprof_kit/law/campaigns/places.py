"""Under which names the places of a person publish the dates of their campaigns."""

from __future__ import annotations

from functools import cache

from iprof_kit.base.reference import written_rows


def places_of(departement: str, academie: str) -> tuple[str, ...]:
    """Return the names of a person's places: her département's code, her academy's name.

    Examples
    --------
    >>> places_of("063", "06")
    ('63', 'Clermont-Ferrand')
    """
    return tuple(one for one in (departement.removeprefix("0"), _names().get(academie, "")) if one)


@cache
def _names() -> dict[str, str]:
    return {row["code_academie"]: row["libelle_academie"] for row in written_rows("academies")}
