"""The inter-academic movement: published cases, then each criterion in each campaign."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

from iprof_kit.base.explanation import explain
from iprof_kit.law.mobility.second.extension import extension
from iprof_kit.law.mobility.second.person import (
    OtherParent,
    Person2D,
    PriorityPost,
    SeparationYear,
)
from iprof_kit.law.mobility.second.score import (
    NOT_COMPUTED,
    bar_meaning,
    score_wishes,
    tie_break,
)
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.rules import RULES

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "mouvement_2d.yml").read_text(encoding="utf-8")
)
PLAYED = [(case, year) for case in CASES for year in case["entree"]["campagnes"]]


def person_of(facts):
    """Person of a case: lists stand for the years of separation and the posts of a label."""
    facts = {"anciennete_poste_annees": 0, **facts}
    if "conjoint" in facts:
        facts["conjoint"] = OtherParent(**facts["conjoint"])
    facts["separation"] = tuple(SeparationYear(*year) for year in facts.get("separation", ()))
    facts["education_prioritaire"] = tuple(
        PriorityPost(*post) for post in facts.get("education_prioritaire", ())
    )
    for name in ("demandes", "naissances", "academies_handicap"):
        facts[name] = tuple(facts.get(name, ()))
    return Person2D(**facts)


@pytest.mark.parametrize(
    ("case", "campagne"), PLAYED, ids=[f"{case['id']}-{year}" for case, year in PLAYED]
)
def test_case(case, campagne):
    person, wishes = person_of(case["entree"]["personne"]), case["entree"]["voeux"]
    scores, expected = score_wishes(person, wishes, campagne), case["attendu"]
    for score, total in zip(scores, expected.get("totaux", [None] * len(scores)), strict=True):
        assert total is None or score.total == pytest.approx(total), score
    for critere, points in expected.get("criteres", {}).items():
        found = sum(line.points for line in scores[0].lignes if line.critere == critere)
        assert found == pytest.approx(points), critere
    asides = [aside for score in scores for aside in score.ecartes]
    assert {a.critere for a in asides if a.inconnu} == set(expected.get("inconnus", ()))
    assert set(expected.get("ecartes", ())) <= {a.critere for a in asides if not a.inconnu}
    assert all(aside.motif for aside in asides)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_rules_that_a_case_names_are_applied(case):
    person, entry = person_of(case["entree"]["personne"]), case["entree"]
    with explain() as trace:
        score_wishes(person, entry["voeux"], entry["campagnes"][0])
    assert set(case["regles"]) <= {step.rule for step in trace.steps}


def test_every_rule_has_a_case():
    ours = {name for name in RULES if name.startswith("inter_2d_")}
    elsewhere = {"inter_2d_departage", "inter_2d_barre", "inter_2d_extension"}
    assert ours - {name for case in CASES for name in case["regles"]} == elsewhere


def test_every_row_of_the_table_is_read_or_listed():
    frame: pd.DataFrame = table("mouvement_interacademique_2d")
    rows = {f"{r.critere} {r.sous_critere} {r.campagne}" for r in frame.itertuples()}
    silent = {
        f"{r.critere} {r.sous_critere} {r.campagne}"
        for r in frame.itertuples()
        if (r.critere, r.sous_critere) in NOT_COMPUTED
    }
    assert rows - _rows_read() == silent


def _rows_read():
    with explain() as trace:
        for case, year in PLAYED:
            person, wishes = person_of(case["entree"]["personne"]), case["entree"]["voeux"]
            scores = score_wishes(person, wishes, year)
            if case["id"] == "M2D96" and year > 2019:
                extension(person, wishes, scores, year)
        for year in (2024, 2025, 2026, 2027):
            tie_break(year)
            bar_meaning(year)
    return {parameter.name.split(",")[0] for step in trace.steps for parameter in step.parameters}
