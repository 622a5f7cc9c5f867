"""What is written: no hidden number in any byte, provenance inside, a log that is always whole."""

import io
import json
import os
import zipfile
from datetime import date

import attacker
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from iprof_kit import exports, pseudonymiser, publier
from iprof_kit.analytics import export_log
from iprof_kit.analytics.publication.keys import key_file
from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.commands.exports import exports_

WHY = "bilan des promotions devant le comité social"
MARK = 98_765
"""Pay of each person of the smallest cell: found nowhere else."""
FORMATS = ("xlsx", "csv", "parquet", "pdf")


@pytest.fixture(autouse=True)
def own_var(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path_factory.mktemp("var")))


@pytest.fixture
def paid_people():
    table = attacker.people_of(
        {("=x", "F"): 40, ("=x", "H"): 20, ("y", "F"): 3, ("y", "H"): 9, ("z", "F"): 50}
    )
    table["prime"] = 100.0 + table.index
    table.loc[(table["a"] == "y") & (table["b"] == "F"), "prime"] = float(MARK)
    table.attrs = {
        "source": "rectorat-63",
        "fichier": "extrait.csv",
        "sha256": "ab" * 32,
        "observation": "2026-08-31",
    }
    return table


def written(paid_people, folder, *formats, **more):
    files = [folder / f"tableau.{name}" for name in formats or FORMATS]
    given = {"motif": WHY, "sortie": files, "titre": "Primes 2026", "le": date(2026, 11, 25)}
    return publier(paid_people, ["a", "b"], "moyenne:prime", **{**given, **more})


def everything_in(file):
    """Return all that a file holds, unpacked."""
    raw = file.read_bytes()
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            return b"".join(book.read(name) for name in book.namelist())
    if file.suffix == ".parquet":
        held = pq.read_table(file)
        return raw + held.to_pandas().to_csv().encode() + str(held.schema.metadata).encode()
    if file.suffix == ".pdf":
        text = "".join(page.extract_text() for page in PdfReader(file).pages)
        return raw + "".join(text.split()).encode()
    return raw


def test_no_file_holds_a_number_of_a_hidden_cell(paid_people, tmp_path):
    found = written(paid_people, tmp_path)
    assert (
        found.tableau.loc[found.tableau["effectif"] == "secret", "moyenne_prime"].eq("secret").all()
    )
    for file in found.fichiers:
        held = everything_in(file)
        assert b"secret" in held, file.name
        for text in (str(MARK), str(3 * MARK), "98\u202f765", "N00"):
            assert text.encode() not in held, (file.name, text)


def test_every_file_says_projet_and_where_it_comes_from(paid_people, tmp_path):
    for file in written(paid_people, tmp_path, filtres={"b": ["F", "H"]}).fichiers:
        held = everything_in(file).decode("utf-8", "replace")
        said = "".join(held.split())
        for text in ("PROJET", "rectorat-63", "extrait.csv", "ab" * 32, "iprof-kit", "Primes"):
            assert text in said, (file.name, text)


def test_the_workbook_is_formatted_frozen_and_marked_on_each_page(paid_people, tmp_path):
    written(paid_people, tmp_path)
    page = openpyxl.load_workbook(tmp_path / "tableau.xlsx")["Tableau"]
    assert page["A1"].value == "PROJET — Primes 2026"
    assert page.freeze_panes == "C5"
    assert "PROJET" in page.oddHeader.center.text
    assert "PROJET" in page.oddFooter.left.text
    rows = {(r[0].value, r[1].value): r for r in page.iter_rows(min_row=5)}
    assert rows["z", "F"][2].value == 50
    assert rows["z", "F"][2].number_format == "#,##0"
    assert rows["z", "F"][3].number_format == "#,##0.00"
    assert rows["y", "F"][2].value == "secret"
    assert rows["=x", "F"][0].data_type == "s"


def test_parquet_keeps_numbers_and_says_which_are_secret(paid_people, tmp_path):
    written(paid_people, tmp_path)
    frame = pd.read_parquet(tmp_path / "tableau.parquet")
    hidden = frame["effectif_statut"] == "secret"
    assert hidden.any()
    assert frame.loc[hidden, "effectif"].isna().all()
    assert frame.loc[(frame["a"] == "z") & (frame["b"] == "F"), "effectif"].tolist() == [50]


