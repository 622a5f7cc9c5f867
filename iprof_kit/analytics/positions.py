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
from iprof_kit.law.positions import Stays, always_counts, counted_time, position_code, uncertain

SERVING = ("En activité", "Détachement", "Mise à disposition")
"""Positions that need no verification where only their name is known, without dates."""

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
        One row an agent, in their order: `periodes` and `position`, either may miss.
    agents : Agents

    Returns
    -------
    tuple
        Acts of the engine (None where nobody loses time), and one boolean an agent.
    """
    doubtful = _named_only(people)
    if "periodes" not in people:
        return None, doubtful
    found = list(_periods(people))
    if not found:
        return None, doubtful
    row, code, begin, end = (np.array(column, np.int64) for column in zip(*found, strict=True))
    open_ended = end < 0
    doubtful[row[open_ended]] = True
    stays = Stays(row, code, begin, np.where(open_ended, agents.exit[row], end))
    counted = counted_time(stays)
    person = stays.person[counted.stay]
    unsure = np.array([uncertain(one) for one in counted.row.tolist()], bool)
    doubtful[person[unsure & (counted.end > agents.entry[person])]] = True
    spans = lost_time(stays, counted)
    return leave_acts(spans, agents.entry.astype(np.int64)), doubtful


def _named_only(people: pd.DataFrame) -> Flags:
    """Tell of whom no dated position is known, and whose position may cost time."""
    if "position" not in people:
        return np.ones(len(people), dtype=bool)
    away = ~people["position"].isin(SERVING).to_numpy(bool)
    if "periodes" not in people:
        return away
    return away & (people["periodes"].map(len) == 0).to_numpy(bool)


def _periods(people: pd.DataFrame) -> Iterator[tuple[int, int, int, int]]:
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
        raise InputError("une position finit avant de commencer.", where=f"dossier {number}")
    return axis_of(first), axis_of(last + _A_DAY)
