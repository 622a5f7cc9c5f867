"""A changed row moves the campaigns of « Quand ? », a reclassement and a quota: all they say.

The number, its sentence and its source move together, in a copy of the tables.
"""

import json

import pytest
from changed_tables import Change, plain, reasons_with

REASONS = """
import json, sys
from datetime import date
from pathlib import Path
from iprof_kit.base import paths
paths.REFERENCE = Path(sys.argv[1])
from iprof_kit.calculate.promotion.tirage import answer as campaigns
from iprof_kit.calculate.promotion.tirage_question import TirageQuestion
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.calculate.reclassement.ppcr import Moved, explain_2017
from iprof_kit.calculate.subjects import ask
drawn = campaigns(TirageQuestion(
    corps="pe", grade="classe_normale", echelon="9", date_effet=date(2025, 3, 1),
    aujourdhui=date(2026, 11, 25), entree_corps=date(2010, 9, 1), expliquer=True))
moved = Moved(Standing("agrege", "hors_classe", "3"), 0,
              Standing("agrege", "hors_classe", "4"), date(2015, 12, 1))
placed = ask("reclassement", dict(
    nature="promotion_grade", corps="pe", grade="classe_normale", echelon="9",
    anciennete_jours=960, grade_cible="hors_classe", date_effet="2024-09-01"))
quota = ask("quota", dict(listes=[{"nom": "6e", "effectif": 100}],
                          annee_precedente={"effectif": 100, "accordees": 0}))
def as_reason(found, *lines):
    return dict(question="", regle=getattr(found, "explication", ""),
                lignes=[dict(libelle=label, valeur=str(value)) for label, value in lines],
                sources=[one.model_dump(mode="json") for one in found.sources])
reasons = [drawn.explication.model_dump(mode="json"), explain_2017(moved).model_dump(mode="json"),
           as_reason(placed, ("Ancienneté", placed.anciennete_jours)),
           as_reason(quota, ("Accordées", quota.listes[0].accordees),
                     ("Plafond", quota.plafond_deux_ans))]
reasons.append(dict(question="shown", regle=drawn.phrase, lignes=[], sources=[]))
for corps in ("cpe", "certifie"):
    reasons.append(as_reason(ask("reclassement", dict(
        nature="promotion_grade", corps=corps, grade="classe_normale", echelon="10",
        anciennete_jours=1000, grade_cible="hors_classe", date_effet="2024-09-01"))))
json.dump(reasons, sys.stdout)
"""
CHANGES = [
    Change("ratios_promotion", {"annee": "2025", "corps": "pe", "grade_cible": "hors_classe"},
           "ratio_pct", "31", ("Taux appliqué à chaque campagne", "31 %, celui de 2025")),
    Change("promotions_stats", {"corps": "pe", "annee": "2023", "perimetre": "département 53"},
           "barre_points", "125", ("Barre de 2023, département 53", "125 points")),
    Change("parametres_promotion", {"cle": "part_excellent"}, "valeur", "35",
           ("Appréciation « excellent », supposée", "35 %")),
    Change("bareme_hors_classe", {"groupe_corps": "pe", "type": "appreciation",
           "cle": "excellent", "campagne_au": ""}, "points", "125",
           ("Appréciation « excellent »", "125 points")),
    Change("reclassement", {"id": "P1", "echelon_origine": "4"}, "echelon_cible", "3",
           ("Classement selon la règle", "hors classe, 3e échelon")),
    Change("parametres_carriere", {"cle": "bonification_part_liste"}, "valeur", "35",
           ("Accordées", "35")),
]  # fmt: skip
SENTENCE = "Une phrase changée dans la copie."
OF_CPE = Change("reclassement", {"id": "T2", "corps": "cpe"}, "anciennete_min_mois", "31")
PHRASE = Change("reclassement_phrases", {"id": "R4"}, "phrase", SENTENCE)


@pytest.fixture(scope="module")
def reasons(tmp_path_factory):
    """The reasons with every change at once, in a copy of the tables."""
    return reasons_with([*CHANGES, OF_CPE, PHRASE], REASONS, tmp_path_factory.mktemp("droit"))


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.table)
def test_a_changed_row_changes_the_number_its_sentence_and_its_source(reasons, change):
    change.check(reasons)


def test_a_changed_sentence_of_a_rule_is_the_one_that_is_said(reasons):
    assert SENTENCE in reasons[2]["regle"]


def test_the_sentence_of_a_row_says_its_own_length_for_its_own_corps(reasons):
    # reclassement.csv, T2: « au moins 2 ans 6 mois » for every corps; the row of the CPE is changed
    of_cpe, of_certifie = reasons[5:7]
    assert "au moins 2 ans 7 mois" in plain(of_cpe["regle"])
    assert any(OF_CPE.source in one["texte"] for one in of_cpe["sources"])
    assert "au moins 2 ans 6 mois" in plain(of_certifie["regle"])
    assert not any(OF_CPE.source in one["texte"] for one in of_certifie["sources"])


def test_the_campaigns_shown_follow_the_bar_and_the_points(reasons):
    # excellent 125 points at 9+2 in 2027: the lowest bar, 125, is reached that very year
    lines = {line["libelle"]: plain(line["valeur"]) for line in reasons[0]["lignes"]}
    by_bars = "Excellent, 125 points en 2027 : par les barres"
    assert next(lines[one] for one in lines if plain(one) == by_bars).startswith("2027 à ")
    assert lines["Campagnes"] == plain(reasons[4]["regle"])


def test_both_ceilings_follow_the_share_of_the_lists(reasons):
    lines = {line["libelle"]: line["valeur"] for line in reasons[3]["lignes"]}
    assert lines == {"Accordées": "35", "Plafond": "70"}  # 35 % of 100, of 200


def test_no_reason_of_the_changed_law_is_refused(reasons):
    assert "Raison non donnée" not in json.dumps(reasons, ensure_ascii=False)
