"""What is one session's alone: her folder in memory, her user, her numbering of processes."""

from __future__ import annotations

import os
import resource
from pathlib import Path

from iprof_kit.kernel.world import calls

FOLDER_BYTES = 32 << 20
FOLDER_FILES = 1024
THREADS = 64
"""Of one user, where each session is one: those of typst and of libraries."""


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
