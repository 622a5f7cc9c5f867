"""The drill: a backup taken while others write, restored into an empty place, compared whole."""

import json
import tarfile
import threading

import pytest
from backup_pieces import (
    BY,
    KEPT,
    came_back,
    disk_full,
    files,
    fill,
    restore,
    rows,
    save,
    write_files,
)
from sqlalchemy import func, select, text

from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.records import database as db
from iprof_kit.records import marks, snapshot_postgres, snapshot_sqlite, snapshots
from iprof_kit.records.carnets import Carnet
from iprof_kit.records.cvs import CvLink
from iprof_kit.records.journal import audit
from iprof_kit.records.journal.seals import seal
from iprof_kit.records.readiness import database_fault, newest_revision
from iprof_kit.records.repository import Write
from iprof_kit.services.access.accounts import issue_reset_link
from iprof_kit.services.access.sessions import open_session, session_of
from iprof_kit.services.backup import kept, restoring, saving, secrecy
from iprof_kit.services.backup.checking import verify
from iprof_kit.services.backup.secrecy import Closing, Opening
from iprof_kit.services.journal import journal_fault

from .conftest import BOTH

PHRASE = "six mots sans aucun lien entre eux"


@pytest.fixture
def full(jean, draft, now):
    fill(jean, draft, now)
    return jean


def test_the_drill(database, full, now, tmp_path, elsewhere):
    issue_reset_link("jdupont", now)
    seal(now)
    before, archive = rows(), tmp_path / "sauvegarde"
    told, here = save(archive, now).manifest, files()
    with elsewhere(database):
        done = restore(archive, now)
        assert came_back() == KEPT
        assert files()["journal/cle"] == here["journal/cle"]
        after = rows()
        assert (database_fault(), journal_fault(), done.unsealed) == (None, None, None)
    assert done.manifest == told
    for table in ("sessions", "reset_links"):  # closed: the next test
        for row in (*before[table], *after[table]):
            row.pop("revoked_at", None), row.pop("used_at", None)
    added = [row["action"] for row in after["audit"] if row not in before["audit"]]
    assert sorted(added) == ["restauration", "sauvegarde_commencee"]
    for table in ("audit", "audit_names", "audit_seals", "audit_words"):  # said and sealed since
        after[table] = [row for row in after[table] if row in before[table]]
    for said in (before, after):  # by which copy of the kit the seal is kept: here, then elsewhere
        said["marks"] = [row for row in said["marks"] if not row["name"].startswith("sceau:")]
    assert after == before
    filled = {table for table, found in before.items() if found}
    assert {"papers", "cv_links", "writes", "reset_links", "sessions"} <= filled


@pytest.mark.parametrize("how", ["en clair", "cle", "phrase"])
def test_encrypted_or_not_it_comes_back(how, elsewhere, now, tmp_path):
    public, secret = secrecy.new_key()
    closing = {
        "en clair": Closing(),
        "phrase": Closing(phrase=PHRASE),
        "cle": Closing((secrecy.recipient(public),)),
    }[how]
    opening = Opening((secrecy.identity(secret.decode()),), PHRASE)
    with elsewhere("sqlite", "ici"):
        db.prepare_database()
        with db.writing() as session:
            marks.mark(session, "essai", "un nom que personne ne lit")
        save(tmp_path / "sauvegarde", now, closing)
    assert (b"que personne ne lit" in (tmp_path / "sauvegarde").read_bytes()) is (how == "en clair")
    assert (tmp_path / "sauvegarde").stat().st_mode & 0o777 == 0o600
    with elsewhere("sqlite"):
        restore(tmp_path / "sauvegarde", now, opening)
        assert {"name": "essai", "value": "un nom que personne ne lit"} in rows()["marks"]
    if how == "phrase":
        for wrong, said in ((PHRASE[:-1], "n’est pas la bonne"), (None, "demande sa phrase")):
            with elsewhere("sqlite"), pytest.raises(InputError, match=said):
                verify(tmp_path / "sauvegarde", Opening(phrase=wrong))


def test_what_was_open_is_closed_and_links_are_told(database, full, now, tmp_path, elsewhere):
    token = open_session("jdupont", now)
    issue_reset_link("jdupont", now)
    save(tmp_path / "sauvegarde", now)
    assert session_of(token, now) is not None
    for name, revoked in (("ailleurs", False), ("encore", True)):
        with elsewhere(database, name):
            closed = restore(tmp_path / "sauvegarde", now, revoke_links=revoked).closed
            assert (closed.sessions, closed.resets, closed.links) == (2, 1, 1)
            assert session_of(token, now) is None
            assert all(row["used_at"] for row in rows()["reset_links"])
            with db.reading() as session:
                assert (session.scalar(select(CvLink.revoked_at)) is not None) is revoked


