"""The database: SQLite under `var/` by default, another one where the settings say so.

Reading and writing go through `reading()` and `writing()`: one transaction each, and one
French message where the database is locked, read-only or absent.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    PoolProxiedConnection,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DataError,
    IntegrityError,
    NoSuchModuleError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from iprof_kit.base.configuration.data_folder import restoration_mark, var_dir
from iprof_kit.base.configuration.in_force import place_of_secret, secret_of, setting_of
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.records import marks, patience


def refuse_half_restored() -> None:
    """Refuse to go on while a restoration is under way, or was cut.

    Raises
    ------
    Unavailable
        Its mark is there.
    """
    if restoration_mark().exists():
        raise Unavailable(
            "une restauration est en cours ou a été interrompue : la base n’est pas complète.",
            where=str(restoration_mark()),
            remedy="Si elle a été interrompue, relancez iprof restaurer : ce qu’elle avait "
            "écrit sera retiré, puis restauré.",
        )


if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_SECONDS = 5.0
"""How long a transaction waits for another one before it gives up."""
_PREPARATION_SECONDS = 60.0
_PRAGMAS = ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON")
"""Said to each connection, whatever the build of SQLite thinks.

A receipt promises what a power cut must not take back: FULL writes to the disk before it is given.
What is deleted is overwritten, so that the file and its copies do not hold it any more.
"""
_STEPS = 50_000
"""Steps of SQLite's machine, some milliseconds, between two looks at the deadline."""
_writer = threading.Lock()
_PREPARATION_LOCK = 4_207_017
"""Any number of ours: two servers that start together migrate one after the other."""


def database_url() -> URL:
    """Return where the database is.

    Raises
    ------
    InputError
        What the settings give is not a database address. Its text is not repeated: it may hold
        a password.
    """
    given = secret_of("base.adresse")
    if not given:
        return URL.create("sqlite", database=str(var_dir() / "iprof.sqlite"))
    try:
        url = make_url(given)
    except ArgumentError:
        raise _bad_address() from None
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    return url


def engine() -> Engine:
    """Return the engine of `database_url()`, one per address and process."""
    address = database_url().render_as_string(hide_password=False)
    return _engine(address, WAIT_SECONDS, patience.longest_statement())


@cache
def _engine(address: str, wait: float, _longest_statement: float | None) -> Engine:
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        if not url.database:
            raise _bad_address()  # in memory, every connection would have its own
        return _sqlite(url, wait)
    return _server(url, wait)


def _server(url: URL, wait: float) -> Engine:
    try:
        from iprof_kit.records import postgres  # psycopg is in the supplement `pg`

        built = create_engine(
            url,
            pool_pre_ping=True,
            pool_timeout=wait,
            connect_args=postgres.limits(wait),
            **_pool(),
        )
    except (NoSuchModuleError, ModuleNotFoundError):
        raise _bad_address() from None

    @event.listens_for(built, "do_connect")
    def _connect(
        _dialect: object, _record: object, args: tuple[Any, ...], words: dict[str, Any]
    ) -> object:
        return postgres.connect(wait, *args, **words)

    return built


