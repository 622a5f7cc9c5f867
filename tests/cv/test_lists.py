"""The lists of the forms are those of the reference, with French typography."""

import csv

from iprof_kit.base.paths import REFERENCE
from iprof_kit.cv import lists


def rows(name):
    with (REFERENCE / "nomenclatures.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["liste"] == name]


def test_levels_and_languages_are_codes_with_their_labels():
    assert lists.NIVEAUX_DIPLOME["7"] == "Master, ingénieur (ancien niveau I)"
    assert list(lists.NIVEAUX_DIPLOME) == ["3", "4", "5", "6", "7", "8"]
    assert list(lists.CECRL) == ["A1", "A2", "B1", "B2", "C1", "C2"]


def test_functions_are_those_of_the_note_then_the_missions():
    names = [*rows("cv_fonction_mission_vivier1_2017"), *rows("cv_activite_type")]
    assert list(lists.FONCTIONS) == [row["libelle"].replace("'", "’") for row in names]
    assert "Maître formateur (PEMF)" in lists.FONCTIONS


def test_the_statutory_cv_has_its_five_rubriques():
    assert lists.RUBRIQUES_STATUTAIRES == (
        "Situation individuelle",
        "Formation",
        "Mode d’accès au grade",
        "Itinéraire professionnel",
        "Activités assurées au sein du système éducatif",
    )


def test_labels_have_the_apostrophe_of_the_screens():
    for name, known in vars(lists).items():
        if name.isupper() and not name.startswith("_") and isinstance(known, dict | tuple):
            assert not any("'" in one for one in known), name
