"""Interruptions of a career: dates with their texts, campaigns closed, what had to be supposed."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.career.calculation import answer
from iprof_kit.calculate.career.question import CareerQuestion, Scenario
from iprof_kit.calculate.interface.situation import Situation

CASES = yaml.safe_load((Path(__file__).parent / "positions.yml").read_text("utf-8"))
OPEN = {
    "position": "Disponibilité",
    "motif": "convenances personnelles",
    "debut": date(2026, 5, 25),
}
AWAY = OPEN | {"fin": date(2027, 8, 31)}
NINTH = {"corps": "certifie", "echelon": "9", "date_effet": date(2024, 3, 1)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["nom"])
def test_the_next_echelon(case):
    situation = Situation(**case["situation"], periodes=case["periodes"])
    question = CareerQuestion(situation=situation, aujourdhui=date(2026, 11, 25), expliquer=True)
    step = answer(question).scenarios[0].etapes[1]
    assert step.date == case["prochain"], case["source"]
    words = [line.valeur for line in step.explication.lignes if "comptés" in line.valeur]
    assert words == [case["non_compte"]] if "non_compte" in case else not words


def test_what_is_not_counted_is_explained_with_its_text(asked):
    found = answer(asked(expliquer=True, periodes=(AWAY,))).scenarios[0].etapes[1]
    why = found.explication
    line = next(line for line in why.lignes if "non comptés" in line.valeur)
    assert line.libelle == "Du 25 mai 2026 au 31 août 2027"
    assert not line.a_verifier
    assert any("L514-1" in source.texte for source in why.sources)
    assert "activité professionnelle déclarée" in why.regle
    assert "date" not in found.a_verifier


def test_an_open_disponibilite_supposes_a_return_today_and_says_so(asked):
    # six months on 25 November 2026: 7e since 2024-09-01, three years, CGFP L514-1
    found = answer(asked(expliquer=True, periodes=(OPEN,)))
    step = found.scenarios[0].etapes[1]
    assert step.date == date(2028, 3, 1)
    assert "date" in step.a_verifier
    assert "sans date de fin" in step.motif_a_verifier
    assert "supposent un retour le 25 novembre 2026" in step.motif_a_verifier
    line = next(line for line in step.explication.lignes if "non comptés" in line.valeur)
    assert line.a_verifier
    assert "sans date de fin" in found.eligibilites[0].empechement


def test_away_on_31_august_nobody_is_promouvable(asked):
    # two years at the 9e since 2026-03-01: the conditions are met, the position closes the list
    here = answer(asked(**NINTH)).eligibilites[0]
    away = answer(asked(Scenario(hors_classe=2027), **NINTH, periodes=(AWAY,), expliquer=True))
    first = away.eligibilites[0]
    assert here.promouvable
    assert here.empechement is None
    assert not first.promouvable
    assert first.premiere_campagne == 2028
    assert first.empechement.startswith("Le 31 août 2027 est en disponibilité")
    assert "L514-1" in first.empechement
    assert any(line.libelle == "Position au 31 août 2027" for line in first.explication.lignes)
    (refusal,) = away.scenarios[0].refus
    assert "en disponibilité" in refusal.motif
    assert refusal.premiere_valeur_possible == 2028


def test_while_an_open_disponibilite_lasts_nobody_is_promouvable(asked):
    first = answer(asked(**NINTH, periodes=(OPEN,))).eligibilites[0]
    assert not first.promouvable
    assert first.empechement.startswith("En disponibilité depuis le 25 mai 2026")


def test_a_conge_parental_keeps_the_campaign_open(asked):
    # CGFP L515-9
    leave = {"position": "Congé parental", "debut": date(2026, 5, 25), "fin": date(2027, 11, 24)}
    assert answer(asked(**NINTH, periodes=(leave,))).eligibilites[0].promouvable


def test_the_seniority_of_a_promotion_leaves_out_what_does_not_count(asked):
    # 9e on 2024-03-01, promoted on 2028-09-01: four and a half years, less 15 months and 6 days
    found = answer(asked(Scenario(hors_classe=2028), **NINTH, periodes=(AWAY,), expliquer=True))
    step = next(s for s in found.scenarios[0].etapes if s.nature == "grade")
    pairs = {line.libelle: line.valeur for line in step.explication.lignes}
    assert pairs["Ancienneté au 1er septembre 2028"] == "3 ans 2 mois 24 jours"


def test_an_unknown_position_is_counted_and_marked(asked):
    odd = {"position": "Hors cadres", "debut": date(2025, 9, 1), "fin": date(2026, 8, 31)}
    step = answer(asked(periodes=(odd,))).scenarios[0].etapes[1]
    assert step.date == date(2027, 9, 1)
    assert "date" in step.a_verifier
    assert "Hors cadres" in step.motif_a_verifier


def test_a_period_that_ends_before_it_begins_is_refused(asked):
    with pytest.raises(InputError, match="avant son début"):
        asked(periodes=(OPEN | {"fin": date(2026, 5, 1)},))
