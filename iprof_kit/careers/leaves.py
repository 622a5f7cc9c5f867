"""Time that does not count, as recorded acts: from the positions held to the engine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iprof_kit.base.calendar import YEAR, Axis, rentree, school_year_of
from iprof_kit.careers.acts import LEAVE, SLOWED, Acts
from iprof_kit.careers.agents import Flags
from iprof_kit.law.career.positions import Counted, Stays, cut
from iprof_kit.law.tables.loading import change_days


@dataclass(frozen=True)
class Spans:
    """Days that do not count, one row a span.

    Attributes
    ----------
    person, stay, row : array of int
        Person, row of her stay, row of positions_avancement.csv that was applied.
    begin, end : array of int
        Axis days, `end` exclusive; nothing of the span counts.
    absent : array of bool
        Whether the whole time counts for nothing, hence opens no list of promotion; else the span
        is the part lost of a time that counts partly, spread over it evenly.
    """

    person: Axis
    stay: Axis
    row: Axis
    begin: Axis
    end: Axis
    absent: Flags

    def __len__(self) -> int:
        return len(self.begin)

    def of(self, wanted: Flags) -> Spans:
        """Return some spans."""
        return Spans(*(getattr(self, name)[wanted] for name in self.__dataclass_fields__))


def lost_time(stays: Stays, counted: Counted) -> Spans:
    """Return the days that do not count, of stays that `law.positions` counted."""
    absent = counted.days == 0
    number = np.where(absent, 1, counted.lost)
    piece = np.repeat(np.arange(len(number)), number)
    rank = np.arange(len(piece)) - np.repeat(np.cumsum(number) - number, number)
    length = (counted.end - counted.begin)[piece]
    begin = counted.begin[piece] + rank * length // number[piece]
    end = np.where(absent[piece], begin + length, begin + 1)
    stay = counted.stay[piece]
    return Spans(stays.person[stay], stay, counted.row[piece], begin, end, absent[piece])


def leave_acts(spans: Spans, entry: Axis) -> Acts:
    """Return the acts of the engine for spans of its rows, from each row's entry on.

    A span is cut at each 1 September, so that the seniority read on a 31 August holds all the time
    served until then and nothing else, and on each day when the law changes.

    Parameters
    ----------
    spans : Spans
        `person` is the row of the engine.
    entry : array of int [row]
        Axis day of the cell's effect: what was lost before it is in the date already.
    """
    begin = np.maximum(spans.begin, entry[spans.person])
    end = np.maximum(spans.end, begin)
    years = np.zeros(0, np.int64)
    if len(begin):
        last = int(school_year_of(end.max()))
        years = rentree(0) + np.arange(int(school_year_of(begin.min())), last + 1) * YEAR
    marks = np.concatenate([years, change_days()])
    span, begin, end = cut(begin, end, np.tile(marks, (len(begin), 1)))
    kind = np.where(spans.absent[span], LEAVE, SLOWED)
    return Acts(spans.person[span], begin, kind, np.zeros_like(span), end - begin)


def together(*several: Acts | None) -> Acts:
    """Return acts of several origins as one."""
    some = [acts for acts in several if acts is not None]
    columns = (
        np.concatenate([np.zeros(0), *(getattr(acts, name) for acts in some)])
        for name in ("row", "day", "kind", "cell", "days")
    )
    return Acts(*columns)
