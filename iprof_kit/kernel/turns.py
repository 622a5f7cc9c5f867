"""How our processes share a processor: the server is brief and goes first, a session is long.

Linux gives a processor in turns, each as long as its process has asked for (6.12 and later; before,
all are alike). Who asks for a shorter turn is not kept waiting by who is having a long one, and is
not interrupted before its end: what the server does at once fits in one turn of its own.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys

GIVES_WAY = 5
"""Of niceness: a third of the server's weight where both want the same processor."""
SERVER_TURN, SESSION_TURN = 5_000_000, 20_000_000
"""Nanoseconds. A page or a message takes the server one to four milliseconds."""
_NUMBERS = {"x86_64": 314, "aarch64": 274, "riscv64": 274, "ppc64le": 355, "s390x": 345}
_SCHED_SETATTR = _NUMBERS.get(platform.machine())
_KEEP_POLICY = 0x08
_SYSCALL = ctypes.CDLL(None).syscall if sys.platform == "linux" else None


class Attributes(ctypes.Structure):
    """What Linux is told of a thread; `turn` is its « runtime »."""

    _fields_ = [
        *((name, ctypes.c_uint32) for name in ("size", "policy")),
        ("flags", ctypes.c_uint64),
        ("niceness", ctypes.c_int32),
        ("priority", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in ("turn", "deadline", "period")),
    ]


def go_first() -> None:
    """Have this thread, and what it starts from now on, wait little for who works at length."""
    _ask_turns_of(SERVER_TURN)


def work_at_length() -> None:
    """Have this process, and those that it forks, take long turns: they calculate."""
    _ask_turns_of(SESSION_TURN)


def give_way() -> None:
    """Have this process leave the processor to the server: it works for one person."""
    os.nice(GIVES_WAY)


def _ask_turns_of(nanoseconds: int) -> None:
    """Ask for turns of a length; a system that knows none, or refuses, goes on as it does."""
    if _SYSCALL is None or _SCHED_SETATTR is None:
        return
    size, niceness = ctypes.sizeof(Attributes), os.getpriority(os.PRIO_PROCESS, 0)
    wanted = Attributes(size, 0, _KEEP_POLICY, niceness, 0, nanoseconds, 0, 0)
    _SYSCALL(_SCHED_SETATTR, 0, ctypes.byref(wanted), 0)
