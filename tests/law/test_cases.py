"""Every published case is replayed by a test, and every case names rules that exist."""

import csv
from pathlib import Path

import pytest
import yaml

from iprof_kit.calculate.guides.law.pages import every_rule
from iprof_kit.law.tables.shapes import SCHEMAS

FOLDER = Path(__file__).parent / "cases"
with (FOLDER / "cas_publies.csv").open(encoding="utf-8", newline="") as _file:
    PUBLISHED = {row["id"]: row for row in csv.DictReader(_file)}


def held():
    """The cases of every YAML table, with the file that holds them."""
    for file in sorted(FOLDER.glob("*.yml")):
        cases = yaml.safe_load(file.read_text(encoding="utf-8"))
        lists = cases.values() if isinstance(cases, dict) else [cases]
        for case in [case for held in lists if isinstance(held, list) for case in held]:
            if "id" in case:
                yield file.name, case


HELD = list(held())


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_case_is_replayed_with_its_source(name):
    mine = [case for _, case in HELD if case["id"] == name]
    assert len(mine) == 1
    assert mine[0]["source"].split(",")[0][:20] in PUBLISHED[name]["source"]
    assert mine[0]["confiance"] == PUBLISHED[name]["confiance"]


def test_a_case_has_a_source_and_an_outcome():
    bare = [
        (file, case["id"])
        for file, case in HELD
        if not case.get("source") or ("entree" in case and "attendu" not in case)
    ]
    assert bare == []


def test_the_rules_that_cases_name_exist():
    known = {rule.name for rule in every_rule()}
    named = {rule for _, case in HELD for rule in case.get("regles", [])}
    assert named - known == set()
    assert named


def test_the_tables_that_rules_name_exist():
    assert {name for rule in every_rule() for name in rule.tables} <= SCHEMAS.keys()


def test_a_rule_is_a_sentence_with_a_source():
    for rule in every_rule():
        assert rule.sentence.endswith("."), rule.name
        assert rule.sentence[0].isupper(), rule.name
        assert rule.source, rule.name
