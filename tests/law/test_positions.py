"""Positions: what counts for advancement, each case with the text that says so."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
import yaml

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.explanation import explain
from iprof_kit.law.career.positions import (
    UNKNOWN,
    Stays,
    always_counts,
    counted_time,
    label,
    position_code,
    source_of,
    uncertain,
)

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "positions.yml").read_text("utf-8"))


def stays(periods, person=0):
    columns = [
        (person, position_code(position, motif), axis_of(begin), axis_of(end + timedelta(days=1)))
        for position, motif, begin, end in periods
    ]
    return Stays(*np.array(columns).T)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["nom"])
def test_the_time_that_does_not_count(case):
    assert counted_time(stays(case["periodes"])).lost.sum() == case["perdu"], case["source"]


def test_a_ceiling_belongs_to_one_person():
    three_years = ["Congé parental", None, date(2020, 1, 1), date(2022, 12, 31)]
    one, two = stays([three_years], 1), stays([three_years], 2)
    both = Stays(
        *(np.append(getattr(one, n), getattr(two, n)) for n in ("person", "code", "begin", "end"))
    )
    assert counted_time(both).lost.sum() == 0


def test_a_position_is_recognised_as_administrations_write_it():
    assert label(position_code("CONGE PARENTAL")) == "congé parental"
    assert label(position_code("Disponibilité", "Élever un enfant")) == (
        "disponibilité pour élever un enfant"
    )
    assert label(position_code("disponibilité", None)) == "disponibilité"


def test_a_position_that_the_table_does_not_know_counts_and_is_uncertain():
    code = position_code("Hors cadres")
    counted = counted_time(stays([["Hors cadres", None, date(2024, 1, 1), date(2024, 12, 31)]]))
    assert code == UNKNOWN
    assert not always_counts(code)
    assert counted.lost.sum() == 0
    assert uncertain(int(counted.row[0]))


def test_a_leave_whose_effect_no_source_tells_is_uncertain():
    birth = [
        "En activité",
        "congé supplémentaire de naissance",
        date(2026, 7, 1),
        date(2026, 8, 31),
    ]
    counted = counted_time(stays([birth]))
    assert uncertain(int(counted.row[0]))
    assert not always_counts(position_code("En activité", "congé supplémentaire de naissance"))
    assert always_counts(position_code("En activité", "stagiaire"))


def test_the_papers_of_a_disponibilite_are_those_of_the_code():
    leave = ["Disponibilité", "convenances personnelles", date(2025, 1, 1), date(2025, 6, 30)]
    with explain() as trace:
        counted = counted_time(stays([leave]))
    assert "L514-1" in source_of(int(counted.row[0])).text
    (step,) = trace.steps
    assert step.rule == "counted_time"
    assert step.parameters[0].value == 0
    assert "L514-1" in step.parameters[0].source


def test_nobody_has_no_pieces():
    assert counted_time(Stays(*[np.zeros(0)] * 4)).lost.size == 0


@pytest.mark.parametrize(
    "written", ["Congé de maternité", "CONGE PATERNITE", "Congé d’adoption", "congé pour adoption"]
)
def test_p03_a_leave_of_parenthood_is_time_in_activity_and_counts_whole(written):
    # CGFP, art. L631-1: « Le fonctionnaire en activité a droit aux congés de maternité et liés aux
    # charges parentales ».
    code = position_code(written)
    assert code != UNKNOWN
    assert always_counts(code)
