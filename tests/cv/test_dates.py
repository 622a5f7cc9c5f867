"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.cv.dates import in_words, moment, tidy


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("2016-02-29", "2016-02-29", "2016-02-29"),
    ],
)
def test_a_date_names_the_days_between_which_it_lies(text, first, last):
    found = moment(text)
    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert found.is_day is (first == last)


@pytest.mark.parametrize(
    "text", ["", "16", "2016-2", "2015-02-29", "2016-00", "0000", " 2016", "２０１６"]
)
def test_what_is_no_date_is_none(text):
    assert moment(text) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("09/2014", "2014-09"),
        ("1/9/2014", "2014-09-01"),
        ("01.09.2014", "2014-09-01"),
        ("2014/9/1", "2014-09-01"),
        ("2014-9", "2014-09"),
        ("2014-09-01T12:00:00Z", "2014-09-01"),
        (" 2014 ", "2014"),
        ("31/02/2014", "31/02/2014"),
        ("septembre 2014", "2014-09"),
        ("Sept 2010", "2010-09"),
        ("August 2010", "2010-08"),
        ("févr. 2010", "2010-02"),
        ("1er septembre 2014", "2014-09-01"),
        ("September 1, 2014", "2014-09-01"),
        ("mardi 2014", "mardi 2014"),
        ("rentrée 2014", "rentrée 2014"),
        ("31 février 2014", "31 février 2014"),
    ],
)
def test_a_date_of_another_tool_is_written_as_ours_or_left_as_it_was(text, written):
    assert tidy(text) == written


@given(st.text(max_size=20))
def test_tidying_loses_nothing_that_is_not_a_date(text):
    found = tidy(text)
    assert found == text or moment(found)


@pytest.mark.parametrize(
    ("written", "said"),
    [("2014-09", "septembre 2014"), ("2014-09-01", "1er septembre 2014"), ("2014", "2014"),
     ("2014-13", "2014-13"), ("Lyon", "Lyon"), ("", "")],
)  # fmt: skip
def test_a_date_is_said_in_words_and_any_other_text_as_it_is(written, said):
    assert in_words(written) == said
