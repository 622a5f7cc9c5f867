"""The rows of a place for its last known campaign; of others, only which and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from iprof_kit.base.sources import Confidence, worst
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import confidence_letter

NATIONAL = "national"


@dataclass(frozen=True)
class Known:
    """What is known of one place.

    Attributes
    ----------
    scope : str
        The place whose rows these are; "" where none is known for the person.
    year : int
        Their campaign.
    rows : DataFrame
        Empty where nothing is known.
    """

    scope: str
    year: int
    rows: pd.DataFrame

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of the rows, each once."""
        return tuple(dict.fromkeys(self.rows["source"]))

    @property
    def confidence(self) -> Confidence:
        """The least of the confidences of the rows."""
        letters = [confidence_letter(one) for one in self.rows["confiance"]]
        return worst(letters) if letters else "D"


def of_place(frame: pd.DataFrame, places: Sequence[str], year: int) -> Known:
    """Return the rows of the first of a person's places that is known, for its last campaign.

    A campaign after `year` is not looked at.
    """
    for place in places:
        rows = frame[(frame["portee"] == place) & (frame["campagne"] <= year)]
        if len(rows):
            last = int(rows["campagne"].max())
            return Known(place, last, rows[rows["campagne"] == last])
    return Known("", 0, frame.iloc[:0])


def elsewhere(frame: pd.DataFrame, places: Sequence[str], year: int) -> tuple[Known, ...]:
    """Return what is known of the other places, each for its last campaign, by name."""
    others = sorted(set(frame["portee"]) - {NATIONAL, *places})
    known = (of_place(frame, (place,), year) for place in others)
    return tuple(one for one in known if one.scope)


def rows_of(name: str, **wanted: str) -> pd.DataFrame:
    """Return the rows of a table that hold the values wanted."""
    frame = table(name)
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    return frame
