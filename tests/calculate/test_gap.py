"""What parts two scenarios: stretches that add up, parted in traitement, primes and retenues."""

from datetime import date

import pytest

from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.sentences import Lived
from iprof_kit.calculate.et_si.gap import apart, paid_before, stretches, summed

EVERYONE = personas()


def two(key, first=0, second=1):
    scenarios = Lived.of(EVERYONE[key]).answer.scenarios
    return scenarios[first], scenarios[second]


@pytest.mark.parametrize("key", [key for key, one in EVERYONE.items() if len(one.scenarios) > 1])
def test_the_stretches_add_up_to_what_each_scenario_is_paid(key):
    first, second = two(key)
    until = min(date(2035, 9, 1), first.depart, second.depart)
    gap = summed(stretches(first, second, until))
    paid = paid_before(first, until) - paid_before(second, until)
    assert gap.net == pytest.approx(paid, abs=0.05)
    assert gap.traitement + gap.primes - gap.retenues == pytest.approx(gap.net, abs=0.011)


@pytest.mark.parametrize("key", EVERYONE)
def test_all_that_is_paid_is_what_the_engine_sums_up(key):
    for one in Lived.of(EVERYONE[key]).answer.scenarios:
        assert paid_before(one, one.depart) == pytest.approx(one.cumul_net, abs=0.2)


def test_a_year_earlier_stops_and_comes_back_at_each_echelon():
    runs = apart(stretches(*two("claire_vasseur"), date(2037, 9, 1)))
    assert [(run[0].begin, run[-1].end) for run in runs] == [
        (date(2026, 9, 1), date(2027, 9, 1)),
        (date(2029, 4, 1), date(2030, 3, 1)),
        (date(2032, 4, 1), date(2033, 3, 1)),
        (date(2035, 4, 1), date(2036, 3, 1)),
    ]


def test_a_promotion_changes_the_traitement_and_rep_plus_the_primes():
    promoted = summed(stretches(*two("claire_vasseur"), date(2030, 9, 1)))
    assert (promoted.traitement > 0, promoted.primes) == (True, 0.0)
    posted = summed(stretches(*two("lina_morel", 1, 0), date(2030, 9, 1)))
    assert (posted.traitement, posted.primes > 0) == (0.0, True)
