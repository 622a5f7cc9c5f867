"""How long a transaction may hold up who asks for it: a deadline that this process keeps itself.

A database process that is stopped answers nothing, and no time-out of its own ends the wait.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class _Statements:
    longest: float | None = None


_statements = _Statements()
_own = threading.local()


def limit_statements(seconds: float | None) -> None:
    """Let no statement of this process last longer; what a server asks for, and no command."""
    _statements.longest = seconds


def longest_statement() -> float | None:
    """Return the seconds that one statement of this process may last, None without limit."""
    return _statements.longest


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Let each transaction that this thread begins in the block last so many seconds at most."""
    former = getattr(_own, "seconds", None)
    _own.seconds = seconds
    try:
        yield
    finally:
        _own.seconds = former


@contextmanager
def transaction() -> Iterator[None]:
    """Mark the beginning and the end of a transaction of this thread."""
    former = getattr(_own, "end", None)
    seconds = getattr(_own, "seconds", None)
    if former is None and seconds is not None:
        _own.end = time.monotonic() + seconds
    _own.open = getattr(_own, "open", 0) + 1
    try:
        yield
    finally:
        _own.open -= 1
        _own.end = former


def nothing_held() -> None:
    """Have a program that would wait for another process with a transaction open stop at once.

    Whoever writes would wait for both. It is a fault of ours, that any test of it shows.
    """
    if getattr(_own, "open", 0):
        raise RuntimeError("a transaction is open: end it before another process is waited for")


def seconds_left() -> float | None:
    """Return what is left of the transaction of this thread, 0 past its end, None without limit."""
    end = getattr(_own, "end", None)
    return None if end is None else max(0.0, end - time.monotonic())


def seconds_for_a_statement() -> float | None:
    """Return how long the next answer of the database may be awaited, None without limit."""
    limits = [one for one in (seconds_left(), longest_statement()) if one is not None]
    return min(limits) if limits else None
