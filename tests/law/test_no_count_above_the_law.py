"""Above the law, no count and no delay of it is written: each is read in its table.

Read here: the packages above `calculate` and `analytics`, which test_no_legal_number.py reads. A
number is found where it stands near a word of days, months, years, points…, in `timedelta`, and
where a month and a day make a date. What is of no law is a row of counts_of_no_law.csv, by the
definition that holds it: a module may move.
"""

import ast
import csv
import re
from pathlib import Path

import pytest

import iprof_kit
from iprof_kit.calculate.career.question import BONUSES
from iprof_kit.law.career.advancement import BONIFIED

PACKAGE = Path(iprof_kit.__file__).parent
ROOMS = ("ui", "services", "server", "commands", "cv", "documents", "kernel", "given")
DRAWN = ("ui/figures/", "documents/")
"""Places on a page: their years and days are drawn, not counted."""
OF_NO_LAW = Path(__file__).with_name("counts_of_no_law.csv")
_WORDS = re.compile(
    r"(^|_)(days?|weeks?|months?|years?|points?|jours?|mois|annees?|ans?|ages?|quarters?|zones?|"
    r"trimestres?|echelons?|enfants?|child(ren)?|rates?|taux|hours?|heures?|quotites?|shares?|"
    r"euros?|delays?|delais?|rentrees?|rangs?|grades?|bonus(es)?|viviers?|campaigns?|campagnes?|"
    r"soonest|latest|oldest|youngest)(_|$)",
    re.IGNORECASE,
)
_COMMON = {0, 1, 2, 12, 30, 100, 360}
"""Nothing, one, the next, the months of a year, the days of a month, full time, a whole year."""


def identifiers(node):
    for one in ast.walk(node):
        yield getattr(one, "id", None) or getattr(one, "attr", None) or getattr(one, "arg", None)


def cut(node):
    """Tell whether a number is the place of a letter: « text[:4] », « len(text) == 4 »."""
    if isinstance(node, ast.Subscript):
        return [node.slice]
    texts = isinstance(node, ast.Compare) and any(
        isinstance(one, ast.Call) and getattr(one.func, "id", "") == "len" for one in ast.walk(node)
    )
    return [node] if texts else []


def numbers(node):
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield node
    apart = [id(one) for one in cut(node)]
    if id(node) not in apart:
        for one in ast.iter_child_nodes(node):
            if id(one) not in apart:
                yield from numbers(one)


def dated(node):
    """Yield the numbers of a call that makes a day, or a delay, of them."""
    for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
        name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
        own = [*call.args[name == "date" :], *(one.value for one in call.keywords if one.arg)]
        if name in ("date", "timedelta"):
            yield from (one for part in own for one in numbers(part) if one.value not in (0, 1))


def simple(tree):
    """Yield each statement that holds no other, what the others look at, and its definition."""
    for top in tree.body:
        called = (one.id for one in ast.walk(top) if isinstance(one, ast.Name))
        name = getattr(top, "name", "") or next(called, "")
        for node in ast.walk(top):
            if isinstance(node, ast.stmt) and not hasattr(node, "body"):
                yield name, node
            elif isinstance(node, ast.If | ast.While | ast.IfExp):
                yield name, node.test


def found(text):
    """Return the counts that a module writes near such a word, by definition."""
    counts = {}
    tree = ast.parse(text)
    lines = {one.lineno for one in numbers(tree) if one.value not in (0, 1)}
    for name, node in simple(tree) if lines else ():
        if lines.isdisjoint(range(node.lineno, node.end_lineno + 1)):
            continue
        written = [one.value for one in numbers(node) if one.value not in (0, 1)]
        uncommon = [one for one in written if one not in _COMMON]
        near = uncommon and any(_WORDS.search(one) for one in identifiers(node) if one)
        days = dated(node) if written else ()
        for value in (*(uncommon if near else ()), *(one.value for one in days)):
            counts.setdefault(name, set()).add(value)
    return counts


def listed():
    with OF_NO_LAW.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_k06_no_count_of_the_law_is_written_above_the_law():
    written = {}
    for path in (one for room in ROOMS for one in (PACKAGE / room).rglob("*.py")):
        if not path.relative_to(PACKAGE).as_posix().startswith(DRAWN):
            for name, own in found(path.read_text("utf-8")).items():
                written.setdefault(name, set()).update(own)
    assert written == {
        row["definition"]: set(map(float, row["nombres"].split())) for row in listed()
    }


@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        ("X = date(year, 9, 1)", {9}),
        ("def f(y):\n    return date(y + 1, 8, 31)", {8, 31}),
        ("WAIT = timedelta(days=30)", {30}),
        ("_SOONEST = (6, 1)", {6}),
        ("def f(months):\n    return months > 42", {42}),
        ("CHILDREN = 7", {7}),
        ("def f(text):\n    return text[:4] if len(text) == 7 else date.today()", set()),
        ("WIDTH = 7", set()),
        ("X = date(2026, number, 1)", set()),
    ],
)
def test_k06_the_search_sees_a_planted_count(planted, seen):
    assert set().union(*found(planted).values()) == seen


def test_k06_each_exception_says_why():
    assert [row for row in listed() if len(row["raison"].split()) < 2] == []


def test_k06_the_bonifications_that_may_be_supposed_are_those_of_the_table():
    assert tuple(BONUSES.values()) == BONIFIED
