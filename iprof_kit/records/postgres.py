"""Connections to PostgreSQL that give up waiting by themselves, and are then never used again."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

from psycopg import Connection, Error, OperationalError

from iprof_kit.records.patience import longest_statement, seconds_for_a_statement, seconds_left

_QUICKEST = 2
"""Seconds: the least that libpq accepts for a connection."""
_SILENT_SECONDS = 10
_PAST = "our own deadline is past: the connection is closed"


class PatientConnection(Connection[Any]):
    """A connection of psycopg each of whose waits has an end.

    Everything that psycopg awaits of a server passes by `wait`: past the deadline the socket is
    closed, so that the pool throws the connection away and the thread goes on.
    """

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **words: Any) -> Any:
        """Wait for an answer until the deadline of this thread.

        Raises
        ------
        OperationalError
            The deadline is past; the connection is closed.
        """
        seconds = seconds_for_a_statement()
        if seconds is None:
            return super().wait(gen, *args, **words)
        try:
            return super().wait(_until(gen, time.monotonic() + seconds), *args, **words)
        except _TooLateError:
            self.pgconn.finish()
            raise


class _TooLateError(OperationalError):
    pass


def _until(gen: Generator[Any, Any, Any], end: float) -> Generator[Any, Any, Any]:
    """Go through psycopg's generator, which is resumed several times a second, until `end`."""
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if not ready and time.monotonic() >= end:
                raise _TooLateError(_PAST)
            wanted = gen.send(ready)
    except StopIteration as done:
        return done.value


def limits(lock_seconds: float) -> dict[str, object]:
    """Return how a connection is opened: what libpq does by itself, and its name in the lists.

    Nothing else is asked in the first packet, which PgBouncer would refuse.
    """
    return {
        "application_name": "iprof",
        "connect_timeout": max(_QUICKEST, int(lock_seconds)),
        "keepalives_idle": _SILENT_SECONDS,
        "keepalives_interval": _QUICKEST,
        "keepalives_count": 3,
        "tcp_user_timeout": _SILENT_SECONDS * 1000,
    }


def connect(lock_seconds: float, *args: Any, **words: Any) -> PatientConnection:
    """Open a connection and settle it, in less time where who asks has less.

    Raises
    ------
    OperationalError
        The server refuses or does not answer, or the deadline of this thread is past.
    """
    left = seconds_left()
    if left == 0:
        raise _TooLateError(_PAST)
    if left is not None:
        words["connect_timeout"] = _QUICKEST
    connection = PatientConnection.connect(*args, **words)
    try:
        _settle(connection, lock_seconds)
    except Error:
        connection.close()
        raise
    return connection


def _settle(connection: PatientConnection, lock_seconds: float) -> None:
    """Tell a new connection how long it waits, and that what is committed is on the disk."""
    statement = longest_statement() or 0  # none, whatever the database's own setting
    settings = {
        "lock_timeout": f"{int(lock_seconds * 1000)}",
        "statement_timeout": f"{int(statement * 1000)}",
        "synchronous_commit": "on",
    }
    calls = ", ".join("set_config(%s, %s, false)" for _ in settings)
    words = [word for pair in settings.items() for word in pair]
    connection.execute(f"SELECT {calls}", words)
    connection.commit()  # a setting of a transaction that is rolled back is lost
