"""« Tout emporter » is read by a person: texts, dates in words, columns that have French names."""

import csv
import io
from zipfile import ZipFile

import pytest

from iprof_kit.records import person as people_rows
from iprof_kit.records.tables import METADATA
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.own_data.archive import CREDENTIALS, write_archive
from iprof_kit.services.own_data.column_names import column_name

LETTER = "Madame la rectrice,\nje demande la révision de mon appréciation.\nJean Dupont"
FILES = (
    "dossier", "dates", "lettres", "ce-que-vous-avez-saisi", "campagnes", "qui-a-consulte",
    "projets-d-avis",
)  # fmt: skip
ENGLISH = (
    "the", "name", "date", "account", "state", "since", "seen", "saved", "made", "text", "key",
    "kind", "title", "shown", "claimed", "opened", "version_", "_at", "_id", "unseen",
)  # fmt: skip


@pytest.fixture
def archive(jean, now):
    """Return what is taken away once she has kept a date, a letter and a choice."""
    kept = {
        "rdv-1-2026": {"dates": {"notifiee": "2027-03-09"}, "lettre": LETTER},
        "cle": "0123456789abcdef",
    }
    jean("carnet_enregistrer", sujet="rendez_vous", contenu=kept, revision=0, cle="carnet-un")
    jean("dossier.lire")
    out = io.BytesIO()
    write_archive(Owner("D0001", "jdupont"), out, now)
    return ZipFile(out)


def read(archive, name):
    return archive.read(f"a-lire/{name}.txt").decode("utf-8").replace("\u00a0", " ")


def test_p28_letters_and_dates_are_texts_that_a_person_reads(archive):
    assert {f"a-lire/{name}.txt" for name in FILES} <= set(archive.namelist())
    assert LETTER.replace("'", "’") in read(archive, "lettres")
    assert "Rendez-vous de carrière : " in read(archive, "lettres")
    dates = read(archive, "dates").splitlines()
    assert "9 mars 2027 : Rendez-vous de carrière, rdv-1-2026, dates, notifiee" in dates
    assert any("Échelon : classe normale" in line for line in dates)
    assert not [line for line in dates if "2027-03-09" in line]
    assert "9 mars 2027\u00a0: Rendez-vous".encode() in archive.read("a-lire/dates.txt")


def test_p28_what_she_typed_who_read_and_her_file_are_read_without_a_program(archive):
    typed = read(archive, "ce-que-vous-avez-saisi")
    assert typed.startswith("Rendez-vous de carrière\n")
    assert "notifiee : 9 mars 2027" in typed
    assert "0123456789abcdef" not in typed
    assert "JEAN DUPONT" in read(archive, "dossier")
    assert "Vous : " in read(archive, "qui-a-consulte")
    assert read(archive, "campagnes") == "Rien n’est gardé ici.\n"


def test_p28_each_column_has_a_french_name_and_none_is_that_of_another():
    tables = people_rows.reachable_tables() | {"writes", "audit"}
    for table in sorted(tables):
        columns = [
            one.name for one in METADATA.tables[table].columns if one.name not in CREDENTIALS
        ]
        names = [column_name(one) for one in columns]
        assert len(set(names)) == len(names), table
        english = [one for one in names if "_" in one or one in ENGLISH]
        assert not english, f"{table}: {english}"


def test_p28_a_table_is_opened_with_its_french_columns_and_dates(archive):
    text = archive.read("tables/agents.csv").decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text), delimiter=";")
    assert row["prénom"] == "Jean"
    assert row["date de naissance"].count("/") == 2
    text = archive.read("tables/carnets.csv").decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text), delimiter=";")
    assert row["enregistré le"] == "25/11/2026 10:00"
