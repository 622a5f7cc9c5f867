"""The reason of another path is the trace of its answer: its last line is the state beside."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.calculate.paths.calculation import eligibility
from iprof_kit.calculate.paths.question import EligibilityQuestion
from iprof_kit.calculate.paths.why import explain_path, when_words
from iprof_kit.law.paths.rows import asked_for, paths
from iprof_kit.law.tables.rules import RULES

TODAY = date(2026, 11, 25)
JEAN = {"jour": TODAY, "corps": "pe", "grade": "classe_normale", "echelon": "7"}


def asked(code, **changes):
    question = EligibilityQuestion.model_validate({**JEAN, "parcours": code, **changes})
    return eligibility(question).parcours[0]


def check(path):
    lines = path.explication.lignes
    assert (lines[-1].libelle, lines[-1].valeur) == ("Donc", when_words(path))
    judged = [line.nature for line in lines]
    known = [one.remplie for one in path.conditions]
    assert judged.count("hypothese") <= known.count(None)
    assert ("hypothese" in judged) is (None in known)
    assert ("refus" in judged) is (False in known or path.etat == "jamais")
    assert path.explication.regle


@pytest.mark.parametrize("code", asked_for())
def test_the_reason_of_every_path_ends_with_its_state(code):
    check(asked(code))


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(asked_for()),
    st.sampled_from(["pe", "certifie", "agrege", "plp", "cpe"]),
    st.integers(2, 9),
    st.dates(date(1962, 1, 1), date(2000, 12, 31)),
)
def test_the_reason_of_anybody_ends_with_her_state(code, corps, echelon, born):
    check(asked(code, corps=corps, echelon=str(echelon), date_naissance=born))


def test_law_datum_hypothesis_and_refusal_are_told_apart():
    lines = {(line.libelle, line.nature) for line in asked("LA_AGREGE").explication.lignes}
    assert {
        ("Corps détenu, exigé", "loi"), ("Corps détenu, déclaré", "donnee"),
        ("Corps détenu", "refus"), ("Âge", "hypothese"),
    } <= lines  # fmt: skip


def test_a_corps_that_is_hers_already_is_a_refusal():
    path = asked("LA_AGREGE", corps="agrege")
    assert path.etat == "jamais"
    check(path)


def test_a_list_of_all_paths_explains_none():
    every = eligibility(EligibilityQuestion.model_validate(JEAN))
    assert {path.explication for path in every.parcours} == {None}


def test_a_reason_that_nobody_asked_for_is_not_calculated():
    assert asked("LA_AGREGE", expliquer=False).explication is None


def test_an_answer_that_is_not_got_again_has_no_reason():
    path = asked("LA_AGREGE")
    other = path.model_copy(update={"etat": "ouvert"})
    refused = explain_path(path, lambda: other, paths()["LA_AGREGE"].papers)
    assert refused.lignes[-1].libelle == "Raison non donnée"
    assert "est différent" in refused.lignes[-1].valeur


def test_a_reason_changes_no_answer():
    every = {p.code: p for p in eligibility(EligibilityQuestion.model_validate(JEAN)).parcours}
    for code in asked_for():
        alone = asked(code)
        assert alone.model_copy(update={"explication": None}) == every[alone.code]


def test_a_rule_that_left_the_registry_makes_the_reason_fail(monkeypatch):
    monkeypatch.delitem(RULES, "path_services")
    path = asked("AGREG_INT")
    (refused,) = path.explication.lignes
    assert (refused.libelle, refused.nature) == ("Raison non donnée", "refus")
    assert path.conditions  # the answer itself stands