class Writer:
    """Somebody who saves her carnet without end: its content, its revision, a line each time."""

    def __init__(self, jean):
        self.jean, self.receipts = jean, 0
        self.news, self.stopped, self.fault = threading.Condition(), False, None

    def __enter__(self):
        self.thread = threading.Thread(target=self._work)
        self.thread.start()
        self.goes_on(1)
        return self

    def __exit__(self, *_error):
        self.stopped = True
        self.thread.join()

    def goes_on(self, more):
        """Wait until so many more saves have their receipts."""
        with self.news:
            wanted = self.receipts + more
            assert self.news.wait_for(lambda: self.receipts >= wanted or self.fault, 60)
            assert self.fault is None

    def _work(self):
        try:
            while not self.stopped:
                number = self.receipts + 1
                self.jean(
                    "carnet_enregistrer",
                    sujet="voeux",
                    contenu={"essai": number},
                    revision=number - 1,
                    cle=f"carnet-{number}",
                )
                with self.news:
                    self.receipts = number
                    self.news.notify_all()
        except BaseException as error:
            with self.news:
                self.fault = error
                self.news.notify_all()


def test_a_backup_is_one_moment_though_others_write(
    database, jean, now, tmp_path, monkeypatch, elsewhere
):
    place = snapshot_sqlite if database == "sqlite" else snapshot_postgres
    copy, told = place.take, []

    def among_writers(*words):
        told.append(writer.receipts)
        writer.goes_on(3)  # PostgreSQL has chosen its moment already, SQLite has not
        copy(*words)
        writer.goes_on(3)

    monkeypatch.setattr(place, "take", among_writers)
    with Writer(jean) as writer:
        known = writer.receipts
        save(tmp_path / "sauvegarde", now)
    with elsewhere(database):
        restore(tmp_path / "sauvegarde", now)
        with db.reading() as session:
            number = session.scalar(select(Carnet.content))["essai"]
            writes = select(func.count()).where(Write.subject.contains("voeux"))
            assert session.scalar(writes) == number == session.scalar(select(Carnet.version))
    assert known <= number < writer.receipts
    if database == "postgres":
        assert number <= told[0] + 1  # a receipt may come a little after its commit
    else:
        assert number >= told[0] + 3


def test_an_older_backup_is_brought_up_to_date(database, now, tmp_path, monkeypatch, elsewhere):
    db.migrate("0005", down=True)
    monkeypatch.setattr(snapshots, "check_prepared", lambda _connection: None)
    monkeypatch.setattr(saving, "sealed_or_why_not", lambda _now: None)
    with monkeypatch.context() as patch:
        patch.setattr(audit, "note", lambda *_words, **_more: None)  # that kit's was another
        assert save(tmp_path / "sauvegarde", now).manifest.revision == "0005"
    with elsewhere(database):
        with monkeypatch.context() as patch:
            patch.setattr(restoring, "close_what_was_open", disk_full)
            with pytest.raises(Unavailable, match="le disque est plein"):
                restore(tmp_path / "sauvegarde", now)
        assert files() == {}  # the key that was made for the former lines too
        assert restore(tmp_path / "sauvegarde", now).migrated
        assert database_fault() is None
        assert "situations" in rows()
        assert came_back() == {}


def test_a_newer_backup_is_refused(database, now, tmp_path, monkeypatch, elsewhere):
    with db.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'demain'"))
    monkeypatch.setattr(snapshots, "check_prepared", lambda _connection: None)
    save(tmp_path / "sauvegarde", now)
    with elsewhere(database):
        with pytest.raises(InputError, match="plus récente du kit"):
            restore(tmp_path / "sauvegarde", now)
        assert snapshots.is_empty()
        assert files() == {}


def test_a_database_of_another_age_is_not_saved(database, now, tmp_path):
    db.migrate("0005", down=True)
    with pytest.raises(Unavailable, match="plus ancienne du kit"):
        save(tmp_path / "sauvegarde", now)
    assert not (tmp_path / "sauvegarde").exists()


@pytest.mark.postgres
def test_a_backup_of_another_engine_is_refused(prepared_sqlite, postgres, now, tmp_path, elsewhere):
    with elsewhere("sqlite", "ici"):
        db.prepare_database()
        save(tmp_path / "sauvegarde", now)
    with elsewhere("postgres"):
        with pytest.raises(InputError, match="vient de SQLite, et la base d’ici est PostgreSQL"):
            restore(tmp_path / "sauvegarde", now)
        assert snapshots.is_empty()


