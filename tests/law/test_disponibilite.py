"""Disponibilité pour convenances personnelles: limits and proofs, before and after 2025-12-07."""

from datetime import date

import numpy as np
import pytest

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.law.career.disponibilite import disponibilite_allowed, proof_days

YEAR = 360


def allowed(stay, before, served, day):
    found = disponibilite_allowed(
        np.array([stay]), np.array([before]), np.array([served]), axis_of(date.fromisoformat(day))
    )
    return found.period[0], found.career[0], found.served[0], found.all[0]


@pytest.mark.parametrize(
    ("stay", "before", "served", "day", "expected"),
    [
        # décret 85-986 art. 44 ; décret 2025-1169 (agn-avocats, cdg82, snuipp86)
        (5 * YEAR, 0, 0, "2024-09-01", (True, True, True, True)),
        (5 * YEAR + 1, 0, 0, "2024-09-01", (False, True, True, False)),
        (5 * YEAR, 5 * YEAR, 540, "2024-09-01", (True, True, True, True)),
        (5 * YEAR, 5 * YEAR + 1, 540, "2024-09-01", (True, False, True, False)),
        (360, 360, 539, "2025-12-06", (True, True, False, False)),
        (360, 360, 540, "2025-12-06", (True, True, True, True)),
        (360, 360, 0, "2025-12-07", (True, True, True, True)),
        (5 * YEAR + 1, 0, 0, "2026-09-01", (False, True, True, False)),
        (YEAR, 9 * YEAR + 1, 0, "2026-09-01", (True, False, True, False)),
    ],
)
def test_five_years_ten_years_and_the_return(stay, before, served, day, expected):
    assert allowed(stay, before, served, day) == expected


def test_before_march_2019_is_not_covered():
    with pytest.raises(PeriodNotCovered):
        allowed(360, 0, 0, "2019-03-28")


@pytest.mark.parametrize(
    ("begin", "back", "days"),
    [
        # cdg34, cdg25: each 31 May until 2025-12-06, then once, on the return
        ("2022-09-01", "2024-09-01", ("2023-05-31", "2024-05-31")),
        ("2024-09-01", "2026-09-01", ("2025-05-31", "2026-09-01")),
        ("2026-09-01", "2028-09-01", ("2028-09-01",)),
        ("2025-12-08", "2026-03-01", ("2026-03-01",)),
        ("2025-09-01", "2025-12-06", ()),
    ],
)
def test_proofs_of_an_activity(begin, back, days):
    found = proof_days(date.fromisoformat(begin), date.fromisoformat(back))
    assert tuple(day.isoformat() for day in found) == days


def test_an_activity_of_before_2018_09_07_has_no_proofs():
    with pytest.raises(PeriodNotCovered):
        proof_days(date(2018, 9, 6), date(2019, 9, 1))
