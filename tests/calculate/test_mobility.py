"""A question about mobility, first degree: read, refused in French, answered whole."""

import json

import pytest

from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.explanation import explain
from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.mobility.calculation import SUBJECT, answer
from iprof_kit.calculate.mobility.question import MobilityQuestion

PERSON = {
    "departement": "93", "grade": "hors_classe", "echelon": 4,
    "anciennete_departement_annees": 17, "anciennete_departement_mois": 6,
    "ecoles": [{"ecoles": ["rep_plus"], "debut": "2020-09-01"}], "handicap": {"boe": True},
}  # fmt: skip
FAMILY = {"demande": "rapprochement_conjoints", "departement": "44", "lien": "mariage",
          "lien_depuis": "2015-06-20", "enfants": [{"naissance": "2016-03-01"}],
          "separation": [{"annee": 2022, "mois": 10}]}  # fmt: skip


def asked(campagne=2025, voeux=("37", "44"), **changes):
    local = changes.pop("local", None)
    fields = {"degre": "1d", "campagne": campagne, "voeux": voeux, "local": local,
             "premier_degre": {**PERSON, **changes}}  # fmt: skip
    return question_of(MobilityQuestion, json.dumps(fields))


def test_a_score_with_its_lines():
    """MVT28: 42 of the échelon, 49 of seniority, 90 of REP+, 100 of BOE: 281."""
    found = answer(asked())
    assert [wish.total for wish in found.voeux] == [281, 281]
    assert sum(line.points for line in found.voeux[0].lignes) == 281
    assert found.voeux[0].phrase == "Vœu 1, Indre-et-Loire : 281 points."
    assert found.voeux[0].lignes[0].calcul == "hors classe, 4e échelon"
    assert not found.a_verifier
    assert {source.confiance for source in found.sources} == {"B"}


def test_bars_say_what_they_do_not_say():
    found = answer(asked())
    entry, out = found.voeux[0].barres
    assert (entry.annee, entry.bareme, entry.ecart) == (2024, 704, 281 - 704)
    assert (out.lieu, out.bareme) == ("Seine-Saint-Denis", 485)
    assert entry.phrase.startswith("Si la barre d’entrée de 2024")
    assert entry.a_verifier is False
    assert out.a_verifier is True
    assert any("permutation" in text for text in found.limites)
    assert any("capacités d’accueil" in text for text in found.limites)


def test_no_bar_no_number():
    bar = answer(asked(voeux=["44"], departement="56")).voeux[0].barres[1]
    assert (bar.annee, bar.bareme, bar.ecart) == (None, None, None)
    assert bar.phrase.startswith("Aucune barre publiée trouvée pour Morbihan")


def test_what_a_campaign_without_text_must_verify():
    found = answer(asked(2027, famille=[FAMILY], voeux=["44"]))
    assert found.a_verifier
    assert "Rapprochement de conjoints" in found.motif_a_verifier
    assert found.calendrier[0].debut is None
    assert "aucune date trouvée" in found.calendrier[0].note


def test_a_value_not_found_makes_a_minimum():
    found = answer(asked(2018, voeux=["44"]))
    assert not found.voeux[0].complet
    assert "au moins" in found.voeux[0].phrase
    assert "sans valeur connue" in found.motif_a_verifier


def test_a_spouse_reaches_the_bordering_departement():
    found = answer(asked(voeux=["44", "49", "75"], famille=[FAMILY]))
    assert [wish.total for wish in found.voeux] == [281 + 330, 281 + 330, 281]
    assert found.voeux[2].ecartes[0].motif.startswith("ce vœu n’est ni le département")


def test_linked_wishes():
    other = {"departement": "93", "grade": "classe_normale", "echelon": 7,
             "anciennete_departement_annees": 5}  # fmt: skip
    lies = {"enseignant": other, "voeux": ["44"], "lien": "pacs"}
    assert answer(asked(voeux=["44"], lies=lies)).voeux[0].total == (281 + 40) / 2


def test_dates_and_who_decides():
    found = answer(asked(2026))
    dates = {step.etape: step for step in found.calendrier}
    assert dates["Saisie des vœux dans SIAM"].fin.isoformat() == "2025-11-26"
    assert "L’administration décide" in found.decide_par
    assert "n’a pas été trouvé" in found.departage
    assert found.extension is None


def test_a_local_movement_without_file_is_not_covered():
    found = answer(asked(local={"territoire": "93"}))
    assert "non couvert" in found.local.phrase
    assert found.local.bareme is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"departement_depuis": "2010-09-01"}, "se contredisent"),
        ({"grade": "grade_unique"}, "instituteur"),
        ({"grade": "agrege"}, "classe_normale"),
        ({"echelon": "x"}, "valeurs admises : 1, 2, 3"),
        ({"couleur": 1}, "n’existe pas"),
        ({"famille": [{"demande": "rapprochement_conjoints"}]}, "département du conjoint"),
        ({"famille": [{**FAMILY, "enfants": [{}]}]}, "date de naissance"),
        ({"famille": [{**FAMILY, "separation": [{"annee": 2022, "mois": 13}]}]}, "au plus 12"),
        ({"ecoles": [{"ecoles": ["rep"], "debut": "2022-09-01", "fin": "2021-08-31"}]}, "finit"),
        ({"ecoles": [{"ecoles": ["zep"], "debut": "2022-09-01"}]}, "rep_plus"),
        ({"absences": [{"motif": "cld", "debut": "2020-01-01"},
                       {"motif": "cld", "debut": "2021-01-01"}]}, "se chevauchent"),
        ({"absences": [{"motif": "cld", "debut": "2020-02-30"}]}, "date n’existe pas"),
    ],
)  # fmt: skip
def test_a_faulty_question_is_refused_in_french(changes, message):
    with pytest.raises(InputError, match=message):
        asked(**changes)


@pytest.mark.parametrize("degre", ["1d", "2d"])
def test_the_situation_of_the_degree_is_asked(degre):
    other = {"second_degre": None} if degre == "1d" else {"premier_degre": PERSON}
    with pytest.raises(InputError, match="la situation manque pour le degré"):
        question_of(MobilityQuestion, {"degre": degre, "campagne": 2025, "voeux": ["44"], **other})


@pytest.mark.parametrize(
    ("since", "by", "late"),
    [("2024-08-31", "promotion", False), ("2024-09-01", "promotion", True),
     ("2024-09-01", "classement", False), ("2024-09-02", "classement", True)],
)  # fmt: skip
def test_the_echelon_is_the_one_held_on_the_reference_date(since, by, late):
    question = asked(echelon_depuis=since, echelon_par=by)
    if late:
        with pytest.raises(InputError, match="détenu au 31 août 2024"):
            answer(question)
    else:
        assert answer(question).voeux[0].total == 281


def test_an_uncovered_campaign():
    with pytest.raises(LawError, match="campagne 2022 non couverte"):
        answer(asked(2022))


def test_an_explanation_sees_the_rules():
    with explain() as trace:
        answer(asked(famille=[FAMILY], voeux=["44"]))
    names = {step.rule for step in trace.steps}
    assert {
        "inter_1d_bareme",
        "inter_1d_anciennete",
        "inter_1d_enfants",
        "mouvement_barre",
        "mouvement_calendrier",
    } <= names


def test_no_text_of_the_answer_promises():
    text = answer(asked(famille=[FAMILY], voeux=["44", "49"])).model_dump_json()
    assert "vous serez" not in text
    assert "vous obtiendrez" not in text
    assert SUBJECT.name == "mobility"
