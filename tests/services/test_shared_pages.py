"""Pages of shared versions, kept for minutes: made once, bounded, forgotten with their person."""

from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from iprof_kit.base.errors import Unavailable
from iprof_kit.services.cv.shared_pages import Made, PageKey, SharedPages
from iprof_kit.services.workers.typesetters import TooHeavy

KEY = PageKey("D0001", "v1", datetime(2026, 11, 25, tzinfo=UTC), "c1", contact=False, kind="pages")


class Line:
    """Stands for the typesetters: what is asked is made when the test says."""

    def __init__(self):
        self.asked = []
        self.full = False

    def submit(self, asker, work):
        if self.full:
            raise Unavailable("plein")
        future = Future()
        self.asked.append((asker, work, future))
        return future

    def make(self):
        for _, work, future in self.asked:
            if not future.done():
                try:
                    future.set_result(work(None))
                except Exception as error:
                    future.set_exception(error)


@pytest.fixture
def line():
    return Line()


@pytest.fixture
def moment():
    return [0.0]


@pytest.fixture
def pages(line, moment):
    return SharedPages(line, most=3, most_bytes=10_000, seconds=300, clock=lambda: moment[0])


def page(_press, text="page"):
    return Made("CV", (text.encode(),))


def too_heavy(_press):
    raise TooHeavy


def test_six_who_ask_at_once_and_six_who_come_later_cost_one_setting(pages, line):
    early = [pages.get(KEY, page) for _ in range(6)]
    line.make()
    late = [pages.get(KEY, page) for _ in range(6)]
    assert {one.result(0).parts for one in (*early, *late)} == {(b"page",)}
    assert len(line.asked) == 1


@pytest.mark.parametrize(
    "change",
    [{"contact": True}, {"target": "c2"}, {"version": "v2"}, {"kind": "pdf"}, {"person": "D0002"},
     {"made_at": datetime(2026, 11, 26, tzinfo=UTC)}],
    ids=str,
)  # fmt: skip
def test_what_changes_the_pages_is_never_mixed(pages, line, change):
    pages.get(KEY, page)
    line.make()
    other = pages.get(replace(KEY, **change), lambda press: page(press, "other"))
    line.make()
    assert other.result(0).parts == (b"other",)
    assert pages.get(KEY, page).result(0).parts == (b"page",)


def test_they_are_made_in_the_turn_of_the_person_whose_they_are(pages, line):
    pages.get(KEY, page)
    assert line.asked[0][0] == "D0001"


def test_a_person_forgotten_leaves_no_page_and_others_keep_theirs(pages, line):
    pages.get(KEY, page)
    pages.get(replace(KEY, person="D0002"), page)
    line.make()
    pages.forget("D0001")
    assert len(pages) == 1
    pages.get(KEY, page)
    assert len(line.asked) == 3


def test_what_is_being_made_of_a_person_forgotten_is_not_kept(pages, line):
    shown = pages.get(KEY, page)
    pages.forget("D0001")
    line.make()
    assert shown.result(0)
    assert len(pages) == 0


def test_pages_are_forgotten_after_their_time_even_if_nobody_asks(pages, line, moment):
    pages.get(KEY, page)
    line.make()
    moment[0] = 301
    pages.sweep()
    assert len(pages) == 0


def test_pages_are_bounded_in_number_and_in_bytes(pages, line):
    for n in range(5):
        pages.get(replace(KEY, version=str(n)), page)
        line.make()
    assert len(pages) == 3
    pages.get(replace(KEY, version="large"), lambda press: page(press, "x" * 8_900))
    line.make()
    assert len(pages) == 2  # the last page before it, and it


def test_that_they_were_too_heavy_is_remembered_for_a_minute(pages, line, moment):
    pages.get(KEY, too_heavy)
    line.make()
    assert isinstance(pages.get(KEY, too_heavy).exception(0), TooHeavy)
    assert len(line.asked) == 1
    moment[0] = 61
    pages.get(KEY, too_heavy)
    assert len(line.asked) == 2


def test_a_passing_fault_is_not_remembered(pages, line):
    pages.get(KEY, lambda press: 1 / 0)
    line.make()
    pages.get(KEY, page)
    line.make()
    assert pages.get(KEY, page).result(0).parts == (b"page",)


def test_a_full_line_is_said_at_once_and_leaves_nothing(pages, line):
    line.full = True
    with pytest.raises(Unavailable):
        pages.get(KEY, page)
    assert len(pages) == 0
