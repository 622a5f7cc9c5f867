"""The import of an extract in a notebook."""

import pytest

from iprof_kit.analytics.imports.source import source_file
from iprof_kit.analytics.storage import load_population
from iprof_kit.base.paths import SAMPLE
from iprof_kit.ui.workshop.import_desk import ImportDesk


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path / "var"))
    return ImportDesk(SAMPLE / "extrait_fictif.csv", "essai")


def press(desk, label):
    buttons = [each for box in desk.children for each in (box, *getattr(box, "children", ()))]
    next(each for each in buttons if getattr(each, "description", "") == label).click()


def test_a_file_is_read_and_counted(desk):
    assert "25 lignes\u00a0: 11 acceptées, 10 réparées, 4 refusées." in desk._said.value
    assert "PROJET" in desk._said.value


def test_a_column_left_out_is_left_out_of_the_table_and_kept_so(desk):
    desk._chosen["Quotité"].value = "-"
    press(desk, "Relire avec ces colonnes")
    assert "quotite" not in desk.extract.table
    press(desk, "Confirmer les colonnes")
    assert "Quotité: '-'" in source_file("essai").read_text("utf-8")
    assert "Colonnes gardées" in desk._said.value


def test_two_headings_for_one_column_are_refused_and_the_choice_stays(desk):
    desk._chosen["Nom"].value = "prenom"
    desk._chosen["Prénom"].value = "prenom"
    press(desk, "Relire avec ces colonnes")
    assert "deux en-têtes" in desk._said.value
    assert desk._chosen["Nom"].value == "prenom"


def test_a_file_that_cannot_be_read_says_what_to_do(desk):
    desk._file.value = "absent.csv"
    press(desk, "Lire le fichier")
    assert "ne peut pas être lu" in desk._said.value
    assert desk._file.value == "absent.csv"


def test_the_table_and_the_report_are_saved(desk, tmp_path):
    desk._output.value = str(tmp_path / "population.parquet")
    press(desk, "Enregistrer la table et le rapport")
    assert "motif" in desk._said.value
    assert not (tmp_path / "population.parquet").exists()
    desk._motif.value = "essai du bureau des enseignants"
    press(desk, "Enregistrer la table et le rapport")
    assert len(load_population(tmp_path / "population.parquet")) == 21
    assert (tmp_path / "population.html").is_file()
