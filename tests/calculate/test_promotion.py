"""The subjects « promotion » and « bareme »: what is asked, what is answered."""

from datetime import date

import pytest
from asking import asker
from pydantic import ValidationError

from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.calculate.interface.situation import Periode
from iprof_kit.calculate.promotion import bareme
from iprof_kit.calculate.promotion import calculation as promotion
from iprof_kit.calculate.promotion.question import BaremeQuestion, PromotionQuestion

JEAN = {
    "corps": "pe", "grade": "classe_normale", "echelon": "7", "date_effet": date(2024, 9, 1),
}  # fmt: skip
NINTH = {"corps": "pe", "grade": "classe_normale", "echelon": "9"}


ask, points = asker("promotion"), asker("bareme")


def test_jean_is_promouvable_in_2033():
    # mock-up of the promotions screen; décret 90-680 art. 25
    found = ask(**JEAN, campagne=2033)
    assert (found.echelon, found.anciennete_jours) == ("9", 900)
    assert found.promouvable
    assert "il faut 2 ans au 9e échelon" in found.motif
    assert found.decide_par.startswith("recteur")
    assert found.valeurs_reconduites
    before = ask(**JEAN, campagne=2030)
    assert (before.promouvable, before.premiere_campagne) == (False, 2033)


def test_what_the_promotion_would_give():
    # CAR31: 9e with 2 years 8 months, hors classe 2 with 8 months, index 629
    placed = ask(**NINTH, anciennete_jours=32 * 30, campagne=2024).classement
    assert (placed.echelon, placed.anciennete_jours, placed.indice_majore) == ("2", 240, 629)
    # CAR13: HC 6 promoted in 2021 goes to CE 4, index 830, nothing kept
    fields = {"corps": "pe", "grade": "hors_classe", "echelon": "6", "anciennete_jours": 600}
    placed = ask(**fields, campagne=2021).classement
    assert (placed.echelon, placed.anciennete_jours, placed.indice_majore) == ("4", 0, 830)


def test_the_ratio_is_known_supposed_or_said_unknown():
    known = ask(**NINTH, anciennete_jours=800, campagne=2025, promouvables=673, report=0.5)
    assert (known.taux.taux, known.taux.statut) == (23, "en_vigueur")
    # 23 % of 673 is 154.79, and 0.5 carried
    assert (known.contingent, known.report) == (155, 0.29)
    unknown = ask(**NINTH, anciennete_jours=800, campagne=2026, promouvables=673)
    assert (unknown.taux.taux, unknown.taux.statut, unknown.contingent) == (None, "inconnu", None)
    assert (unknown.taux.dernier_connu, unknown.taux.annee_dernier_connu) == (23, 2025)
    # the places at the last known ratio, said as such: 23 % of 673 is 154.79
    places = unknown.contingent_suppose
    assert (places.places, places.report, places.annee_taux) == (154, 0.79, 2025)
    assert any("taux de 2025" in reason for reason in unknown.motifs_a_verifier)
    assert known.contingent_suppose is None
    supposed = ask(**NINTH, anciennete_jours=800, campagne=2026, hypothese_projet=True)
    assert (supposed.taux.taux, supposed.taux.statut) == (25, "projet_non_adopte")


def test_a_doubtful_ratio_is_marked():
    fields = {"corps": "plp", "grade": "classe_normale", "echelon": "10", "anciennete_jours": 30}
    assert any("taux" in text for text in ask(**fields, campagne=2019).motifs_a_verifier)
    assert not any("taux" in text for text in ask(**fields, campagne=2024).motifs_a_verifier)


def test_the_classe_exceptionnelle_supposes_the_hors_classe():
    found = ask(**NINTH, anciennete_jours=800, campagne=2026, grade_cible="classe_exceptionnelle")
    assert not found.promouvable
    assert "suppose d’abord la hors classe" in found.motif
    assert found.classement is None


VIVIER = {"corps": "certifie", "grade": "hors_classe", "echelon": "4", "anciennete_jours": 100}


def test_the_first_vivier_needs_functions_and_until_2020_an_application():
    missing = ask(**VIVIER, campagne=2019)
    assert missing.promouvable is None
    assert "annees_fonctions" in missing.motif
    asked = ask(**VIVIER, campagne=2019, annees_fonctions=8)
    assert asked.promouvable is None
    assert "candidature_deposee" in asked.motif
    assert ask(**VIVIER, campagne=2019, annees_fonctions=8, candidature_deposee=True).promouvable
    refused = ask(**VIVIER, campagne=2019, annees_fonctions=8, candidature_deposee=False)
    assert refused.promouvable is False
    automatic = ask(**VIVIER, campagne=2022, annees_fonctions=6)
    assert (automatic.promouvable, automatic.vivier) == (True, "1")
    assert "automatique" in automatic.candidature
    assert automatic.taux.statut == "contingent"


