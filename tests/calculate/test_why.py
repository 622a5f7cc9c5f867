"""Each « Pourquoi ? » is its calculation done again: values, hypotheses, refusals, last line."""

from datetime import date, timedelta
from random import Random

import pytest
from six_people import SIX, TODAY

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import KitError, LawError
from iprof_kit.base.explanation import Parameter, datum, hypothesis, record
from iprof_kit.base.words import euros_text
from iprof_kit.calculate.career import why as career_why
from iprof_kit.calculate.career.calculation import answer
from iprof_kit.calculate.career.question import CareerQuestion, Scenario
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.interface.why import explain_result
from iprof_kit.law.career.traitement import point_value
from iprof_kit.law.pension import versions
from iprof_kit.law.pension.retirement import retirement_ages
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.rules import RULES


def explained(situation, *scenarios):
    asked = CareerQuestion(
        situation=situation, scenarios=scenarios or (Scenario(),), aujourdhui=TODAY, expliquer=True
    )
    return answer(asked)


@pytest.mark.parametrize("situation", SIX, ids=lambda one: f"{one.corps}-{one.echelon}")
def test_the_last_line_of_each_reason_is_the_number_beside_it(situation):
    levers = explained(situation).scenarios[0].leviers
    first = {one.nom: next(filter(None, one.valeurs), None) for one in levers}
    chosen = {name: value for name, value in first.items() if value and name != "quotite"}
    found = explained(situation, Scenario(), Scenario(nom="B", **chosen))
    for step in (step for one in found.scenarios for step in one.etapes):
        last = step.explication.lignes[-1]
        assert (last.libelle, last.valeur) == ("Brut par mois", euros_text(step.traitement))
    for chance in found.eligibilites:
        last = chance.explication.lignes[-1]
        year = chance.premiere_campagne
        assert last.valeur == (str(year) if year else "aucune")


@pytest.mark.parametrize("situation", SIX, ids=lambda one: f"{one.corps}-{one.echelon}")
def test_the_texts_named_before_a_reason_are_those_that_it_reads(situation):
    asked = CareerQuestion(situation=situation, aujourdhui=TODAY, expliquer=True, textes=True)
    for step in answer(asked).scenarios[0].etapes:
        read = " ".join(text.texte for text in step.explication.sources)
        assert [text.texte for text in step.textes if text.texte not in read] == []


def test_only_the_reasons_asked_for_are_calculated(asked):
    day = "2027-09-01"
    found = answer(asked(raisons=(day, "hors_classe")))
    given = [s.date.isoformat() for s in found.scenarios[0].etapes if s.explication]
    assert given == [day]
    assert [one.grade for one in found.eligibilites if one.explication] == ["hors_classe"]


def test_a_rule_that_left_the_registry_makes_its_reason_fail(asked, monkeypatch):
    monkeypatch.delitem(RULES, "due_day")
    step = answer(asked(expliquer=True)).scenarios[0].etapes[1]
    (refused,) = step.explication.lignes
    assert (refused.libelle, refused.nature) == ("Raison non donnée", "refus")
    assert "due_day" in refused.valeur
    assert step.explication.sources == ()
    assert step.date == date(2027, 9, 1)  # the result itself stands


def test_a_reason_that_finds_another_result_is_not_given(asked, monkeypatch):
    later = lambda since, duration, earliest: since + duration + 30  # noqa: E731
    monkeypatch.setattr(career_why, "due_day", later)
    step = answer(asked(expliquer=True)).scenarios[0].etapes[1]
    assert "est différent" in step.explication.lignes[-1].valeur


def test_what_is_not_the_law_is_told_apart(asked):
    step = answer(asked(Scenario(quotite=100), expliquer=True)).scenarios[0].etapes[1]
    natures = {line.libelle: line.nature for line in step.explication.lignes}
    assert natures["Position d’avant"] == "donnee"
    assert natures["Temps de travail supposé"] == "hypothese"
    assert natures["Grille et valeur du point lues"] == "hypothese"
    assert natures["Valeur annuelle du point"] == "loi"


