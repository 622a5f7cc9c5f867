"""Whether this machine lets this account make a world, found by making one in a process that ends."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

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
    with os.fdopen(theirs, "rb") as said:
        text = said.read()
    os.waitpid(pid, 0)
    return Trial(**json.loads(text)) if text else Trial(made=False)


def _tried(scratch: Path) -> Trial:
    modules = reading.imported()
    try:
        root.enter(scratch, readable=for_everybody())
    except OSError:
        return Trial(made=False)
    if os.geteuid() != 0:
        return Trial(made=True)  # a session stays the account that reads all this already
    return Trial(True, reading.first_unreadable([*of_the_kit(), *modules], FIRST))
