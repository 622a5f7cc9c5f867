"""A PostgreSQL database copied by its own client, `pg_dump`, and put back by `pg_restore`."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from iprof_kit.base.errors import BadBackup, Unavailable
from iprof_kit.base.private_files import owner_only
from iprof_kit.records.database import reading

INSTALLED = "/usr/lib/postgresql/*/bin"
"""Where Debian and its kin keep the programs that are not in the PATH."""
_ONE_MOMENT = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)
_LISTINGS = {
    "TABLE": "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema()",
    "ROUTINE": "SELECT oid::regprocedure::text FROM pg_proc "
    "WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS "
    "(SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')",
}
_REASONS = {
    "server version mismatch": "il est plus ancien que le serveur ; installez le client "
    "PostgreSQL de la version du serveur",
    "No space left": "le disque est plein",
    "already exists": "la base n’est pas vide",
    "unsupported version": "la copie vient d’un pg_dump plus récent ; installez le client "
    "PostgreSQL de cette version",
}


@contextmanager
def one_moment() -> Iterator[tuple[Session, str]]:
    """Open a session that reads one state, and return it with the name that pg_dump knows it by."""
    with reading() as session:
        for order in _ONE_MOMENT:
            session.execute(text(order))
        yield session, session.scalar(text("SELECT pg_export_snapshot()")) or ""


def take(session: Session, moment: str, file: Path) -> None:
    """Write the state that a session reads in a file of pg_dump's own format.

    Raises
    ------
    Unavailable
        pg_dump is missing, too old, or fails.
    """
    with owner_only(file).open("wb") as out:
        _run(
            "pg_dump",
            session,
            [
                "--format=custom",
                "--compress=1",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={moment}",
            ],
            stdout=out,
        )


def load(file: Path) -> None:
    """Put a file back into the kit's database, which is empty: all of it or nothing.

    Raises
    ------
    Unavailable
        pg_restore is missing, too old, or fails: nothing has been written.
    """
    with reading() as session:
        _run(
            "pg_restore",
            session,
            ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(file)],
        )


def count(file: Path) -> Mapping[str, int]:
    """Return how many rows of each table a file holds, by reading all of it.

    Raises
    ------
    InputError
        It is damaged.
    Unavailable
        pg_restore is missing.
    """
    command = [_program("pg_restore"), "--data-only", "--file=-", str(file)]
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as running,  # noqa: S603
    ):
        if running.stdout is None:
            raise RuntimeError("a pipe was asked for")
        rows = _rows(running.stdout)
        if running.wait():
            errors.seek(0)
            reason = _reason(errors.read())
            raise BadBackup(f"la base de la sauvegarde ne se relit pas ({reason}).")
    return rows


def empty(session: Session) -> None:
    """Take away the tables and functions of the database: what a restoration put there."""
    for kind, listed in _LISTINGS.items():
        for name in session.scalars(text(listed)).all():
            session.execute(text(f"DROP {kind} IF EXISTS {name} CASCADE"))


def _rows(lines: IO[bytes]) -> Counter[str]:
    """Count the rows of each COPY; a line is a row, since PostgreSQL escapes the others."""
    rows: Counter[str] = Counter()
    table = None
    for line in lines:
        if table is None:
            if line.startswith(b"COPY "):
                table = line.split()[1].decode().rpartition(".")[2].strip('"')
                rows[table] = 0
        elif line == b"\\.\n":
            table = None
        else:
            rows[table] += 1
    return rows


def _run(
    program: str, session: Session, options: list[str], stdout: IO[bytes] | None = None
) -> None:
    """Run a client against the kit's database; the password goes by its environment alone."""
    conninfo, secret = _address(session)
    command = [_program(program), f"--dbname={conninfo}", *options]
    environment = os.environ | ({"PGPASSWORD": secret} if secret else {})
    done = subprocess.run(  # noqa: S603
        command,
        env=environment,
        stdout=stdout or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise Unavailable(
            f"{program} a échoué : {_reason(done.stderr)}.",
            remedy="Vérifiez l’adresse de la base et ses droits (IPROF_DATABASE_URL).",
        )


def _address(session: Session) -> tuple[str, str]:
    """Return where a session is connected, without secrets, and its password."""
    from psycopg.conninfo import make_conninfo  # with the extra pg only

    driver: Any = session.connection().connection.driver_connection
    parameters = {k: v for k, v in driver.info.get_parameters().items() if "password" not in k}
    return make_conninfo(**parameters), driver.info.password


def _program(name: str) -> str:
    executable = shutil.which(name) or shutil.which(name, path=_installed())
    if executable is None:
        raise Unavailable(
            f"le programme {name} n’est pas installé.",
            remedy="Installez le client PostgreSQL (paquet postgresql-client), de la version du "
            "serveur ou plus récent.",
        )
    return executable


def _installed() -> str:
    newest_first = sorted(Path("/").glob(INSTALLED.lstrip("/")), reverse=True)
    return os.pathsep.join(map(str, newest_first))


def _reason(errors: bytes) -> str:
    text = errors.decode("utf-8", "replace")
    lines = [line for line in text.splitlines() if line.strip()]
    known = next((meaning for sign, meaning in _REASONS.items() if sign in text), None)
    return known or (lines[0][:200] if lines else "sans dire pourquoi")
