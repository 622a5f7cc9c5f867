"""Whether this machine lets this account make a world: one is made in a process that ends."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from iprof_kit.base.errors import Unavailable
from iprof_kit.kernel.walls.files import for_everybody, of_the_kit
from iprof_kit.kernel.world import reading, root
from iprof_kit.kernel.world.users import FIRST


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
        return told_by_a_child(lambda: _tried(Path(scratch)))


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


def told_by_a_child(work: Callable[[], Trial]) -> Trial:
    """Return what a work finds in a process that ends with it."""
    theirs, ours = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.write(ours, json.dumps(asdict(work())).encode())
        finally:
            os._exit(0)
    os.close(ours)
    with os.fdopen(theirs, "rb") as pipe:
        text = pipe.read()
    os.waitpid(pid, 0)
    return Trial(**json.loads(text)) if text else Trial(made=False)


def _tried(scratch: Path) -> Trial:
    shown = for_everybody()
    modules = [file for file in reading.imported() if not set(shown).isdisjoint(file.parents)]
    try:
        root.enter(scratch, readable=shown)
    except OSError:
        return Trial(made=False)
    if os.geteuid() != 0:
        return Trial(made=True)  # a session stays the account that reads all this already
    return Trial(True, reading.first_unreadable([*of_the_kit(), *modules], FIRST))
