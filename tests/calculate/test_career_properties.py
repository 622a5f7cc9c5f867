"""Whatever the controls, the refusals of the law hold."""

import pytest
from any_situation import TODAY, situations
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.calculate.career.calculation import answer
from iprof_kit.calculate.career.question import CareerQuestion, Scenario

YEARS = st.none() | st.integers(2024, 2062)


scenarios = st.builds(
    Scenario,
    nom=st.just("A"),
    quotite=st.none() | st.sampled_from([100, 90, 85, 80, 50, 0]),
    bonification_6=st.booleans(),
    bonification_8=st.booleans(),
    hors_classe=YEARS,
    classe_exceptionnelle=YEARS,
)


def lived_by(situation, *asked):
    return answer(CareerQuestion(situation=situation, scenarios=asked, aujourdhui=TODAY))


def check(situation, scenario):
    found = lived_by(situation, scenario)
    lived = found.scenarios[0]
    applied = lived.scenario
    days = [step.date for step in lived.etapes]
    assert days == sorted(days)
    assert days[0] == situation.date_effet
    assert days[-1] <= found.fin <= found.retraite.date_limite_age
    refused = {refusal.levier for refusal in lived.refus}
    for lever in lived.leviers:
        asked, kept = getattr(scenario, lever.nom), getattr(applied, lever.nom)
        assert kept in lever.valeurs
        assert (lever.ferme is not None) == (len(lever.valeurs) == 1)
        if asked is not None:
            assert (lever.nom in refused) == (asked not in lever.valeurs)
    for step in lived.etapes:
        if step.nature == "grade":
            assert getattr(applied, step.grade) == step.date.year
            assert (step.date.month, step.date.day) == (9, 1)
        assert (step.sous_reserve_de is None) == (step.nature not in ("grade", "bonification"))
    indices = [step.indice_majore for step in lived.etapes]
    assert indices == sorted(indices)
    assert not lived_by(situation, applied).scenarios[0].refus


def check_levers(situation):
    never = Scenario()
    for lever in lived_by(situation, never).scenarios[0].leviers:
        for value in lever.valeurs[:2] + lever.valeurs[-1:]:
            chosen = Scenario(**{lever.nom: value})
            assert not lived_by(situation, chosen).scenarios[0].refus


@settings(max_examples=25, deadline=None)
@given(situation=situations(), scenario=scenarios)
def test_controls_refuse_what_the_law_refuses(situation, scenario):
    check(situation, scenario)


@settings(max_examples=10, deadline=None)
@given(situation=situations())
def test_every_value_of_a_lever_is_accepted(situation):
    check_levers(situation)


@pytest.mark.soak
@settings(max_examples=2_000, deadline=None)
@given(situation=situations(), scenario=scenarios)
def test_controls_refuse_what_the_law_refuses_at_length(situation, scenario):
    check(situation, scenario)
    check_levers(situation)
