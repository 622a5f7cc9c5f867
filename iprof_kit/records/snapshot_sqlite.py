"""A local database copied by SQLite itself: a copy of its file would miss what WAL holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from iprof_kit.base.errors import BadBackup
from iprof_kit.base.private_files import owner_only
from iprof_kit.base.words import counted
from iprof_kit.records.database import bare, file_engine


def take(file: Path) -> None:
    """Write one state of the kit's database in a file of its own; writers go on meanwhile."""
    with bare() as raw:
        raw.cursor().execute("VACUUM INTO ?", (str(owner_only(file)),))


def opened(file: Path) -> Engine:
    """Return an engine of a copy, to be disposed of."""
    return file_engine(file)


def check(file: Path) -> None:
    """Read a copy from end to end.

    Raises
    ------
    InputError
        It is damaged, or rows point to others that are not there.
    """
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as link:
            integrity = link.execute("PRAGMA integrity_check(3)").fetchall()
            orphans = link.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        raise BadBackup(f"la base de la sauvegarde ne s’ouvre pas ({error}).") from error
    if integrity != [("ok",)]:
        raise BadBackup(f"la base de la sauvegarde est abîmée ({integrity[0][0]}).")
    if orphans:
        raise BadBackup(
            f"la base de la sauvegarde est abîmée : "
            f"{counted(len(orphans), 'ligne orpheline')}, la première dans {orphans[0][0]}."
        )
