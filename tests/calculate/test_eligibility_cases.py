"""Each path, each condition: just met, just missed, and not told; expected by hand from the law."""

from pathlib import Path

import pytest
import yaml

from iprof_kit.base.explanation import explain
from iprof_kit.calculate.subjects import ask
from iprof_kit.law.tables.rules import RULES

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "law" / "cases" / "parcours.yml").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_path(case):
    with explain() as trace:
        answer = ask("eligibility", {"jour": "2026-11-25", **case["entree"]}).parcours[0]
    found = answer.model_dump(mode="json")
    assert {name: found[name] for name in case["attendu"]} == case["attendu"], case["enonce"]
    assert set(case["regles"]) <= {step.rule for step in trace.steps}


def test_every_kind_of_condition_has_cases_just_met_and_just_missed():
    named = {name for case in CASES for name in case["regles"]}
    rules = {name for name in RULES if name.startswith("path_")}
    assert rules <= named
    for name in rules - {"path_months_together"}:
        states = {case["attendu"]["etat"] for case in CASES if name in case["regles"]}
        assert "ouvert" in states, name
        assert states & {"jamais", "a_partir_du"}, name
