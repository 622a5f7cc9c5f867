"""The inter-academic movement, asked and answered."""

from datetime import date

import pytest
from pydantic import ValidationError

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.mobility.calculation import answer
from iprof_kit.calculate.mobility.question import MobilityQuestion


def question(campagne=2026, voeux=("Rennes", "Nantes"), **facts):
    facts = {
        "corps": "certifie", "grade": "classe_normale", "echelon": 7, "academie": "Lille",
        "departement": "59", "anciennete_poste_annees": 5, **facts,
    }  # fmt: skip
    return MobilityQuestion(degre="2d", campagne=campagne, voeux=voeux, second_degre=facts)


FAMILY = {
    "demandes": ["rapprochement_conjoints"], "lien": "mariage", "date_lien": "2018-07-07",
    "conjoint": {"academie": "Rennes", "departement": "35"},
    "naissances": ["2019-03-01", "2021-05-20"],
    "separation": [{"annee": 2024, "mois": 12}, {"annee": 2025, "mois": 12}],
}  # fmt: skip


def test_each_wish_has_its_score_and_its_lines():
    # comme MVT20 : 49 + 5 × 20 + 50 + 150,2 + 2 × 100 + 325 + 100
    found = answer(question(**FAMILY))
    assert [(wish.rang, wish.libelle, wish.total) for wish in found.voeux] == [
        (1, "Rennes", 974.2),
        (2, "Nantes", 974.2),
    ]
    assert found.voeux[0].phrase == "Vœu 1, Rennes : 974,2 points."
    assert found.extension is not None
    assert "garde son poste" in found.extension.phrase
    assert found.extension.points is None
    assert "rectorat" in found.decide_par
    assert found.departage.startswith("À barème égal")
    assert found.regles[0].startswith("31 vœux (académies) au plus")
    assert found.sources


def test_no_known_bar_means_no_number():
    (bar,) = answer(question()).voeux[0].barres
    assert (bar.sens, bar.bareme, bar.ecart) == ("entree", None, None)
    assert "Aucune barre publiée trouvée pour l’académie de Rennes" in bar.phrase


def test_a_criterion_without_known_value_makes_a_minimum():
    found = answer(
        question(campagne=2017, **{**FAMILY, "date_lien": "2015-07-04", "separation": []})
    )
    assert not found.voeux[0].complet
    assert "au moins" in found.voeux[0].phrase
    assert "sans valeur connue" in found.motif_a_verifier
    assert found.departage == "Le départage à barème égal n’a pas été trouvé pour cette campagne."
    assert found.extension is not None
    assert found.extension.points is None


def test_the_extension_of_a_stagiaire():
    found = answer(
        question(
            academie="",
            statut="stagiaire",
            academie_stage="Lille",
            bonification_stagiaire=True,
            anciennete_poste_annees=None,
            echelon=2,
        )
    ).extension
    assert found is not None
    assert (found.points, found.voeu) == (14, "Rennes")
    assert found.academie_depart == "Rennes"  # vœu 1 (Sgen-CFDT Normandie, procédure d'extension)
    assert "non trouvé" in found.ordre
    assert "Lille" in found.academies
    assert "Corse" not in found.academies


@pytest.mark.parametrize(
    ("campagne", "step", "first"),
    [
        (2025, "Saisie des vœux dans SIAM", "2024-11-06"),
        (2026, "Saisie des vœux dans SIAM", "2025-11-05"),
    ],
)
def test_the_known_dates_of_the_campaign(campagne, step, first):
    # ac-lyon.fr (2025) ; SNCL et SNUDI-FO 93 (2026)
    dates = {stage.etape: str(stage.debut) for stage in answer(question(campagne)).calendrier}
    assert dates["Saisie des vœux dans SIAM"] == first


def test_local_dates_belong_to_the_academies_of_the_question():
    steps = answer(question(voeux=("Toulouse",))).calendrier
    assert {step.portee for step in steps} == {"national", "Toulouse"}


def test_the_intra_movement_is_local_and_not_covered():
    asked = question().model_dump() | {"local": {"territoire": "Rennes"}}
    found = answer(MobilityQuestion.model_validate(asked)).local
    assert found is not None
    assert found.bareme is None
    assert "non couvert" in found.phrase


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"corps": "pe"}, "corps"),
        ({"echelon": 0}, "echelon"),
        ({"demandes": ["rapprochement_conjoints"]}, "conjoint"),
        ({"demandes": ["parent_isole", "mutation_simultanee"]}, "demandes"),
        ({"academie_stage": "Lille"}, "academie_stage"),
        ({"contractuel_annees_etp": float("nan")}, "contractuel_annees_etp"),
    ],
)
def test_a_wrong_field_is_named(facts, field):
    with pytest.raises(ValidationError, match=field):
        question(**facts)


def test_contradictions_of_the_law_are_named_too():
    with pytest.raises(InputError, match="ancienne_academie"):
        answer(question(retour="ecole_europeenne"))


def test_the_calendar_knows_what_is_past():
    later = question(campagne=2027).model_copy(update={"aujourdhui": date(2026, 12, 1)})
    (step,) = [one for one in answer(later).calendrier if one.etape == "Toutes les étapes"]
    assert step.note == "dates non trouvées ; vérifiez maintenant dans SIAM"


@pytest.mark.parametrize("written", [7, "7"])
def test_an_echelon_is_a_text_in_every_subject(written):
    asked = question(echelon=written, echelon_classement=written)
    assert (asked.second_degre.echelon, asked.second_degre.echelon_classement) == ("7", "7")


def test_a_degree_without_any_bar_says_so():
    # recherche du 27-11-2026 : aucune barre du second degré
    assert answer(question()).limites[0].startswith("Aucune barre du second degré")
