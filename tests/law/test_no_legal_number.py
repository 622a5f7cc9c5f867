"""The law is data: no number of the law is written where rules and careers are."""

import ast
from pathlib import Path

import pytest

import iprof_kit

PACKAGE = Path(iprof_kit.__file__).parent
FOLDERS = ("law", "careers", "calculate", "analytics")
ALLOWED = {
    0: "rien, premier",
    1: "un, suivant (et −1 : absent)",
    2: "première ligne de données d’un fichier CSV",
    12: "mois de l’année",
    30: "jours du mois",
    100: "temps plein, pour cent",
    360: "jours de l’année",
}
ELSEWHERE = {
    "_NUMENS": ({3, 4, 6, 7, 8}, "characters of an identity"),
    "_SHAPES": ({6, 8, 13, 15}, "characters of an identity"),
    "authors": ({4}, "digits of a year"),
    "identifiers": ({5}, "lines shown of a double"),
    "FEW": ({40}, "rows of a table shown whole"),
    "OPPOSED": ({3}, "codes of the ways to be taken"),
    "LEFT": ({3}, "codes of the kinds of acts"),
    "SLOWED": ({4}, "codes of the kinds of acts"),
    "CREDIT": ({5}, "codes of the kinds of acts"),
    "BONIFICATION": ({3}, "codes of the kinds of events"),
    "GRADE": ({4}, "codes of the kinds of events"),
    "TEXT": ({5}, "codes of the kinds of events"),
    "RECORDED": ({6}, "codes of the kinds of events"),
    "DEPARTURE": ({7}, "codes of the kinds of events"),
    "law_in_force": ({64}, "size of a cache"),
    "at": ({512}, "size of a cache"),
    "on_day": ({1024}, "size of a cache"),
    "_SCORE_BITS": ({32}, "bits of a key"),
    "_ID_BITS": ({24}, "bits of a key"),
    "seniority_score": ({16}, "bits of a key"),
    "ENTRANTS": ({20}, "size of a drawn population"),
    "draw": ({32}, "size of a cache"),
    "_TRIED": ({20}, "campaigns looked at"),
    "_by_draw": ({0.1, 0.5, 0.9}, "deciles"),
    "MOST_SCENARIOS": ({4}, "scenarios compared"),
    "_walk": ({64}, "size of a cache"),
    "_bounds": ({64}, "size of a cache"),
    "_YEARS_AFTER": ({6}, "years looked at, longer than any leave"),
    "_MOST_STOPPAGES": ({24}, "stoppages of one question"),
    "WORKS": ({3}, "codes of how a day stands"),
    "_MOST_KEPT": ({64, 4096}, "answers kept"),
    "_references": ({8}, "size of a cache"),
    "_checked": ({8}, "size of a cache"),
    "_counted": ({64}, "size of a cache"),
    "cell_code": ({1024}, "size of a cache"),
    "citation": ({2048}, "size of a cache"),
    "official_texts": ({2048}, "size of a cache"),
    "official": ({2048}, "size of a cache"),
    "LARGEST": ({20_000_000}, "bytes of a table"),
    "MEGABYTE": ({1000000}, "bytes of a file"),
    "_ORDER": ({3}, "places in a list"),
    "DAYS_BEFORE": ({7}, "days of a reminder of this kit"),
    "_CAUGHT_UP": ({3}, "échelons by right that a file may lack"),
    "_OF_AGE": ({45, 55}, "groups of ages of the game"),
    "HIGHEST": ({50}, "the greatest ratio that the game tries, in per cent"),
    "MOST_CRITERIA": ({6}, "criteria that a room may choose"),
    "applied": ({64}, "size of a cache"),
    "_played": ({16}, "size of a cache"),
    "_MINUTES": ({3, 90}, "minutes and seconds of a vote"),
    "_RECENT": ({3}, "campaigns looked back at"),
    "ScenarioEtSi": ({40}, "characters of a name"),
    "_SCENARIOS": ({4}, "scenarios compared"),
    "YEARS_WITHOUT_BIRTH": ({40}, "years without a date of birth"),
    "periods_of": ({3}, "place of a column"),
    "MILLION": ({1000000}, "a million"),
    "point_on": ({4}, "decimals of the point"),
    "simulation_hc_ce": ({5}, "campaigns ahead, by default"),
    "previsions_retraites": ({10}, "years ahead, by default"),
    "QUARTERS": ({3, 4}, "quartiles"),
    "_ROUNDING": ({1e-09}, "rounding"),
    "_ABOVE": ({24}, "bits of a key"),
    "entrees_pour_10_retraites": ({10}, "recruitments for ten departures"),
    "_departments": ({3}, "characters of a department"),
    "_DECILES": ({0.1, 0.5, 0.9}, "deciles"),
    "_NAME": ({60}, "letters of the name of a source"),
    "_MOST_ACROSS": ({6}, "columns of a table that stays across"),
    "TINY": ({1e-06}, "of the solver"),
    "_ROUNDS": ({6}, "of the solver"),
    "_FAR": ({100000.0}, "of the solver"),
    "_LENGTH": ({16}, "bytes of a key"),
    "checked_name": ({60}, "letters of a name"),
    "pseudonyms": ({8}, "bytes of a number"),
    "_key": ({63}, "rights of a file"),
    "_create": ({384, 448}, "rights of a file"),
    "_KEY_BYTES": ({32}, "bytes of a key"),
    "_PATIENCE": ({120}, "seconds of patience"),
    "_LEAST_WORDS": ({10}, "letters of a motive"),
    "logged": ({4}, "bytes of a number"),
    "_MOST_CELLS": ({20000}, "most cells"),
    "_MOST_COLUMNS": ({3, 4}, "most columns and shares"),
    "_KEPT": ({500}, "solutions kept"),
    "_HEAD_ROW": ({4}, "sizes on a page"),
    "_table": ({9, 14}, "sizes on a page"),
    "_widths": ({40}, "sizes on a page"),
    "_printing": ({200}, "sizes on a page"),
    "_provenance": ({34, 90}, "sizes on a page"),
    "_DEPARTMENT": ({3}, "characters of a UAI that name its department"),
    "_LAST_OF_THE_YEAR": ({31}, "31 December, the last day that is read"),
    "LONGEST": ({25}, "words of a sentence"),
    "LineCode": ({50}, "characters of a code"),
    "LineOrEvery": ({50}, "characters of a code"),
    "_MOST_FACTORS": ({3, 6, 10}, "tiles of an equation"),
    "day_of": ({3, 4}, "places of the month and of the year in a date"),
    "_within": ({3}, "places in a sentence"),
    "_window": ({3, 4, 5}, "places in a sentence"),
    "_LONGEST": ({400}, "days looked at, more than a school year"),
    "effect_of": ({256}, "size of a cache"),
}
"""Numbers that are not of the law, by the definition that holds them: a module may move."""
FREE = "# No number here is of the law:"
"""How a module whose numbers are all of another kind says so, and what they are; or a package."""


