"""The reason of a tableau, or of a past campaign by viviers, is its answer calculated again."""

from datetime import date

import pytest
from changed_tables import plain
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.errors import KitError
from iprof_kit.calculate import ask
from iprof_kit.calculate.promotion.calculation import answer
from iprof_kit.calculate.promotion.question import PromotionQuestion
from iprof_kit.calculate.promotion.vivier_question import VivierQuestion
from iprof_kit.calculate.promotion.vivier_why import examined_words, explain_vivier
from iprof_kit.calculate.promotion.why import (
    explain_other_grade,
    explain_promotion,
    verdict_words,
)
from iprof_kit.law.tables.rules import RULES

PE = PromotionQuestion(
    corps="pe", grade="classe_normale", echelon="9", campagne=2027, date_effet=date(2025, 9, 1)
)
HEAD = {"fonction": "direction_ecole", "debut": "2011-09-01", "fin": "2019-08-31"}


def vivier(**more):
    asked = {"corps": "pe", "campagne": 2019, "echelon": "3", "candidature_deposee": True} | more
    return VivierQuestion.model_validate(asked)


def why_vivier(question):
    return explain_vivier(question, ask("vivier", question))


def shown(reason):
    return [(plain(line.libelle), plain(line.valeur)) for line in reason.lignes]


@settings(max_examples=15)
@given(
    corps=st.sampled_from(["pe", "certifie", "plp"]), campaign=st.integers(2024, 2029),
    place=st.sampled_from([("classe_normale", "7"), ("classe_normale", "9"), ("hors_classe", "4")]),
    since=st.dates(date(2019, 9, 1), date(2024, 8, 31)),
)  # fmt: skip
def test_the_last_line_of_a_tableau_is_its_answer(corps, campaign, place, since):
    question = PE.model_copy(
        update={"corps": corps, "grade": place[0], "echelon": place[1], "campagne": campaign,
                "date_effet": since}
    )  # fmt: skip
    last = explain_promotion(question).lignes[-1].valeur
    assert last == verdict_words(answer(question))


def test_a_tableau_says_the_file_the_place_on_its_day_and_the_condition():
    # décret 90-680, art. 25: two years at the 9e échelon on 31 August
    reason = explain_promotion(PE)
    lines = dict(shown(reason))
    assert lines["Depuis le"] == "1er septembre 2025"
    assert lines["Situation au 31 août 2027"] == "9e échelon, 2 ans d’ancienneté"
    assert lines["Condition au 31 août 2027"] == "remplie"
    assert "Il faut 2 ans au 9e échelon" in plain(reason.regle)


def test_a_tableau_that_opens_later_says_both_days():
    later = PE.model_copy(update={"date_effet": date(2025, 10, 1)})
    lines = dict(shown(explain_promotion(later)))
    assert lines["Condition au 31 août 2027"] == "non remplie"
    assert lines["Condition au 31 août 2028"] == "remplie"
    assert lines["Campagne 2027"] == "à partir de 2028"


def test_a_leave_on_its_day_is_the_refusal_of_the_rule():
    leave = {"position": "Disponibilité", "motif": "convenances personnelles",
             "debut": date(2027, 8, 1), "fin": date(2027, 9, 30)}  # fmt: skip
    away = PromotionQuestion.model_validate(PE.model_dump() | {"periodes": (leave,)})
    refused = [line for line in explain_promotion(away).lignes if line.nature == "refus"]
    assert refused[0].libelle == "Position au 31 août 2027"


def test_a_grade_that_a_tableau_does_not_examine_is_refused():
    lines = shown(explain_other_grade("hors_classe", ("classe_normale",), "hors_classe"))
    assert lines[-2:] == [("Grade examiné", "classe normale"), ("Ce tableau", "autre grade")]


@settings(max_examples=20)
@given(
    campaign=st.integers(2018, 2023), echelon=st.sampled_from(["2", "3", "6"]),
    begins=st.integers(2008, 2016), years=st.integers(1, 12), acting=st.booleans(),
    applied=st.sampled_from([None, True, False]),
    decided=st.sampled_from([None, "recevable", "irrecevable"]),
)  # fmt: skip
def test_the_last_line_of_a_campaign_by_viviers_is_its_answer(
    campaign, echelon, begins, years, acting, applied, decided
):
    served = HEAD | {
        "debut": f"{begins}-09-01",
        "fin": f"{begins + years}-08-31",
        "faisant_fonction": acting,
    }
    question = vivier(
        campagne=campaign,
        echelon=echelon,
        fonctions=[served],
        candidature_deposee=applied,
        decision=decided,
    )
    try:
        found = ask("vivier", question)
    except KitError:  # a campaign that has no row: nothing is shown
        return
    assert explain_vivier(question, found).lignes[-1].valeur == examined_words(found)


def test_each_function_says_its_days_and_the_years_that_it_adds():
    acting = {"fonction": "direction_ecole", "debut": "2008-09-01", "fin": "2010-08-31",
              "faisant_fonction": True}  # fmt: skip
    lines = shown(why_vivier(vivier(fonctions=[HEAD, acting])))
    name = "Direction d’école, ou charge d’école"
    assert (name, "du 1er septembre 2011 au 31 août 2019, 100 % du service") in lines
    assert (f"Compte : {name}", "8 années, années scolaires complètes") in lines
    assert (f"Compte : {name}", "0 année, faire fonction ne compte pas") in lines
    assert ("Années de fonctions", "8 sur 8") in lines
    assert ("Premier vivier", "conditions remplies") in lines


def test_an_answer_that_is_not_found_again_has_no_reason():
    question = vivier(fonctions=[HEAD])
    other = ask("vivier", question).model_copy(update={"annees": 9})
    assert shown(explain_vivier(question, other))[0][0] == "Raison non donnée"


@pytest.mark.parametrize(
    ("gone", "asked"),
    [
        ("hors_classe_open", lambda: explain_promotion(PE)),
        ("decider_text", lambda: explain_promotion(PE)),
        ("viviers", lambda: why_vivier(vivier(fonctions=[HEAD]))),
        ("function_years", lambda: why_vivier(vivier(fonctions=[HEAD]))),
    ],
)
def test_a_rule_that_leaves_the_registry_has_no_reason(monkeypatch, gone, asked):
    monkeypatch.delitem(RULES, gone)
    (line,) = asked().lignes
    assert line.nature == "refus"
    assert gone in line.valeur
