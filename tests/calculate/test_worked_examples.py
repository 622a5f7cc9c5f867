"""The worked examples of docs/calculations.md are what the kit answers."""

import json
import re

import pytest

from iprof_kit.base.explanation import explain
from iprof_kit.base.paths import ROOT
from iprof_kit.calculate.subjects import HOMES, ask
from iprof_kit.law.tables.rules import RULES

PAGE = (ROOT / "docs" / "calculations.md").read_text(encoding="utf-8")
SECTIONS = {
    title.split()[0]: text
    for title, text in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
}
BLOCK = re.compile(r"^```json\n(.*?)^```", re.M | re.S)


def holds(whole, part):
    """The part is in the whole: fields by name, items of a list in their order."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            name in whole and holds(whole[name], value) for name, value in part.items()
        )
    if isinstance(part, list):
        rest = iter(whole)
        return all(any(holds(item, wanted) for item in rest) for wanted in part)
    return whole == part


@pytest.mark.parametrize("name", HOMES)
def test_a_worked_example_is_the_answer(name):
    question, excerpt = BLOCK.findall(SECTIONS[name])[:2]
    with explain() as trace:
        answer = ask(name, question).model_dump(mode="json")
    assert holds(answer, json.loads(excerpt)), json.dumps(answer, ensure_ascii=False, indent=1)
    assert trace.steps
    of_the_law = [step for step in trace.steps if step.kind == "loi"]
    # a line that tells what a rule gave has the source of that rule
    assert all(step.source or RULES[step.rule][0].source for step in of_the_law)


def test_an_excerpt_that_is_not_there_is_seen():
    assert holds({"a": [{"b": 1}, {"b": 2}]}, {"a": [{"b": 2}]})
    assert not holds({"a": [{"b": 1}, {"b": 2}]}, {"a": [{"b": 3}]})
    assert not holds({"a": [{"b": 1}, {"b": 2}]}, {"a": [{"b": 2}, {"b": 1}]})
