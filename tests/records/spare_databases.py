"""Databases of a throw-away PostgreSQL server that go from one test to the next.

A copy of the prepared database is some three hundred files; emptying one that was used is a
thirtieth of that. What a test changed beside rows (a table, a trigger, a setting, the version)
is seen, and such a database is given to nobody again. Nothing vacuums: rows stay in the order in
which they were written, as in a new database.
"""

from contextlib import contextmanager

import psycopg
from psycopg.sql import SQL, Identifier

MOST_USES = 30
"""What is deleted stays in the files, without vacuum: each table would grow longer to read."""
_CATALOGS = (
    ("pg_class", "oid"), ("pg_attribute", "attrelid"), ("pg_index", "indexrelid"),
    ("pg_constraint", "oid"), ("pg_trigger", "oid"), ("pg_proc", "oid"), ("pg_type", "oid"),
    ("pg_namespace", "oid"), ("pg_attrdef", "oid"),
)  # fmt: skip
_FIRST_OF_OURS = 16_384
"""PostgreSQL's own objects have smaller numbers."""
_SHAPE = "SELECT md5(string_agg(line, ',')) FROM ({} ORDER BY 1) AS lines".format(
    " UNION ALL ".join(
        f"SELECT concat_ws(' ', '{catalog}', {number}, xmin) AS line "
        f"FROM {catalog} WHERE {number} >= {_FIRST_OF_OURS}"
        for catalog, number in _CATALOGS
    )
)
"""Whoever changes a line of a catalogue leaves another transaction's number in it."""
_SETTINGS = """
    SELECT count(*) FROM pg_db_role_setting AS setting
    JOIN pg_database AS base ON base.oid = setting.setdatabase
    WHERE datname = current_database()"""
_OTHERS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"""


class SpareDatabases:
    """Databases like `model`, on the server of this folder."""

    def __init__(self, home, model):
        self.home, self.model = home, model
        self._uses = {}  # by name, of those that wait for their next test
        with self._connected(model) as link:
            names = [name for (name,) in link.execute(_TABLES)]
            self._kept = [name for name in names if _rows(link, name)]
            self._shape = self._shape_of(link)
        # no trigger and no foreign key asks: the journal refuses that its lines be taken away
        delete = "".join(f'DELETE FROM "{name}";' for name in names if name not in self._kept)
        self._emptied = (
            f"SET session_replication_role = replica; SET lock_timeout = '1s'; {delete}"
            "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence"
        )

    @contextmanager
    def one(self, name):
        """Give a database of this name, as new."""
        if self._uses:
            former, uses = self._uses.popitem()
            self._order(f"ALTER DATABASE {former} RENAME TO {name}")
        else:
            uses = 0
            self._order(f"CREATE DATABASE {name} TEMPLATE {self.model}")
        yield
        if uses < MOST_USES and self._emptied_again(name):
            self._uses[name] = uses + 1
        else:
            self._order(f"DROP DATABASE {name} WITH (FORCE)")

    def _emptied_again(self, name):
        """Empty a database; False where more than its rows has changed, or somebody is there."""
        with self._connected(name) as link:
            try:
                link.execute(self._emptied)
                return self._shape_of(link) == self._shape and not link.execute(_OTHERS).rowcount
            except psycopg.Error:  # a lock is kept, a table is no longer there
                return False

    def _shape_of(self, link):
        """Return what a database is beside the rows of a test."""
        kept = [_rows(link, name) for name in self._kept]
        return link.execute(_SHAPE).fetchone(), link.execute(_SETTINGS).fetchone(), kept

    def _order(self, order):
        with self._connected("postgres") as link:
            link.execute(order)

    def _connected(self, name):
        return psycopg.connect(host=str(self.home), user="kit", dbname=name, autocommit=True)


def _rows(link, name):
    return link.execute(SQL("SELECT * FROM {}").format(Identifier(name))).fetchall()
