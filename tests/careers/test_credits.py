"""Months of school heads and of ASA in the walk: used up by the next échelon, by nothing else."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.calendar import MONTH, axis_of, date_of
from iprof_kit.base.errors import InputError
from iprof_kit.careers.acts import CREDIT, PLACE, Acts, direction_acts
from iprof_kit.careers.agents import Agents
from iprof_kit.careers.deciders import Chosen, Replayed
from iprof_kit.careers.events import BONIFICATION, CHEVRON, GRADE
from iprof_kit.careers.leaves import together
from iprof_kit.careers.projection import project
from iprof_kit.careers.ranking import Ranking
from iprof_kit.law.tables.cells import CELLS, cell_code

JEAN = {
    "corps": "pe", "grade": "classe_normale", "echelon": "7", "date": date(2024, 9, 1), "mois": 0,
}  # fmt: skip


def with_credit(agents, months):
    return Agents(
        agents.ids,
        agents.cell,
        agents.entry,
        agents.kept,
        agents.exit,
        np.full(len(agents), months * MONTH),
    )


def days(events):
    return [date_of(day).isoformat() for day in events.day]


def test_a_complete_year_of_direction_brings_the_echelon_forward(person):
    # CAR20 (se-unsa.org): normal day 2024-09-01, effect 2024-06-01
    agents = person(JEAN | {"echelon": "3", "date": date(2022, 9, 1)})
    events = project(agents, acts=direction_acts([0], [2023])).events
    assert (days(events)[0], int(events.early[0])) == ("2024-06-01", 90)
    assert CELLS.echelon[events.cell[0]] == "4"


def test_an_echelon_of_before_2024_09_01_leaves_the_months_to_the_next_one(person):
    # s2de.fr: 4e due on 2024-08-31; the months wait for the 5e, two years after
    agents = person(JEAN | {"echelon": "3", "date": date(2022, 8, 30)})
    events = project(agents, acts=direction_acts([0], [2023])).events
    assert days(events)[:2] == ["2024-08-30", "2026-05-30"]
    assert events.early[:2].tolist() == [0, 90]


def test_the_months_are_used_up_at_once_by_one_echelon(person):
    # se-unsa: used in full at the next échelon; 7e 3 years, 8e 3 years 6 months
    events = project(with_credit(person(JEAN), 9)).events
    assert days(events)[:2] == ["2026-12-01", "2030-06-01"]
    assert events.early[:2].tolist() == [270, 0]


def test_no_list_opens_sooner(person):
    # se-unsa, sgen: « ne rendent pas promouvable plus tôt »: the 9e pronounced on 2030-03-01 as
    # without them, with an earlier effect
    plain, early = Chosen(), Chosen()
    near = JEAN | {"echelon": "8", "date": date(2026, 9, 1)}
    project(person(near), plain)
    project(with_credit(person(near), 3), early)
    # 9e due on 2030-03-01: two years on 31 August 2032; three months more do not make 2031
    assert plain.years_open()[0, "hors_classe"][0] == 2032
    assert early.years_open()[0, "hors_classe"][0] == 2032


def test_a_chevron_uses_no_month(person):
    # sgen aquitaine: without effect on the chevrons of the 5e échelon
    start = JEAN | {
        "grade": "classe_exceptionnelle",
        "echelon": "5",
        "chevron": "HEA1",
        "date": date(2026, 9, 1),
    }
    events = project(with_credit(person(start), 6)).events
    assert set(events.kind.tolist()) == {CHEVRON}
    assert days(events) == ["2027-09-01", "2028-09-01"]
    assert not events.early.any()


def test_the_months_survive_a_promotion_of_grade(person):
    # se-unsa: no effect on the change of grade, kept for the next échelon
    start = JEAN | {"echelon": "9", "date": date(2025, 9, 1)}
    agents = with_credit(person(start), 3)
    events = project(agents, Chosen({"hors_classe": np.array([2028])})).events
    grade = int(np.flatnonzero(events.kind == GRADE)[0])
    assert (days(events)[grade], int(events.early[grade])) == ("2028-09-01", 0)
    # R4: 9e with 3 years, HC 2 with 1 year kept, HC 3 one year later minus 3 months
    assert days(events)[grade + 1] == "2029-06-01"
    assert int(events.early[grade + 1]) == 90


def test_a_bonification_and_the_months_add_up(person):
    # 6e: 24 months with the bonification (décret 90-680 art. 24), 3 months of direction
    agents = with_credit(person(JEAN | {"echelon": "6", "date": date(2026, 9, 1)}), 3)
    events = project(agents, Chosen(bonifications={"6": np.array([True])})).events
    assert int(events.kind[0]) == BONIFICATION
    assert (days(events)[0], int(events.early[0])) == ("2028-06-01", 90)


def test_an_effect_does_not_come_before_the_echelon_held(person):
    agents = with_credit(person(JEAN | {"echelon": "1", "date": date(2026, 9, 1)}), 30)
    events = project(agents).events
    assert days(events)[0] == "2026-09-01"
    assert int(events.early[0]) == 360


def test_an_effect_does_not_come_before_the_next_echelon_existed(person):
    # the 7e échelon of the hors classe exists since 2021-01-01
    start = JEAN | {"grade": "hors_classe", "echelon": "6", "date": date(2018, 2, 1)}
    events = project(with_credit(person(start), 6)).events
    assert days(events)[0] == "2021-01-01"
    assert int(events.early[0]) == 30


def test_months_given_later_than_the_echelon_wait(person):
    acts = Acts([0], [axis_of(date(2027, 9, 2))], [CREDIT], [0], [90])
    events = project(person(JEAN), acts=acts).events
    assert days(events)[:2] == ["2027-09-01", "2030-12-01"]


def test_months_and_a_recorded_position_live_together(person):
    cell = cell_code("pe", "classe_normale", "8")
    placed = Acts([0], [axis_of(date(2026, 9, 1))], [PLACE], [cell], [0])
    events = project(person(JEAN), acts=together(placed, direction_acts([0], [2024]))).events
    assert days(events)[:2] == ["2026-09-01", "2029-12-01"]


def test_a_year_before_the_law_is_refused():
    with pytest.raises(InputError, match="2022-2023"):
        direction_acts([0], [2022])


def test_negative_months_are_refused(person):
    with pytest.raises(InputError, match="négatifs"):
        with_credit(person(JEAN), -1)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_more_months_never_delay_anything(population, seed):
    agents = population(200, seed)
    plain = project(agents).events.sorted()
    early = project(with_credit(agents, 3)).events.sorted()
    first = np.unique(plain.row, return_index=True)[1]
    assert (early.day[np.unique(early.row, return_index=True)[1]] <= plain.day[first]).all()


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_one_row_equals_many_with_months(population, seed):
    agents = population(120, seed)
    months = np.random.default_rng(seed).integers(0, 12, len(agents)) * MONTH
    agents = Agents(agents.ids, agents.cell, agents.entry, agents.kept, agents.exit, months)
    shares = {"6": 3000, "8": 3000, "hors_classe": 2300, "classe_exceptionnelle": 1250}
    many = project(agents, Ranking(lambda corps, what, year: shares[what], first_year=2027))
    for row in range(0, len(agents), 9):
        one = project(agents.take([row]), Replayed(many.outcomes.of([row])))
        for name in ("day", "cell", "kind", "kept", "early"):
            mine, all_of_them = getattr(one.events, name), getattr(many.events.of(row), name)
            assert mine.tolist() == all_of_them.tolist()


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), more=st.integers(1, 300))
def test_raising_seniority_never_delays(population, seed, more):
    agents = population(200, seed)
    older = Agents(agents.ids, agents.cell, agents.entry, agents.kept + more, agents.exit)
    plain, early = project(agents).events.sorted(), project(older).events.sorted()
    rows, first = np.unique(plain.row, return_index=True)
    again, soonest = np.unique(early.row, return_index=True)
    day = dict(zip(again.tolist(), early.day[soonest].tolist(), strict=True))
    for row, when in zip(rows.tolist(), plain.day[first].tolist(), strict=True):
        assert day[row] <= when
