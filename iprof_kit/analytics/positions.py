"""The positions of a population: who loses time, and whose answer must be verified."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError
from iprof_kit.careers.acts import Acts
from iprof_kit.careers.agents import NEVER, Agents
from iprof_kit.careers.leaves import leave_acts, lost_time
from iprof_kit.law.career.positions import (
    Stays,
    always_counts,
    counted_time,
    position_code,
    uncertain,
)

Period = tuple[str, str | None, date, date | None]
"""Position, motif, first day, last day (None: open)."""
Flags = npt.NDArray[np.bool_]
_A_DAY = timedelta(days=1)


def absences(people: pd.DataFrame, agents: Agents) -> tuple[Acts | None, Flags]:
    """Return what the positions take away, and whose answer must be verified.

    A stay without end lasts as long as the career: a disponibilité that does not count suspends
    it. The answer must be verified where a position is unknown or its rule doubtful, where a stay
    that may cost time has no end, or where only the name of a position is known.

    Parameters
    ----------
    people : DataFrame
        One row an agent, in their order: `periodes`, or `position` with `position_motif`,
        `position_debut`, `position_fin`; any may miss.

    Returns
    -------
    tuple
        Acts of the engine (None where nobody loses time), and one boolean an agent.
    """
    people = dated(people)
    doubtful = _named_only(people)
    if "periodes" not in people:
        return None, doubtful
    periods = list(periods_of(people))
    if not periods:
        return None, doubtful
    row, code, begin, end = (np.array(column, np.int64) for column in zip(*periods, strict=True))
    open_ended = end < 0
    doubtful[row[open_ended]] = True
    stays = Stays(row, code, begin, np.where(open_ended, agents.exit[row], end))
    counted = counted_time(stays)
    person = stays.person[counted.stay]
    unsure = np.array([uncertain(one) for one in counted.row.tolist()], bool)
    doubtful[person[unsure & (counted.end > agents.entry[person])]] = True
    spans = lost_time(stays, counted)
    return leave_acts(spans, agents.entry.astype(np.int64)), doubtful


def dated(people: pd.DataFrame) -> pd.DataFrame:
    """Return people with `periodes`: their own, else what the columns of an extract date."""
    if "periodes" in people or not {"position", "position_debut"} <= set(people):
        return people
    columns = (
        texts(people, "position"),
        texts(people, "position_motif"),
        _days_of(people, "position_debut"),
        _days_of(people, "position_fin"),
    )
    periods = [
        ((position, motif or None, first, last),) if position and first else ()
        for position, motif, first, last in zip(*columns, strict=True)
    ]
    return people.assign(periodes=pd.Series(periods, index=people.index, dtype=object))


def _named_only(people: pd.DataFrame) -> Flags:
    """Tell of whom no dated position is known, and whose position may cost time."""
    if "position" not in people:
        return np.ones(len(people), dtype=bool)
    codes, pairs = pairs_of(people)
    sure = np.array([always_counts(position_code(*pair)) for pair in pairs], bool)
    away = ~sure[codes]
    if "periodes" not in people:
        return away
    return away & (people["periodes"].map(len) == 0).to_numpy(bool)


def periods_of(people: pd.DataFrame) -> Iterator[tuple[int, int, int, int]]:
    """Yield (row, code, first axis day, end exclusive) of the stays of those who may lose time.

    All the stays of such a person are needed: one ends where the next begins. The end is −1 where
    the last one is open and may cost time.
    """
    for row, periods in enumerate(people["periodes"]):
        codes = [position_code(position, motif) for position, motif, _, _ in periods]
        if all(always_counts(code) for code in codes):
            continue
        last = max(range(len(periods)), key=lambda place: periods[place][2])
        for place, (code, period) in enumerate(zip(codes, periods, strict=True)):
            begin, end = _days(period, people["numero"].iloc[row])
            if period[3] is None and (always_counts(code) or place != last):
                end = int(NEVER)
            yield row, code, begin, end


def _days(period: Period, number: str) -> tuple[int, int]:
    _, _, first, last = period
    if last is None:
        return axis_of(first), -1
    if last < first:
        raise InputError(
            "une position finit avant de commencer.",
            where=f"dossier {number}",
            remedy="Corrigez l’une de ses deux dates.",
        )
    return axis_of(first), axis_of(last + _A_DAY)


def pairs_of(people: pd.DataFrame) -> tuple[npt.NDArray[np.int64], list[tuple[str, str]]]:
    """Return, for each row, the place of its (position, motif), and the distinct ones."""
    name, names = pd.factorize(texts(people, "position"))
    motive, motives = pd.factorize(texts(people, "position_motif"))
    both, place = np.unique(name * len(motives) + motive, return_inverse=True)
    pairs = [(str(names[one // len(motives)]), str(motives[one % len(motives)])) for one in both]
    return place.astype(np.int64), pairs


def texts(people: pd.DataFrame, name: str) -> pd.Series:
    """Return a column as bare texts, empty where it misses or gives nothing."""
    if name not in people:
        return pd.Series("", index=people.index, dtype=object)
    return people[name].fillna("").astype(str).str.strip()


def _days_of(people: pd.DataFrame, name: str) -> list[date | None]:
    if name not in people:
        return [None] * len(people)
    return [None if pd.isna(day) else day.date() for day in pd.to_datetime(people[name])]
