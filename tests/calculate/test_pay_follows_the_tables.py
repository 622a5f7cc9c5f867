"""One row changed in each table of pay: the amount, its sentence and its source move together."""

import pytest
from changed_tables import Change, plain, reasons_with

REASONS = """
import json, sys
from datetime import date
from pathlib import Path
from iprof_kit.base import paths
paths.REFERENCE = Path(sys.argv[1])
from iprof_kit.calculate.pay.calculation import answer
from iprof_kit.calculate.pay.question import PayQuestion
def ask(**more):
    return answer(PayQuestion(date=date(2026, 11, 1), grade="classe_normale", echelon="7",
                              raisons=("toutes",), **more))
found = [
    ask(corps="pe", quotite=80, zone=1, enfants=2, primes_usuelles=True, taux_pas=4.3),
    ask(corps="certifie", zone=3, hsa=1, territoire="La Reunion"),
    ask(corps="plp", zone=3, enfants=1, abonnement_transport=40, absence={"greve": 1}),
]
reasons = [line.explication for one in found for line in one.lignes]
json.dump([one.model_dump(mode="json") for one in reasons], sys.stdout)
"""
NOW = {"valide_au": ""}
ISAE = "ISAE, part fixe (suivi et accompagnement des élèves)"
CHANGES = [
    Change("grilles", NOW | {"corps": "pe", "grade": "classe_normale", "echelon": "7"},
           "indice_majore", "525", ("Indice majoré", "525")),
    Change("point_indice", NOW, "valeur_annuelle_point", "60.0000",
           ("Valeur annuelle du point", "60,0000 €")),
    Change("temps_partiel", {"code": "QUOTITE", "quotite_travaillee_pct": "80",
           "type_temps_partiel": "sur_autorisation"}, "fraction_remuneree", "9/10",
           ("Part payée pour 80 %", "9/10"), "9/10 ou 6/7 pour 80 %"),
    Change("cotisations", NOW | {"code": "RAFP"}, "taux_pct", "6",
           ("Taux : Retraite additionnelle de la fonction publique", "6 %"),
           "verse à la retraite additionnelle 6 % de son assiette"),
    Change("parametres_paie", NOW | {"cle": "tpp_annuel"}, "valeur", "400",
           ("Abattement annuel (transfert primes/points)", "400 € par an")),
    Change("primes", NOW | {"code": "ISAE_FIXE"}, "montant_annuel_brut", "2640",
           ("Montant annuel du texte", "2 640 € par an"), more={"montant_mensuel": "220.00"}),
    Change("echeances_paie", {"periodicite": "neuvieme_oct_juin"}, "fractions", "10",
           ("Parts égales dans l’année", "10"), "d’octobre à juin (10 parts)"),
    Change("assiettes_paie", {"famille": "sft"}, "rafp", "non",
           ("Gains comptés", f"Indemnité de résidence ; {ISAE} ; Prime d’attractivité")),
    Change("absences_paie", {"absence": "greve", "famille": "sft"}, "retenue", "oui",
           ("Gains que cette absence ne touche pas",
            "Remboursement des transports domicile-travail")),
    Change("sft", NOW | {"nb_enfants": "2"}, "taux_pct", "4", ("Part proportionnelle", "4 %")),
    Change("indemnite_residence", NOW | {"zone": "1"}, "taux_pct", "5", ("Taux de la zone", "5 %")),
    Change("outre_mer", {"code": "MAJORATION_TRAITEMENT", "territoire": "La Reunion"}, "taux_pct",
           "36", ("Majoration", "36 %")),
]  # fmt: skip


@pytest.fixture(scope="module")
def reasons(tmp_path_factory):
    """The reasons of three payslips with every change at once, in a copy of the tables."""
    return reasons_with(CHANGES, REASONS, tmp_path_factory.mktemp("droit"))


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.table)
def test_a_changed_row_changes_the_amount_its_sentence_and_its_source(reasons, change):
    change.check(reasons)


def first_of(reasons, label):
    """Return the amount of a line of the first payslip."""
    lasts = (one["lignes"][-1] for one in reasons)
    return next(plain(last["valeur"]) for last in lasts if last["libelle"] == label)


def test_the_amounts_follow_the_changed_rows_together(reasons):
    # 525 × 60 € ÷ 12 = 2 625,00 €, nine tenths; 2 640 € ÷ 12, nine tenths
    assert first_of(reasons, "Traitement indiciaire brut") == "2 362,50 €"
    assert first_of(reasons, ISAE) == "198,00 €"


def test_no_reason_of_the_changed_law_is_refused(reasons):
    assert [one["question"] for one in reasons if "Raison non donnée" in str(one)] == []
