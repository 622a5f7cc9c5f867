"""One row changed in each table of pensions: the number, its sentence, its source move together."""

import pytest
from changed_tables import Change, plain, reasons_with

REASONS = """
import json, sys
from pathlib import Path
from iprof_kit.base import paths
paths.REFERENCE = Path(sys.argv[1])
from iprof_kit.calculate.pension.calculation import answer
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.calculate.pension import why
def ask(**more):
    asked = PensionQuestion.model_validate(dict(
        naissance="1964-07-01", aujourdhui="2026-11-25", corps="pe", grade="hors_classe",
        echelon="3", periodes=[dict(debut="1987-10-01")], trimestres_autres_regimes=0) | more)
    depart = answer(asked).departs[0]
    return [why.explain_gross(asked, depart), why.explain_net(asked, depart),
            why.explain_opening(asked, depart), why.explain_limit(asked, depart)]
born = dict(naissance="1990-01-01", interruption_mois=3)
reasons = ask(departs=["2027-07-01"])
reasons += ask(departs=["2031-07-01"], enfants=[born] * 3, enfants_a_charge=1,
               foyer=dict(rfr=22000, parts=1.5))
reasons += ask(departs=["2031-07-01"], periodes=[dict(debut="2001-10-01", quotite=80)],
               corps=None, grade=None, echelon=None, indice_majore=380)
json.dump([one.model_dump(mode="json") for one in reasons], sys.stdout)
"""
AGES = {"version": "V2026", "categorie": "sedentaire", "ne_du": "1964-01-01"}
NOW = {"valide_au": ""}
CHANGES = [
    Change("retraite_ages", AGES, "decote_par_trimestre", "0.02",
           ("Décote", "11 trimestres à 2 %, soit 22 %")),
    Change("point_indice", NOW, "valeur_annuelle_point", "60.0000",
           ("Valeur annuelle du point", "60,0000 €")),
    Change("grilles", NOW | {"corps": "pe", "grade": "hors_classe", "echelon": "3"},
           "indice_majore", "700", ("Indice majoré", "700")),
    Change("parametres_pension", {"cle": "recul_limite_age_par_enfant"}, "valeur", "24",
           ("Recul de la limite d’âge pour enfants", "2 ans"), "recule de 2 ans par enfant"),
]  # fmt: skip
PARAMETERS = [
    ("taux_liquidation_max", "0.6", ("Taux pour 159 trimestres, sur 170", "56,1176 %"),
     "Le taux est de 60 %"),
    ("mg_reference_annuelle_im227", "30000", ("Montant annuel du minimum garanti", "30 000,00 €"),
     ""),
    ("majoration_pension_3_enfants", "0.2", ("", ""), "majorée de 20 %"),
    ("csg_taux_plein", "0.09", ("Taux de la CSG", "9 %"), ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def reasons(tmp_path_factory):
    return reasons_with(CHANGES, REASONS, tmp_path_factory.mktemp("droit"))


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.table)
def test_a_changed_row_changes_the_number_its_sentence_and_its_source(reasons, change):
    change.check(reasons)


def test_the_amount_follows_index_point_and_decote_together(reasons):
    # 700 × 60 € × 75 % × 159/170 × (1 − 22 %) ÷ 12
    assert plain(reasons[0]["lignes"][-1]["valeur"]) == "1 915,01 €"


def test_each_parameter_changed_alone_moves_its_line_its_sentence_and_its_source(tmp_path):
    changes = [
        Change("retraite_parametres", NOW | {"code": code}, "valeur", value, line, sentence)
        for code, value, line, sentence in PARAMETERS
    ]
    changed = reasons_with(changes, REASONS, tmp_path)
    for change in changes:
        change.check(changed)
    assert not [one["question"] for one in changed if one["lignes"][0]["nature"] == "refus"]
