"""What is one session's alone: her folder in memory, her user, her numbering of processes."""

from __future__ import annotations

import os
import resource
import select
import signal
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from iprof_kit.kernel.world import calls

FOLDER_BYTES = 32 << 20
FOLDER_FILES = 1024
THREADS = 64
"""Of one user, where each session is one: those of typst and of libraries."""
_ERRORS, _LAST_HANDLE = 2, 1 << 20
"""The last of the handles that every program has, and one beyond those that a system gives."""


def settle(own: Path, user: int | None) -> None:
    """Give this process a small folder that nobody else sees, then another user if one is given.

    To be called after the fork and before any other wall: a privilege is needed until it returns.

    Parameters
    ----------
    own : Path
        Inside the world's home, which this process alone will see from now on; made here.
    user : int or None
        Number of the user and of the group that this session becomes, without any other group;
        None keeps the server's plain account.

    Raises
    ------
    OSError
        The system refuses: the session must not go on.
    """
    calls.unshare(calls.NEW_MOUNTS | calls.NEW_IPC)
    flags = calls.NO_SUID | calls.NO_DEVICES | calls.NO_PROGRAMS
    size = f"size={FOLDER_BYTES},nr_inodes={FOLDER_FILES},mode=711"
    calls.mount_memory(own.parent, flags=flags, options=size)
    own.mkdir(mode=0o700)
    if user is not None:
        os.chown(own, user, user)
        become(user)
    calls.drop_capabilities()


def become(user: int) -> None:
    """Become a user that owns nothing else, for good."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    resource.setrlimit(resource.RLIMIT_NPROC, (THREADS, THREADS))


def number_apart() -> None:
    """Have the next child be the first of a numbering of its own, while a privilege is left."""
    calls.unshare(calls.NEW_PIDS)


def go_on_apart(behind: Callable[[], None]) -> None:
    """Go on as a child, the first of the numbering; each of the two ends with the other.

    A kernel that Jupyter starts is the process that Jupyter watches and ends: that one waits here.

    Parameters
    ----------
    behind : callable
        What the process that stays behind does before it waits: its walls.
    """
    server, stays = os.pidfd_open(os.getppid()), os.pidfd_open(os.getpid())
    if not (child := os.fork()):
        calls.end_with_parent()
        if _one_has_ended(stays, patience=0):  # before that was asked for
            os._exit(1)
        os.close(server)
        os.close(stays)
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interruption is the child's
    watches = (server, os.pidfd_open(child))
    _close_all_but(*watches)
    behind()
    _one_has_ended(*watches)
    os._exit(0)


def _close_all_but(*kept: int) -> None:
    """Close every handle but the standard ones and those: what hangs up is seen at once."""
    for last, following in pairwise((_ERRORS, *sorted(kept), _LAST_HANDLE)):
        os.closerange(last + 1, following)


def _one_has_ended(*watches: int, patience: int | None = None) -> bool:
    """Wait until one of several processes has ended."""
    poller = select.poll()
    for one in watches:
        poller.register(one, select.POLLIN)
    return bool(poller.poll(patience))
