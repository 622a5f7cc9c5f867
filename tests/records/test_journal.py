"""The journal shows whatever is changed in it, by whoever writes the database."""

import contextlib
import json

import pytest
from journal_pieces import everything, note, put_back, sql, three_batches, without_guards
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit, keys, outside
from iprof_kit.records.journal.seals import seal
from iprof_kit.records.journal.verify import verify
from iprof_kit.services import journal as services

_COPIED = "at, actor, action, subject, detail, address, mark, key"
_ALL, _FALSE = f"{_COPIED}, batch, link", _COPIED.replace("action", "'cv_lu'")
_WORDS = "detail, detail_salt"
ATTACKS = {
    "the first line altered": (
        "Ligne 1 (lot 1) : modifiée ou ajoutée.",
        "UPDATE audit SET action = 'fiche_imprimee' WHERE id = 1",
    ),
    "a line in the middle altered": (
        "Ligne 6 (lot 2) : modifiée ou ajoutée.",
        "UPDATE audit SET actor = subject WHERE id = 6",
    ),
    "the last sealed line altered": (
        "Ligne 12 (lot 3) : modifiée ou ajoutée.",
        "UPDATE audit SET at = '2020-01-01 00:00:00+00:00' WHERE id = 12",
    ),
    "a line that waits altered": (
        "Ligne 14 (pas encore scellée) : modifiée ou ajoutée.",
        "UPDATE audit SET action = 'rien' WHERE id = 14",
    ),
    "the first line deleted": ("Ligne 1 (lot 1) : manque.", "DELETE FROM audit WHERE id = 1"),
    "a line in the middle deleted": (
        "Ligne 6 (lot 2) : manque.",
        "DELETE FROM audit WHERE id = 6",
    ),
    "the last sealed line deleted": (
        "Ligne 12 (lot 3) : manque.",
        "DELETE FROM audit WHERE id = 12",
    ),
    "a batch deleted": ("Ligne 5 (lot 2) : manque.", "DELETE FROM audit WHERE batch = 2"),
    "a batch deleted with its seal": (
        "Lot 2 : scellé absent.",
        "DELETE FROM audit WHERE batch = 2",
        "DELETE FROM audit_seals WHERE number = 2",
    ),
    "the last batch deleted with its seal": (
        "La base est plus ancienne que le dernier scellé gardé",
        "DELETE FROM audit WHERE batch = 3",
        "DELETE FROM audit_seals WHERE number = 3",
    ),
    "everything deleted": (
        "La base est plus ancienne que le dernier scellé gardé",
        "DELETE FROM audit",
        "DELETE FROM audit_seals",
    ),
    "the journal's name removed": (
        "Lot 1 : scellé modifié.",
        "DELETE FROM marks WHERE name = 'journal'",
    ),
    "a line inserted in a batch": (
        "Ligne 99 (lot 2) : ajoutée.",
        f"INSERT INTO audit (id, {_ALL}) SELECT 99, {_ALL} FROM audit WHERE id = 6",
    ),
    "a line inserted in a batch of its own": (
        "Ligne 99 : ajoutée, dans un lot 9 qui n’existe pas.",
        f"INSERT INTO audit (id, {_COPIED}, batch) SELECT 99, {_COPIED}, 9 FROM audit WHERE id = 6",
    ),
    "a line inserted at the end": (
        "Ligne 99 (pas encore scellée) : modifiée ou ajoutée.",
        f"INSERT INTO audit (id, {_COPIED}) SELECT 99, {_FALSE} FROM audit WHERE id = 6",
    ),
    "a true line written twice": (
        "Ligne 99 : copie d’une autre ligne.",
        f"INSERT INTO audit (id, {_COPIED}) SELECT 99, {_COPIED} FROM audit WHERE id = 6",
    ),
    "two lines swapped": (
        "Ligne 5 (lot 2) : remplacée, ou plus à sa place.",
        "UPDATE audit SET id = 1000 WHERE id = 5",
        "UPDATE audit SET id = 5 WHERE id = 6",
        "UPDATE audit SET id = 6 WHERE id = 1000",
    ),
    "two lines of two batches swapped": (
        "Ligne 2 (lot 1) : remplacée, ou plus à sa place.",
        "UPDATE audit SET id = 1000, batch = 2 WHERE id = 2",
        "UPDATE audit SET id = 2, batch = 1 WHERE id = 6",
        "UPDATE audit SET id = 6 WHERE id = 1000",
    ),
    "words altered": (
        "Ligne 8 (lot 2) : ses mots sont modifiés.",
        "UPDATE audit_words SET detail = 'autre' WHERE id = 8",
    ),
    "words removed": (
        "Ligne 8 (lot 2) : ses mots manquent.",
        "DELETE FROM audit_words WHERE id = 8",
    ),
    "words added": (
        "Ligne 6 (lot 2) : des mots sont ajoutés.",
        f"INSERT INTO audit_words (id, {_WORDS}) SELECT 6, {_WORDS} FROM audit_words WHERE id = 8",
    ),
    "an address altered": (
        "Ligne 4 (lot 1) : son adresse est modifiée.",
        "UPDATE audit_words SET address = '192.0.2.8' WHERE id = 4",
    ),
    "an address removed": (
        "Ligne 4 (lot 1) : son adresse manque.",
        "UPDATE audit_words SET address = NULL, address_salt = NULL WHERE id = 4",
    ),
    "another name given to a pseudonym": (
        "Nom modifié ou ajouté : première ligne 1.",
        "UPDATE audit_names SET name = 'mmartin' WHERE name = 'jdupont'",
    ),
    "a name removed": (
        "Ligne 1 : un nom manque.",
        "DELETE FROM audit_names WHERE name = 'jdupont'",
    ),
    "a seal altered": (
        "Lot 2 : scellé modifié.",
        "UPDATE audit_seals SET count = 3 WHERE number = 2",
    ),
    "a seal that says nothing": (
        "Lot 2 : scellé modifié.",
        "UPDATE audit_seals SET lines = 'rien' WHERE number = 2",
    ),
    "a deletion that retention did not make": (
        "Ligne 1 (lot 1) : manque.",
        "INSERT INTO marks VALUES ('journal_pruned', '2')",
        "DELETE FROM audit WHERE batch <= 2",
    ),
}
"""By name, the first fault that verifying must say, and what was done."""


