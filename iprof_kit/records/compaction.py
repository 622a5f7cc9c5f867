"""A local file gives back the room of what was removed, without holding up who is served.

`VACUUM` writes the whole file anew and lets nobody write meanwhile. A file made by this version
gives back some pages at a time instead, and what was erased is overwritten at once
(`secure_delete`).
"""

from __future__ import annotations

import sqlite3
import time
from typing import cast

from iprof_kit.records.database import bare, engine

_INCREMENTAL = 2
SMALL = 8_000_000
"""Bytes of a file that is written anew in an instant."""
_PAGES = 250
"""Pages given back in one transaction: some milliseconds."""
_PAUSE = 0.02
_CHECKPOINT_TRIES, _CHECKPOINT_SECONDS = 10, 0.2


def reclaim(*, whole: bool = False) -> bool:
    """Give back the room of what was removed, so that a local file no longer holds it.

    Another engine does it by itself. Writers wait some milliseconds at most, but for a file of a
    former version, which is written anew where it is small or where `whole` asks for it.

    Parameters
    ----------
    whole : bool
        Write the whole file anew, whatever its size: nobody else should be using it.

    Returns
    -------
    bool
        False where somebody who reads keeps the former pages beside the file, or where the file is
        of a former version and large.

    Raises
    ------
    Unavailable
        The file is busy or cannot be written; what was removed before stays removed.
    """
    if engine().dialect.name != "sqlite":
        return True
    with bare() as raw:
        cursor = cast(sqlite3.Cursor, raw.cursor())
        done = _give_back(cursor, whole=whole)
        return _forget_former_pages(cursor) and done


def _give_back(cursor: sqlite3.Cursor, *, whole: bool) -> bool:
    step_by_step = _read(cursor, "auto_vacuum") == _INCREMENTAL
    if whole or not step_by_step:
        if not whole and _read(cursor, "page_count") * _read(cursor, "page_size") > SMALL:
            return False
        cursor.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
        cursor.execute("VACUUM")
        return True
    while _read(cursor, "freelist_count"):
        cursor.execute(f"PRAGMA incremental_vacuum({_PAGES})").fetchall()
        time.sleep(_PAUSE)
    return True


def _forget_former_pages(cursor: sqlite3.Cursor) -> bool:
    """Empty the file beside the file, which holds up writers: tried often rather than long."""
    before = _read(cursor, "busy_timeout")
    cursor.execute(f"PRAGMA busy_timeout = {int(_CHECKPOINT_SECONDS * 1000)}")
    try:
        for _ in range(_CHECKPOINT_TRIES):
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            if not cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return True
            time.sleep(_PAUSE)
        return False
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {before}")


def _read(cursor: sqlite3.Cursor, what: str) -> int:
    return int(cursor.execute(f"PRAGMA {what}").fetchone()[0])
