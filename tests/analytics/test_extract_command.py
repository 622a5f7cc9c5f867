"""`iprof import extrait`, as an analyst types it."""

import stat

import pytest
from click.testing import CliRunner

import iprof_kit
from iprof_kit import cli
from iprof_kit.analytics.imports.source import source_file
from iprof_kit.analytics.storage import load_population
from iprof_kit.base.errors import InputError


def run(*words):
    asked = ["import", "extrait", *map(str, words)]
    if "--motif" not in words:
        asked += ["--motif", "campagne 2026, bureau des enseignants"]
    return CliRunner().invoke(cli.iprof, asked)


def test_an_extract_becomes_a_table_and_a_report(extracts, tmp_path):
    table, report = tmp_path / "population.parquet", tmp_path / "rapport.html"
    done = run(
        extracts / "zeros_perdus.csv", "--source", "cmd", "--sortie", table, "--rapport", report
    )
    assert done.exit_code == 0, done.output
    assert "4 lignes\u00a0: 1 acceptée, 3 réparées, 0 refusée." in done.output
    assert load_population(table)["departement"].tolist() == ["003", "003", "015", "043"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in (table, report)} == {0o600}
    assert source_file("cmd").is_file()
    again = run(extracts / "zeros_perdus.csv", "--source", "cmd", "--sortie", table)
    assert "Table déjà à jour" in again.output
    assert "Correspondance" not in again.output


def test_what_is_written_by_name_asks_for_a_motive_and_is_noted(extracts, tmp_path):
    table, report = tmp_path / "p.parquet", tmp_path / "r.csv"
    for words in (["--sortie", table], ["--rapport", report]):
        done = run(extracts / "utf8.csv", "--source", "cmd7", *words, "--motif", "")
        assert "motif" in str(done.exception)
    assert not table.exists()
    assert not report.exists()
    run(extracts / "utf8.csv", "--source", "cmd7", "--sortie", table, "--rapport", report)
    noted = iprof_kit.exports().iloc[-1]
    assert noted["etat"] == "fait"
    assert noted["fichiers"] == [str(table), str(report)]


def test_refused_rows_are_named_and_the_others_kept(extracts, tmp_path):
    table = tmp_path / "population.parquet"
    done = run(extracts / "grade_inconnu.csv", "--source", "cmd2", "--sortie", table)
    assert done.exit_code == 1
    assert (
        "Ligne 3, colonne grade\u00a0: «\u00a05671\u00a0», grade (Adjoint d’enseignement)"
        in done.stderr
    )
    assert len(load_population(table)) == 2


def test_a_total_that_does_not_match_is_said(extracts):
    done = run(extracts / "totaux_faux.csv", "--source", "cmd3")
    assert "annonce 390, les lignes donnent 380 (quotite)" in done.stderr


def test_last_year_and_opinions_are_taken(extracts, tmp_path):
    table = tmp_path / "2025.parquet"
    run(extracts / "utf8.csv", "--source", "cmd4", "--sortie", table)
    done = run(
        extracts / "annee_suivante.csv",
        "--source",
        "cmd4",
        "--precedent",
        table,
        "--avis",
        extracts / "avis.csv",
    )
    assert done.exit_code == 0, done.output
    assert "1 entrée, 1 sortie, 3 personnes dont la situation a changé" in done.output
    assert "avis manquant" in done.output


def test_a_guess_must_be_confirmed(extracts):
    words = [
        extracts / "sans_noms.csv",
        "--source",
        "cmd5",
        "--colonne",
        "c1=numero",
        "--colonne",
        "c5=echelon",
        "--colonne",
        "c6=date_effet",
    ]
    done = run(*words)
    assert isinstance(done.exception, InputError)
    assert "? c4 → grade" in done.output
    assert run(*words, "--accepter").exit_code == 0


@pytest.mark.parametrize("words", [["--colonne", "date_effet"], ["--colonne", "x=nom"]])
def test_a_wrong_column_is_refused(extracts, words):
    done = run(extracts / "utf8.csv", "--source", "cmd6", *words)
    assert isinstance(done.exception, InputError)


def test_dossiers_are_still_imported_by_their_own_command():
    done = CliRunner().invoke(cli.iprof, ["import", "--help"])
    assert "dossiers" in done.output
    assert "extrait" in done.output


def test_official_opinions_join_a_population_that_was_imported_before(extracts, tmp_path):
    table, motive = tmp_path / "population.parquet", ["--motif", "campagne 2026, bureau"]
    run(extracts / "utf8.csv", "--source", "cmd8", "--sortie", table, "--accepter")
    assert "excellent" not in set(load_population(table).get("appreciation", ()))
    asked = ["avis", table, extracts / "avis.csv", "--source", "cmd8", *motive]
    done = CliRunner().invoke(cli.iprof, list(map(str, asked)))
    assert done.exit_code == 1  # two lines contradict each other, one names nobody
    assert "avis.csv, ligne 6\u00a0: numéro absent de l’extrait." in done.stderr
    joined = load_population(table)
    first = joined.set_index("numero").loc["E001"]
    assert first[["appreciation", "avis_1"]].tolist() == ["excellent", "tres_favorable"]
    assert (joined.attrs["avis"], joined.attrs["source"]) == ("avis.csv", "cmd8")
    assert iprof_kit.exports().iloc[-1]["etat"] == "fait"
    again = CliRunner().invoke(cli.iprof, list(map(str, asked)))
    assert "Table déjà à jour" in again.output


def test_opinions_are_joined_neither_without_a_motive_nor_to_any_table(extracts, tmp_path):
    table = tmp_path / "population.parquet"
    run(extracts / "utf8.csv", "--source", "cmd9", "--sortie", table, "--accepter")
    before = table.read_bytes()
    words = ["avis", table, extracts / "avis.csv", "--source", "cmd9", "--motif", "x"]
    assert isinstance(CliRunner().invoke(cli.iprof, list(map(str, words))).exception, InputError)
    assert table.read_bytes() == before
