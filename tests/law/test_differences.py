"""What differs between two folders of tables, and the folders that are refused."""

import csv
import os
import shutil
from datetime import date

import pytest

from iprof_kit.base.errors import BadTable, InputError
from iprof_kit.base.paths import REFERENCE
from iprof_kit.law.tables import differences
from iprof_kit.law.tables.differences import changes


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "reference"
    shutil.copytree(REFERENCE, folder)
    return folder


def rewritten(folder, table, change):
    file = folder / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as reading:
        rows = list(csv.DictReader(reading))
    names = list(rows[0])
    with file.open("w", encoding="utf-8", newline="") as writing:
        out = csv.DictWriter(writing, names)
        out.writeheader()
        out.writerows(change(rows))


def raised(rows):
    last = rows[-1]
    new = last | {"valide_du": "2027-01-01", "valeur_annuelle_point": "60.0000"}
    return [*rows[:-1], last | {"valide_au": "2026-12-31"}, new]


def test_a_row_closed_and_a_row_opened_are_two_changes_of_one_day(copy):
    rewritten(copy, "point_indice", raised)
    closed, opened = changes(REFERENCE, copy)
    assert closed.cells == (("valide_au", "", "2026-12-31"),)
    assert (opened.before, opened.after["valeur_annuelle_point"]) == (None, "60.0000")
    assert closed.days == opened.days == (date(2027, 1, 1),)


def test_rows_in_another_order_are_no_change(copy):
    rewritten(copy, "grilles", lambda rows: rows[::-1])
    assert changes(REFERENCE, copy) == ()


def test_a_source_alone_changes_no_day(copy):
    rewritten(copy, "point_indice", lambda rows: [*rows[:-1], rows[-1] | {"source": "autre"}])
    (change,) = changes(REFERENCE, copy)
    assert (change.cells[0][0], change.days) == ("source", ())


def test_a_row_left_out_is_told(copy):
    rewritten(copy, "primes", lambda rows: rows[1:])
    (change,) = changes(REFERENCE, copy)
    assert change.after is None
    assert change.row["code"] == "ISAE_FIXE"


def test_a_copy_of_the_project_is_a_folder_of_tables(copy, tmp_path):
    project = tmp_path / "projet"
    shutil.copytree(copy, project / "data" / "reference")
    assert changes(copy, project) == ()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: shutil.rmtree(folder), "ce n’est pas un dossier"),
        (lambda folder: (folder / "primes.csv").unlink(), "1 table absente : primes"),
        (lambda folder: (folder / "autre.csv").write_text("a\n"), "inconnue du kit"),
        (lambda folder: fifo(folder / "primes.csv"), "1 table absente : primes"),
        (lambda folder: (folder / "primes.csv").write_bytes(b"\xff\xfe\0"), "primes.csv"),
        (lambda folder: (folder / "primes.csv").write_text("code\nX\n"), "colonne absente"),
    ],
    ids=["absent", "incomplete", "unknown", "a pipe", "no text", "another shape"],
)  # fmt: skip
def test_a_folder_that_does_not_hold_is_refused_by_name(copy, spoil, words):
    spoil(copy)
    with pytest.raises((InputError, BadTable), match=words) as refused:
        changes(REFERENCE, copy)
    assert str(copy) in str(refused.value)


def fifo(file):
    file.unlink()
    os.mkfifo(file)


def test_a_table_out_of_all_measure_is_refused(copy, monkeypatch):
    monkeypatch.setattr(differences, "LARGEST", 1000)
    with pytest.raises(InputError, match="dépasse"):
        changes(REFERENCE, copy)


def test_rows_that_overlap_are_refused_with_their_line(copy):
    rewritten(copy, "point_indice", lambda rows: [*rows, rows[-1] | {"valide_du": "2027-01-01"}])
    with pytest.raises(BadTable, match=r"point_indice\.csv, ligne 8"):
        changes(REFERENCE, copy)