def test_a_divergence_of_sources_is_marked():
    last = {**VIVIER, "echelon": "6"}
    found = ask(**last, campagne=2022, annees_fonctions=0)
    assert (found.promouvable, found.vivier, found.a_verifier) == (True, "2", True)
    assert any("divergent" in text for text in found.motifs_a_verifier)


def test_the_echelon_special_has_no_ratio():
    fields = {"corps": "pe", "grade": "classe_exceptionnelle", "echelon": "4"}
    found = ask(**fields, anciennete_jours=1080, campagne=2022, grade_cible="echelon_special")
    assert (found.promouvable, found.taux.statut) == (True, "sans_ratio")
    assert "20 %" in found.taux.texte
    with pytest.raises(PeriodNotCovered):
        ask(**fields, anciennete_jours=1080, campagne=2023, grade_cible="echelon_special")


@pytest.mark.parametrize(
    ("position", "motif", "open_"),
    [
        # CGFP L514-1: no advancement; L514-2, L515-9: rights kept; L512-6, L513-1
        ("Disponibilité", "convenances personnelles", False),
        ("Disponibilité", "élever un enfant", True),
        ("Disponibilité", "activité professionnelle", True),
        ("Congé parental", None, True),
        ("Détachement", None, True),
        ("Mise à disposition", None, True),
        ("congé de longue maladie", None, True),
    ],
)
def test_positions_that_stay_promouvables(position, motif, open_):
    stay = Periode(position=position, motif=motif, debut=date(2024, 1, 1), fin=date(2024, 12, 31))
    found = ask(**NINTH, anciennete_jours=900, campagne=2024, periodes=(stay,))
    assert found.promouvable is open_


def test_a_position_that_the_tables_do_not_know_is_marked():
    stay = Periode(position="Mission", debut=date(2024, 1, 1), fin=date(2024, 12, 31))
    found = ask(**NINTH, date_effet=date(2022, 1, 1), campagne=2024, periodes=(stay,))
    assert (found.promouvable, found.a_verifier) == (True, True)
    assert any("Mission" in text for text in found.motifs_a_verifier)


def test_a_disponibilite_takes_its_time_off():
    stay = Periode(
        position="Disponibilité",
        motif="convenances personnelles",
        debut=date(2025, 9, 1),
        fin=date(2026, 8, 31),
    )
    assert ask(**JEAN, campagne=2033, periodes=(stay,)).anciennete_jours == 540
    assert not ask(**JEAN, campagne=2033, periodes=(stay,)).promouvable


def test_one_equals_many():
    questions = [
        PromotionQuestion(**JEAN, campagne=2033),
        PromotionQuestion(**NINTH, anciennete_jours=719, campagne=2033),
        PromotionQuestion(**VIVIER, campagne=2022, annees_fonctions=6),
        PromotionQuestion(**{**VIVIER, "echelon": "5"}, campagne=2025, promouvables=40),
    ]
    assert promotion.answers(questions) == tuple(promotion.answer(q) for q in questions)
    assert [a.promouvable for a in promotion.answers(questions)] == [True, False, True, True]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"echelon": "special"}, "echelon"),
        ({"grade": "grade_unique"}, "grade"),
        ({"anciennete_jours": 5 * 360}, "anciennete_jours"),
        ({"grade_cible": "echelon_special"}, "grade_cible"),
        ({"grade": "hors_classe", "echelon": "3", "grade_cible": "hors_classe"}, "grade_cible"),
        ({"anciennete_jours": None, "date_effet": date(2026, 9, 1)}, "date_effet"),
        ({"grade": "hors_classe", "echelon": "7", "campagne": 2019}, "echelon"),
    ],
)
def test_a_bad_question_names_its_field(changes, where):
    fields = {**NINTH, "anciennete_jours": 100, "campagne": 2025, **changes}
    with pytest.raises(InputError) as refused:
        ask(**fields)
    assert refused.value.where == where


@pytest.mark.parametrize(
    "changes",
    [{"anciennete_jours": None}, {"date_effet": date(2020, 9, 1)}, {"report": 1.5},
     {"grade_cible": "chef"}, {"reliquat_jours": 3}],
)  # fmt: skip
def test_a_contradictory_question_is_refused(changes):
    with pytest.raises(ValidationError):
        PromotionQuestion(**{**NINTH, "anciennete_jours": 100, "campagne": 2025, **changes})


