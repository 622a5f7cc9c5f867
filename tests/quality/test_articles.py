"""What is quoted of an article is short, sourced, of the days of its rule; rows agree with it."""

import re
from datetime import date
from fractions import Fraction

import pytest
from quantities import QUANTITY

from iprof_kit.base.paths import ARTICLES, EXAMPLES, ROOT
from iprof_kit.calculate.guides.articles import CUT, quoted
from iprof_kit.calculate.guides.law.pages import rules
from iprof_kit.kernel.walls.files import of_the_kit
from iprof_kit.law.tables.loading import at

EVERY = [(rule, quote) for rule, read in quoted().items() for quote in read]
NAMES = [f"{rule}-{quote.version.article}-{quote.version.first}" for rule, quote in EVERY]
LONGEST = 65
each_quote = pytest.mark.parametrize(("rule", "quote"), EVERY, ids=NAMES)


@each_quote
def test_an_article_is_quoted_for_a_wording_whose_days_its_version_covers(rule, quote):
    assert any(quote in wording.quotes for wording in rules()[rule])


@each_quote
def test_a_quote_is_short_and_names_where_and_when_it_was_read(rule, quote):
    assert len(quote.extract.mots.replace(CUT, "").split()) <= LONGEST
    assert re.match(r"https?://[\w.-]+/\S+$", quote.version.adresse)
    assert quote.version.lecture
    assert quote.version.lu_le >= (quote.version.le or quote.version.du)


@each_quote
def test_only_an_official_page_or_a_mirror_of_the_official_base_is_read_with_full_confidence(
    rule, quote
):
    official = r"legifrance\.gouv\.fr|ac-[\w-]+\.fr|legal\.tricoteuses\.fr|archeo-lex\.fr"
    if quote.version.confiance == "A":
        assert re.search(official, quote.version.adresse)


@each_quote
def test_a_quantity_of_a_quote_is_that_of_a_row_or_is_said_to_be_of_none(rule, quote):
    words = left = quote.extract.mots
    named = (*(each.mots for each in quote.extract.nombres), *quote.extract.sans_ligne)
    for one in sorted(named, key=len, reverse=True):  # one may begin another
        assert one in words
        left = left.replace(one, "")
    assert [match[0] for match in QUANTITY.finditer(left)] == []


ROWS = [(rule, quote, each) for rule, quote in EVERY for each in quote.extract.nombres]


@pytest.mark.parametrize(
    ("rule", "quote", "named"), ROWS, ids=[f"{rule}-{each.mots}" for rule, _, each in ROWS]
)
def test_what_an_article_says_is_what_the_row_of_those_days_says(rule, quote, named):
    since = min(wording.since for wording in rules()[rule])
    frame = at(named.table, max(quote.version.first, since))
    for column, text in named.ou.items():
        frame = frame[frame[column].astype(str) == text]
    assert len(frame) >= 1
    row = frame[named.colonne].iloc[0]
    assert float(Fraction(str(row))) == pytest.approx(float(Fraction(str(named.vaut))))


def test_a_version_that_ended_before_a_wording_is_not_quoted_for_it():
    late = [one for one in quoted()["sick_leave_withheld"] if one.version.au == date(2025, 2, 28)]
    assert len(late) == 1
    assert (
        late[0].version.last < date(2025, 3, 1) <= quoted()["sick_leave_withheld"][-1].version.first
    )


def test_a_kernel_may_read_what_stands_beside_the_rules():
    assert {ARTICLES, EXAMPLES} <= set(of_the_kit())


def test_each_rule_has_a_published_case_or_a_worked_example():
    page = (ROOT / "docs" / "law" / "README.md").read_text(encoding="utf-8")
    without = re.findall(r"^- `(\w+)`(.*)$", page, re.M)
    assert without
    assert [name for name, mark in without if mark.strip() != "(exemple)"] == []