def test_csv_reads_back_past_its_provenance(paid_people, tmp_path):
    written(paid_people, tmp_path)
    frame = pd.read_csv(tmp_path / "tableau.csv", sep=";", comment="#", encoding="utf-8-sig")
    assert list(frame) == ["a", "b", "effectif", "moyenne_prime"]
    assert "'=x" in set(frame["a"])


def test_equal_tables_make_equal_pdf_and_parquet(paid_people, tmp_path):
    first = written(paid_people, tmp_path, "pdf", "parquet").fichiers
    held = [file.read_bytes() for file in first]
    again = written(paid_people, tmp_path, "pdf", "parquet").fichiers
    assert [file.read_bytes() for file in again] == held


def test_the_log_says_who_when_what_and_why(paid_people, tmp_path, monkeypatch):
    monkeypatch.setenv("IPROF_QUI", "a.durand")
    written(paid_people, tmp_path, "csv")
    row = exports().iloc[0]
    assert (row["qui"], row["etat"], row["motif"], row["source"]) == (
        "a.durand",
        "fait",
        WHY,
        "rectorat-63",
    )
    assert row["quoi"] == "Primes 2026"
    assert list(row["fichiers"]) == [str(tmp_path / "tableau.csv")]
    assert export_log.log_file().stat().st_mode & 0o777 == 0o600


def test_a_writing_that_fails_half_way_is_logged_and_publishes_nothing(paid_people, tmp_path):
    (tmp_path / "barre").write_text("un fichier, pas un dossier")
    files = [tmp_path / "a.csv", tmp_path / "barre" / "b.csv"]
    with pytest.raises(Unavailable, match="ne peut pas être écrit"):
        written(paid_people, tmp_path, sortie=files)
    assert [path.name for path in tmp_path.iterdir()] == ["barre"]
    assert exports()["etat"].tolist() == ["échec"]
    assert not list((var_dir() / "publications").rglob("*.json"))


def test_an_export_cut_short_stays_in_the_log(paid_people, tmp_path, monkeypatch):
    if not (pid := os.fork()):
        monkeypatch.setattr(
            "iprof_kit.analytics.publication.publish.write_files", lambda *_, **__: os._exit(9)
        )
        written(paid_people, tmp_path, "csv")
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
    assert exports()["etat"].tolist() == ["interrompu"]
    assert list((var_dir() / "publications").rglob("*.json"))  # it may have been published


def test_without_a_log_nothing_is_exported(paid_people, tmp_path):
    export_log.log_file().mkdir(parents=True)
    with pytest.raises(Unavailable, match="journal"):
        written(paid_people, tmp_path, "csv")
    assert not list(tmp_path.iterdir())


def test_a_damaged_ledger_stops_publications(paid_people, tmp_path):
    written(paid_people, tmp_path, "csv")
    next((var_dir() / "publications").rglob("*.npz")).write_bytes(b"perdu")
    with pytest.raises(Unavailable, match="registre"):
        written(paid_people, tmp_path, "csv")


def test_exports_are_read_on_the_command_line(paid_people, tmp_path):
    written(paid_people, tmp_path, "csv")
    with export_log.log_file().open("a") as out:
        out.write("abîmé\n")
    shown = CliRunner().invoke(exports_, [])
    assert WHY in shown.output
    assert "Le journal a 1 ligne illisible" in shown.output
    as_json = CliRunner().invoke(exports_, ["--json", "--source", "rectorat-63"])
    assert json.loads(as_json.stdout.splitlines()[0])["etat"] == "fait"
    assert "Aucun export" in CliRunner().invoke(exports_, ["--depuis", "2999-01-01"]).output


