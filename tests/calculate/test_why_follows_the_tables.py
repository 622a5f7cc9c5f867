"""One row changed in each table: the number, its sentence and its source move together."""

import json

import pytest
from changed_tables import Change, plain, reasons_with

REASONS = """
import json, sys
from datetime import date
from pathlib import Path
from iprof_kit.base import paths
paths.REFERENCE = Path(sys.argv[1])
from iprof_kit.calculate.career.calculation import answer
from iprof_kit.calculate.career.question import CareerQuestion, Scenario
from iprof_kit.calculate.interface.situation import Situation
situation = Situation(
    corps="pe", grade="classe_normale", echelon="7", date_effet=date(2024, 9, 1), quotite=80,
    date_naissance=date(1991, 5, 20), annees_direction=(2024,),
    periodes=[{"position": "Disponibilité", "motif": "convenances personnelles",
               "debut": date(2026, 1, 1), "fin": date(2026, 6, 30)}],
)
def ask(**choices):
    return answer(CareerQuestion(situation=situation, scenarios=(Scenario(**choices),),
                                 aujourdhui=date(2026, 11, 25), expliquer=True))
levers = {one.nom: one for one in ask().scenarios[0].leviers}
first = next(filter(None, levers["hors_classe"].valeurs))
found = ask(hors_classe=first, bonification_8=True)
reasons = [step.explication for step in found.scenarios[0].etapes]
reasons += [one.explication for one in found.eligibilites]
from iprof_kit.calculate.mobility.calculation import answer as mobility
from iprof_kit.calculate.mobility.question import MobilityQuestion
PLACES = (
    dict(degre="1d", campagne=2025, voeux=("75",), raisons=(1,), premier_degre=dict(
        corps="pe", grade="classe_normale", echelon=7, departement="93",
        departement_depuis="2015-09-01")),
    dict(degre="2d", campagne=2026, voeux=("Lyon",), raisons=(1,), second_degre=dict(
        corps="certifie", grade="classe_normale", echelon=7, academie="Lille", departement="59",
        anciennete_poste_annees=5)),
)
for one in PLACES:
    reasons += [wish.explication for wish in mobility(MobilityQuestion(**one)).voeux]
from iprof_kit.calculate.paths.calculation import eligibility
from iprof_kit.calculate.paths.question import EligibilityQuestion
path = EligibilityQuestion(jour=date(2026, 11, 25), corps="certifie", grade="classe_normale",
                           echelon="7", parcours="LA_AGREGE")
reasons.insert(0, eligibility(path).parcours[0].explication)
json.dump([one.model_dump(mode="json") for one in reasons], sys.stdout)
"""


PE = {"corps": "pe", "grade": "classe_normale", "valide_au": ""}
CHANGES = [
    Change("durees_echelon", PE | {"echelon": "7"}, "duree_mois", "39",
           ("Durée : 7e échelon", "3 ans 3 mois")),
    Change("grilles", PE | {"echelon": "8"}, "indice_majore", "563", ("Indice majoré", "563")),
    Change("point_indice", {"valide_au": ""}, "valeur_annuelle_point", "60.0000",
           ("Valeur annuelle du point", "60,0000 €")),
    Change("temps_partiel", {"code": "QUOTITE", "quotite_travaillee_pct": "80",
           "type_temps_partiel": "sur_autorisation"}, "fraction_remuneree", "9/10",
           ("Part payée pour 80 %", "9/10"), "9/10 ou 6/7 pour 80 %"),
    Change("parametres_carriere", {"cle": "bonification_direction_mois_par_annee"}, "valeur", "4",
           ("Mois par année complète de direction", "4 mois par année complète"),
           "donne 4 mois de bonification"),
    Change("retraite_ages", {"version": "V2026", "categorie": "sedentaire", "ne_au": ""},
           "limite_age_mois", "806", ("Limite d’âge", "67 ans et 2 mois")),
    Change("bareme_hors_classe", {"type": "eligibilite", "groupe_corps": "tous"},
           "anciennete_annees_revolues", "3", sentence="Il faut 3 ans au 9e échelon"),
    Change("decideurs", {"corps": "pe"}, "decideur", "une autre autorité",
           ("Décide", "une autre autorité")),
    Change("positions_avancement", {"code": "disponibilite"}, "part_pct", "50",
           ("Compté sur 6 mois de disponibilité", "3 mois")),
    Change("mouvement_interdepartemental_1d", {"critere": "echelon", "campagne": "2025",
           "sous_critere": "pe_classe_normale_07"}, "valeur_points", "37",
           ("Échelon", "37 points")),
    Change("parametres_mobilite", {"cle": "1d_anciennete_tranche_annees"}, "valeur", "6",
           ("Règle du mouvement", "6 années par tranche"), "chaque tranche complète de 6 ans"),
    Change("mouvement_interacademique_2d", {"critere": "anciennete_service", "campagne": "2026",
           "sous_critere": "classe_normale_par_echelon"}, "valeur_points", "8",
           ("Ancienneté de service (échelon)", "56 points")),
    Change("parcours_conditions", {"code": "LA_AGREGE", "rang": "2"}, "valeur", "6",
           ("Services dans le corps actuel, exigé", "6 ans au 1er octobre 2027")),
    Change("concours", {"code": "LA_AGREGE"}, "anciennete_min_annees", "12",
           ("Services effectifs d’enseignement, exigé", "12 ans au 1er octobre 2027")),
]  # fmt: skip


@pytest.fixture(scope="module")
def reasons(tmp_path_factory):
    """The reasons of one career with every change at once, in a copy of the tables."""
    return reasons_with(CHANGES, REASONS, tmp_path_factory.mktemp("droit"))


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.table)
def test_a_changed_row_changes_the_number_its_sentence_and_its_source(reasons, change):
    change.check(reasons)


def test_the_pay_follows_index_point_and_fraction_together(reasons):
    # 563 × 60 € ÷ 12 = 2 815,00 €; nine tenths are 2 533,50 €
    eighth = next(one for one in reasons if any(line["valeur"] == "563" for line in one["lignes"]))
    assert plain(eighth["lignes"][-1]["valeur"]) == "2 533,50 €"


def test_the_score_of_a_wish_follows_the_rows_of_its_movement(reasons):
    # 84 months beyond the three years: 37 + 84 × 2/12 + 10 for one slice of six years
    last = [plain(one["lignes"][-1]["valeur"]) for one in reasons[-2:]]
    assert last == ["61 points", "206 points"]  # 7 × 8, five years in the post: 5 × 20 + 50


def test_no_reason_of_the_changed_law_is_refused(reasons):
    refused = [one["question"] for one in reasons if "Raison non donnée" in json.dumps(one)]
    assert refused == []