def free(path):
    """Tell whether a module, or a package that holds it, says that it is free."""
    homes = [folder / "__init__.py" for folder in path.parents if folder.is_relative_to(PACKAGE)]
    return any(FREE in one.read_text(encoding="utf-8") for one in (path, *homes))


FILES = sorted(
    path for folder in FOLDERS for path in (PACKAGE / folder).rglob("*.py") if not free(path)
)


def place(path):
    return path.relative_to(PACKAGE).as_posix()


def definitions(text):
    """Yield each thing that a module defines, with its (first) name; other lines have none."""
    for node in ast.parse(text).body:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        named = (
            [one.id for one in ast.walk(targets[0]) if isinstance(one, ast.Name)]
            if targets[0]
            else []
        )
        yield getattr(node, "name", "") or "".join(named[:1]), node


def numbers(node):
    return [
        one
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and type(one.value) in (int, float)
    ]


def legal(text):
    """Return the numbers that a module may not hold, each with its line."""
    return [
        (one.value, one.lineno)
        for name, node in definitions(text)
        for one in numbers(node)
        if one.value not in {*ALLOWED, *ELSEWHERE.get(name, ((),))[0]}
    ]


@pytest.mark.parametrize("path", FILES, ids=place)
def test_no_legal_number(path):
    assert legal(path.read_text(encoding="utf-8")) == []


def test_no_number_is_exempted_that_no_definition_holds():
    held = {}
    for path in FILES:
        for name, node in definitions(path.read_text(encoding="utf-8")):
            held.setdefault(name, set()).update(one.value for one in numbers(node))
    unused = {name: own - held.get(name, set()) for name, (own, _why) in ELSEWHERE.items()}
    assert {name: own for name, own in unused.items() if own} == {}


def test_the_check_sees_a_legal_number():
    assert legal("x = 36 * 30") == [(36, 1)]
    assert legal("def other():\n    return 20") == [(20, 2)]
    assert legal("_TRIED = 20") == []
