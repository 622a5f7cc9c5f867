"""Where a promotion would place each person: échelon, seniority kept, index, gain."""

from __future__ import annotations

import numpy as np
import pandas as pd

from iprof_kit.analytics.promotions.candidates import Numbers
from iprof_kit.base.calendar import rentree, to_dates
from iprof_kit.base.errors import LawError
from iprof_kit.base.names import words_in
from iprof_kit.careers.periods import law_in_force
from iprof_kit.law.career.reclassement import reclassify
from iprof_kit.law.career.traitement import gross_monthly, indice_majore, point_value
from iprof_kit.law.tables.cells import CELLS

COLUMNS = words_in(
    "echelon_apres chevron_apres anciennete_conservee_jours indice_avant indice_apres gain_points "
    "gain_brut_mensuel echelon_suivant date_echelon_suivant regle"
)


def placement(cell: Numbers, days: Numbers, grade: str, year: int) -> pd.DataFrame:
    """Return where a promotion of 1 September would place people.

    The échelon due on that day comes before the promotion; the gain is told from the index held on
    31 August.

    Parameters
    ----------
    cell, days : arrays of int
        Position on 31 August, and seniority in it up to 1 September exclusive.
    grade : str
        Grade of the promotion.
    year : int
        Campaign.

    Returns
    -------
    DataFrame
        One row a person, `COLUMNS`: days of the 360-day year, points of indice majoré, euros gross
        a month at full time, the échelon that follows in the new grade and the day it is due if
        nothing else happens; empty where no rule covers a position, or nothing follows.
    """
    table = pd.DataFrame(index=range(len(cell)), columns=list(COLUMNS))
    for code in np.unique(cell):
        of_cell = np.flatnonzero(cell == code)
        try:
            table.iloc[of_cell] = _placed(cell[of_cell], days[of_cell], grade, year)
        except LawError:
            continue
    return table.astype(
        {
            "anciennete_conservee_jours": "Int64",
            "indice_avant": "Int64",
            "indice_apres": "Int64",
            "gain_points": "Int64",
            "gain_brut_mensuel": "Float64",
            "date_echelon_suivant": "datetime64[us]",
        }
    )


def _next(cell: Numbers, days_kept: Numbers, day: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the échelon that follows a position (« 4 HEA2 »), and when; nothing at the last."""
    law = law_in_force(day)
    following, lasts = law.following[cell], law.duration[cell]
    further = (following >= 0) & (lasts > 0)
    pairs = zip(CELLS.echelon[following], CELLS.chevron[following], strict=True)
    names = np.array([f"{step} {chevron}".strip() for step, chevron in pairs], object)
    days = to_dates(day + np.where(further, lasts - days_kept, 0))
    return np.where(further, names, ""), np.where(further, days, np.datetime64("NaT"))


def _placed(cell: Numbers, days: Numbers, grade: str, year: int) -> np.ndarray:
    day = rentree(year)
    law = law_in_force(day)
    due = (law.duration[cell] > 0) & (days >= law.duration[cell]) & (law.following[cell] >= 0)
    origin = np.where(due, law.following[cell], cell).astype(np.int64)
    seniority = np.where(due, days - law.duration[cell], days)
    reclassified = reclassify(origin, seniority, grade, day)
    before, after = indice_majore(cell, day), indice_majore(reclassified.cell, day)
    point = point_value(day)
    gain = np.round(gross_monthly(after, point) - gross_monthly(before, point), 2)
    columns = (
        CELLS.echelon[reclassified.cell],
        CELLS.chevron[reclassified.cell],
        reclassified.days_kept,
        before,
        after,
        after - before,
        gain,
        *_next(reclassified.cell, reclassified.days_kept, day),
        reclassified.rule_id,
    )
    return np.column_stack([np.asarray(column, dtype=object) for column in columns])
