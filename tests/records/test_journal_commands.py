"""`iprof journal`, as an administrator types it."""

import csv
import io
import json
import os
import stat

import pytest
from click.testing import CliRunner
from journal_pieces import note, sql, three_batches, without_guards

from iprof_kit.base.errors import InputError
from iprof_kit.commands.host import doctor
from iprof_kit.commands.journal import journal
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.records.journal.seals import seal

pytestmark = [
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]
"""The commands say what the services found; those are tried on both engines."""


def run(*arguments):
    return CliRunner().invoke(journal, arguments)


def actions():
    with db.reading() as session:
        return [line.action for line in audit.readable_lines(session)]


def test_a_whole_journal_is_said_with_what_is_not_sealed_and_its_last_seal(database, now):
    three_batches(now)
    said = run("verify")
    assert said.exit_code == 0
    assert "Journal intact." in said.output
    assert "Pas encore scellées\u00a0: 2 lignes\u00a0; en retirer ne se verrait pas." in said.output
    assert "lot 3, 12 lignes" in said.output


def test_an_altered_journal_ends_with_1_and_names_the_first_line(database, now):
    three_batches(now)
    without_guards("sqlite")
    sql("UPDATE audit SET action = 'x' WHERE id IN (3, 7)")
    said = run("verify")
    assert said.exit_code == 1
    assert "Journal intact" not in said.output
    assert said.output.index("Ligne 3 (lot 1)") < said.output.index("Ligne 7 (lot 2)")


def test_what_waits_is_sealed_by_hand_as_by_the_server(database, now):
    note(now, 3)
    assert "Lignes scellées\u00a0: 3." in run("sceller").output
    assert "Pas encore scellées\u00a0: 0" in run("verify").output


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_journal_is_exported_with_names_and_the_export_is_noted(database, now, tmp_path, form):
    note(now, detail="=1+1", address="192.0.2.7")
    seal(now)
    out = tmp_path / f"journal.{form}"
    said = run("export", str(out))
    assert "2 lignes" in said.output
    content = out.read_text("utf-8-sig")
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
        assert rows[0]["detail"] == "'=1+1"
    else:
        rows = [json.loads(line) for line in content.splitlines()]
        assert rows[0]["detail"] == "=1+1"
    first = {name: str(rows[0][name]) for name in ("ligne", "qui", "objet", "adresse", "lot")}
    assert first == {
        "ligne": "1",
        "qui": "jdupont",
        "objet": "dossier:D0001",
        "adresse": "192.0.2.7",
        "lot": "1",
    }
    assert actions()[-1] == "journal_exporte"
    if os.name != "nt":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_an_export_of_some_days_holds_them_alone(database, now, tmp_path):
    note(now)
    out = tmp_path / "jour.jsonl"
    assert run("export", str(out), "--jusqua", "2026-11-24").exit_code == 0
    assert out.read_text() == ""
    out = tmp_path / "autre.jsonl"
    run("export", str(out), "--depuis", "2026-11-25", "--jusqua", "2026-11-25")
    assert [json.loads(line)["action"] for line in out.open()] == ["dossier_lu"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("journal.pdf",), "se lit à la fin du nom"), (("former.csv",), "existe déjà"),
     (("absent/a.csv",), "ne peut pas être écrit"),
     (("a.csv", "--depuis", "2026-11-25", "--jusqua", "2026-11-24"), "précède")],
)  # fmt: skip
def test_a_bad_export_is_refused_and_neither_written_nor_noted(
    database, now, tmp_path, arguments, said
):
    (tmp_path / "former.csv").write_text("former")
    refused = run("export", str(tmp_path / arguments[0]), *arguments[1:])
    assert isinstance(refused.exception, InputError)
    assert said in str(refused.exception)
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["former.csv"]
    assert (tmp_path / "former.csv").read_text() == "former"
    assert "journal_exporte" not in actions()


def test_a_day_that_is_none_is_refused(database, now, tmp_path):
    assert run("export", str(tmp_path / "a.csv"), "--depuis", "hier").exit_code == 2


def test_starting_again_needs_a_reason_and_says_what_was_found(database, now):
    three_batches(now)
    assert run("reprendre").exit_code == 2
    assert isinstance(run("reprendre", "--motif", "essai").exception, InputError)
    without_guards("sqlite")
    sql("DELETE FROM audit WHERE batch = 3", "DELETE FROM audit_seals WHERE number = 3")
    said = run("reprendre", "--motif", "restauration du 3 novembre 2026")
    assert "plus ancienne que le dernier scellé gardé" in said.output
    assert run("verify").exit_code == 0


def test_doctor_says_that_the_journal_is_altered(database, now):
    three_batches(now)
    whole = CliRunner().invoke(doctor.doctor)
    assert (whole.exit_code, "Journal" in whole.output) == (0, False)
    without_guards("sqlite")
    sql("DELETE FROM audit WHERE id = 6")
    said = CliRunner().invoke(doctor.doctor)
    assert said.exit_code == 1
    assert "foi\u00a0: Journal\u00a0: Ligne 6 (lot 2)\u00a0: manque." in said.output


def test_doctor_says_that_no_seal_is_kept_outside(database, now):
    three_batches(now)
    [path] = (db.var_dir() / "journal").glob("scelle-*.json")
    path.unlink()
    said = CliRunner().invoke(doctor.doctor)
    assert said.exit_code == 1
    assert "Aucun scellé n’est gardé hors de la base" in said.output


def test_doctor_finds_no_fault_where_nothing_was_ever_sealed(database, now):
    assert CliRunner().invoke(doctor.doctor).exit_code == 0
    note(now)
    assert CliRunner().invoke(doctor.doctor).exit_code == 0
