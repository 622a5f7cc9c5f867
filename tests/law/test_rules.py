"""The registry of rules: dates, variants, and the cost when nobody asks why."""

import importlib
import pkgutil

import pytest

import iprof_kit.law
from iprof_kit.base.calendar import rentree
from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.law.tables import rules
from iprof_kit.law.tables.rules import RULES, rule


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    monkeypatch.setattr(rules, "RULES", dict(RULES))


def declare(since, until=None, name="essai", answer="x"):
    @rule(sentence="Une règle.", source="un texte", since=since, until=until, name=name)
    def essai(day):
        return answer

    return essai


def test_every_rule_of_the_law_has_a_french_sentence_and_a_source():
    for module in pkgutil.iter_modules(iprof_kit.law.__path__):
        importlib.import_module(f"iprof_kit.law.{module.name}")
    assert len(RULES) >= 15
    for variants in RULES.values():
        for variant in variants:
            assert variant.sentence.endswith(".")
            assert variant.source


def test_overlapping_variants_are_refused_at_load():
    declare("2017-09-01", "2023-08-31")
    with pytest.raises(LawError, match="deux rédactions"):
        declare("2023-08-31")


def test_an_open_variant_refuses_any_later_one():
    declare("2017-09-01")
    with pytest.raises(LawError, match="deux rédactions"):
        declare("2030-09-01")


def test_the_variant_is_picked_by_date():
    declare("2017-09-01", "2023-08-31", answer="old")
    apply = declare("2023-09-01", answer="new")
    assert apply(day=rentree(2022)) == "old"
    assert apply(day=rentree(2023)) == "new"


def test_a_day_without_variant_is_not_covered():
    declare("2017-09-01", "2020-08-31")
    apply = declare("2023-09-01")
    for year in (2016, 2021):
        with pytest.raises(PeriodNotCovered, match=f"1er septembre {year}"):
            apply(day=rentree(year))


def test_a_column_of_days_must_fall_in_one_variant():
    declare("2017-09-01", "2023-08-31")
    apply = declare("2023-09-01")
    with pytest.raises(PeriodNotCovered):
        apply(day=[rentree(2022), rentree(2024)])


@pytest.mark.parametrize("error", [LawError, InputError])
def test_a_rule_that_refuses_leaves_its_refusal(error):
    @rule(sentence="Non.", source="un texte", since="2017-09-01", name="refus")
    def refuse(day):
        raise error("non")

    with explain() as trace:
        with pytest.raises(error):
            refuse(1)
        declare("2017-09-01")(day=1)
    assert [(step.rule, step.kind) for step in trace.steps] == [
        ("refus", "refus"),
        ("essai", "loi"),
    ]
    assert trace.steps[0].words == (("Réponse", "non"),)
    assert trace.steps[0].sentence == "Non."


def test_a_step_says_rule_sentence_source_inputs_and_result():
    with explain() as trace:
        declare("2017-09-01")(day=3)
    (step,) = trace.steps
    assert (step.rule, step.sentence, step.source) == ("essai", "Une règle.", "un texte")
    assert (step.inputs, step.result) == ({"day": 3}, "x")
