"""Whether the user that a session becomes can read what every session needs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from iprof_kit.kernel.world.room import become

_LONGEST_NAME = 4096


def first_unreadable(places: Iterable[Path], user: int) -> str | None:
    """Return the first place that a user cannot read, None where every one can be.

    Parameters
    ----------
    places : iterable of Path
        Files and folders; a folder is looked at with all that it holds.
    user : int
        The number that a session will take; tried in a process that ends.
    """
    theirs, ours = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            become(user)
            unreadable = next((place for place in _all_of(places) if not _readable(place)), "")
            os.write(ours, str(unreadable).encode()[:_LONGEST_NAME])
        finally:
            os._exit(0)
    os.close(ours)
    with os.fdopen(theirs, "rb") as pipe:
        name = pipe.read().decode()
    os.waitpid(pid, 0)
    return name or None


def imported() -> list[Path]:
    """Return the files of every module that this process has imported."""
    files = (getattr(module, "__file__", None) for module in tuple(sys.modules.values()))
    return [Path(file) for file in files if file and file.startswith("/")]


def _all_of(places: Iterable[Path]) -> Iterable[Path]:
    for place in places:
        yield place
        if place.is_dir():
            yield from place.rglob("*")


def _readable(place: Path) -> bool:
    wanted = os.R_OK | (os.X_OK if place.is_dir() else 0)
    return os.access(place, wanted)
