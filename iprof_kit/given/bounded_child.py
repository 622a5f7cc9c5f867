"""What runs in a bounded process: limits first, then one answer to each message, until the end.

Started by `bounded_process`; nothing of the kit is imported here but the module that answers, once
the limits stand, and what puts up walls, where the server named it. An answer or the kind of a
fault goes back; what was read never leaves otherwise.
"""

from __future__ import annotations

import math
import os
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

GOOD, FAULT = b"0", b"1"
"""First byte of what goes back: an answer, or the name of an error."""
_SIZE = 8
_MOST_OPEN_FILES = 64


def write_frame(out: BinaryIO, content: bytes) -> None:
    """Write a message after its length."""
    out.write(len(content).to_bytes(_SIZE, "big"))
    out.write(content)
    out.flush()


def read_frame(given: BinaryIO, most: int) -> bytes | None:
    """Return the next message; None at the end, where it is cut or where it is too long."""
    head = given.read(_SIZE)
    size = int.from_bytes(head, "big")
    if len(head) < _SIZE or size > most:
        return None
    content = given.read(size)
    return content if len(content) == size else None


def limit(memory: int) -> None:
    """Bound what this process may take, where the system can: it writes no file either."""
    try:
        import resource
    except ImportError:  # Windows: the time alone is bounded
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _MOST_OPEN_FILES),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def give_time(seconds: int) -> None:
    """Let this process work that much longer: one that nobody waits for any more ends by itself."""
    try:
        import resource
    except ImportError:
        return
    until = math.ceil(time.process_time()) + seconds
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main(module: str, memory: int, seconds: int, most: int, walls: str = "") -> None:
    """Answer by `answer` of a module, after its `prepare` if it has one.

    Its own words on standard output go nowhere. Where `walls` is named, a module, its `put_up`
    closes what answering does not need.
    """
    if walls:
        import_module(walls).prepare()
    limit(memory)
    with (
        os.fdopen(os.dup(0), "rb") as given,
        os.fdopen(os.dup(1), "wb") as out,
        Path(os.devnull).open("r+b", buffering=0) as nowhere,
    ):
        for number in (0, 1, 2):
            os.dup2(nowhere.fileno(), number)
        give_time(seconds)
        answering = import_module(module)
        getattr(answering, "prepare", bool)()  # what it needs, before the walls
        if walls:
            import_module(walls).put_up()
        while (message := read_frame(given, most)) is not None:
            give_time(seconds)
            try:
                made = GOOD + answering.answer(message)
            except Exception as error:
                made = FAULT + type(error).__name__.encode()
            write_frame(out, made)


if __name__ == "__main__":
    answering, memory, seconds, most, *walls = sys.argv[1:]
    main(answering, int(memory), int(seconds), int(most), *walls)
