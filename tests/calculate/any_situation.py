"""Anybody: a place of the grids that somebody may hold today."""

from datetime import date, timedelta

from hypothesis import strategies as st

from iprof_kit.base.calendar import axis_of
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.law.career.advancement import cells_at, echelon_duration
from iprof_kit.law.career.traitement import majore
from iprof_kit.law.tables.cells import CELLS

TODAY = date(2026, 11, 25)
NOW = axis_of(TODAY)
PLACES = [cell for cell in cells_at(NOW).tolist() if majore(NOW)[cell] > 0]


@st.composite
def situations(draw):
    """Anybody who may exist today: the échelon is not yet due."""
    cell = draw(st.sampled_from(PLACES))
    duration = int(echelon_duration([cell], NOW)[0]) or 1000
    ago = draw(st.integers(0, min(duration - 31, 1100)))
    return Situation(
        corps=CELLS.corps[cell],
        grade=CELLS.grade[cell],
        echelon=CELLS.echelon[cell],
        chevron=CELLS.chevron[cell] or None,
        date_effet=TODAY - timedelta(days=ago),
        date_naissance=date(draw(st.integers(1962, 2000)), draw(st.integers(1, 12)), 15),
    )
