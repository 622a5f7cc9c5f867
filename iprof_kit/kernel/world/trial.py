"""Whether this machine lets this account make a world: one is made in a process that ends."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from iprof_kit.base.errors import Unavailable
from iprof_kit.kernel.walls.files import for_everybody, of_the_kit
from iprof_kit.kernel.world import root
from iprof_kit.kernel.world.room import become
from iprof_kit.kernel.world.users import FIRST

_LONGEST_NAME = 4096


@dataclass(frozen=True)
class Trial:
    """What was found: is there a world, and what could a session's user not read in it."""

    made: bool
    unreadable: str | None = None


@cache
def trial() -> Trial:
    """Return what this machine allows, tried once a process."""
    if sys.platform != "linux":
        return Trial(made=False)
    with tempfile.TemporaryDirectory(prefix="monde-") as scratch:
        answer = told_by_a_child(lambda: json.dumps(asdict(_tried(Path(scratch)))))
    return Trial(**json.loads(answer)) if answer else Trial(made=False)


def missing_world() -> list[str]:
    """Return, in French, what a session keeps seeing where no world can be made."""
    if trial().made:
        return []
    who = "root" if hasattr(os, "geteuid") and os.geteuid() == 0 else "le compte du serveur"
    why = "aucun monde à part ne peut être fait ici (espaces de noms de Linux)"
    return [f"{why} : chaque session reste {who}, parmi les fichiers et processus de la machine."]


def refuse_unreadable() -> None:
    """Refuse to serve what the user that a session becomes could not read.

    Raises
    ------
    Unavailable
        Names the first file or folder.
    """
    if (place := trial().unreadable) is not None:
        raise Unavailable(
            "les sessions ne pourraient pas lire ce fichier du kit ou de Python.",
            where=place,
            remedy="Donnez à tous le droit de le lire (chmod a+rX), puis recommencez.",
        )


def first_unreadable(places: Iterable[Path], user: int) -> str | None:
    """Return the first place that a user cannot read, None where every one can be.

    Parameters
    ----------
    places : iterable of Path
        Files and folders; a folder is looked at with all that it holds.
    user : int
        The number that a session will take; tried in a process that ends.

    Raises
    ------
    OSError
        The trial itself failed: nothing is known of what can be read.
    """

    def unreadable() -> str:
        become(user)
        place = next((place for place in _all_of(places) if not _readable(place)), None)
        return json.dumps(place and str(place)[:_LONGEST_NAME])

    if not (answer := told_by_a_child(unreadable)):
        raise OSError("what a session can read could not be tried")
    first: str | None = json.loads(answer)
    return first


def told_by_a_child(work: Callable[[], str]) -> str:
    """Return what a work finds in a process that ends with it; nothing where it fails."""
    theirs, ours = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.write(ours, work().encode())
        finally:
            os._exit(0)
    os.close(ours)
    with os.fdopen(theirs, "rb") as pipe:
        answer = pipe.read().decode()
    os.waitpid(pid, 0)
    return answer


def _tried(scratch: Path) -> Trial:
    shown = for_everybody()
    modules = [file for file in _imported() if not set(shown).isdisjoint(file.parents)]
    try:
        root.enter(scratch, readable=shown)
    except OSError:
        return Trial(made=False)
    if os.geteuid() != 0:
        return Trial(made=True)  # a session stays the account that reads all this already
    return Trial(True, first_unreadable([*of_the_kit(), *modules], FIRST))


def _imported() -> list[Path]:
    """Return the files of every module that this process has imported."""
    files = (getattr(module, "__file__", None) for module in tuple(sys.modules.values()))
    return [Path(file) for file in files if file and file.startswith("/")]


def _all_of(places: Iterable[Path]) -> Iterable[Path]:
    for place in places:
        yield place
        if place.is_dir():
            yield from place.rglob("*")


def _readable(place: Path) -> bool:
    """Whether it can be read; what is inside a closed folder, or is not there, cannot."""
    try:
        wanted = os.R_OK | (os.X_OK if place.is_dir() else 0)
    except OSError:  # a folder on the way to it is closed
        return False
    return os.access(place, wanted)
