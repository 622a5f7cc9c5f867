"""The columns of a source: guessed, corrected, confirmed once, used again."""

from datetime import date

import pytest

from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.imports.extract import failures, population_schema, read_extract
from iprof_kit.analytics.imports.source import load_source, source_file
from iprof_kit.base.errors import InputError


def test_what_headings_do_not_say_is_guessed_by_contents(extracts):
    extract = read_extract(
        extracts / "sans_noms.csv",
        "essai",
        columns={"c1": "numero", "c5": "echelon", "c6": "date_effet"},
    )
    assert extract.mapping.columns == {
        "c1": "numero",
        "c2": "sexe",
        "c3": "date_naissance",
        "c4": "grade",
        "c5": "echelon",
        "c6": "date_effet",
    }
    assert not extract.mapping.confirmed
    assert any("c4" in note and "à confirmer" in note for note in extract.report.notes)


def test_a_number_is_preferred_to_a_numen(extracts, tmp_path):
    text = (extracts / "utf8.csv").read_text("utf-8").splitlines()
    lines = ["NUMEN;" + text[0], *(f"06E12345{n}7ABC;{line}" for n, line in enumerate(text[1:]))]
    file = tmp_path / "deux.csv"
    file.write_text("\n".join(lines), "utf-8")
    extract = read_extract(file, "deux")
    assert extract.mapping.columns["numero"] == "numero"
    assert extract.table["numero"].tolist() == ["E001", "E002", "E003", "E004"]


def test_the_columns_of_a_list_need_no_confirmation(extracts):
    assert read_extract(extracts / "avancement_echelon.txt", "liste").mapping.confirmed


def test_a_confirmed_source_is_used_again(extracts):
    first = read_extract(
        extracts / "sans_noms.csv",
        "sans-noms",
        columns={"c1": "numero", "c2": "-", "c5": "echelon", "c6": "date_effet"},
    )
    first.confirm(on=date(2026, 11, 26))
    again = read_extract(extracts / "sans_noms.csv", "sans-noms")
    assert again.source.confirmed == date(2026, 11, 26)
    assert again.mapping.confirmed
    assert again.mapping.columns == first.mapping.columns
    assert "sexe" not in again.table


def test_headings_that_a_source_has_lost_are_said(extracts, tmp_path):
    text = (extracts / "utf8.csv").read_text("utf-8")
    read_extract(extracts / "utf8.csv", "perdue").confirm()
    file = tmp_path / "nouveau.csv"
    file.write_text(text.replace("quotite", "Nouveau"), "utf-8")
    notes = read_extract(file, "perdue").report.notes
    assert any("quotite" in note and "n’est plus" in note for note in notes)
    assert any("Nouveau" in note for note in notes)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"absent": "numero"}, "n’est pas dans le fichier"),
        ({"nom": "inconnue"}, "n’existe pas"),
        ({"nom": "numero", "prenom": "numero"}, "deux en-têtes"),
    ],
)
def test_a_wrong_correction_is_refused(extracts, columns, words):
    with pytest.raises(InputError, match=words):
        read_extract(extracts / "utf8.csv", columns=columns)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colonnes: [", "YAML"),
        ("colones: {}", "colones"),
        ("format: word", "word"),
        ("colonnes: {A: inconnue}", "inconnue"),
        ("colonnes: {A: nom, B: nom}", "deux en-têtes"),
        ("controles: {dates_ordre: peut-être}", "peut-être"),
        ("observation: hier", "hier"),
        ("largeur_fixe: [{entete: A, debut: 1}]", "incomplète"),
        ("largeur_fixe: [{entete: A, debut: 1, longueur: 4}, {entete: B, debut: 3, longueur: 2}]",
         "chevauchent"),
    ],
)  # fmt: skip
def test_a_typing_error_in_a_source_is_named(extracts, tmp_path, text, words):
    file = tmp_path / "source.yml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=words):
        read_extract(extracts / "utf8.csv", file)


def test_a_source_chooses_its_checks(extracts, tmp_path):
    file = tmp_path / "souple.yml"
    file.write_text("controles: {dates_ordre: signaler, numero_double: ignorer}", "utf-8")
    report = read_extract(extracts / "dates_contradictoires.csv", file).report
    assert report.counts["refusees"] == 0
    assert (report.details()["resultat"] == "à vérifier").sum() == 3


def test_a_source_name_stays_in_its_folder():
    with pytest.raises(InputError, match="nom de source"):
        source_file("../ailleurs")
    assert load_source("jamais-vue").columns == {}


def test_the_key_of_a_source_is_private(extracts):
    read_extract(extracts / "numen.csv", "cle")
    key = source_file("cle").with_suffix(".cle")
    assert key.stat().st_mode & 0o077 == 0


def test_the_contract_of_a_table_says_each_column(extracts):
    table = read_extract(extracts / "utf8.csv").table
    schema = population_schema(table.columns)
    assert {n: c.description for n, c in schema.columns.items()} == {
        name: COLUMNS[name].meaning for name in table
    }
    assert failures(table).empty
    broken = table.assign(sexe="X", quotite=120)
    assert set(failures(broken)["column"]) == {"sexe", "quotite"}
