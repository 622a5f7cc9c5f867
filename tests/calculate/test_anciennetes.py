"""Anciennetés at a chosen date: what counts, what does not, what the file cannot tell."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml

from iprof_kit.base.calendar import duration_text
from iprof_kit.calculate.anciennetes.calculation import answer
from iprof_kit.calculate.anciennetes.question import AnciennetesQuestion
from iprof_kit.law.tables.loading import load_reference
from iprof_kit.law.tables.rules import RULES

CODES = ("services", "corps", "grade", "echelon", "poste", "departement")
CASES = yaml.safe_load((Path(__file__).parent / "anciennetes.yml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 25)
DAYS = (date(2020, 2, 29), TODAY, date(2027, 8, 31))


def file_of(case):
    """Return what the file of a case worked by hand says."""
    names = AnciennetesQuestion.model_fields.keys() - {"departement"}
    return {name: value for name, value in case.items() if name in names}


def asked(*, expliquer=True, **fields):
    found = answer(AnciennetesQuestion(aujourdhui=TODAY, expliquer=expliquer, **fields))
    return {one.code: one for one in found.anciennetes}


@pytest.mark.parametrize("case", CASES, ids=[case["nom"] for case in CASES])
def test_the_cases_worked_by_hand(case):
    found = asked(**file_of(case))
    expected = {code: case[code] for code in CODES if code in case}
    assert {code: duration_text(found[code].jours) for code in expected} == expected
    for code, words in case.get("retenu", {}).items():
        assert found[code].retenu == words


def test_an_empty_file_tells_what_it_lacks_and_counts_nothing():
    found = asked(au=TODAY)
    assert {one.jours for one in found.values()} == {None}
    assert all(one.non_calculable for one in found.values())


def test_a_grade_whose_entry_the_file_does_not_hold_is_not_guessed():
    held = {"corps": "pe", "grade": "hors_classe", "echelon": "3", "date_effet": "2017-09-01",
            "mode": "reclassement_ppcr"}  # fmt: skip
    found = asked(au=TODAY, entree_corps="1993-09-01", echelons=[held])
    assert found["grade"].jours is None
    assert "n’est pas dans le dossier" in found["grade"].non_calculable


def test_a_day_to_come_says_what_it_supposes_and_stops_at_the_next_echelon():
    held = {"corps": "pe", "grade": "classe_normale", "echelon": "7", "date_effet": "2024-09-01"}
    periods = [{"position": "En activité", "debut": "2014-09-01"}]
    soon = asked(au="2027-08-31", echelons=[held], periodes=periods)["echelon"]
    assert duration_text(soon.jours) == "3 ans"  # the 7e lasts three years: décret 90-680, art. 24
    assert soon.a_verifier
    after = asked(au="2027-09-01", echelons=[held], periodes=periods)["echelon"]
    assert "l’échelon suivant est dû" in after.non_calculable


def test_a_position_that_the_tables_do_not_know_is_said():
    periods = [{"position": "Position lunaire", "debut": "2020-09-01"}]
    found = asked(au="2021-08-31", periodes=periods)["services"]
    assert found.explication.lignes[0].a_verifier


def counted(*, expliquer=True):
    """Every seniority of every case, on several days."""
    return [
        one
        for case in CASES
        for au in DAYS
        for one in asked(**{**file_of(case), "au": au}, expliquer=expliquer).values()
    ]


def test_the_reason_of_a_seniority_ends_on_its_length_and_tells_the_file_apart():
    lengths = [one for one in counted() if one.jours is not None]
    assert lengths
    for one in lengths:
        *lines, last = one.explication.lignes
        assert (last.libelle, last.valeur) == ("Total", duration_text(one.jours))
        assert {line.nature for line in lines} <= {"donnee", "hypothese"}
        assert one.explication.regle.startswith("Une ancienneté est un temps compté")


def test_the_reason_of_what_is_not_counted_ends_on_what_the_file_lacks():
    for one in asked(au=TODAY).values():
        last = one.explication.lignes[-1]
        assert (last.libelle, last.nature) == ("Non calculable", "refus")
        assert last.valeur == one.non_calculable.replace("'", "’")


def test_a_reason_is_calculated_for_those_that_ask_it_alone():
    found = asked(au=TODAY, expliquer=False, raisons=("poste",))
    assert [code for code, one in found.items() if one.explication] == ["poste"]


def test_the_doubt_and_the_texts_of_a_seniority_are_those_of_its_reason():
    for plain, told in zip(counted(expliquer=False), counted(), strict=True):
        assert plain.explication is None
        assert plain == told.model_copy(update={"explication": None})
        assert plain.sources == told.explication.sources
        if plain.jours is not None:
            assert plain.a_verifier == any(line.a_verifier for line in told.explication.lignes)


def test_each_seniority_says_its_rule_its_use_and_its_sources():
    for one in asked(au=TODAY).values():
        assert one.explication.regle
        assert one.explication.sources
        assert one.sert_a


def test_no_date_of_another_text_is_joined_to_guidelines():
    # lignes directrices de gestion: they exist since the law 2019-828, art. 30
    first = date(2019, 8, 7)
    for name in ("anciennetes", "anciennetes_positions"):
        rows = load_reference(name)
        guided = rows[rows["source"].str.contains("lignes directrices")]
        assert len(guided)
        assert not (guided["valide_du"] < pd.Timestamp(first)).any(), name


def test_a_rule_that_left_the_registry_takes_the_reason_away_and_no_length(monkeypatch):
    lengths = [one.jours for one in counted()]
    monkeypatch.delitem(RULES, "seniority")
    for one, days in zip(counted(), lengths, strict=True):
        assert one.jours == days
        if days is not None:
            assert "n’est plus dans le registre" in one.explication.lignes[-1].valeur
