"""An échelon pronounced after its effect is paid from its own day, with what was owed before."""

from datetime import date

from et_si_case import JEAN, TODAY, asked, at, event

from iprof_kit.base.calendar import axis_of
from iprof_kit.calculate.subjects import ask

EFFECT, PRONOUNCED = date(2026, 6, 1), date(2027, 3, 1)
"""Nine months of three years at the head of a school (décret 2023-777, art. 4): 10e échelon since
1 March 2023, four years long (décret 90-680, art. 24)."""
HEAD = JEAN.model_copy(
    update={
        "echelon": "10",
        "date_effet": date(2023, 3, 1),
        "date_naissance": date(1977, 3, 28),
        "annees_direction": (2023, 2024, 2025),
    }
)


def totals(echelon):
    place = {"corps": "pe", "grade": "classe_normale", "echelon": echelon, "zone": 3}
    month = {"primes_usuelles": True, "mode": "annualise", "date": TODAY}
    return ask("pay", place | month).totaux


def test_the_pay_changes_when_the_echelon_is_pronounced():
    plain = asked(situation=HEAD).scenarios[0]
    step = next(step for step in plain.etapes if step.echelon == "11")
    assert (step.date, step.prononcee_le) == (EFFECT, PRONOUNCED)
    before, after = at(plain, date(2027, 2, 28)), at(plain, PRONOUNCED)
    assert (before.echelon, before.net) == ("10", totals("10").net_avant_impot)
    assert (after.debut, after.echelon) == (PRONOUNCED, "11")
    assert after.net == totals("11").net_avant_impot


def test_what_was_owed_since_the_effect_is_paid_at_once_and_counted():
    plain = asked(situation=HEAD).scenarios[0]
    months = (axis_of(PRONOUNCED) - axis_of(EFFECT)) / 30
    owed = months * (totals("11").net_avant_impot - totals("10").net_avant_impot)
    (paid,) = [piece for piece in plain.tranches if piece.rappel_net]
    assert (paid.debut, paid.rappel_net) == (PRONOUNCED, round(owed, 2))
    assert paid.rappel_brut == round(months * (totals("11").brut - totals("10").brut), 2)
    ends = [*(piece.debut for piece in plain.tranches[1:]), plain.depart]
    monthly = sum(
        (axis_of(end) - axis_of(piece.debut)) / 30 * piece.net
        for piece, end in zip(plain.tranches, ends, strict=True)
    )
    assert abs(plain.cumul_net - monthly - paid.rappel_net) < 0.02


def test_an_unpaid_time_is_owed_nothing():
    """A disponibilité to bring up a child, from January: seven months are owed instead of nine."""
    away = event("disponibilite_enfant", date(2027, 1, 1), date(2027, 2, 28))
    plain, left = asked((away,), situation=HEAD).scenarios
    owed = [next(p.rappel_net for p in one.tranches if p.rappel_net) for one in (plain, left)]
    assert owed[1] == round(owed[0] * 7 / 9, 2)


def test_an_echelon_of_its_own_day_has_no_arrears():
    plain = asked().scenarios[0]
    assert not any(step.prononcee_le for step in plain.etapes)
    assert not any(piece.rappel_net or piece.rappel_brut for piece in plain.tranches)


def test_a_bonification_decided_after_its_effect_is_paid_from_the_decision_with_its_arrears():
    """6e échelon since 1 September 2026: two years instead of three (décret 90-680, art. 24), on 1
    September 2028; examined by the end of February 2029 (rendez-vous de carrière, campagne)."""
    sixth = JEAN.model_copy(update={"echelon": "6", "date_effet": date(2026, 9, 1)})
    effect, decided = date(2028, 9, 1), date(2029, 3, 1)
    scenario = asked((event("bonification", echelon="6"),), situation=sixth).scenarios[1]
    step = next(step for step in scenario.etapes if step.nature == "bonification")
    assert (step.date, step.prononcee_le) == (effect, decided)
    assert at(scenario, effect).echelon == "6"
    assert (at(scenario, decided).debut, at(scenario, decided).echelon) == (decided, "7")
    gap = totals("7").net_avant_impot - totals("6").net_avant_impot
    assert at(scenario, decided).rappel_net == round(6 * gap, 2)
