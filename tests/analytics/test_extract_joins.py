"""What is joined to an extract: opinions, last year's population, and how it is kept."""

from datetime import date

import openpyxl
import pandas as pd
import pytest

from iprof_kit.analytics.imports.extract import read_extract
from iprof_kit.analytics.imports.reporting.differences import differences
from iprof_kit.analytics.imports.reporting.report_files import PROJET, save_report
from iprof_kit.analytics.storage import load_population, save_population
from iprof_kit.base.errors import InputError, Unavailable


@pytest.fixture(scope="module")
def population(extracts):
    return read_extract(extracts / "utf8.csv", "essai", opinions=[extracts / "avis.csv"])


def test_opinions_are_joined_and_the_missing_ones_listed(population):
    table = population.table.set_index("numero")
    assert table.loc["E001", ["appreciation", "avis_1", "avis_2"]].tolist() == [
        "excellent",
        "tres_favorable",
        "tres_favorable",
    ]
    said = population.report.opinions
    missing = said[said["resultat"] == "manquante"]
    assert set(zip(missing["numero"], missing["colonne"], strict=True)) == {
        ("E002", "appreciation"),
        ("E002", "avis_1"),
        ("E002", "avis_2"),
        ("E003", "appreciation"),
        ("E003", "avis_1"),
        ("E004", "avis_2"),
    }


def test_opinions_that_contradict_or_name_nobody_are_refused(population):
    said = population.report.opinions
    refused = said[said["resultat"] == "refusée"].set_index("ligne")["pourquoi"]
    assert refused.to_dict() == {
        3: "avis contradictoires pour ce numéro",
        4: "avis contradictoires pour ce numéro",
        6: "numéro absent de l’extrait",
    }
    (emptied,) = said[said["resultat"] == "vidée"].to_dict("records")
    assert (emptied["ligne"], emptied["colonne"], emptied["valeur"]) == (7, "avis_1", "bof")


def test_a_file_without_opinions_is_refused(extracts):
    with pytest.raises(InputError, match="avis"):
        read_extract(extracts / "utf8.csv", "essai", opinions=[extracts / "utf8.csv"])


def test_last_year_is_compared(extracts, population):
    after = read_extract(extracts / "annee_suivante.csv", "essai").table
    table = differences(population.table, after)
    assert table.attrs == {"communs": 3, "entrees": 1, "sorties": 1, "changements": 3}
    said = {
        (r.numero, r.nature, r.colonne): (r.avant, r.apres, r.a_verifier)
        for r in table.itertuples()
    }
    assert said[("E003", "sortie", "")] == said[("E008", "entree", "")] == ("", "", False)
    assert said[("E001", "changement", "echelon")] == ("9", "10", False)
    assert said[("E002", "changement", "grade")] == ("hors_classe", "classe_exceptionnelle", False)
    assert said[("E004", "changement", "date_naissance")] == ("1972-06-30", "1973-06-30", True)


def test_an_echelon_that_goes_down_is_to_be_verified(population):
    after = population.table.assign(echelon="3")
    down = differences(population.table, after)
    assert down.loc[down["colonne"] == "echelon", "a_verifier"].all()


def test_importing_again_changes_nothing(population, extracts, tmp_path):
    file = tmp_path / "population.parquet"
    assert save_population(population.table, file)
    again = read_extract(extracts / "utf8.csv", "essai", opinions=[extracts / "avis.csv"])
    assert not save_population(again.table, file)
    assert differences(load_population(file), again.table).empty
    pd.testing.assert_frame_equal(load_population(file), population.table)
    assert load_population(file).attrs["fichier"] == "utf8.csv"


def test_a_table_imported_from_its_own_parquet_is_the_same(population, tmp_path):
    file = tmp_path / "population.parquet"
    save_population(population.table, file)
    again = read_extract(file, observed=date(2025, 8, 31))
    assert again.report.counts["acceptees"] == 4
    names = list(population.table)
    pd.testing.assert_frame_equal(again.table[names], population.table, check_flags=False)


def test_what_is_no_population_is_refused(extracts, tmp_path):
    with pytest.raises(InputError):
        load_population(extracts / "utf8.csv")
    with pytest.raises(Unavailable):
        load_population(tmp_path / "absent.parquet")


def test_a_report_is_a_page_a_workbook_or_a_csv(extracts, tmp_path):
    report = read_extract(extracts / "hors_grille.csv", "essai").report
    page = save_report(report, tmp_path / "r.html").read_text("utf-8")
    assert PROJET in page
    assert "1 à 11" in page
    sheets = openpyxl.load_workbook(save_report(report, tmp_path / "r.xlsx"))
    assert sheets.sheetnames == ["Résumé", "Par colonne", "Détail"]
    assert sheets["Détail"]["A2"].value == 3
    lines = save_report(report, tmp_path / "r.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(report.details())
    with pytest.raises(InputError, match="pdf"):
        save_report(report, tmp_path / "r.pdf")


def test_a_report_runs_no_formula(extracts, tmp_path):
    text = (extracts / "utf8.csv").read_text("utf-8").replace("01/09/2024", "=1+1", 1)
    file = tmp_path / "hostile.csv"
    file.write_text(text.replace("LEFÈVRE", "<b>gras</b>"), "utf-8")
    report = read_extract(file, "essai").report
    cell = openpyxl.load_workbook(save_report(report, tmp_path / "r.xlsx"))["Détail"]["D2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert "'=1+1" in save_report(report, tmp_path / "r.csv").read_text("utf-8-sig")
