from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, event, text

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.records import database as db
from iprof_kit.records import marks, postgres
from iprof_kit.services.dossier.storing import find_whole_dossier, save_dossier


def name_of(numero):
    with db.reading() as session:
        found = find_whole_dossier(session, numero)
    return found and found.identite.nom


def other_writer():
    """Hold what every writer needs, as a stuck program would."""
    engine = create_engine(db.database_url(), isolation_level="AUTOCOMMIT")
    connection = engine.connect()
    if engine.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("LOCK TABLE agents, writes IN SHARE MODE")
    return engine, connection


def test_a_locked_database_says_so_and_loses_nothing(database, dossiers, now, monkeypatch):
    save_dossier(dossiers["D0001"], "test", now)
    monkeypatch.setattr(db, "WAIT_SECONDS", 0.2)
    engine, connection = other_writer()
    try:
        with pytest.raises(Unavailable, match="occupée par une autre opération"):
            save_dossier(dossiers["D0003"], "test", now)
        assert name_of("D0001") == "Dupont"  # reading goes on
    finally:
        connection.exec_driver_sql("ROLLBACK")
        connection.close()
        engine.dispose()
    assert save_dossier(dossiers["D0003"], "test", now) == "cree"
    db.engine().dispose()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_threads_that_write_wait_in_turn_and_never_at_the_lock_of_sqlite(database, dossiers, now):
    """SQLite's own wait sleeps longer and longer: a busy thread would starve the others."""
    refuse_at_once = "PRAGMA busy_timeout = 0"

    @event.listens_for(db.engine(), "before_cursor_execute", retval=True)
    def _(_connection, _cursor, statement, parameters, _context, _many):
        return refuse_at_once if "busy_timeout" in statement else statement, parameters

    def write_often(_thread):
        for _ in range(20):
            save_dossier(dossiers["D0001"], "test", now)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write_often, range(8)))
    db.engine().dispose()


def make_read_only(kind, monkeypatch):
    if kind == "sqlite":
        path = db.database_url().database
        monkeypatch.setenv("IPROF_DATABASE_URL", f"sqlite:///file:{path}?mode=ro&uri=true")
        return
    with db.engine().connect() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
        connection.commit()
    db.engine().dispose()


def test_a_read_only_database_says_so_and_is_still_read(database, dossiers, now, monkeypatch):
    save_dossier(dossiers["D0001"], "test", now)
    make_read_only(database, monkeypatch)
    with pytest.raises(Unavailable, match="lecture seule"):
        save_dossier(dossiers["D0003"], "test", now)
    assert name_of("D0001") == "Dupont"
    db.engine().dispose()


def test_a_database_never_prepared_says_so(empty_database, tmp_path):
    (tmp_path / "var").mkdir()
    with pytest.raises(Unavailable, match="pas préparée"):
        name_of("D0001")


def test_a_file_that_is_no_database_says_so(tmp_path, monkeypatch):
    (tmp_path / "iprof.sqlite").write_text("ceci n’est pas une base " * 100, encoding="utf-8")
    monkeypatch.setenv("IPROF_VAR", str(tmp_path))
    monkeypatch.delenv("IPROF_DATABASE_URL", raising=False)
    with pytest.raises(Unavailable, match="n’est pas une base de données"):
        db.prepare_database()


def test_a_folder_that_cannot_be_written_says_so(tmp_path, monkeypatch):
    (tmp_path / "fichier").write_text("")
    monkeypatch.setenv("IPROF_VAR", str(tmp_path / "fichier" / "var"))
    monkeypatch.delenv("IPROF_DATABASE_URL", raising=False)
    with pytest.raises(Unavailable, match="ne peut pas être écrit"):
        db.prepare_database()


def test_a_server_that_is_not_there_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("IPROF_DATABASE_URL", f"postgresql://kit@/base?host={tmp_path}")
    with pytest.raises(Unavailable, match="connexion impossible"):
        db.prepare_database()


@pytest.mark.parametrize("address", ["pas une adresse secret", "inconnu://kit:secret@ici/base",
                                     "sqlite://"])  # fmt: skip
def test_a_bad_address_is_refused_without_repeating_it(address, monkeypatch):
    monkeypatch.setenv("IPROF_DATABASE_URL", address)
    with pytest.raises(InputError, match="IPROF_DATABASE_URL") as caught:
        db.prepare_database()
    assert "kit:secret" not in str(caught.value)


def test_the_file_is_private_and_where_it_was_asked(tmp_path, monkeypatch):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("IPROF_DATABASE_URL", raising=False)
    db.prepare_database()
    path = tmp_path / "var" / "iprof.sqlite"
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_what_is_kept_of_a_receipt_is_not_left_to_the_build(database):
    """FULL is 2; both ways of opening a transaction are asked."""
    for opened in (db.reading, db.writing):
        with opened() as session:
            if database == "postgres":
                assert session.scalar(text("SHOW synchronous_commit")) == "on"
                continue
            assert session.scalar(text("PRAGMA synchronous")) == 2
            assert session.scalar(text("PRAGMA secure_delete")) == 1
            assert session.scalar(text("PRAGMA foreign_keys")) == 1


@pytest.mark.parametrize(
    "database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_a_connection_bears_our_name_and_asks_a_pooler_for_nothing_else(database):
    """PgBouncer refuses a first packet that asks for more; settings come after it."""
    asked = postgres.limits(3.0)
    assert "options" not in asked
    for opened in (db.reading, db.writing):
        with opened() as session:
            assert session.scalar(text("SHOW application_name")) == "iprof"
            assert session.scalar(text("SHOW lock_timeout")) == "5s"


def test_what_is_deleted_is_no_longer_in_the_file(tmp_path, monkeypatch, dossiers, now):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path))
    monkeypatch.delenv("IPROF_DATABASE_URL", raising=False)
    db.prepare_database()
    with db.writing() as session:
        marks.mark(session, "essai", "ce-qui-doit-disparaitre")
    with db.writing() as session:
        session.delete(session.get_one(marks.Mark, "essai"))
    db.engine().dispose()  # the last connection empties the journal of writes into the file
    assert b"ce-qui-doit-disparaitre" not in (tmp_path / "iprof.sqlite").read_bytes()
