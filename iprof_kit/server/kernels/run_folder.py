"""The private folder of one run, removed at its end; those of killed servers go at the next start.

A server holds a lock in its folder for as long as it lives: the system gives it back however it
ends. A process number would say nothing, since it is used again.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "iprof-"
_LOCK = "serveur.verrou"


@contextmanager
def run_folder() -> Iterator[Path]:
    """Give a new private folder, locked by this process; first remove what killed servers left."""
    remove_abandoned()
    made = Path(tempfile.mkdtemp(prefix=f".{_PREFIX}"))  # this name is nobody's until it is locked
    lock = FileLock(made / _LOCK)
    lock.acquire(timeout=0)
    folder = made.rename(made.with_name(made.name.removeprefix(".")))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            lock.release()


def remove_abandoned() -> list[Path]:
    """Remove the folders of this user's dead servers, and return them.

    A folder is one of ours if it is no link, belongs to this user alone and holds our lock; its
    server is dead if the lock can be had.
    """
    places = sorted(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"))
    return [place for place in places if _is_ours(place) and _removed(place)]


def _is_ours(place: Path) -> bool:
    try:
        folder, lock = place.lstat(), (place / _LOCK).lstat()
    except OSError:
        return False
    private = stat.S_ISDIR(folder.st_mode) and stat.S_ISREG(lock.st_mode)
    if not hasattr(os, "geteuid"):  # Windows: the temporary folder is the user's own
        return private
    return private and folder.st_uid == os.geteuid() and not folder.st_mode & 0o077


def _removed(place: Path) -> bool:
    lock = FileLock(place / _LOCK)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return False
    try:
        shutil.rmtree(place, ignore_errors=True)  # it follows no link
    finally:
        with suppress(OSError):
            lock.release()
    return not place.exists()
