"""What a salary may lose in a month: worked by hand from the scale of 2026, and its bounds."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.base.money import parts_in_euros
from iprof_kit.law.requests.seizure import seizable

ON = date(2026, 12, 1)
ALWAYS_LEFT = 646.52
nets = st.integers(0, 1_000_000).map(lambda cents: cents / 100)


def one(net, dependants=0):
    return float(seizable(np.array([net]), np.array([dependants]), ON)[0])


@pytest.mark.parametrize(
    ("net", "dependants", "euros"),
    [
        # 25 337,04 € a year: 4 480/20 + 4 250/10 + 4 270/5 + 4 230/4 + 4 240/3 + 3 867,04 × 2/3
        # = 224 + 425 + 854 + 1 057,50 + 1 413,33… + 2 578,03 = 6 551,86, a twelfth of it
        (2111.42, 0, 545.99),
        # two persons: thresholds + 3 480 €. 7 960/20 + 4 250/10 + 4 270/5 + 4 230/4 + 4 240/3
        # + 387,04 × 2/3 = 398 + 425 + 854 + 1 057,50 + 1 413,33… + 258,03 = 4 405,86
        (2111.42, 2, 367.16),
        # 12 000 € a year: 224 + 425 + 3 270/5 = 1 303; what is left, 891,42 €, is above the RSA
        (1000.0, 0, 108.58),
        # 36 000 € a year: 224 + 425 + 854 + 1 057,50 + 1 413,33 + 4 340 × 2/3 + 10 190
        (3000.0, 0, 1421.43),
        # 8 400 € a year: 224 + 392 = 616, a twelfth 51,33 €, and 700 − 646,52 = 53,48 €
        (700.0, 0, 51.33),
        # the RSA of one person stays: 690 − 646,52 = 43,48 €, less than 50,33 €
        (690.0, 0, 43.48),
        (646.52, 0, 0.0),
        (0.0, 0, 0.0),
    ],
)
def test_brackets_of_the_year_and_what_always_stays(net, dependants, euros):
    # code du travail, R3252-2 à R3252-5 ; décret 2025-1299 (trop_percus.md, B)
    assert one(net, dependants) == euros


@given(nets, st.integers(0, 20))
def test_the_minimum_stays_and_a_dependant_never_raises_the_share(net, dependants):
    taken = one(net, dependants)
    assert 0 <= taken <= net
    assert taken == 0 or net - taken >= ALWAYS_LEFT - 0.005
    assert one(net, dependants + 1) <= taken


@given(nets)
def test_more_net_never_leaves_less(net):
    assert one(net + 0.01) >= one(net)


def test_people_of_a_column_are_each_counted_alone():
    together = seizable(np.array([2111.42, 690.0]), np.array([2, 0]), ON)
    assert together.tolist() == [367.16, 43.48]


@pytest.mark.parametrize("year", [2025, 2027])
def test_a_year_whose_scale_was_not_read_is_not_guessed(year):
    with pytest.raises(PeriodNotCovered, match=f"le barème de {year}"):
        seizable(np.array([2000.0]), np.array([0]), date(year, 1, 5))


@given(st.integers(1, 10_000_000), st.integers(1, 60))
def test_a_spread_sums_to_its_whole(cents, parts):
    shares = parts_in_euros(cents / 100, parts)
    assert len(shares) == parts
    assert sum(round(share * 100) for share in shares) == cents
    assert max(shares) - min(shares) < 0.011
