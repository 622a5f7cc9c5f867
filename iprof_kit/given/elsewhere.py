"""What the analyst's own process would open, opened first where it may not fill her machine."""

from __future__ import annotations

from importlib import import_module

from iprof_kit.base.errors import Unavailable
from iprof_kit.base.words import NBSP
from iprof_kit.given.bounded_process import BoundedProcess, Bounds, Ended, Faulty


class TooHeavyError(Exception):
    """It takes more time or memory than it may."""


def answered_elsewhere(module: str, content: bytes, bounds: Bounds) -> bytes:
    """Return what a module answers of a content, in a process of its own.

    A session may start none, and has bounds of its own: there it is answered at once.

    Raises
    ------
    TooHeavyError
        The process ended at its bounds.
    Unavailable
        The machine was too busy for it.
    """
    try:
        process = BoundedProcess(module, bounds)
    except PermissionError:
        answer: bytes = import_module(module).answer(content)
        return answer
    with process:
        try:
            return process.ask(content)
        except Ended as ended:
            if ended.kept_waiting:
                raise Unavailable(
                    f"ce fichier n’a pas pu être lu à temps{NBSP}: la machine est très occupée.",
                    remedy="Recommencez dans un instant.",
                ) from None
            raise TooHeavyError from None
        except Faulty:
            raise TooHeavyError from None
