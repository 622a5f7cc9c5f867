"""What SQLAlchemy compiled for the database of one test serves the next one's.

Each test has an engine of its own, and an engine compiles each statement anew: that was near half
of the processor's time of these tests. Here engines of one kind differ by their address alone.
"""

from contextlib import contextmanager
from functools import partial

import pytest
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from iprof_kit.records import database

MOST = 5_000
"""Statements of both engines: all of those of the kit, several times."""


@contextmanager
def compiled_once():
    """Let every engine that the kit makes share one memory of compiled statements."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in (PGDialect_psycopg, SQLiteDialect_pysqlite):  # part of a statement's key
            patch.setattr(kind, "__eq__", lambda one, other: type(one) is type(other))
            patch.setattr(kind, "__hash__", lambda one: hash(type(one)))
        options = {"compiled_cache": LRUCache(MOST)}
        made = partial(database.create_engine, execution_options=options)
        patch.setattr(database, "create_engine", made)
        yield
