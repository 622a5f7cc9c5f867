"""Leaving for invalidity or with an incapacity: no décote, and the least of a heavy invalidity."""

from datetime import date

import pytest
from pydantic import ValidationError

from iprof_kit.calculate.pension.calculation import answer, answers
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.calculate.pension.why import explain_gross

PUBLISHED = {
    "naissance": "1964-07-01",
    "aujourdhui": "2026-11-25",
    "departs": ["2027-07-01"],
    "traitement_annuel": 39756.40,
    "totaux": {"arrete_au": "2027-07-01", "liquidation_jours": 159 * 90},
    "trimestres_autres_regimes": 0,
}
"""RET01 (F20349): 159 quarters on 170, 13,75 % of décote, 2 324,00 € before it."""
YOUNG = {
    "naissance": "1985-03-12", "departs": ["2027-02-01"], "traitement_annuel": 30000.0,
    "totaux": {"arrete_au": "2027-02-01", "liquidation_jours": 16 * 360},
}  # fmt: skip


def line(**changes):
    return answer(PensionQuestion.model_validate(PUBLISHED | changes)).departs[0]


@pytest.mark.parametrize(
    "spared",
    [{"invalidite": True}, {"incapacite": 50}, {"incapacite": 80}, {"incapacite_80": True}],
)
def test_p06_no_decote_for_invalidity_nor_from_the_incapacity_of_the_decree(spared):
    found = line(**spared)
    assert (found.trimestres_decote, found.taux_decote_pct, found.pension_brute) == (0, 0, 2324.00)
    assert found.decote_ecartee
    assert (found.trimestres_decote_age, found.trimestres_decote_duree) == (16, 11)
    assert "sans décote" in found.resume


def test_p06_below_the_incapacity_of_the_decree_the_decote_stays():
    found = line(incapacite=49)
    assert (found.trimestres_decote, found.decote_ecartee) == (11, False)
    assert found.pension_brute == 2004.45


def test_p06_invalidity_opens_the_pension_at_once_and_needs_no_other_scheme():
    found = line(**YOUNG, invalidite=True, trimestres_autres_regimes=None)
    assert (found.possible, found.motif, found.fourchette) == (True, "", None)
    # 64 trimestres sur 172 (génération 1985), 75 % de 30 000 € par an
    assert found.pension_calculee == round(30000 * 0.75 * 64 / 172 / 12, 2)
    assert not line(**YOUNG).possible


def test_p06_a_heavy_invalidity_is_never_paid_under_half_of_the_salary():
    # L. 30 : au moins 50 % du traitement, dès 60 % d’invalidité
    half = line(**YOUNG, invalidite=True, taux_invalidite=60)
    assert (half.pension_brute, half.minimum_invalidite_applique) == (1250.00, True)
    assert half.minimum_garanti_applique is False
    below = line(**YOUNG, invalidite=True, taux_invalidite=59)
    assert below.pension_brute < 1250
    assert not below.minimum_invalidite_applique
    assert line(**YOUNG, invalidite=True).pension_brute == below.pension_brute


def test_p06_a_threshold_that_the_tables_do_not_know_is_said():
    old = {
        "naissance": "1952-01-01", "departs": ["2014-02-01"], "aujourdhui": "2014-01-01",
        "totaux": {"arrete_au": "2014-02-01", "liquidation_jours": 140 * 90},
    }  # fmt: skip
    found = line(**old, incapacite=80)
    assert found.trimestres_decote > 0
    assert any("taux exigé à cette date non relevé" in text for text in found.motifs)


def test_p06_a_rate_of_invalidity_without_invalidity_is_refused():
    with pytest.raises(ValidationError, match="taux_invalidite"):
        PensionQuestion.model_validate(PUBLISHED | {"taux_invalidite": 70})


def test_p06_many_people_are_spared_each_for_herself():
    changes = [{}, {"invalidite": True}, {"incapacite": 50}, {"incapacite": 20}]
    questions = [PensionQuestion.model_validate(PUBLISHED | one) for one in changes]
    together = [found.departs[0].pension_brute for found in answers(questions)]
    assert together == [2004.45, 2324.00, 2324.00, 2004.45]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"invalidite": True}, "aucune : retraite pour invalidité"),
        ({"incapacite": 65}, "aucune : incapacité de 65 %"),
    ],
)
def test_p06_the_reason_says_why_there_is_no_decote(changes, words):
    question = PensionQuestion.model_validate(PUBLISHED | changes)
    told = explain_gross(question, answer(question).departs[0])
    written = [
        f"{one.libelle} {one.valeur}".replace("\xa0", " ").replace("\u202f", " ")
        for one in told.lignes
    ]
    assert f"Décote {words}" in written
    assert written[-1].endswith("2 324,00 €")
    assert "decote_spared" in told.regles


def test_p06_the_effect_of_a_spared_departure_is_the_first_of_the_month():
    assert line(invalidite=True, departs=["2027-07-09"]).date_effet == date(2027, 8, 1)
