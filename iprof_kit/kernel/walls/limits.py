"""What one kernel's process may use, and the privileges that it gives up."""

from __future__ import annotations

import ctypes
import sys

from iprof_kit.kernel.turns import give_way

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]  # a module elsewhere

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
MEMORY = 2 << 30
PROCESSOR_SECONDS = 3600
FILES = 256
FILE_BYTES = 64 << 20
"""The largest file that a kernel may write: the largest CV or figure is far below."""
_PR_SET_NO_NEW_PRIVS, _PR_SET_DUMPABLE = 38, 4
_CAPABILITIES = 0x20080522
"""Version of the structures below."""
_Who, _Sets = ctypes.c_uint32 * 2, ctypes.c_uint32 * 6
_FUNCTIONS = [getattr(_LIBC, name) for name in ("prctl", "capget", "capset")] if _LIBC else []
"""Types and functions are there before any fork: what a session makes is memory of its own."""
_READ_ALL = 1 << 2
"""CAP_DAC_READ_SEARCH: a server that is root may run an interpreter that only others can read."""


def limit() -> None:
    """Bound memory, processor time, open files and what is written; leave no core on a crash.

    The server goes first: whoever calculates without end takes what it does not want.
    """
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    give_way()


def give_up_privileges() -> None:
    """Let no debugger in, gain nothing by a program, keep no power of root but reading.

    It does not depend on Landlock: files stay open where that is absent, memory does not.
    """
    if _LIBC is None:
        return
    _LIBC.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    who = _Who(_CAPABILITIES, 0)
    sets = _Sets()  # effective, permitted, inheritable: low words, high words
    if _LIBC.capget(who, sets) == 0:
        kept = sets[1] & _READ_ALL
        _LIBC.capset(who, _Sets(kept, kept, 0, 0, 0, 0))