def test_values_are_told_in_the_order_in_which_they_were_read():
    def calculation():
        datum("Échelon", "7e")
        hypothesis("Retour", "aujourd’hui")
        return point_value(axis_of(TODAY))

    lines = explain_result("Pourquoi ?", calculation).lignes
    assert [line.libelle for line in lines] == ["Échelon", "Retour", "Valeur annuelle du point"]
    assert [line.nature for line in lines] == ["donnee", "hypothese", "loi"]


def test_the_refusal_of_a_rule_is_in_the_reason():
    def calculation():
        with pytest.raises(LawError):
            point_value(axis_of(date(2001, 1, 1)))

    (line,) = explain_result("Pourquoi ?", calculation).lignes
    assert line.nature == "refus"
    assert line.valeur.startswith("période non couverte")


def test_a_value_of_confidence_c_or_d_is_marked(asked):
    found = answer(asked(Scenario(hors_classe=2033), corps="certifie", expliquer=True))
    promoted = next(s for s in found.scenarios[0].etapes if s.nature == "grade")
    after = next(s for s in found.scenarios[0].etapes if s.date > promoted.date)
    doubt = next(line for line in after.explication.lignes if line.libelle == "Date à vérifier")
    assert doubt.a_verifier
    assert doubt.nature == "hypothese"


def test_the_first_reason_of_a_process_cites_what_the_next_one_does():
    for one in vars(versions).values():  # the rows that say when each law of pensions was known
        getattr(one, "cache_clear", lambda: None)()
    first, second = (
        explain_result(
            "Pourquoi ?", lambda: retirement_ages(date(1991, 5, 20), "sedentaire", TODAY)
        )
        for _ in range(2)
    )
    assert first == second


def test_an_opened_reason_changes_no_number(asked):
    plain, opened = answer(asked()), answer(asked(raisons=("2027-09-01",)))
    bare = [s.model_copy(update={"explication": None}) for s in opened.scenarios[0].etapes]
    assert tuple(bare) == plain.scenarios[0].etapes


def somebody(chance):
    """Somebody of any cell, on any day since 2018, as far as the kit takes her question."""
    cell = chance.randrange(CELLS.count)
    today = date(2018, 1, 1) + timedelta(days=chance.randrange(3600))
    known = (today - date(2017, 9, 1)).days
    effect = date(2017, 9, 1) + timedelta(days=chance.randrange(known))
    leave = {"position": "Disponibilité", "motif": "convenances personnelles", "debut": effect}
    return today, Situation(
        corps=CELLS.corps[cell],
        grade=CELLS.grade[cell],
        echelon=CELLS.echelon[cell],
        chevron=CELLS.chevron[cell] or None,
        date_effet=effect,
        date_naissance=date(1965, 1, 1) + timedelta(days=chance.randrange(11000)),
        quotite=chance.choice([100, 80, 50]),
        periodes=[leave | {"fin": effect + timedelta(days=200)}] if chance.random() < 0.3 else (),
        reliquat_jours=chance.choice([0, 0, 90]),
        mois_asa=chance.choice([0, 0, 2]),
    )


def test_no_reason_of_anybody_finds_another_result():
    chance, count = Random(2026), 0
    for _ in range(30):
        today, situation = somebody(chance)
        try:
            found = answer(CareerQuestion(situation=situation, aujourdhui=today, expliquer=True))
        except KitError:  # an échelon that did not exist that day
            continue
        reasons = [one.explication for one in (*found.scenarios[0].etapes, *found.eligibilites)]
        assert not [one for one in reasons if one.lignes[-1].libelle == "Raison non donnée"]
        count += len(reasons)
    assert count > 100


def test_a_paper_that_a_dated_value_cites_is_not_cited_again_without_its_days():
    def calculation():
        both = "loi 2023-270, art. 10 XXX ; loi 2025-1403, art. 105"
        record(rule="donnee", kind="donnee", source=both)
        since = Parameter("âge", 64, "loi 2025-1403, art. 105", date(2026, 9, 1))
        record(rule="donnee", kind="donnee", source="", parameters=(since,))

    cited = [source.texte for source in explain_result("Pourquoi ?", calculation).sources]
    assert cited == ["loi 2023-270, art. 10 XXX", "loi 2025-1403, art. 105"]