def test_each_alteration_is_named_with_its_line(database, now):
    three_batches(now)
    without_guards(database)
    assert verify().faults == []
    for name, (said, *orders) in ATTACKS.items():
        with put_back():
            sql(*orders)
            assert (verify().faults or [""])[0].startswith(said), (name, verify().faults)
    assert verify().faults == []


def test_what_is_read_is_counted(database, now):
    three_batches(now)
    found = verify()
    assert (found.batches, found.sealed, found.waiting, found.pruned) == (3, 12, 2, 0)
    assert (found.last.lot, found.last.lignes) == (3, 12)
    assert verify(newest=1).sealed == 4
    assert verify(newest=1).faults == []


def test_an_empty_journal_is_whole(database, now):
    assert verify().faults == []
    assert seal(now) == 0
    assert verify().faults == []


@pytest.mark.parametrize(
    "order",
    ["UPDATE audit SET action = 'x' WHERE id = 1", "UPDATE audit SET action = 'x' WHERE id = 14",
     "UPDATE audit SET batch = 2 WHERE id = 1", "DELETE FROM audit WHERE id = 1",
     "DELETE FROM audit WHERE id = 14", "UPDATE audit_seals SET count = 1",
     "DELETE FROM audit_seals"],
)  # fmt: skip
def test_the_database_refuses_to_change_a_line(database, now, order):
    three_batches(now)
    with pytest.raises((DatabaseError, Unavailable)):
        sql(order)
    assert verify().faults == []


def test_lines_hold_no_name_and_no_word(database, now):
    note(now, subject="dossier:D0001", detail="Dupond", address="192.0.2.7")
    with db.reading() as session:
        rows = repr([tuple(row) for row in session.execute(text("SELECT * FROM audit"))])
    assert not [word for word in ("jdupont", "D0001", "Dupond", "192.0.2.7") if word in rows]


def test_the_same_words_are_committed_to_differently_each_time(database, now):
    note(now, 2, detail="oui")
    with db.reading() as session:
        said = list(session.scalars(text("SELECT detail FROM audit")))
    assert len(set(said)) == 2


def test_the_secret_is_not_in_the_database(database, now):
    note(now)
    secret = keys.own_keys().secret
    assert secret.hex() not in everything()
    assert (keys.journal_folder() / "cle").stat().st_mode & 0o077 == 0
    assert keys.journal_folder().stat().st_mode & 0o077 == 0


def test_another_secret_notes_nothing(database, now, monkeypatch):
    note(now)
    monkeypatch.setenv("IPROF_JOURNAL_KEY", "ab" * 32)
    with pytest.raises(Unavailable, match="n’est pas celle de cette base"):
        note(now, subject="dossier:D0002")
    with pytest.raises(Unavailable, match="n’est pas celle de cette base"):
        note(now)
    with pytest.raises(Unavailable, match="n’est pas celle de cette base"):
        verify()


def test_a_secret_that_cannot_be_used_is_said_without_repeating_it(database, now, monkeypatch):
    monkeypatch.setenv("IPROF_JOURNAL_KEY", "secret trop court")
    with pytest.raises(Unavailable, match="n’est pas utilisable") as refused:
        note(now)
    assert "trop court" not in str(refused.value)


def test_a_lost_secret_is_not_replaced_in_silence(database, now, tmp_path, monkeypatch):
    note(now)
    (keys.journal_folder() / "cle").unlink()
    by_another_way = tmp_path / "another-way"
    by_another_way.symlink_to(var_dir(), target_is_directory=True)
    monkeypatch.setenv("IPROF_VAR", str(by_another_way))  # a server that has read no secret yet
    with pytest.raises(Unavailable, match="ne peut pas être lue"):
        note(now)
    assert not (keys.journal_folder() / "cle").exists()