def _sqlite(url: URL, wait: float) -> Engine:
    built = create_engine(url, connect_args={"timeout": wait}, pool_timeout=wait, **_pool())

    @event.listens_for(built, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we begin ourselves: a writer says so at once
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.set_progress_handler(lambda: patience.seconds_left() == 0.0, _STEPS)

    @event.listens_for(built, "begin")
    def _begin(connection: Connection) -> None:
        left = patience.seconds_left()
        most = wait if left is None else min(wait, left)
        writes = connection.get_execution_options().get("writes", False)
        cursor = connection.connection.cursor()  # SQLAlchemy's own way costs as much as a query
        cursor.execute(f"PRAGMA busy_timeout = {int(most * 1000)}")
        cursor.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
        cursor.close()

    return built


def _pool() -> dict[str, int]:
    """Return the size of a process's pool: it should wait for no connection of another thread."""
    return {
        "pool_size": setting_of("base.connexions"),
        "max_overflow": setting_of("base.connexions_de_plus"),
    }


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session that reads one consistent state.

    Raises
    ------
    Unavailable
        The database does not answer.
    """
    with in_french(), patience.transaction(), Session(engine()) as session:
        yield session


def is_only_read(session: Session) -> bool:
    """Return whether the database refuses what is written, as PostgreSQL's standby does.

    A file of SQLite is known by its rights alone: nothing is written to see.
    """
    if session.get_bind().dialect.name == "sqlite":
        path = Path(database_url().database or "")
        return path.is_file() and not os.access(path, os.W_OK)
    return bool(session.scalar(text("SHOW transaction_read_only")) == "on")


def connections_of_the_server(session: Session) -> int | None:
    """Return how many connections PostgreSQL gives to accounts as ours; None for SQLite."""
    if session.get_bind().dialect.name == "sqlite":
        return None
    most, reserved = (
        int(session.scalar(text(f"SHOW {name}")) or 0)
        for name in ("max_connections", "superuser_reserved_connections")
    )
    return most - reserved


@contextmanager
def writing() -> Iterator[Session]:
    """Open a session that writes everything or nothing, at the end of the block.

    Raises
    ------
    Unavailable
        The database is locked, read-only, full or absent: nothing has been written.
    """
    bind = engine().execution_options(writes=True)
    with (
        in_french(),
        patience.transaction(),
        _in_turn(bind),
        Session(bind) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def _in_turn(bind: Engine) -> Iterator[None]:
    """Let one thread at a time write to a local file.

    SQLite has no queue: who waits for its lock asks again after longer and longer sleeps, so that
    one thread that writes without a pause holds up all the others. PostgreSQL serves in order.
    """
    if bind.dialect.name != "sqlite":
        yield
        return
    left = patience.seconds_left()
    if not _writer.acquire(timeout=WAIT_SECONDS if left is None else min(WAIT_SECONDS, left)):
        raise sqlite3.OperationalError("database is locked")
    try:
        yield
    finally:
        _writer.release()


def prepare_database() -> None:
    """Create the database where it is missing and bring its tables to this version.

    Raises
    ------
    Unavailable
        The folder or the database cannot be written, a newer version of the kit made it, or a
        restoration was not finished.
    """
    from alembic.util import CommandError  # Alembic holds 11 MB: whoever prepares imports it

    with in_french(), alone(database_url()):
        refuse_half_restored()
        if engine().dialect.name == "sqlite":
            _write_ahead()
        try:
            migrate("head")
        except CommandError as error:
            raise Unavailable(
                "la base vient d’une version plus récente du kit ; rien n’a été modifié.",
                remedy="Mettez le kit à jour, ou choisissez une autre base.",
            ) from error


@contextmanager
def alone(url: URL) -> Iterator[None]:
    """Let one process or thread at a time prepare a local file, made private if it is missing.

    SQLite refuses at once, whatever the wait asked for, a change of journal that meets another.
    PostgreSQL has its own lock, taken in `migrate`.
    """
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith("file:"):
        yield
        return
    path = Path(url.database)
    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=_PREPARATION_SECONDS, mode=0o600)
    _private_file(path)
    with _writable(path.parent):
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _write_ahead() -> None:
    with bare() as raw:
        cursor = raw.cursor()
        cursor.execute("PRAGMA auto_vacuum = INCREMENTAL")  # of a new file; another keeps its own
        cursor.execute("PRAGMA journal_mode = WAL")


@contextmanager
def bare() -> Iterator[PoolProxiedConnection]:
    """Open a bare connection, outside transactions.

    Raises
    ------
    Unavailable
        The database does not answer.
    """
    with in_french():
        raw = engine().raw_connection()
        try:
            yield raw
        finally:
            raw.close()


def file_engine(path: Path) -> Engine:
    """Return an engine of its own for a local file, whatever the kit's database is."""
    return _sqlite(URL.create("sqlite", database=str(path)), WAIT_SECONDS)


def migrations() -> Config:
    """Return where the migrations are, as Alembic takes it."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def migrate(revision: str, *, down: bool = False, bind: Engine | None = None) -> None:
    """Bring the tables up, or down, to `revision` ("head", "base" or a revision's name)."""
    from alembic import command

    with (bind or engine()).execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(:number)")
            connection.execute(lock, {"number": _PREPARATION_LOCK})
        config = migrations()
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, revision)


def is_sample(bind: Engine | None = None) -> bool:
    """Return whether the people in this database are the fictitious ones."""
    with in_french(), Session(bind or engine()) as session:
        return marks.is_marked(session, marks.SAMPLE)


def _private_file(path: Path) -> None:
    with _writable(path.parent):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except Timeout:
        raise
    except OSError as error:
        raise Unavailable(
            "le dossier de données ne peut pas être écrit.",
            where=str(folder),
            remedy="Choisissez un autre dossier par la variable IPROF_VAR.",
        ) from error


@contextmanager
def in_french() -> Iterator[None]:
    """Say in French what the database refuses.

    Raises
    ------
    Unavailable
        The database does not answer, or not in time.
    """
    try:
        yield
    except (IntegrityError, DataError):
        raise
    except (DatabaseError, PoolTimeout, Timeout, sqlite3.Error) as error:
        if any(sign in str(error) for sign in _NO_ROOM):
            raise Unavailable(
                "le disque est plein. Rien n’a été modifié.",
                remedy="Faites de la place, ou prévenez l’assistance, puis recommencez.",
            ) from error
        raise Unavailable(
            f"la base de données ne répond pas : {_reason(str(error))}. Rien n’a été modifié.",
            remedy="Réessayez dans un instant ; si cela dure, prévenez l’assistance.",
        ) from error


_NO_ROOM = ("disk is full", "No space left on device", "Disk quota exceeded")
"""How the engines say that the disk has no more room."""


def _reason(message: str) -> str:
    known = {
        "password authentication failed": "le compte ou le mot de passe est refusé",
        "no password supplied": "le mot de passe manque",
        'FATAL:  role "': "le compte est inconnu",
        'FATAL:  database "': "il n’y a pas de base de ce nom",
        "Connection refused": "aucun serveur de base ne répond à cette adresse",
        "too many clients": "toutes ses connexions sont prises",
        "remaining connection slots": "toutes ses connexions sont prises",
        "no more connections allowed": "toutes ses connexions sont prises",
        "timeout expired": "le serveur de base n’a pas répondu à temps à cette adresse",
        "locked": "elle est occupée par une autre opération",
        "could not be acquired": "elle est en cours de préparation par un autre serveur",
        "lock timeout": "elle est occupée par une autre opération",
        "deadline": "elle n’a pas répondu à temps",
        "statement timeout": "elle n’a pas répondu à temps",
        "interrupted": "elle n’a pas répondu à temps",
        "readonly": "elle est en lecture seule",
        "read-only": "elle est en lecture seule",
        "unable to open": "son fichier ne peut pas être ouvert",
        "not a database": "son fichier n’est pas une base de données",
        "disk I/O error": "le disque est plein ou ne répond pas",
        "no such table": "elle n’est pas préparée",
        "does not exist": "elle n’est pas préparée",
    }
    return next(
        (reason for sign, reason in known.items() if sign in message), "connexion impossible"
    )


def _bad_address() -> InputError:
    return InputError(
        "l’adresse de la base n’est pas utilisable.",
        where=place_of_secret("base.adresse"),
        remedy="Exemple : postgresql://compte:secret@machine/base, avec le supplément pg.",
    )
