"""Careers that somebody else computed and published."""

import numpy as np

from iprof_kit.base.calendar import MONTH, axis_of
from iprof_kit.careers.deciders import Chosen
from iprof_kit.careers.lists import Campaign, list_code
from iprof_kit.careers.projection import project
from iprof_kit.careers.ranking import Ranking
from iprof_kit.law.career.bonifications import bonification_quota
from iprof_kit.law.tables.cells import cell_code


def test_an_echelon_comes_at_its_seniority_of_right(cases, person, held):
    for case in cases["avancement"]:
        wanted = case["attendu"]
        found = held(project(person(case["depart"])).events)
        grade = case["depart"]["grade"]
        expected = (wanted["date"], grade, wanted["echelon"], wanted.get("chevron", ""))
        assert expected in found, case["id"]


def test_the_whole_classe_normale_lasts_what_was_published(cases, person):
    from datetime import date

    for case in cases["durees"]:
        depart = {
            "corps": case["corps"], "grade": "classe_normale", "echelon": "1",
            "date": date(2024, 9, 1), "mois": 0,
        }  # fmt: skip
        bonus = {step: np.array([True]) for step in case["bonifications"]}
        events = project(person(depart), Chosen(bonifications=bonus)).events
        assert events.day[-1] - axis_of(depart["date"]) == case["mois"] * MONTH, case["id"]
        assert len(events) == 10


def test_a_promotion_places_where_it_was_published(cases, person, held):
    for case in cases["promotions"]:
        years = {grade: np.array([year]) for grade, year in case["annees"].items()}
        events = project(person(case["depart"]), Chosen(years)).events
        found = held(events)
        for day, place in case.get("suite", {}).items():
            last = [line for line in found if line[0] <= day][-1]
            assert list(last[1:]) == place, (case["id"], day)
        if wanted := case.get("attendu"):
            line = (wanted["date"], wanted["grade"], wanted["echelon"], "")
            at = found.index(line) if line in found else None
            assert at is not None, (case["id"], found)
            assert events.kept[at] == wanted["mois"] * MONTH, case["id"]


def share_of(ten_thousandths):
    return lambda corps, what, year: ten_thousandths


def taken(ranking, listed, year=2022):
    """How many of so many on one list a ranking takes."""
    rows = np.arange(listed)
    sixth = np.full(listed, cell_code("pe", "classe_normale", "6"))
    on_list = np.full(listed, list_code("pe", "6"))
    return int(ranking.decide(Campaign(year, rows, rows, sixth, rows, on_list)).sum())


def test_a_quota_is_the_whole_part_and_carries_the_rest(cases):
    for case in cases["quotas"]:
        for listed, given in case["listes"].items():
            assert bonification_quota(listed)[0] == given
            assert taken(Ranking(share_of(3000)), listed) == given


def test_what_a_quota_leaves_is_given_later():
    ranking = Ranking(share_of(3000))
    # décret 90-680 art. 24 II: 30 % of 5 is 1.5; the decimal is added the next year: 1 then 2
    assert [taken(ranking, 5, year) for year in (2024, 2025, 2026)] == [1, 2, 1]


def test_29_per_cent_of_100_is_29_and_not_28():
    assert taken(Ranking(share_of(2900)), 100, 2024) == 29