def test_a_campaign_before_the_tables_is_not_covered():
    with pytest.raises(PeriodNotCovered):
        ask(**NINTH, anciennete_jours=800, campagne=2016)
    with pytest.raises(LawError, match="règle non couverte"):
        ask(
            corps="instituteur",
            grade="grade_unique",
            echelon="9",
            anciennete_jours=10,
            campagne=2025,
            grade_cible="hors_classe",
        )


def test_the_points_line_by_line():
    # snes.edu, hors classe des agrégés 2019: last promoted at 175 points, 22 years in the corps
    found = points(
        corps="agrege",
        grade="classe_normale",
        echelon="10",
        anciennete_jours=3 * 360 + 180,
        campagne=2019,
        grade_cible="hors_classe",
        appreciation="tres_satisfaisant",
        anciennete_corps_jours=22 * 360,
    )
    assert [line.points for line in found.lignes] == [125, 50]
    assert found.total == 175
    named = {criterion.nom: criterion.valeur for criterion in found.criteres}
    assert named["anciennete_corps"] == "22 ans"
    assert named["echelon"] == "10e échelon"
    assert named["age"] is None
    assert any("indicatif" in text for text in found.remarques)


def test_the_bareme_of_the_viviers():
    # sections.se-unsa.org/59 (2021): 140 and 3 points a year, 48 at most
    fields = {
        "corps": "pe", "grade": "hors_classe", "echelon": "6", "anciennete_jours": 360,
        "campagne": 2021, "grade_cible": "classe_exceptionnelle", "appreciation": "excellent",
    }  # fmt: skip
    found = points(**fields, annees_hors_classe=20)
    assert ([line.points for line in found.lignes], found.total) == ([140, 48], 188)
    assert found.a_verifier
    with pytest.raises(InputError, match="années révolues"):
        points(**fields)


def test_opinions_replace_the_bareme_since_2024():
    fields = {
        "corps": "certifie", "grade": "hors_classe", "echelon": "6", "anciennete_jours": 360,
        "campagne": 2025, "grade_cible": "classe_exceptionnelle",
    }  # fmt: skip
    found = points(**fields, avis=("tres_favorable", "favorable"))
    assert (found.lignes, found.total) == ((), None)
    assert found.avis == "très favorable, favorable"
    assert [c.nom for c in found.criteres][2:] == [
        "anciennete_corps",
        "anciennete_grade",
        "echelon",
        "anciennete_echelon",
    ]
    with pytest.raises(InputError, match="avis"):
        points(**fields)
    with pytest.raises(InputError, match="appréciation"):
        points(**{**fields, "campagne": 2022}, avis=("favorable",))


def test_a_campaign_without_a_national_order_says_so():
    found = points(
        corps="certifie",
        grade="classe_normale",
        echelon="11",
        anciennete_jours=0,
        campagne=2019,
        grade_cible="hors_classe",
        appreciation="satisfaisant",
    )
    assert (found.total, found.criteres, found.procedure) == (165, (), "")
    assert any("hc_toulouse_2019" in text for text in found.remarques)


def test_the_bareme_is_refused_outside_the_plage():
    with pytest.raises(InputError, match="plage d’appel"):
        points(
            **NINTH,
            anciennete_jours=719,
            campagne=2024,
            grade_cible="hors_classe",
            appreciation="excellent",
        )
    with pytest.raises(InputError, match="appréciation manque"):
        points(**NINTH, anciennete_jours=720, campagne=2024, grade_cible="hors_classe")
    with pytest.raises(InputError, match="hors classe"):
        points(**NINTH, anciennete_jours=720, campagne=2024, grade_cible="classe_exceptionnelle")


def test_baremes_one_equals_many():
    questions = [
        BaremeQuestion(
            **NINTH,
            anciennete_jours=720 + n,
            campagne=2024 + n % 2,
            grade_cible="hors_classe",
            appreciation="excellent",
        )
        for n in range(4)
    ]
    assert bareme.answers(questions) == tuple(bareme.answer(q) for q in questions)


def test_the_explanation_sees_every_rule():
    with explain() as trace:
        ask(**NINTH, anciennete_jours=800, campagne=2025, promouvables=100)
    rules = {step.rule for step in trace.steps}
    assert rules >= {"hors_classe_open", "promotion_ratio", "promotion_contingent", "reclassify"}
    (ratio,) = [step for step in trace.steps if step.rule == "promotion_ratio"]
    assert ratio.parameters[0].value == 23