def test_pseudonyms_are_keyed_steady_and_their_key_is_apart(paid_people, tmp_path):
    paid_people["nom"] = "Durand"
    found = pseudonymiser(paid_people, motif=WHY, sortie=tmp_path / "travail.parquet")
    held = (tmp_path / "travail.parquet").read_bytes()
    key = key_file("rectorat-63")
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.parent != tmp_path
    assert b"Durand" not in held
    assert b"N00000" not in held
    assert key.read_bytes() not in held
    again = pseudonymiser(paid_people, motif=WHY)
    other = pseudonymiser(paid_people, motif=WHY, source="autre")
    assert found["numero"].tolist() == again["numero"].tolist()
    assert not set(found["numero"]) & set(other["numero"])
    assert exports()["quoi"].iloc[0].startswith("jeu pseudonymisé")


def test_a_working_set_never_stands_beside_its_key(paid_people):
    beside = key_file("rectorat-63").with_suffix(".parquet")
    with pytest.raises(InputError, match="clé"):
        pseudonymiser(paid_people, motif=WHY, sortie=beside)


def test_a_key_that_others_may_read_is_refused(paid_people):
    pseudonymiser(paid_people, motif=WHY)
    key_file("rectorat-63").chmod(0o644)
    with pytest.raises(Unavailable, match="chmod 600"):
        pseudonymiser(paid_people, motif=WHY)


WRONG = [
    ({"motif": ""}, "motif : un export demande un motif"),
    ({"motif": "essai"}, "motif : ce motif ne dit rien"),
    ({"motif": "............"}, "motif : ce motif ne dit rien"),
    ({"seuil": 3}, "jamais moins de 5"),
    ({"seuil": "onze"}, "seuil"),
    ({"mesures": "mediane:prime"}, "mesure inconnue"),
    ({"mesures": "part:prime"}, "n’est pas fait de 0 et de 1"),
    ({"mesures": "moyenne:a"}, "n’est pas faite de nombres"),
    ({"mesures": "moyenne:absente"}, "il manque une colonne : absente"),
    ({"par": ["a", "a"]}, "citée deux fois"),
    ({"par": "numero"}, "peut désigner une personne"),
    ({"par": "promu"}, "part:promu"),
    ({"par": "retraitable"}, "part:retraitable"),
    ({"par": "ex_instituteur"}, "part:ex_instituteur"),
    ({"filtres": {"promu": 1}}, "filtres : « promu » dit oui ou non de chaque personne"),
    ({"filtres": {"nom": "Durand"}}, "filtres : « nom » peut désigner une personne"),
    ({"filtres": {"a": "inconnu"}}, "personne n’a a = inconnu"),
    ({"sortie": "tableau.doc"}, "Formats possibles"),
    ({"sortie": ["a.csv", "a.csv"]}, "demandé deux fois"),
    ({"source": "../ailleurs"}, "nom de source"),
]


@pytest.mark.parametrize(("given", "said"), WRONG, ids=lambda value: str(value)[:40])
def test_bad_input_is_said_in_french_and_writes_nothing(paid_people, given, said):
    paid_people[["promu", "retraitable", "ex_instituteur"]] = 1
    paid_people["nom"] = "Durand"
    with pytest.raises(InputError) as error:
        publier(paid_people, **{"par": "a", "motif": WHY, **given})
    assert said in str(error.value).replace("\u00a0", " ")
    assert not export_log.log_file().exists()


def test_rows_that_name_nobody_or_twice_the_same_are_counted(paid_people):
    paid_people.loc[1, "numero"] = paid_people.loc[0, "numero"]
    paid_people.loc[2, "numero"] = ""
    with pytest.raises(InputError, match=r"1 ligne sans numéro, 1 en double"):
        publier(paid_people, "a", motif=WHY)


def test_a_total_line_is_not_taken_for_a_value(paid_people):
    paid_people.loc[0, "a"] = "Ensemble"
    with pytest.raises(InputError, match="lignes de total"):
        publier(paid_people, "a", motif=WHY)


def test_a_motive_that_is_too_short_is_not_said_to_be_absent(paid_people):
    with pytest.raises(InputError, match=r"ne dit rien.*essai CSA"):
        publier(paid_people, motif="essai CSA")
    with pytest.raises(InputError, match="demande un motif"):
        publier(paid_people, motif="")
