"""One question, one answer: the figures of the design page, the controls, the reasons."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from iprof_kit.calculate.career import calculation
from iprof_kit.calculate.career.calculation import answer
from iprof_kit.calculate.career.question import CareerAnswer, Scenario
from iprof_kit.calculate.career.runs import run_paces
from iprof_kit.calculate.career.start import quotites
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.interface.situation import Situation

NEVER = Scenario(nom="A")
IN_2033 = Scenario(nom="B", hors_classe=2033)


@pytest.fixture(scope="module")
def jean():
    return yaml.safe_load((Path(__file__).parent / "jean.yml").read_text(encoding="utf-8"))


def read(scenario):
    return [[s.date, s.grade, s.echelon, s.indice_majore, s.traitement] for s in scenario.etapes]


def lever(scenario, name):
    return next(one for one in scenario.leviers if one.nom == name)


def test_jean_dupont_has_the_figures_of_the_design_page(asked, jean):
    found = answer(asked(NEVER, IN_2033, jusqu_au=date(2046, 8, 31)))
    assert read(found.scenarios[0]) == jean["a"]
    assert read(found.scenarios[1]) == jean["b"]
    assert found.difference.model_dump() == jean["difference"]
    assert found.valeur_point == 59.0734
    assert found.annee_point == 2026


def test_the_promotion_keeps_six_months_and_is_subject_to_a_decision(asked):
    found = answer(asked(IN_2033))
    step = next(s for s in found.scenarios[0].etapes if s.nature == "grade")
    assert step.anciennete_conservee_jours == 180
    assert step.sous_reserve_de.startswith("recteur")
    assert step.a_verifier == ("indice_brut",)
    assert "indice brut" in step.motif_a_verifier


def test_2032_is_refused_with_the_numbers_that_fail(asked):
    found = answer(asked(Scenario(nom="B", hors_classe=2032))).scenarios[0]
    (refusal,) = found.refus
    assert refusal.motif.replace("\u00a0", " ") == (
        "Au 31 août 2032, l’ancienneté sera de 1 an 6 mois au 9e échelon ; il faut 2 ans "
        "(décret 90-680, art. 25). Première année possible : 2033. Avec la bonification au "
        "8e échelon, ce serait 2032."
    )
    assert refusal.premiere_valeur_possible == 2033
    assert found.scenario.hors_classe is None
    assert all(step.nature != "grade" for step in found.etapes)


def test_a_refused_choice_falls_back_on_the_last_lawful_one(asked):
    wanted, last = Scenario(nom="B", hors_classe=2032), Scenario(nom="B", hors_classe=2035)
    found = answer(asked(wanted, precedents=(last,))).scenarios[0]
    assert found.scenario.hors_classe == 2035
    assert found.refus[0].valeur == 2032


def test_the_bonification_opens_2032(asked):
    found = answer(asked(Scenario(bonification_8=True, hors_classe=2032))).scenarios[0]
    assert not found.refus
    bonus = next(s for s in found.etapes if s.nature == "bonification")
    assert bonus.date == date(2030, 3, 1)  # 8e on 2027-09-01 and 30 months, décret 90-680 art. 24
    assert bonus.sous_reserve_de


def test_a_bonification_keeps_effect_and_decision(asked):
    # 8e on 2027-03-01: 30 months end on 2029-09-01, decided in January or February 2030
    found = answer(asked(Scenario(bonification_8=True), date_effet=date(2024, 3, 1))).scenarios[0]
    bonus = next(s for s in found.etapes if s.nature == "bonification")
    assert bonus.date == date(2029, 9, 1)
    assert bonus.date_decision == date(2030, 2, 28)


def test_a_bonification_already_passed_is_impossible_with_its_date(asked):
    found = answer(asked(Scenario(bonification_6=True))).scenarios[0]
    closed = lever(found, "bonification_6")
    assert closed.valeurs == (False,)
    assert closed.ferme == "Le 6e échelon a déjà été quitté, le 1er septembre 2024."
    assert found.refus[0].motif == closed.ferme
    assert not found.scenario.bonification_6


def test_the_two_bonifications_are_independent(asked):
    both = {"echelon": "5", "date_effet": date(2026, 9, 1)}
    months = {}
    for six in (False, True):
        for eight in (False, True):
            found = answer(asked(Scenario(bonification_6=six, bonification_8=eight), **both))
            step = next(s for s in found.scenarios[0].etapes if s.echelon == "9")
            months[six, eight] = step.date.year * 12 + step.date.month
    plain = months[False, False]
    assert months == {
        (False, False): plain,
        (True, False): plain - 12,
        (False, True): plain - 12,
        (True, True): plain - 24,
    }


def test_a_bonification_whose_year_is_over_is_closed(asked):
    # 8e on 2022-09-01 (with kept time aside): decided in 2024-2025, over on 2025-11-25
    found = answer(
        asked(echelon="8", date_effet=date(2022, 9, 1), aujourdhui=date(2025, 11, 25))
    ).scenarios[0]
    assert "2024-2025" in lever(found, "bonification_8").ferme


def test_classe_exceptionnelle_needs_the_hors_classe_first(asked):
    found = answer(asked(Scenario(classe_exceptionnelle=2040))).scenarios[0]
    assert lever(found, "classe_exceptionnelle").valeurs == (None,)
    assert "hors classe" in found.refus[0].motif


def test_two_promotions_in_one_year_are_refused(asked):
    found = answer(asked(Scenario(hors_classe=2036, classe_exceptionnelle=2036))).scenarios[0]
    assert "même année" in found.refus[0].motif
    assert found.refus[0].sources
    assert found.scenario.hors_classe == 2036


def test_the_classe_exceptionnelle_opens_at_the_5e_echelon(asked):
    # décret 2023-720: 5e échelon on 31 August; Jean reaches it on 2040-03-01
    found = answer(asked(Scenario(hors_classe=2033, classe_exceptionnelle=2039))).scenarios[0]
    assert lever(found, "classe_exceptionnelle").valeurs[:2] == (None, 2040)
    motif = found.refus[0].motif.replace("\u00a0", " ")
    assert motif.startswith(
        "Au 31 août 2039, la position sera le 4e échelon de la hors classe ; il faut au moins le "
        "5e échelon (décret 2023-720)."
    )


def test_a_past_campaign_is_refused(asked):
    found = answer(asked(Scenario(hors_classe=2026), echelon="11", date_effet=date(2020, 9, 1)))
    assert "passée" in found.scenarios[0].refus[0].motif


def test_the_last_grade_has_no_lever_left(asked):
    top = {"grade": "classe_exceptionnelle", "echelon": "3", "date_naissance": date(1970, 1, 1)}
    found = answer(asked(Scenario(hors_classe=2030), **top))
    assert lever(found.scenarios[0], "hors_classe").ferme
    assert found.scenarios[0].refus
    assert found.eligibilites == ()


def test_a_corps_without_grades_says_so(asked):
    found = answer(asked(corps="instituteur", grade="grade_unique", echelon="9")).scenarios[0]
    assert "pas de hors classe" in lever(found, "hors_classe").ferme
    assert "pas de bonification" in lever(found, "bonification_8").ferme


def test_an_impossible_quotite_is_refused_and_lists_the_others(asked):
    found = answer(asked(Scenario(quotite=45))).scenarios[0]
    assert "90" in found.refus[0].motif
    assert found.scenario.quotite == 80


def test_part_time_counts_as_full_time_for_advancement(asked):
    # CGFP L612-4
    full, half = answer(asked(Scenario(quotite=100), Scenario(nom="B", quotite=50))).scenarios
    assert [s.date for s in full.etapes] == [s.date for s in half.etapes]
    assert half.etapes[0].traitement == pytest.approx(full.etapes[0].traitement / 2, abs=0.01)


def test_the_limite_d_age_ends_the_projection(asked):
    found = answer(asked())
    assert found.fin == date(2058, 5, 20)  # 67 years, retraite_ages.csv
    assert found.scenarios[0].etapes[-1].nature == "limite_age"
    assert found.retraite.limite_age_mois == 804


def test_without_date_of_birth_forty_years_are_projected(asked):
    found = answer(asked(date_naissance=None))
    assert found.fin == date(2066, 11, 25)
    assert found.retraite is None


def test_not_promouvable_then_from_2033(asked):
    first = answer(asked(expliquer=True)).eligibilites[0]
    assert (first.grade, first.promouvable, first.premiere_campagne) == ("hors_classe", False, 2033)
    assert "2 ans au 9e échelon" in first.condition
    assert [line.valeur for line in first.explication.lignes][-2:] == ["remplie", "2033"]


def test_promouvable_today_since_a_known_campaign(asked):
    # 9e on 2022-09-01: two years on 31 August 2024, first campaign 2024
    first = answer(asked(echelon="9", date_effet=date(2022, 9, 1))).eligibilites[0]
    assert first.promouvable
    assert first.depuis == 2024


def test_since_when_is_not_told_where_it_is_not_known(asked):
    first = answer(asked(echelon="11", date_effet=date(2020, 9, 1))).eligibilites[0]
    assert first.promouvable
    assert first.depuis is None


def test_a_reclassement_of_confidence_d_marks_what_follows(asked):
    found = answer(asked(Scenario(hors_classe=2033), corps="certifie")).scenarios[0]
    promoted = next(s for s in found.etapes if s.nature == "grade")
    after = [s for s in found.etapes if s.date > promoted.date and s.nature == "echelon"]
    assert "anciennete" in promoted.a_verifier
    assert all("date" in s.a_verifier and s.motif_a_verifier for s in after)


def test_every_step_is_explained_when_asked(asked):
    found = answer(asked(Scenario(bonification_8=True, hors_classe=2033), expliquer=True))
    for step in found.scenarios[0].etapes:
        why = step.explication
        assert why.question.endswith("?")
        assert why.regle
        assert why.lignes[-1].valeur.endswith("€")
        assert all(source.texte for source in why.sources)


def test_the_explanation_of_the_hors_classe_shows_the_subtraction(asked):
    found = answer(asked(IN_2033, expliquer=True)).scenarios[0]
    why = next(s for s in found.etapes if s.nature == "grade").explication
    pairs = {line.libelle.replace("\u00a0", " "): line.valeur for line in why.lignes}
    assert pairs["Ancienneté conservée : 2 ans 6 mois − 2 ans"] == "6 mois"
    assert pairs["Indice majoré"] == "629"
    assert pairs["Part payée pour 80 %"] == "6/7"
    assert pairs["Traitement payé 6/7"].replace("\u00a0", " ") == "2 654,08 €"
    assert any(line.a_verifier for line in why.lignes if line.libelle == "Indice brut")


def test_a_text_that_moved_everybody_is_explained(asked):
    special = {
        "grade": "classe_exceptionnelle",
        "echelon": "special",
        "chevron": "HEA2",
        "date_effet": date(2023, 1, 1),
        "date_naissance": date(1970, 1, 1),
    }
    found = answer(asked(expliquer=True, **special)).scenarios[0]
    moved = found.etapes[1]
    assert (moved.date, moved.echelon, moved.chevron) == (date(2023, 8, 6), "5", "HEA2")
    assert "6 août 2023" in moved.explication.regle


def test_nothing_is_explained_when_nobody_asks(asked):
    assert all(s.explication is None for s in answer(asked()).scenarios[0].etapes)


def test_the_answer_survives_json(asked):
    found = answer(asked(NEVER, IN_2033, expliquer=True))
    assert CareerAnswer.model_validate_json(found.model_dump_json()) == found


def test_no_sentence_promises_a_promotion(asked):
    text = answer(asked(IN_2033, expliquer=True)).model_dump_json()
    assert "vous serez promu" not in text
    assert "vous obtiendrez" not in text


@pytest.mark.parametrize("corps", ["pe", "certifie", "agrege", "psyen"])
@pytest.mark.parametrize("today", [date(2019, 1, 15), date(2023, 8, 31)])
def test_a_career_is_answered_before_september_2023_whatever_the_classe_exceptionnelle(
    asked, corps, today
):
    # décret 2017-786 et arrêté du 10 mai 2017 : deux viviers jusqu'à la campagne 2023
    young = {"corps": corps, "date_effet": date(2018, 9, 1), "aujourdhui": today}
    found = answer(asked(expliquer=True, **young))
    assert found.scenarios[0].etapes[1].date == date(2021, 9, 1)
    near, far = found.eligibilites
    assert near.non_calcule is None
    assert "vivier 1" in far.condition
    assert far.candidature.startswith("Vivier 1")


def test_what_depended_on_functions_is_not_calculated_and_says_why(asked):
    held = {"grade": "hors_classe", "echelon": "3", "date_effet": date(2020, 9, 1)}
    found = answer(asked(aujourdhui=date(2021, 10, 1), **held)).eligibilites[0]
    assert found.promouvable is None
    assert found.non_calcule.replace("\u00a0", " ").startswith("non calculé : l’accès à la classe")
    assert "fonctions particulières" in found.non_calcule
    refused = answer(
        asked(Scenario(classe_exceptionnelle=2023), aujourdhui=date(2021, 10, 1), **held)
    ).scenarios[0]
    assert "viviers" in refused.refus[0].motif


NINTH = {"echelon": "9", "date_effet": date(2021, 9, 1), "date_naissance": date(1975, 5, 20)}


def test_a_past_decision_is_supposed_otherwise_and_said_so(asked):
    found = answer(asked(Scenario(hors_classe=2024, contrefactuel=True), **NINTH)).scenarios[0]
    step = found.etapes[1]
    # 3 years at the 9e on 1 September 2024: 2e of the hors classe, one year kept (R4)
    assert (step.date, step.grade, step.echelon) == (date(2024, 9, 1), "hors_classe", "2")
    assert step.anciennete_conservee_jours == 360
    assert step.contrefactuel
    assert found.contrefactuel[0].startswith("Contrefactuel")
    assert found.refus == ()
    plain = answer(asked(Scenario(hors_classe=2024), **NINTH)).scenarios[0]
    assert "passée" in plain.refus[0].motif
    assert plain.contrefactuel == ()
    assert lever(plain, "hors_classe").passees == (2023, 2024, 2025, 2026)
    assert lever(plain, "hors_classe").valeurs[:2] == (None, 2027)


def test_a_past_bonification_is_supposed_otherwise(asked):
    since = {"date_effet": date(2018, 9, 1)}  # 8e on 2021-09-01, shortened to 2024-03-01
    found = answer(asked(Scenario(bonification_8=True, contrefactuel=True), **since)).scenarios[0]
    step = found.etapes[2]
    assert (step.date, step.nature, step.contrefactuel) == (date(2024, 3, 1), "bonification", True)
    assert answer(asked(Scenario(bonification_8=True), **since)).scenarios[0].refus


def test_what_came_before_the_echelon_cannot_be_supposed(asked):
    wanted = Scenario(hors_classe=2019, contrefactuel=True)
    (refused,) = answer(asked(wanted, **NINTH)).scenarios[0].refus
    assert "1er septembre 2021" in refused.motif


def test_an_echelon_of_the_old_grid_is_reclassified_first(asked):
    # snes.edu le reclassement : 5e depuis deux ans six mois, 6e sans ancienneté ; 3 ans au 6e
    old = {"echelon": "5", "date_effet": date(2015, 3, 1), "ancienne_grille": True}
    found = answer(asked(expliquer=True, **old)).scenarios[0].etapes
    assert [(step.date, step.echelon) for step in found[:2]] == [
        (date(2017, 9, 1), "6"),
        (date(2020, 9, 1), "7"),
    ]
    said = {line.libelle: line.valeur for line in found[0].explication.lignes}
    assert "classement au 6e échelon" in said["Reclassement du 1er septembre 2017"]


def test_what_no_scenario_changes_is_walked_once(asked, monkeypatch):
    monkeypatch.setattr(calculation, "run_paces", lambda start: calls.append(1) or paces(start))
    calls, paces, until = [], run_paces, date(2046, 3, 17)  # a day that nobody else asks
    for year in (2033, 2034):
        answer(asked(NEVER, Scenario(nom="B", hors_classe=year), jusqu_au=until))
    assert len(calls) == 1


@pytest.mark.parametrize("corps", ["pe", "instituteur", "plp", "psyen"])
def test_p12_promotions_offers_the_quotites_of_every_other_screen(corps):
    grade = "grade_unique" if corps == "instituteur" else "classe_normale"
    offered = quotites(Situation(corps=corps, grade=grade, quotite=100))
    assert offered == law_facts.quotites(corps)
    assert (75 in offered) == (corps in ("pe", "instituteur"))
