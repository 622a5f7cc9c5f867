"""The hours of training that the service of the first degree counts (décret 2008-775, art. 2)."""

import pytest

from iprof_kit.base.explanation import explain
from iprof_kit.law.paths.training import animation_hours, counted_hours, is_published_fraction


def test_a_full_service_has_the_18_hours_of_the_decree():
    assert animation_hours([100]).tolist() == [18]


@pytest.mark.parametrize(("fraction", "hours"), [(75, 15), (50, 9)])
def test_a_part_of_a_service_has_the_hours_that_the_circonscription_publishes(fraction, hours):
    assert animation_hours([fraction]).tolist() == [hours]


def test_a_part_that_no_source_gives_is_shown_as_a_full_service_and_told():
    assert animation_hours([100, 80, 50]).tolist() == [18, 18, 9]
    assert is_published_fraction([100, 80, 50]).tolist() == [True, False, True]


def test_animations_count_for_half_at_most_and_nothing_beyond_what_is_due():
    assert counted_hours([18, 18, 18], [3, 9, 20], [12, 9, 0]).tolist() == [12, 18, 18]


def test_only_what_was_read_is_in_the_trace():
    with explain() as trace:
        animation_hours([50])
    read = [value.name for step in trace.steps for value in step.parameters]
    assert read == ["heures à 50 %"]
