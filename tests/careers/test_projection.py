"""What holds for every projection, whoever is in it."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.calendar import axis_of, rentree
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.careers.acts import LEAVE, LEFT, PLACE, Acts
from iprof_kit.careers.agents import Agents
from iprof_kit.careers.deciders import Chosen, Nobody, Outcomes, Replayed
from iprof_kit.careers.events import BONIFICATION, DEPARTURE, ECHELON, GRADE, RECORDED
from iprof_kit.careers.lists import list_code
from iprof_kit.careers.projection import project
from iprof_kit.careers.ranking import Ranking
from iprof_kit.law.career.meetings import decision_year
from iprof_kit.law.career.traitement import indice_majore
from iprof_kit.law.tables.cells import CELLS, cell_code

JEAN = {
    "corps": "pe", "grade": "classe_normale", "echelon": "7", "date": date(2024, 9, 1), "mois": 0,
}  # fmt: skip


def shares(corps, what, year):
    return {"6": 3000, "8": 3000, "hors_classe": 2300, "classe_exceptionnelle": 1250}[what]


def ranking():
    return Ranking(shares, first_year=2027)


def columns(events):
    return [getattr(events, name).tolist() for name in ("day", "cell", "kind", "kept")]


def check_one_row_equals_many(agents, rows):
    many = project(agents, ranking())
    for row in rows:
        alone = Replayed(many.outcomes.of([row]))
        one = project(agents.take([row]), alone)
        alone.check()
        assert columns(one.events.of(0)) == columns(many.events.of(row))


def check_row_order_has_no_effect(agents, seed):
    order = np.random.default_rng(seed).permutation(len(agents))
    straight = project(agents, ranking())
    shuffled = project(agents.take(order), ranking())
    for new, old in enumerate(order.tolist()):
        assert columns(shuffled.events.of(new)) == columns(straight.events.of(old))


def test_one_row_equals_many(population):
    check_one_row_equals_many(population(300), range(0, 300, 7))


@pytest.mark.soak
def test_one_row_equals_many_at_length(population):
    for seed in range(20):
        check_one_row_equals_many(population(2_000, seed), range(0, 2_000, 3))


def test_row_order_has_no_effect(population):
    check_row_order_has_no_effect(population(400), 3)


@pytest.mark.soak
def test_row_order_has_no_effect_at_length(population):
    for seed in range(20):
        check_row_order_has_no_effect(population(3_000, seed), seed)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_grade_promotion_never_lowers_the_index(population, seed):
    events = project(population(300, seed), ranking()).events.sorted()
    promoted = np.flatnonzero(events.kind == GRADE)
    promoted = promoted[promoted > 0]
    with_before = promoted[events.row[promoted] == events.row[promoted - 1]]
    day = axis_of(date(2026, 9, 1))
    before = indice_majore(events.cell[with_before - 1], day)
    assert with_before.size
    assert (indice_majore(events.cell[with_before], day) >= before).all()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_events_are_in_order_and_inside_the_career(population, seed):
    agents = population(300, seed)
    events = project(agents, ranking()).events.sorted()
    same = events.row[1:] == events.row[:-1]
    assert (np.diff(events.day)[same] >= 0).all()
    assert (events.day >= agents.entry[events.row]).all()
    assert (events.day < agents.exit[events.row]).all()


def test_nobody_is_promoted_twice_in_one_year(population):
    events = project(population(2_000), Ranking(lambda c, w, y: 10_000, first_year=2027)).events
    grades = events.kind == GRADE
    keys = list(zip(events.row[grades].tolist(), events.day[grades].tolist(), strict=True))
    assert len(keys) == len(set(keys)) > 0


def test_grades_change_only_on_1_september(population):
    events = project(population(1_000), ranking()).events
    promoted = events.day[events.kind == GRADE]
    assert promoted.size
    assert set(promoted % 360) == {rentree(2026) % 360}


def test_a_quota_bounds_each_list(population):
    agents = population(3_000)
    many = project(agents, ranking())
    code = list_code("pe", "hors_classe")
    first = (many.outcomes.year == 2027) & (many.outcomes.list_code == code)
    seen = Chosen()
    project(agents, seen)
    lists = [c for c in seen.seen if c.year == 2027 and c.is_promotion]
    listed = int((lists[0].list_code == code).sum())
    assert int(first.sum()) == listed * 2300 // 10_000 > 0


def test_the_bonification_is_decided_the_year_after_the_meeting(population):
    agents = population(2_000)
    many = project(agents, Ranking(lambda c, w, y: 10_000 if w in "68" else 0, first_year=2027))
    events = many.events.sorted()
    at = np.flatnonzero(events.kind == BONIFICATION)
    at = at[(at > 0) & (events.row[at] == events.row[np.maximum(at - 1, 0)])]
    reached, before = events.day[at - 1] - events.kept[at - 1], events.cell[at - 1]
    decided = decision_year(before, reached)
    assert at.size > 50
    assert (events.day[at] >= decided * 360 + 240).all()
    assert (events.day[at] < decided * 360 + 600).all()


def test_a_refused_choice_has_no_effect(person):
    chosen = Chosen({"hors_classe": np.array([2032])})
    events = project(person(JEAN), chosen).events
    assert GRADE not in events.kind
    assert chosen.years_open()[0, "hors_classe"][0] == 2033


def test_a_recorded_decision_that_the_law_refuses_is_an_error(person):
    outcomes = Outcomes(np.array([0]), np.array([2030]), np.array([list_code("pe", "hors_classe")]))
    replayed = Replayed(outcomes)
    project(person(JEAN), replayed)
    with pytest.raises(LawError):
        replayed.check()


def test_an_interruption_moves_start_and_due_date(person, held):
    acts = Acts([0], [axis_of(date(2026, 1, 1))], [LEAVE], [0], [180])
    found = held(project(person(JEAN), acts=acts).events)
    assert found[0] == (date(2028, 3, 1), "classe_normale", "8", "")
    assert found[1] == (date(2031, 9, 1), "classe_normale", "9", "")


def test_an_interruption_on_the_due_day_comes_after_the_echelon(person, held):
    acts = Acts([0], [axis_of(date(2027, 9, 1))], [LEAVE], [0], [360])
    found = held(project(person(JEAN), acts=acts).events)
    assert found[0][0] == date(2027, 9, 1)
    assert found[1][0] == date(2032, 3, 1)


def test_a_departure_ends_everything(person):
    acts = Acts([0], [axis_of(date(2027, 9, 1))], [LEFT], [0], [0])
    assert project(person(JEAN), acts=acts).events.kind.tolist() == [DEPARTURE]


def test_a_recorded_position_wins_over_the_echelon_due(person, held):
    cell = cell_code("agrege", "classe_normale", "7")
    acts = Acts([0], [axis_of(date(2027, 9, 1))], [PLACE], [cell], [90])
    events = project(person(JEAN, date(2032, 1, 1)), acts=acts).events
    assert events.kind.tolist() == [RECORDED, ECHELON]
    assert CELLS.corps[events.cell[0]] == "agrege"
    assert held(events)[1][0] == date(2030, 6, 1)


def test_an_act_after_the_end_changes_nothing(population):
    agents = population(200)
    acts = Acts([5], [int(agents.exit[5]) + 10], [LEAVE], [0], [30])
    without, with_act = project(agents, ranking()), project(agents, ranking(), acts)
    for row in (0, 5, 199):
        assert columns(with_act.events.of(row)) == columns(without.events.of(row))


def test_an_empty_population_has_no_events():
    nobody = Agents([], [], [], [], [])
    assert len(project(nobody).events) == 0


@pytest.mark.parametrize(
    ("ids", "kept"), [([1, 1], [0, 0]), ([1, 2], [0, -5]), ([1, 2], [0]), ([1, 2], [0, 40_000])]
)
def test_columns_that_do_not_hold_together_are_refused(ids, kept):
    with pytest.raises(InputError):
        Agents(ids, [0, 0], [726_000, 726_000], kept, [740_000, 740_000])


def test_a_cell_that_did_not_exist_is_refused(person):
    ended = {**JEAN, "grade": "hors_classe", "date": date(2019, 1, 1)}
    with pytest.raises(LawError, match="2019"):
        project(person(ended))


def test_lists_of_which_nobody_would_be_taken_are_not_made(monkeypatch):
    agents = Agents(
        np.arange(1),
        np.array([cell_code("pe", "classe_normale", "9", None)]),
        np.array([axis_of(date(2023, 9, 1))]),
        np.zeros(1, np.int64),
        np.array([rentree(2040)]),
    )

    class Somebody:
        decide = Nobody.decide  # as nobody does, under another name

    listed = columns(project(agents, Somebody()).events)
    monkeypatch.setattr("iprof_kit.careers.projection.promotion_list", lambda: 1 / 0)
    assert columns(project(agents, Nobody()).events) == listed