@pytest.mark.parametrize("database", [BOTH[1]], indirect=True)
def test_no_limit_of_the_database_cuts_a_backup_or_its_restoration(
    database, full, now, tmp_path, elsewhere
):
    def hurry():
        with db.engine().begin() as link:
            name = db.database_url().database
            link.execute(text(f"ALTER DATABASE {name} SET statement_timeout = '400ms'"))
        db.engine().dispose()
        with db.reading() as session:
            session.execute(text("SELECT pg_sleep(0.6)"))

    hurry()
    save(tmp_path / "sauvegarde", now)
    with elsewhere(database):
        hurry()
        restore(tmp_path / "sauvegarde", now)
        assert came_back() == KEPT


def test_it_goes_over_nothing(database, full, now, tmp_path, elsewhere):
    save(tmp_path / "sauvegarde", now)
    before = rows(), files()
    with pytest.raises(InputError, match="la base n’est pas vide"):
        restore(tmp_path / "sauvegarde", now)
    assert (rows(), files()) == before
    with elsewhere(database):
        write_files({"cles/rectorat.cle": b"une autre cle"})
        with pytest.raises(InputError, match="il y a déjà"):
            restore(tmp_path / "sauvegarde", now)
        assert files() == {"cles/rectorat.cle": b"une autre cle"}
        assert snapshots.is_empty()


def test_keys_kept_elsewhere_and_the_academies_come_too(
    database, now, tmp_path, monkeypatch, elsewhere
):
    monkeypatch.setenv("IPROF_CLES", str(tmp_path / "coffre"))
    monkeypatch.setenv("IPROF_ACADEMIES", str(tmp_path / "academies.yml"))
    (tmp_path / "coffre").mkdir()
    (tmp_path / "coffre" / "rectorat.cle").write_bytes(b"cle")
    (tmp_path / "academies.yml").write_text("academies: []")
    save(tmp_path / "sauvegarde", now)
    monkeypatch.setenv("IPROF_CLES", str(tmp_path / "autre-coffre"))
    with elsewhere(database):
        assert restore(tmp_path / "sauvegarde", now).left == (tmp_path / "academies.yml",)
    assert (tmp_path / "autre-coffre" / "rectorat.cle").read_bytes() == b"cle"
    monkeypatch.delenv("IPROF_ACADEMIES")
    monkeypatch.delenv("IPROF_CLES")
    with elsewhere(database, "encore"):
        assert restore(tmp_path / "sauvegarde", now).left == ()
        assert came_back() == {"cles/rectorat.cle": b"cle", "academies.yml": b"academies: []"}


def test_a_link_is_not_followed_and_is_told(database, now, tmp_path):
    write_files({"sources/vraie.yml": b"vraie"})
    (tmp_path / "secret").write_bytes(b"hors du kit")
    (var_dir() / "sources" / "lien.yml").symlink_to(tmp_path / "secret")
    saved = save(tmp_path / "sauvegarde", now)
    assert [link.name for link in saved.links] == ["lien.yml"]
    assert b"hors du kit" not in (tmp_path / "sauvegarde").read_bytes()


def test_the_act_is_in_the_journal_with_what_was_written(database, now, tmp_path):
    digest = save(tmp_path / "sauvegarde", now).digest
    with db.reading() as session:
        begun, done = audit.readable_lines(session)
    assert (begun.actor, begun.action, begun.batch) == (BY, "sauvegarde_commencee", 1)
    assert (done.action, digest in done.detail, done.batch) == ("sauvegarde_faite", True, 2)
    assert verify(tmp_path / "sauvegarde", Opening())[1] == digest


def test_nothing_is_left_at_work(database, full, now, tmp_path):
    save(tmp_path / "sauvegarde", now)
    verify(tmp_path / "sauvegarde", Opening())
    assert list(var_dir().glob(f"{kept.WORKING}*")) == []


def test_the_manifest_counts_and_weighs_everything(database, full, now, tmp_path):
    told = save(tmp_path / "sauvegarde", now).manifest
    counts = {name: len(found) for name, found in rows().items()}
    for table in ("audit", "audit_words", "audit_seals"):
        counts[table] -= 1  # its end is noted after it, and sealed
    assert (told.lignes, told.revision) == (counts, newest_revision())
    with tarfile.open(tmp_path / "sauvegarde") as tar:
        held = {entry.name: entry.size for entry in tar}
        assert json.load(tar.extractfile("manifeste.json")) == json.loads(told.written())
    del held["manifeste.json"]
    assert held == {one.nom: one.taille for one in told.fichiers}
