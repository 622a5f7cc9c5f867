"""The life of the journal: people erased, lines past their time, two writers, former lines."""

import threading
from datetime import UTC, datetime, timedelta

from journal_pieces import everything, note, sql, three_batches, without_guards
from sqlalchemy import text

from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.records.journal.seals import seal
from iprof_kit.records.journal.verify import verify
from iprof_kit.services.academies import Conservation
from iprof_kit.services.access.accounts import NewAccount, create_account
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.services.own_data import erasure, retention


def test_an_erased_person_is_nowhere_and_the_journal_is_whole(jean, teachers, database, now):
    jean("dossier.lire")
    jean("carnet_lire", sujet="voeux")
    seal(now)
    jean("contact_enregistrer", valeurs={"ville": "Thiers"}, revision=0, cle="contact-1")
    done = erasure.erase("D0001", "demande de la personne", "iprof effacer", now)
    assert verify().faults == []
    seal(now)
    assert verify().faults == []
    left = everything()
    assert "jdupont2" in left
    assert "D0001" not in left
    assert "'jdupont'" not in left
    assert "compte:jdupont'" not in left
    assert done.pseudonym in left


def test_a_person_who_comes_back_does_not_find_what_was_erased(jean, dossiers, now):
    jean("dossier.lire")
    erasure.erase("D0001", "demande", "iprof effacer", now)
    save_dossier(dossiers["D0001"], "test", now)
    create_account(
        NewAccount("jdupont", ("enseignant",), "D0001", password="mots sans aucun lien"), "x", now
    )
    assert jean("consultations").consultations == []


def test_words_removed_under_a_false_erasing_are_missing(database, now):
    """Who writes the database cannot write the line that would explain it."""
    three_batches(now)
    without_guards(database)
    copied = "at, actor, action, subject, detail, address, mark, key"
    sql(
        f"INSERT INTO audit (id, {copied}) SELECT 99, at, actor, 'nom_efface', subject, NULL, "
        "NULL, mark, key FROM audit WHERE id = 4",
        "DELETE FROM audit_words",
    )
    assert verify().faults[0] == "Ligne 4 (lot 1) : ses mots manquent."


def test_retention_deletes_whole_batches_and_the_journal_is_whole(database, now):
    for month in range(6):
        note(now + timedelta(days=30 * month), 3, detail="x", address="192.0.2.7")
        seal(now + timedelta(days=30 * month))
    later = now + timedelta(days=30 * 6)
    kept = Conservation(journal_mois=3, adresses_mois=1)
    found = {one.what: one.count for one in retention.sweeps(kept, later)}
    done = {one.what: one.count for one in retention.sweep(kept, "iprof retention", later)}
    assert found["journal"] == done["journal"] == 12
    assert found["adresses"] == done["adresses"] == 15
    seal(later)
    result = verify()
    assert result.faults == []
    assert result.pruned == 3  # the last of the deleted batches: its seal stands for all
    with db.reading() as session:
        assert session.scalar(text("SELECT min(number) FROM audit_seals")) == 4
    again = later + timedelta(days=400)
    retention.sweep(kept, "iprof retention", again)
    seal(again)
    assert verify().faults == []
    with db.reading() as session:
        names = set(session.scalars(text("SELECT name FROM audit_names")))
    assert names == {"base", "iprof retention"}


def test_two_writers_and_a_sealer_lose_nothing(database, now):
    faults, over = [], threading.Event()
    written = threading.Semaphore(0)

    def write(name):
        try:
            for number in range(15):
                note(now, 2, subject=f"dossier:{name}{number % 3}")
                written.release()
        except Exception as error:  # said at the end
            faults.append(error)

    def keep_sealing():
        while not over.is_set():
            written.acquire()  # one who never rests would keep SQLite's writers out of their turn
            try:
                seal(now)
            except Exception as error:
                faults.append(error)
                return

    sealer = threading.Thread(target=keep_sealing)
    writers = [threading.Thread(target=write, args=(name,)) for name in "AB"]
    for one in (sealer, *writers):
        one.start()
    for one in writers:
        one.join()
    over.set()
    written.release()
    sealer.join()
    assert faults == []
    seal(now)
    found = verify()
    assert found.faults == []
    assert (found.last.lignes, found.waiting) == (60, 0)


def test_what_was_written_before_is_taken_as_it_is_and_given_back(database, now):
    db.migrate("0006", down=True)
    sql(
        "INSERT INTO audit (id, at, actor, action, subject, address, detail) VALUES "
        "(3, '2026-01-02 03:04:05.000006+00:00', 'jdupont', 'dossier_lu', 'dossier:D0001', "
        "'192.0.2.7', ''), "
        "(7, '2026-02-02 00:00:00+00:00', 'iprof effacer', 'dossier_efface', "
        "'dossier:efface-00', NULL, 'demande')"
    )
    if database == "sqlite":  # as the engine itself stores a moment
        sql(
            "UPDATE audit SET at = replace(at, '+00:00', '')",
            "UPDATE audit SET at = at || '.000000' WHERE id = 7",
        )
    with db.reading() as session:
        before = [
            tuple(row)
            for row in session.execute(
                text(
                    "SELECT id, actor, action, subject, address, detail, at FROM audit ORDER BY id"
                )
            )
        ]
    db.migrate("head")
    with db.reading() as session:
        first, second = audit.readable_lines(session)
    assert (first.id, first.actor, first.subject, first.address) == (
        3,
        "jdupont",
        "dossier:D0001",
        "192.0.2.7",
    )
    assert first.at == datetime(2026, 1, 2, 3, 4, 5, 6, UTC)
    assert second.detail == "demande"
    note(now)
    assert seal(now) == 3
    assert verify().faults == []
    db.migrate("0006", down=True)
    with db.reading() as session:
        after = [
            tuple(row)
            for row in session.execute(
                text(
                    "SELECT id, actor, action, subject, address, detail, at FROM audit ORDER BY id"
                )
            )
        ]
    assert after[:2] == before
    assert after[2][0] == 8
    db.migrate("head")
    note(now)
    seal(now)
    assert verify().faults == []
