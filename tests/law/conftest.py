"""Short words for the tests of the law: one person is a column of length one."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from iprof_kit.base.calendar import axis_of
from iprof_kit.law.tables.cells import CELLS, cell_code


@pytest.fixture
def on() -> Callable[[date | str], int]:
    """Axis day of a date."""
    return lambda day: axis_of(date.fromisoformat(str(day)))


@pytest.fixture
def one() -> Callable[..., np.ndarray]:
    """Column of one cell, named by its words."""
    return lambda *words: np.array([cell_code(*words)])


@pytest.fixture
def name() -> Callable[[int], tuple[str, str, str]]:
    """Grade, échelon and chevron of a cell."""
    return lambda cell: (CELLS.grade[cell], CELLS.echelon[cell], CELLS.chevron[cell])
