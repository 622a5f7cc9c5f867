"""Libraries that others import where they find them, and that nothing here needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

IRI_SYNTAX = "rfc3987_syntax"
"""Compiles a grammar for more than two seconds, for a check of addresses that no schema asks."""
ARROW = "pyarrow"
"""Pandas takes it where it is; its threads do not survive a fork, its memory is for nothing."""


def leave_out(*names: str) -> None:
    """Have this process do as if libraries were not installed, unless they are imported already.

    Parameters
    ----------
    *names : str
        What others import only if they can.

    Examples
    --------
    >>> leave_out("a_library")
    >>> import a_library
    Traceback (most recent call last):
    ModuleNotFoundError: import of a_library halted; None in sys.modules
    >>> del sys.modules["a_library"]
    """
    for name in names:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # as Python documents it


@contextmanager
def left_out(name: str) -> Iterator[None]:
    """Leave a library out of what a block imports, and let it be imported afterwards.

    Parameters
    ----------
    name : str
        What others import only if they can.
    """
    known = name in sys.modules
    leave_out(name)
    try:
        yield
    finally:
        if not known:
            del sys.modules[name]
