"""On any day a subject answers, or refuses and names table and period: never a crash."""

import re
from random import Random

import pytest
from asked_on_a_day import asked_on, days_of_the_tables, random_days

from iprof_kit.base.errors import KitError, LawError
from iprof_kit.calculate.subjects import HOMES, ask
from iprof_kit.law.tables.rules import rule_names
from iprof_kit.law.tables.shapes import SCHEMAS

TABLES = re.compile(rf"\b({'|'.join([*SCHEMAS, *rule_names()])})\b")
YEAR = re.compile(r"\b(19|20)\d\d\b")
SAMPLED = 24
"""Days asked of each subject in the ordinary suite; `make soak` asks all of them."""


def wrong(name, days, random):
    """What is neither an answer nor a refusal that names what it must."""
    for day in days:
        for whom in (None, random):
            question = asked_on(name, day, whom)
            try:
                ask(name, question)
            except KitError as error:
                if of_the_law(error) and not (
                    TABLES.search(str(error)) and YEAR.search(str(error))
                ):
                    yield day, str(error)
            except Exception as error:
                yield day, repr(error), question


def of_the_law(error):
    """The tables do not answer; else what was typed is refused, which names its field.

    « Règle non couverte » is of no date: no row, ever, leads from this grade or corps to that one.
    """
    never = error.message.startswith("règle non couverte")
    return (isinstance(error, LawError) and not never) or "période non couverte" in str(error)


@pytest.mark.parametrize("name", HOMES)
def test_on_a_day_there_is_an_answer_or_a_refusal_with_table_and_period(name):
    random = Random(name)
    days = random.sample(days_of_the_tables(), SAMPLED - 8) + random_days(random, 8)
    assert list(wrong(name, days, random)) == []


@pytest.mark.soak
@pytest.mark.parametrize("name", HOMES)
def test_on_every_day_there_is_an_answer_or_a_refusal_with_table_and_period(name):
    random = Random(name)
    days = days_of_the_tables() + random_days(random, 100)
    assert list(wrong(name, days, random)) == []
