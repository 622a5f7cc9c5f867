"""A backup and the journal: what was sealed comes back sealed, and an older base is seen."""

import shutil

import pytest
from backup_pieces import files, restore, save, write_files
from click.testing import CliRunner
from journal_pieces import note, three_batches

from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.commands.host.doctor import doctor
from iprof_kit.commands.journal import journal
from iprof_kit.records import database as db
from iprof_kit.records import snapshots
from iprof_kit.records.journal import audit, outside
from iprof_kit.records.journal.seals import seal
from iprof_kit.records.journal.verify import verify


def asked(command, *words):
    said = CliRunner().invoke(command, words)
    return said.exit_code, said.output


def last_seals():
    """The last seal of the base, and the one that is kept outside."""
    with db.reading() as session:
        return outside.last_in_base(session), outside.kept_outside(outside.journal_of(session))


def test_what_was_sealed_comes_back_sealed(database, now, tmp_path, elsewhere):
    three_batches(now)
    save(tmp_path / "sauvegarde", now)
    note(now, 5)
    seal(now)
    with elsewhere(database):
        assert restore(tmp_path / "sauvegarde", now).unsealed is None
        inside, kept = last_seals()
        assert inside == kept
        assert inside.lignes == 14 + 2  # the beginning of the backup, the restoration
        assert verify().waiting == 0
        assert (asked(journal, "verify")[0], asked(doctor)[0]) == (0, 0)
        note(now)
        assert seal(now) == 1


def note_and_seal(when):
    note(when)
    assert seal(when) >= 1


@pytest.mark.parametrize("moment", ["before the base", "after it"])
def test_a_first_seal_during_a_backup_is_not_newer_than_its_base_nor_missing(
    moment, database, now, tmp_path, elsewhere, monkeypatch
):
    taken = snapshots.take

    def meanwhile(copy):
        if moment == "before the base":
            note_and_seal(now)
        found = taken(copy)
        if moment == "after it":
            note_and_seal(now)
        return found

    monkeypatch.setattr(snapshots, "take", meanwhile)
    save(tmp_path / "sauvegarde", now)
    with elsewhere(database):
        assert restore(tmp_path / "sauvegarde", now).unsealed is None
        assert verify().faults == []


def test_a_base_older_than_the_seal_of_this_machine_is_seen_then_recorded(
    database, now, tmp_path, elsewhere
):
    three_batches(now)
    save(tmp_path / "sauvegarde", now)
    note(now, 5)
    seal(now)
    newest, machine = last_seals()[1], var_dir() / "journal"
    with elsewhere(database):
        shutil.copytree(machine, var_dir() / "journal")
        done = restore(tmp_path / "sauvegarde", now)
        assert "la base est plus ancienne que le dernier scellé gardé" in done.unsealed
        assert last_seals()[1] == newest
        code, said = asked(journal, "verify")
        assert (code, "plus ancienne que le dernier scellé gardé" in said) == (1, True)
        assert asked(doctor)[0] == 1
        assert asked(journal, "reprendre", "--motif", "restauration d’essai")[0] == 0
        assert (asked(journal, "verify")[0], asked(doctor)[0]) == (0, 0)
        assert "journal/reprises.jsonl" in files()


def test_the_key_of_another_journal_is_not_replaced(database, now, tmp_path, elsewhere):
    three_batches(now)
    save(tmp_path / "sauvegarde", now)
    with elsewhere(database):
        write_files({"journal/cle": b"ab" * 32})
        with pytest.raises(Unavailable, match="la clé du journal n’est pas celle de cette base"):
            restore(tmp_path / "sauvegarde", now)
        assert files() == {"journal/cle": b"ab" * 32}
        assert snapshots.is_empty()


def test_an_altered_journal_is_saved_as_it_is_and_said(database, now, tmp_path, elsewhere):
    three_batches(now)
    with db.reading() as session:
        outside.file_of(outside.journal_of(session)).unlink()
    saved = save(tmp_path / "sauvegarde", now)
    assert "aucun scellé n’est gardé hors de la base" in saved.unsealed
    with elsewhere(database):
        assert (
            "aucun scellé n’est gardé hors de la base"
            in restore(tmp_path / "sauvegarde", now).unsealed
        )
        with db.reading() as session:
            assert [one.action for one in audit.readable_lines(session)][-1] == "restauration"


def test_a_place_that_holds_more_than_a_journal_is_not_empty(database, now, tmp_path, elsewhere):
    save(tmp_path / "sauvegarde", now)
    with elsewhere(database):
        write_files({"journal/reprises.jsonl": b"{}\n", "exports.jsonl": b"{}\n"})
        with pytest.raises(InputError, match="1 fichier"):
            restore(tmp_path / "sauvegarde", now)


def test_a_key_of_the_environment_is_not_in_the_backup_and_is_asked_for(
    database, now, tmp_path, elsewhere, monkeypatch
):
    monkeypatch.setenv("IPROF_JOURNAL_KEY", "ab" * 32)
    save(tmp_path / "sauvegarde", now)
    assert "journal/cle" not in files()
    with elsewhere(database):
        with monkeypatch.context() as patch:
            patch.delenv("IPROF_JOURNAL_KEY")
            with pytest.raises(Unavailable, match="la clé du journal ne peut pas être lue") as said:
                restore(tmp_path / "sauvegarde", now)
        assert "IPROF_JOURNAL_KEY" in said.value.remedy
        assert (files(), snapshots.is_empty()) == ({}, True)
        assert restore(tmp_path / "sauvegarde", now).unsealed is None
        assert verify().faults == []
