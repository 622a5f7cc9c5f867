"""Each subject asked as if a day were today: the worked example of its page, moved, for anybody."""

import json
import re
from datetime import date, timedelta
from functools import cache

from test_worked_examples import BLOCK, SECTIONS

from iprof_kit.base.calendar import axis_of
from iprof_kit.calculate.guides.coverage import edges
from iprof_kit.law.career.advancement import cells_at
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.shapes import SCHEMAS

FIRST, LAST = date(2017, 1, 1), date(2030, 12, 31)
GRID = date(2017, 9, 1)
TODAY_IS = {"pay": "date", "eligibility": "jour", "anciennetes": "au", "campagnes": "instant",
            "maladie": "debut", "trop-percu": "debut"}  # fmt: skip
"""The field that says which day it is, where it is not « aujourdhui »."""
FIRST_DEGREE = {"departement": "93", "grade": "hors_classe", "echelon": 4,
                "anciennete_departement_annees": 17}  # fmt: skip
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_YEARS = ("campagne", "annees_direction", "annee")


@cache
def days_of_the_tables():
    """The eve, the day and the morrow of each day on which a row of a table begins or has ended."""
    every = {day for name in SCHEMAS for day in edges(name)}
    around = {day + timedelta(days=by) for day in every for by in (-1, 0, 1)}
    return sorted(day for day in around if FIRST <= day <= LAST)


def random_days(random, count):
    return [FIRST + timedelta(days=random.randrange((LAST - FIRST).days)) for _ in range(count)]


def asked_on(name, day, random=None):
    """The example of a subject, its days moved to make a day today; for anybody if `random`."""
    question = json.loads(BLOCK.findall(SECTIONS[name])[0])
    if name == "mobility" and random is not None:
        question = {
            "degre": "1d",
            "campagne": 2025,
            "voeux": ["37", "44"],
            "premier_degre": FIRST_DEGREE,
        }
    today = _today(name, question)
    moved = _moved(question, day - today, day.year - today.year)
    return moved if random is None else _somebody(moved, day, random)


def _today(name, question):
    for field in (TODAY_IS.get(name, "aujourdhui"), "date_effet"):
        if field in question:
            return date.fromisoformat(question[field][:10])
    return date(question.get("campagne", LAST.year), 1, 1)


def _moved(value, by, years, field=""):
    if isinstance(value, dict):
        return {key: _moved(each, by, years, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_moved(each, by, years, field) for each in value]
    if isinstance(value, str) and _DATE.match(value):
        return f"{date.fromisoformat(value[:10]) + by}{value[10:]}"
    return value + years if field in _YEARS else value


def _somebody(question, day, random):
    """Somebody of any corps, at a place of the grid of the day, for a while."""
    grid = max(day, GRID)
    cell = random.choice(cells_at(axis_of(grid)).tolist())
    place = {"corps": CELLS.corps[cell], "grade": CELLS.grade[cell], "echelon": CELLS.echelon[cell]}
    place |= {"chevron": CELLS.chevron[cell]} if CELLS.chevron[cell] else {}
    since = max(day - timedelta(days=random.randrange(900)), GRID)
    question.pop("annees_direction", None)
    for whom in (question, question.get("situation", {})):
        if {"corps", "grade", "echelon"} <= set(whom):
            whom |= place | ({"date_effet": str(since)} if "date_effet" in whom else {})
        if "anciennete_jours" in whom:
            whom["anciennete_jours"] = random.randrange(360)
    return question
