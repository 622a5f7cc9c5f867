"""A content opened by a process of its own: its answer, or one of two refusals."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from iprof_kit.base.errors import Unavailable
from iprof_kit.given.bounded_process import BoundedProcess, Bounds, Ended, Faulty

Busy = tuple[str, str]
"""What was not done in time and what to do, where the machine was too busy."""
_BUSY = "ce fichier n’a pas pu être lu à temps", "Recommencez dans un instant."


class TooHeavyError(Exception):
    """It takes more time or memory than it may; its argument names the error it met, if any."""


def asked_elsewhere(module: str, content: bytes, bounds: Bounds, busy: Busy = _BUSY) -> bytes:
    """Return what a module answers of a content, in a process of its own that ends with it.

    Raises
    ------
    TooHeavyError
        The process ended at its bounds, or met an error that it did not expect.
    Unavailable
        The machine was too busy for it: nothing is known of the content.
    """
    return next(iter(_asked(module, [content], bounds, busy)))


def answered_elsewhere(module: str, content: bytes, bounds: Bounds) -> bytes:
    """Return what a module answers of a content that the one who asks may open herself.

    A session may start no process, and has bounds of its own: there it is answered at once.

    Raises
    ------
    TooHeavyError, Unavailable
        As `asked_elsewhere`.
    """
    return all_answered_elsewhere(module, [content], bounds)[0]


def all_answered_elsewhere(module: str, contents: Iterable[bytes], bounds: Bounds) -> list[bytes]:
    """Return what a module answers of contents that one person gives, in one process for all.

    Raises
    ------
    TooHeavyError, Unavailable
        As `asked_elsewhere`.
    """
    try:
        return list(_asked(module, contents, bounds, _BUSY))
    except PermissionError:
        return [import_module(module).answer(one) for one in contents]


def _asked(module: str, contents: Iterable[bytes], bounds: Bounds, busy: Busy) -> Iterable[bytes]:
    with BoundedProcess(module, bounds) as process:
        for content in contents:
            try:
                yield process.ask(content)
            except Ended as ended:
                if ended.kept_waiting:
                    reason, remedy = busy
                    reason = f"{reason} : la machine est très occupée."
                    raise Unavailable(reason, remedy=remedy) from None
                raise TooHeavyError from None
            except Faulty as error:
                raise TooHeavyError(str(error)) from None