def test_a_new_secret_takes_what_is_there_as_it_is_and_says_so(database, now, monkeypatch):
    three_batches(now)
    monkeypatch.setenv("IPROF_JOURNAL_KEY", "cd" * 32)
    services.resume("clé perdue", "iprof journal", now)
    note(now)
    found = verify()
    assert found.faults == []
    assert found.former == 3
    without_guards(database)
    sql("UPDATE audit SET action = 'x' WHERE batch IS NULL")
    assert verify().faults == ["Ligne 16 (pas encore scellée) : modifiée ou ajoutée."]


def test_numbers_lost_by_a_transaction_that_was_given_up_mean_nothing(database, now):
    note(now)
    with contextlib.suppress(ZeroDivisionError), db.writing() as session:
        audit.note(session, at=now, actor="x", action="dossier_lu", subject="dossier:D0002")
        session.flush()
        raise ZeroDivisionError
    note(now)
    seal(now)
    assert verify().faults == []


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_line_that_came_late_is_sealed_all_the_same(database, now):
    note(now)
    with db.writing() as late:
        audit.note(late, at=now, actor="lente", action="dossier_lu", subject="dossier:D0002")
        late.flush()
        note(now, 2)
        assert seal(now) == 3
    assert seal(now) == 1
    assert verify().faults == []
    with db.reading() as session:
        lines = list(session.scalars(text("SELECT lines FROM audit_seals ORDER BY number")))
    assert lines == ["1,3-4", "2"]


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_two_servers_have_one_sealer(database, now, monkeypatch):
    note(now, 3)
    disagreement, by_the_other = outside.disagreement, []

    def meanwhile(session, journal, at):
        monkeypatch.setattr(outside, "disagreement", disagreement)
        by_the_other.append(seal(now))
        return disagreement(session, journal, at)

    monkeypatch.setattr(outside, "disagreement", meanwhile)
    assert seal(now) == 3
    assert by_the_other == [0]


def test_a_crash_before_the_file_is_written_is_no_fault(database, now, monkeypatch):
    note(now, 3)
    seal(now)
    note(now, 3)

    def crash(*_):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(outside, "keep", crash)
        with pytest.raises(RuntimeError):
            seal(now)
    assert verify().faults == []
    assert seal(now) == 0
    with db.reading() as session:
        journal = outside.journal_of(session)
    assert outside.kept_outside(journal).lot == 2


def test_a_crash_in_the_first_seal_is_no_fault(database, now, monkeypatch):
    note(now)
    keep, calls = outside.keep, []

    def second_crashes(*said):
        calls.append(said)
        if len(calls) > 1:
            raise RuntimeError
        keep(*said)

    with monkeypatch.context() as patch:
        patch.setattr(outside, "keep", second_crashes)
        with pytest.raises(RuntimeError):
            seal(now)
    assert seal(now) == 0
    assert verify().faults == []


@pytest.mark.parametrize("damage", [b"", b"{", b'{"lot": 3}', None])
def test_the_file_outside_cut_or_removed_is_said_and_nothing_is_sealed(database, now, damage):
    three_batches(now)
    [path] = keys.journal_folder().glob("scelle-*.json")
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    [said] = verify().faults
    assert ("aucun scellé" if damage is None else "abîmé") in said.lower()
    with pytest.raises(Unavailable, match="n’est plus scellé"):
        seal(now)
    assert verify().waiting == 2


def test_a_restored_backup_is_said_then_recorded(database, now):
    three_batches(now)
    without_guards(database)
    sql("DELETE FROM audit WHERE batch = 3", "DELETE FROM audit_seals WHERE number = 3")
    with pytest.raises(Unavailable, match="plus ancienne que le dernier scellé gardé"):
        seal(now)
    note(now)  # people go on
    services.resume("restauration du 3 novembre", "iprof journal", now)
    assert verify().faults == []
    assert verify().waiting == 0
    with db.reading() as session:
        [line] = [one for one in audit.readable_lines(session) if one.action == "journal_repris"]
    assert "restauration du 3 novembre" in line.detail
    kept = (keys.journal_folder() / "reprises.jsonl").read_text("utf-8").splitlines()
    told = json.loads(kept[0])
    assert (json.loads(told["avant"])["lot"], told["apres"]["lot"]) == (3, 2)


def test_there_is_nothing_to_resume_in_a_whole_journal(database, now):
    three_batches(now)
    with pytest.raises(InputError, match="rien à reprendre"):
        services.resume("pour voir", "iprof journal", now)
    with pytest.raises(InputError, match="motif"):
        services.resume(" ", "iprof journal", now)


def test_a_file_outside_that_is_late_never_goes_back(database, now):
    three_batches(now)
    with db.reading() as session:
        journal = outside.journal_of(session)
    outside.keep(journal, outside.Kept(1, "x", 4))
    assert outside.kept_outside(journal).lot == 3


def test_a_new_database_beside_the_seal_of_another_is_said(database, now):
    three_batches(now)
    folder = keys.journal_folder()
    (folder / "scelle-0123456789abcdef.json").write_text('{"lot": 9, "sceau": "x", "lignes": 9}')
    assert verify().others == 1
