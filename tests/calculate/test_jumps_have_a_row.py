"""What changes from one day to the next has a row, or a wording of a rule, that starts that day."""

import csv
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import numpy as np
import pytest

from iprof_kit.base.calendar import axis_of, date_of
from iprof_kit.base.explanation import explain
from iprof_kit.base.paths import REFERENCE
from iprof_kit.calculate.guides.coverage import edges
from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.subjects import ask, subject
from iprof_kit.law.career.advancement import cells_at
from iprof_kit.law.career.traitement import majore
from iprof_kit.law.pension.retirement import CATEGORIES, opening_dates
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.rules import RULES, rule_names
from iprof_kit.law.tables.shapes import SCHEMAS

FIRST, LAST = date(2019, 1, 1), date(2030, 12, 31)
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
KEY = ("corps", "grade", "echelon", "chevron")
MONTH_ENDS = 4
"""Days by which a date may move with its eve: 28 February and 31 March are of months of 30 days."""
LIVED = [axis_of(FIRST), axis_of(date(2023, 8, 6)), axis_of(LAST)]
PAID = [
    cell
    for cell in cells_at(axis_of(FIRST)).tolist()
    if all(cell in cells_at(day) and majore(day)[cell] > 0 for day in LIVED)
]
"""Places of the grids on which somebody may stay from the first day to the last."""


def starts():
    """Every day on which a row of a table begins or has just ended, or a rule has a wording."""
    days = {day for name in SCHEMAS for day in edges(name)}
    days |= {one.since for name in rule_names() for one in RULES[name]}
    days |= {one.until + DAY for name in rule_names() for one in RULES[name] if one.until}
    return sorted(day for day in days if FIRST < day <= LAST)


def walked(random):
    """The first and last day of each stretch between two starts, and a day inside it."""
    days = [FIRST, *starts(), LAST + DAY]
    for since, until in pairwise(days):
        inside = since + timedelta(days=random.randrange((until - since).days))
        yield since, sorted({since, inside, until - DAY})


def somebody(random):
    cell = random.choice(PAID)
    corps = CELLS.corps[cell]
    usual = random.random() < 0.7 and corps not in ("instituteur", "chaire_sup")
    return {
        **place(cell),
        "zone": random.randint(1, 3),
        "enfants": random.randint(0, 4),
        "quotite": random.choice([100, 90, 80, 70, 60, 50]),
        "nbi": random.choice([0, 0, 20]),
        "primes_usuelles": usual,
        # a prime is paid in the months that echeances_paie says: its year is what is walked
        "mode": "annualise" if usual else random.choice(["mois", "annualise"]),
    }


def place(cell):
    chevron = {"chevron": CELLS.chevron[cell]} if CELLS.chevron[cell] else {}
    return {
        "corps": CELLS.corps[cell],
        "grade": CELLS.grade[cell],
        "echelon": CELLS.echelon[cell],
        **chevron,
    }


def nets(who, days):
    asked = subject("pay")
    questions = [question_of(asked.question, {**who, "date": str(day)}) for day in days]
    return [slip.totaux.net_avant_impot for slip in asked.many(questions)]


def because(who, day):
    """The days on which what was read for a payslip begins, and on which what ended was read."""
    with explain() as trace:
        ask("pay", {**who, "date": str(day)})
    read = [value for step in trace.steps for value in step.parameters]
    wordings = [one for step in trace.steps for one in RULES.get(step.rule, ())]
    begun = {one.since for one in [*read, *wordings]}
    return begun, {one.until for one in [*read, *wordings]}


def jumps_without_row(who, random):
    """Days on which the net changes and nothing that was read starts, or has just ended."""
    stretches = list(walked(random))
    days = [day for _, each in stretches for day in each]
    net = dict(zip(days, nets(who, days), strict=True))
    for _, each in stretches:
        if len({net[day] for day in each}) > 1:
            yield each, [net[day] for day in each]
    for eve, day in [(each[0] - DAY, each[0]) for _, each in stretches[1:]]:
        if net[eve] != net[day] and not (
            day in because(who, day)[0] or eve in because(who, eve)[1]
        ):
            yield day, net[eve], net[day]


@pytest.mark.parametrize("seed", range(2))
def test_a_net_changes_on_the_day_of_a_row(seed):
    random = Random(seed)
    who = somebody(random)
    assert list(jumps_without_row(who, random)) == [], who


def test_a_change_that_no_row_says_is_seen(monkeypatch):
    late = date(2021, 3, 17)
    monkeypatch.setitem(globals(), "nets", lambda who, days: [100 + (day >= late) for day in days])
    random = Random(0)
    ((around, seen),) = jumps_without_row(somebody(random), random)
    assert around[0] < late <= around[-1]
    assert (seen[0], seen[-1]) == (100, 101)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 32))
def test_the_nets_of_many_change_on_the_day_of_a_row(seed):
    random = Random(seed)
    who = somebody(random)
    assert list(jumps_without_row(who, random)) == [], who


def test_an_index_changes_on_the_day_of_a_row_of_its_position():
    with (REFERENCE / "grilles.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    begun = {(*(row[name] for name in KEY), row["valide_du"]) for row in rows}
    ended = {(*(row[name] for name in KEY), row["valide_au"]) for row in rows}
    days = range(axis_of(date(2017, 9, 1)), axis_of(LAST) + 1)
    before, changes = majore(days[0]), []
    for day in days[1:]:
        now = majore(day)
        for cell in np.flatnonzero(now != before).tolist():
            key = tuple(getattr(CELLS, name)[cell] for name in KEY)
            changes.append(key)
            assert (*key, str(date_of(day))) in begun or (*key, str(date_of(day - 1))) in ended
        before = now
    assert changes


@pytest.mark.parametrize("seed", range(2))
def test_the_day_of_an_echelon_moves_with_its_effect_but_where_a_row_starts(seed):
    random, asked = Random(seed), subject("echelon")
    who = place(random.choice(PAID))
    first = FIRST + timedelta(days=random.randrange(1500))
    days = [first + timedelta(days=by) for by in range(400)]
    questions = [
        question_of(asked.question, {**who, "date_effet": str(day), "aujourdhui": str(day)})
        for day in days
    ]
    due = [answer.date_normale for answer in asked.many(questions)]
    for day, eve, now in zip(days[1:], due, due[1:], strict=False):
        moved = 0 if eve == now else (now - eve).days
        assert 0 <= moved <= MONTH_ENDS or day in edges("durees_echelon"), (who, day, eve, now)


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_age_of_a_pension_moves_with_the_birth_but_where_a_row_starts(category):
    births = np.arange("1955-01-01", "1985-01-01", dtype="datetime64[D]")
    opened = opening_dates(births, np.full(len(births), category), TODAY)
    births, opened = births[~np.isnat(opened)], opened[~np.isnat(opened)]
    moved = np.diff(opened).astype(int)
    with (REFERENCE / "retraite_ages.csv").open(encoding="utf-8") as file:
        starts_of_rows = {row["ne_du"] for row in csv.DictReader(file)}
    jumps = births[1:][(moved < 0) | (moved > MONTH_ENDS)].astype(str).tolist()
    assert jumps
    assert set(jumps) <= starts_of_rows
