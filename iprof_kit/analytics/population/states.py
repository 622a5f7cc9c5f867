"""The yearly states of the fictitious population: a row a person and a 31 August, leavers too."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.population import postings
from iprof_kit.analytics.population.build import (
    Population,
    build,
    career_columns,
    first_year,
    generators,
    typed,
)
from iprof_kit.analytics.population.entrants import Draw, Entrants, Whole, exit_reasons, reasons_of
from iprof_kit.analytics.population.replay import situation
from iprof_kit.base.calendar import rentree, to_dates
from iprof_kit.base.errors import InputError


def etats(
    size: int,
    seed: int,
    annee: int | None = None,
    *,
    depuis: int | None = None,
    dernier: bool = False,
) -> pd.DataFrame:
    """Return the yearly states of a fictitious population, with those who left on the way.

    Parameters
    ----------
    size, seed, annee
        See `generate`: `size` people are there on 31 August of `annee`, with the numbers that
        `generate` gives them.
    depuis : int, optional
        First year; by default the first whose échelons the tables give.
    dernier : bool
        One row a person, the last one, instead of one a year.

    Returns
    -------
    DataFrame
        Columns of `analytics.columns`, by `numero` then `annee`: who was in a corps on 31 August of
        that year, and how. `date_sortie` and `motif_sortie` are on the last row of those who left
        before 31 August of the year after; `attrs` are those of `generate`.

    Raises
    ------
    InputError
        As `generate`, or a first year outside what the tables allow.

    Examples
    --------
    >>> import iprof_kit
    >>> iprof_kit.etats(100, seed=1, annee=2026, depuis=2024)["annee"].unique().tolist()
    [2024, 2025, 2026]
    """
    population = build(size, seed, annee)
    first = _first(depuis, population.year)
    draws = generators(seed)
    lasting = _lasting(population, draws["etats"])
    reasons = _reasons(population.people, draws["sorties"])
    parts = []
    for year in range(first_year(), population.year + 1):
        service = postings.draw_service(population.people, rentree(year) - 1, draws["etats"])
        if year >= first:
            parts.append(_state(population, year, service, lasting, reasons))
    states = pd.concat(parts).sort_values(["numero", "annee"], ignore_index=True)
    if dernier:
        states = states.drop_duplicates("numero", keep="last", ignore_index=True)
    states.attrs = dict(population.table.attrs)
    return states


def _first(asked: int | None, last: int) -> int:
    first = first_year()
    if asked is None:
        return first
    if not first <= asked <= last:
        raise InputError(
            f"la première année {asked} n’est pas couverte.",
            where="depuis",
            remedy=f"Choisissez une année de {first} à {last}.",
        )
    return asked


def _lasting(population: Population, draw: Draw) -> pd.DataFrame:
    """Return what does not change with the years: number, academy, department, discipline.

    Those of the table keep what it says; the others have the numbers that follow.
    """
    gone = np.setdiff1d(np.arange(len(population.people)), population.rows)
    academy, first = population.academy[gone], population.size + 1
    others = pd.DataFrame(
        {
            "numero": [f"SYN{n:09d}" for n in range(first, first + gone.size)],
            "academie": postings.academies()[academy],
            "departement": postings.draw_departments(academy, draw),
            "discipline": postings.draw_disciplines(population.people.corps[gone], draw),
        },
        index=gone,
    )
    known = population.table[list(others)].set_axis(population.rows)
    return pd.concat([known, others]).sort_index()


def _reasons(people: Entrants, draw: Draw) -> postings.Texts:
    place = reasons_of(people.left - people.entered, people.retired, draw.random(len(people)))
    reasons: postings.Texts = np.array(exit_reasons(), dtype=object)[place]
    return reasons


def _state(
    population: Population,
    year: int,
    service: postings.Service,
    lasting: pd.DataFrame,
    reasons: postings.Texts,
) -> pd.DataFrame:
    """Return who was there on 31 August of a year; the last one is that of the table."""
    everybody, day = population.people, rentree(year) - 1
    rows = np.flatnonzero(everybody.present(day))
    people = everybody.take(rows)
    now = situation(population.start, population.careers.walk.events, day).take(rows)
    leaves = _leaves(people.left, year, population.year)
    columns = {
        "annee": year,
        "prenom": "",
        "nom": "",
        **{str(name): column for name, column in lasting.iloc[rows].items()},
        **career_columns(people, now, day),
        "position": service.position[rows],
        "modalite": service.modalite[rows],
        "quotite": service.quotite[rows],
        "date_sortie": np.where(leaves, to_dates(people.left), np.datetime64("NaT")),
        "motif_sortie": np.where(leaves, reasons[rows], ""),
    }
    frame = typed(pd.DataFrame(columns, index=rows))
    if year == population.year:
        same = ["position", "modalite", "quotite"]
        frame.loc[population.rows, same] = population.table[same].set_axis(population.rows)
    return frame


def _leaves(left: Whole, year: int, last: int) -> npt.NDArray[np.bool_]:
    """Tell who leaves before the next 31 August, where that day is observed."""
    return np.asarray((left < rentree(year + 1)) & (year < last))
