"""A process of ours that may take so much time and memory, and then is ended: for hostile content.

It is started with a clean environment, without secret, and inherits no descriptor but the two ends
by which it is spoken to. A server puts walls around it besides (`put_walls`): `docs/security.md`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import BinaryIO, cast

from iprof_kit.given.bounded_child import FAULT, read_frame, write_frame

_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT")
_LITTLE = 8
"""A process that worked for less than an eighth of its time was kept waiting."""
_CHILD = "iprof_kit.given.bounded_child"
_walls: list[str] = []
"""The module that puts up walls in each process of the server, as argument."""


def put_walls(module: str | None) -> None:
    """Have every process started from now on put up the walls of a module, before it answers.

    Parameters
    ----------
    module : str or None
        Its `prepare` comes before the limits, its `put_up` once all is imported. Services do not
        know it: the server, which knows kernels, names it. None: no walls.
    """
    _walls[:] = [] if module is None else [module]


@dataclass(frozen=True)
class Bounds:
    """What a process may take; `seconds` is of wall time and of processor, for one answer."""

    seconds: float
    memory: int
    longest: int = 64_000_000
    """Bytes of a question, and of an answer."""


class Ended(Exception):  # noqa: N818  # it says what happened
    """The process was ended before it answered: by its limits, or because it fell."""

    kept_waiting = False
    """Whether its time was up and it had had little of a processor: others kept it waiting."""


class Faulty(Exception):  # noqa: N818
    """The process met an error that it did not expect, of which the name alone is known."""


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return all that such a process gets of the server's environment; it holds no secret."""
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return kept | dict(more or {})


class BoundedProcess:
    """One process, which answers one message after the other; used by one thread at a time.

    Parameters
    ----------
    module : str
        Its `answer` takes and returns bytes.
    bounds : Bounds
    more : mapping, optional
        What is added to its environment.
    """

    def __init__(self, module: str, bounds: Bounds, more: Mapping[str, str] | None = None) -> None:
        self._bounds = bounds
        self._process = subprocess.Popen(  # noqa: S603  # ourselves
            [sys.executable, "-B", "-P", "-m", _CHILD, module, *self._limits(), *_walls],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(more),
            start_new_session=True,
        )
        self._given = cast(BinaryIO, self._process.stdin)
        self._out = cast(BinaryIO, self._process.stdout)

    def _limits(self) -> list[str]:
        processor = max(1, int(self._bounds.seconds) + 1)
        return [str(one) for one in (self._bounds.memory, processor, self._bounds.longest)]

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._process.poll() is None

    def ask(self, message: bytes) -> bytes:
        """Return the answer to a message.

        Raises
        ------
        Ended
            It had not answered in time, or fell; it is gone and can no longer be asked.
        Faulty
            It met an error, and can be asked again.
        """
        ended = Ended()
        before = _processor_seconds(self.pid) or 0.0
        deadline = Timer(self._bounds.seconds, self._end_late, [ended, before])
        deadline.daemon = True
        deadline.start()
        try:
            write_frame(self._given, message)
            made = read_frame(self._out, self._bounds.longest + 1)
        except (OSError, ValueError):  # killed while it was written to
            made = None
        finally:
            deadline.cancel()
        if made is None:
            self.close()
            raise ended
        if made[:1] == FAULT:
            raise Faulty(made[1:100].decode("ascii", "replace"))
        return made[1:]

    def _end_late(self, ended: Ended, before: float) -> None:
        worked = _processor_seconds(self.pid)
        little = self._bounds.seconds / _LITTLE
        ended.kept_waiting = worked is not None and worked - before < little
        self._process.kill()

    def close(self) -> None:
        """End it; nothing is left of it."""
        self._process.kill()
        self._process.wait()
        for end in (self._given, self._out):
            with suppress(OSError):
                end.close()

    def __enter__(self) -> BoundedProcess:
        """Return the process."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it."""
        self.close()


def _processor_seconds(pid: int) -> float | None:
    """Return what a process has had of the processors; None where the system does not tell."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return None
