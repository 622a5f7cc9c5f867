"""Items of a barème that differ by a row alone: points once, or a number of times up to a ceiling.

A rule of this family is a row of `criteres_regles.csv`: its sentence, and the row of the table of
its movement that gives the points.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.reference import written_rows
from iprof_kit.law.mobility.criteria import Criteria
from iprof_kit.law.tables.rules import rule

Points = npt.NDArray[np.float64]
Asked = npt.NDArray[np.bool_] | npt.NDArray[np.int64]
_EACH = "par_unite"


def items_of(criteria: Criteria) -> Callable[[str, Asked, int], Points]:
    """Register the rules of a movement that differ by a row, and return what gives their points.

    Returns
    -------
    callable
        From the name of a rule, what is asked (wishes concerned, or a number of times, as columns)
        and a campaign, the points; `PeriodNotCovered` where the campaign has no such row.
    """
    rows = written_rows("criteres_regles")
    rules = {
        row["regle"]: _rule(criteria, row) for row in rows if row["table_lue"] == criteria.name
    }

    def points(name: str, asked: Asked, campagne: int) -> Points:
        return rules[name](asked, campagne)

    return points


def _rule(criteria: Criteria, row: dict[str, str]) -> Callable[[Any, int], Points]:
    def given(asked: Asked, campagne: int) -> Points:
        read = criteria.read(campagne, row["critere"], row["sous_critere"])
        if row["compte"] != _EACH:
            return np.where(asked, read.points(), 0.0)
        points = np.asarray(read.points() * np.maximum(asked, 0), dtype=np.float64)
        ceiling = read.ceiling()
        return points if ceiling is None else np.minimum(points, ceiling)

    given.__name__ = row["regle"]
    return rule(
        name=row["regle"],
        sentence=row["phrase"],
        source=row["source"],
        since=row["valide_du"],
        tables=(criteria.name, *row["autres_tables"].split()),
    )(given)
