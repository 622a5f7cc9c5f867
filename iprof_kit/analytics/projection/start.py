"""Project a population: what an analyst calls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from iprof_kit.analytics.population.laws import value
from iprof_kit.analytics.projection.counting import Observer
from iprof_kit.analytics.projection.hypotheses import supposed
from iprof_kit.analytics.projection.people import People, read_people
from iprof_kit.analytics.projection.results import ProjectionDePopulation
from iprof_kit.analytics.projection.run import Seed, run
from iprof_kit.analytics.projection.scenario import Scenario, lire_scenario
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import options_in_french
from iprof_kit.careers.campaigns import Beyond
from iprof_kit.law.tables.schema import EVERYBODY

Given = Scenario | Mapping[str, Any] | str | Path | None


@options_in_french
def projeter(
    gens: pd.DataFrame,
    jusqua: int,
    *,
    graine: int,
    scenario: Given = None,
    suppose: Beyond = "dernier_connu",
    annee: int | None = None,
    le: date | None = None,
) -> ProjectionDePopulation:
    """Project a population year by year: campaigns, entries, exits, part-time, pay, retirements.

    Parameters
    ----------
    gens : DataFrame
        A population table (`analytics.columns`) as it stands on the day that `attrs` says: what
        `generate` or `read_extract` gives. The next 1 September is the first campaign. What is
        supposed where a column misses is in `hypotheses()`.
    jusqua : int
        Last year: its campaign of 1 September is held.
    graine : int
        One seed, one projection, whatever the order of the rows.
    scenario : Scenario, mapping or path of a YAML file, optional
        What is supposed instead of the tables (docs/analysts/projection.md).
    suppose : {"dernier_connu", "projet", "refuser"}
        What to do in a year without ratio of promotion, where the scenario gives none.
    annee : int, optional
        Read the table as that of 31 August of this year, whatever `gens.attrs` says.
    le : date, optional
        Day of the tables; by default today.

    Raises
    ------
    InputError
        What is wrong in the table or in the parameters, and where.
    LawError
        A year without ratio, where it is to be refused.

    Examples
    --------
    >>> import iprof_kit
    >>> view = iprof_kit.projeter(iprof_kit.generate(200, seed=1), 2027, graine=1)
    >>> view.effectifs()["annee"].unique().tolist()
    [2026, 2027]
    """
    people = read_people(gens, annee)
    chosen = lire_scenario(scenario)
    refuse(people, jusqua, graine, chosen)
    return projection(people, jusqua, graine, chosen, suppose, le=le or date.today())


def projection(
    people: People,
    jusqua: int,
    graine: Seed,
    scenario: Scenario,
    suppose: Beyond,
    *,
    le: date,
    observer: Observer | None = None,
) -> ProjectionDePopulation:
    """Project people already read; see `projeter`."""
    sums = run(people, jusqua, graine, scenario, suppose, observer)
    return ProjectionDePopulation(
        people.year,
        jusqua,
        graine if isinstance(graine, int) else int(graine.entropy or 0),  # type: ignore[arg-type]  # one
        scenario,
        sums,
        people.academies,
        supposed(people, jusqua, scenario, suppose),
        people.source,
        le,
    )


def refuse(people: People, jusqua: int, graine: int, scenario: Scenario) -> None:
    """Refuse years that cannot be projected, and years of a scenario outside them.

    Raises
    ------
    InputError
    """
    longest = int(value("projection_annees_max", EVERYBODY))
    if not people.year <= jusqua <= people.year + longest:
        raise InputError(
            f"l’année {jusqua} ne peut pas être projetée depuis {people.year}.",
            where="jusqua",
            remedy=f"Choisissez une année de {people.year} à {people.year + longest}.",
        )
    if graine < 0:
        raise InputError(
            "la graine doit être positive.",
            where="graine",
            remedy="Donnez un nombre entier, par exemple 1.",
        )
    for where, year in scenario.years():
        if not people.year <= year <= jusqua:
            raise InputError(
                f"l’année {year} est hors de la projection.",
                where=where,
                remedy=f"Donnez une année de {people.year} à {jusqua}.",
            )
