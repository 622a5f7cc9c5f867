"""The reason of a day of a request is its calculation again: its last line is that day."""

from datetime import date, timedelta

import pytest
from changed_tables import plain
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.requests.calculation import answer
from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.calculate.requests.question import DemandeQuestion
from iprof_kit.calculate.requests.why import explain_step
from iprof_kit.law.tables.rules import RULES

TODAY = date(2026, 11, 28)
NOTED = {
    name: [one.key for one in request.steps if one.asks] for name, request in requests().items()
}


def question(name, /, outcome="", **days):
    return DemandeQuestion(demande=name, aujourdhui=TODAY, dates=days, reponse=outcome)


def step_of(asked, key):
    return next(one for one in answer(asked).etapes if one.cle == key)


def shown(reason):
    return [(plain(line.libelle), plain(line.valeur)) for line in reason.lignes]


@settings(max_examples=40)
@given(
    demande=st.sampled_from(sorted(NOTED)), outcome=st.sampled_from(["", "refus", "accord"]),
    first=st.dates(date(2026, 1, 5), date(2026, 10, 1)), gaps=st.lists(st.integers(0, 90)),
    count=st.integers(0, 4),
)  # fmt: skip
def test_the_last_line_is_the_day_of_the_step(demande, outcome, first, gaps, count):
    days, day = {}, first
    for key, gap in zip(NOTED[demande][:count], [*gaps, 20, 20, 20, 20], strict=False):
        days[key] = day
        day += timedelta(days=gap)
    asked = question(demande, outcome, **{key: day for key, day in days.items() if day <= TODAY})
    try:
        steps = answer(asked).etapes
    except InputError:  # these days cannot follow each other: nothing is shown
        return
    for step in steps:
        if step.avant_le is not None:
            assert explain_step(asked, step).lignes[-1].valeur == date_text(step.avant_le)


def test_a_silence_says_the_day_noted_the_delay_and_its_end():
    # CE, 3 décembre 2018, n° 417292: two months from the request
    asked = question("reclamation_paie", demande=date(2026, 2, 23))
    reason = explain_step(asked, step_of(asked, "silence"))
    assert shown(reason) == [
        ("Demande préalable", "23 février 2026"),
        ("Silence de l’administration qui vaut refus", "2 mois"),
        ("Fin du délai", "23 avril 2026"),
        ("Refus né du silence", "23 avril 2026"),
    ]
    assert reason.lignes[0].nature == "donnee"


def test_a_recours_after_a_silence_says_the_silence_first_and_the_day_put_off():
    # a refusal born on 23 August 2026: two months, the next day, a Saturday, then Monday 26
    asked = question("reclamation_paie", demande=date(2026, 6, 23))
    reason = explain_step(asked, step_of(asked, "saisine"))
    lines = shown(reason)
    assert ("Refus né du silence", "23 août 2026") in lines
    assert lines[-4:] == [
        ("24 octobre 2026", "samedi"),
        ("25 octobre 2026", "dimanche"),
        ("Premier jour ouvrable", "26 octobre 2026"),
        ("Saisine du médiateur", "26 octobre 2026"),
    ]
    assert {"delay_of", "first_open_day", "refused_on"} <= set(reason.regles)


def test_a_start_that_nobody_noted_is_a_hypothesis():
    asked = question("temps_partiel")
    (dated,) = [one for one in answer(asked).etapes if one.avant_le]
    first, *_ = explain_step(asked, dated).lignes
    assert (first.nature, plain(first.valeur)) == (
        "hypothese",
        "1er septembre 2027, la prochaine rentrée",
    )


def test_a_day_that_is_not_the_one_calculated_has_no_reason():
    asked = question("reclamation_paie", demande=date(2026, 2, 23))
    other = step_of(asked, "silence").model_copy(update={"avant_le": date(2026, 4, 24)})
    assert shown(explain_step(asked, other))[0][0] == "Raison non donnée"


@pytest.mark.parametrize("gone", ["delay_of", "refused_on", "first_open_day"])
def test_a_rule_that_leaves_the_registry_has_no_reason(monkeypatch, gone):
    asked = question("reclamation_paie", demande=date(2026, 6, 23))
    step = step_of(asked, "saisine")
    monkeypatch.delitem(RULES, gone)
    (line,) = explain_step(asked, step).lignes
    assert line.nature == "refus"
    assert gone in line.valeur


def test_the_delay_that_a_letter_made_run_anew_is_told_from_that_letter():
    asked = question("trop_percu", versement=date(2025, 1, 28), annonce=date(2026, 6, 10))
    lines = shown(explain_step(asked, step_of(asked, "perte")))
    assert ("Lettre qui réclame", "10 juin 2026") in lines
    assert lines[-1] == ("Prescription de cette paie", "10 juin 2028")


def test_a_delay_younger_than_what_opens_it_says_from_when_it_runs():
    asked = question("prevoyance", recrutement=date(2005, 9, 1))
    lines = shown(explain_step(asked, step_of(asked, "adhesion")))
    assert ("Le délai court du", "1er mai 2026") in lines
    assert lines[-1] == ("Adhésion sans questionnaire", "31 octobre 2026")
