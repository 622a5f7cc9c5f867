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
    "analytics/identities.py": ({6, 8, 13, 15}, "characters of an identity"),
    "calculate/career/meetings.py": ({4}, "digits of a year"),
    "analytics/promotions/candidates.py": ({5}, "lines shown of a double"),
    "calculate/guides/law_pages.py": ({40}, "rows of a table shown whole"),
    "careers/places.py": ({3}, "codes of the ways to be taken"),
    "calculate/interface/reading.py": ({40}, "characters of a faulty value shown"),
    "careers/acts.py": ({3, 4, 5}, "codes of the kinds of acts"),
    "careers/events.py": ({3, 4, 5, 6, 7}, "codes of the kinds of events"),
    "careers/periods.py": ({64}, "size of a cache"),
    "careers/ranking.py": ({32, 24, 16}, "bits of a key"),
    "careers/hors_classe_draw.py": ({20, 32}, "size of a drawn population and of a cache"),
    "calculate/promotion/tirage.py": ({20, 0.1, 0.5, 0.9}, "campaigns looked at, deciles"),
    "calculate/et_si/calculation.py": ({4, 64}, "scenarios compared, size of a cache"),
    "calculate/et_si/pay.py": ({4096}, "size of a cache"),
    "calculate/et_si/question.py": ({40}, "characters of a name"),
    "calculate/career/start.py": ({4, 40}, "scenarios compared, years without a date of birth"),
    "analytics/positions.py": ({3}, "place of a column"),
    "analytics/analyses/pay/reading.py": ({4, 1_000_000}, "decimals of the point, a million"),
    "analytics/analyses/flows/prevision.py": ({5}, "campaigns ahead, by default"),
    "analytics/analyses/flows/retraites.py": ({10}, "years ahead, by default"),
    "analytics/analyses/flows/survival.py": ({3, 4, 1e-9}, "quartiles, rounding"),
    "analytics/population/decisions.py": ({24}, "bits of a key"),
    "analytics/population/measures.py": ({10}, "recruitments for ten departures"),
    "analytics/population/postings.py": ({3}, "characters of a department"),
    "analytics/projection/repetitions.py": ({0.1, 0.5, 0.9}, "deciles"),
    "analytics/reports/draft.py": ({60}, "letters of the name of a source"),
    "analytics/reports/words.py": ({6}, "columns of a table that stays across"),
    "analytics/publication/attack.py": ({1e-06, 6, 100000.0}, "of the solver"),
    "analytics/publication/keys.py": (
        {8, 16, 32, 60, 63, 384, 448},
        "sizes of a key, rights of files",
    ),
    "analytics/publication/ledger.py": ({120}, "seconds of patience"),
    "analytics/export_log.py": ({4, 10}, "letters of a motive, bytes of a number"),
    "base/private_files.py": ({384, 448}, "rights of a file"),
    "analytics/publication/request.py": ({3, 4, 20000}, "most columns and shares"),
    "analytics/publication/suppression.py": ({500}, "solutions kept"),
    "analytics/publication/workbook.py": ({4, 9, 14, 34, 40, 90, 200}, "sizes on a page"),
    "calculate/anciennetes/start.py": ({3}, "characters of a UAI that name its department"),
}
NOT_LAW = (
    "analytics/imports",  # how files are written and recognised
    "analytics/columns.py",  # numbers of the analyses that use a column
    "analytics/promotions/example.py",  # a fictitious list
    "analytics/analyses/drawing.py",  # sizes of figures
)
FILES = sorted(
    path
    for folder in FOLDERS
    for path in (PACKAGE / folder).rglob("*.py")
    if not any(path.is_relative_to(PACKAGE / other) for other in NOT_LAW)
)


def place(path):
    return path.relative_to(PACKAGE).as_posix()


def numbers(text):
    return [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and type(node.value) in (int, float)
    ]


@pytest.mark.parametrize("path", FILES, ids=place)
def test_no_legal_number(path):
    own, _why = ELSEWHERE.get(place(path), (set(), ""))
    for node in numbers(path.read_text(encoding="utf-8")):
        assert node.value in {*ALLOWED, *own}, f"{path.name}, ligne {node.lineno} : {node.value}"


@pytest.mark.parametrize("name", ELSEWHERE)
def test_no_number_is_exempted_that_its_file_does_not_hold(name):
    held = {node.value for node in numbers((PACKAGE / name).read_text(encoding="utf-8"))}
    own, _why = ELSEWHERE[name]
    assert own <= held - set(ALLOWED)


def test_the_check_sees_a_legal_number():
    found = [node.value for node in numbers("x = 36 * 30")]
    assert [number for number in found if number not in ALLOWED] == [36]
