"""The import of an extract in a notebook."""

import pytest

from iprof_kit.analytics.export_log import exports
from iprof_kit.analytics.imports.source import source_file
from iprof_kit.analytics.storage import load_population
from iprof_kit.base.paths import SAMPLE
from iprof_kit.ui.workshop.import_desk import ImportDesk


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path / "var"))
    return ImportDesk(SAMPLE / "extrait_fictif.csv", "essai")


def widgets(box):
    """Yield what a person sees, in order: all that has a value or a button."""
    for each in getattr(box, "children", ()):
        yield each
        yield from widgets(each)


def named(desk, label):
    """Return the control of a label; the doubtful columns have a question mark before theirs."""
    return next(
        each
        for each in widgets(desk)
        if getattr(each, "description", "").removeprefix("? ") == label
    )


def press(desk, label):
    named(desk, label).click()


def said(desk):
    return " ".join(each.value for each in widgets(desk) if type(each).__name__ == "HTML")


def answered(desk, label="Enregistrer la table et le rapport"):
    """Return what is said right under a button: the list of columns is longer than a screen."""
    seen = list(widgets(desk))
    return seen[seen.index(named(desk, label)) + 1].value


def test_a_file_is_read_and_counted(desk):
    assert "25 lignes\u00a0: 11 acceptées, 10 réparées, 4 refusées." in said(desk)
    assert "PROJET" in said(desk)


def test_a_column_left_out_is_left_out_of_the_table_and_kept_so(desk):
    named(desk, "Quotité").value = "-"
    press(desk, "Relire avec ces colonnes")
    assert "quotite" not in desk.extract.table
    press(desk, "Confirmer les colonnes")
    assert "Quotité: '-'" in source_file("essai").read_text("utf-8")
    assert "Colonnes gardées" in answered(desk, "Confirmer les colonnes")


def test_two_headings_for_one_column_are_refused_and_the_choice_stays(desk):
    named(desk, "Nom").value = "prenom"
    named(desk, "Prénom").value = "prenom"
    press(desk, "Relire avec ces colonnes")
    assert "deux en-têtes" in answered(desk, "Confirmer les colonnes")  # beside it
    assert named(desk, "Nom").value == "prenom"


def test_a_file_that_cannot_be_read_says_what_to_do(desk):
    named(desk, "Fichier").value = "absent.csv"
    press(desk, "Lire le fichier")
    assert "ne peut pas être lu" in said(desk)
    assert named(desk, "Fichier").value == "absent.csv"


def test_the_table_and_the_report_are_saved(desk, tmp_path):
    named(desk, "Table à écrire").value = str(tmp_path / "population.parquet")
    press(desk, "Enregistrer la table et le rapport")
    assert "un export demande un motif" in answered(desk)
    assert "role='alert'" in answered(desk)
    assert not (tmp_path / "population.parquet").exists()
    named(desk, "Motif").value = "essai du bureau des enseignants"
    press(desk, "Enregistrer la table et le rapport")
    assert len(load_population(tmp_path / "population.parquet")) == 21
    assert (tmp_path / "population.html").is_file()
    assert "Le motif est noté au journal des exports." in answered(desk)
    assert exports()["motif"].tolist() == ["essai du bureau des enseignants"]


def test_what_was_saved_is_not_said_of_the_next_file(desk):
    press(desk, "Enregistrer la table et le rapport")
    press(desk, "Lire le fichier")
    assert answered(desk) == ""
