"""How a process of ours has a child: soundly, with randomness of its own, known to the server.

The zygote bears warm processes, these bear sessions. What one holds is copied into all that come
from it: one thread, no ZeroMQ, no secret, no handle but its own.
"""

from __future__ import annotations

import ctypes
import fcntl
import gc
import logging
import os
import random
import resource
import select
import signal
import socket
import stat
import sys
from collections.abc import Callable

import numpy as np

from iprof_kit.base.configuration.sub_path import VARIABLE as SUB_PATH
from iprof_kit.base.logs import FORM, LEVEL
from iprof_kit.base.paths import OTHER_TABLES
from iprof_kit.kernel import wire
from iprof_kit.kernel.world import calls
from iprof_kit.ui.components.guichet import HANDLE

_STANDARD, _MOST_HANDLES = 3, 1024
"""Handles below are those of every program; none is given above before a thousand are open."""
_LIBC = ctypes.CDLL(None)
_OPEN_TO_ALL = (HANDLE, OTHER_TABLES, LEVEL, FORM, SUB_PATH)
"""Variables of ours that hold no secret, and that a session has."""
_log = logging.getLogger(__name__)


def settle(*own: int) -> None:
    """Get ready to have children: nothing left over, nothing that a fork would break or tell.

    Parameters
    ----------
    own : int
        The handles that this process may hold besides files that it reads.

    Raises
    ------
    RuntimeError
        It is not sound.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children that end leave nothing behind
    calls.adopt_orphans()
    give_back()
    gc.freeze()
    refuse_unsound(*own)


def bear(end: socket.socket, handles: list[int], life: Callable[[], None]) -> None:
    """Fork; the child lives its life without our end, the server gets what watches it.

    Parameters
    ----------
    end : socket.socket
        Our end of what the server asks by: closed in the child.
    handles : list of int
        Came with the request, for the child: closed here.
    life : callable
        What the child does until it ends.
    """
    pid = os.fork()
    if not pid:
        status = 1
        try:
            end.close()
            reseed()
            life()
            status = 0
        except BaseException:
            _log.exception("un processus issu du zygote s’est arrêté")
        finally:
            os._exit(status)
    for one in handles:
        os.close(one)
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:  # it has ended already
        wire.send(end, {"pid": 0})
        return
    try:
        wire.send(end, {"pid": pid}, (watch,))
    finally:
        os.close(watch)


def bear_apart(end: socket.socket, handles: list[int], life: Callable[[], None]) -> None:
    """Fork as `bear` does, into a numbering of processes where the child is alone, and the first.

    All that it would start ends with it. Where this process is not root, the numbering has to
    belong to a process between the two, which ends once it has told the server.
    """
    if os.geteuid() == 0:
        calls.number_next_child_apart()
        bear(end, handles, life)
        return
    if not os.fork():
        try:
            calls.unshare(calls.NEW_PIDS)
            bear(end, handles, life)
        except BaseException:
            _log.exception("une session n’a pas pu naître")
            wire.send(end, {"pid": 0})
        finally:
            os._exit(0)
    for one in handles:
        os.close(one)


def reseed() -> None:
    """Draw other numbers than the parent and its other children."""
    random.seed()
    np.random.seed()  # noqa: NPY002  # the global generator, copied by the fork


def refuse_unsound(*own: int) -> None:
    """Refuse to go on with what a fork would break, or hand on.

    Raises
    ------
    RuntimeError
        There is a second thread, ZeroMQ, a secret or a handle that is not ours.
    """
    if not calls.is_single_threaded():
        raise RuntimeError("more than one thread")
    if sys.modules.get("zmq") is not None:
        raise RuntimeError("ZeroMQ, which nobody here needs")
    ours = [name for name in os.environ if name.startswith("IPROF_")]
    if variables := [name for name in ours if name not in _OPEN_TO_ALL]:
        raise RuntimeError(f"of the server's environment: {variables}")
    if handles := [one for one in _handles() if one not in own and not _is_read_only_file(one)]:
        raise RuntimeError(f"handles that are not its own: {handles}")


def _handles() -> list[int]:
    """Return what is open; /proc does not tell a process that has changed its user."""
    most = min(_MOST_HANDLES, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    poller = select.poll()
    for one in range(_STANDARD, most):
        poller.register(one, 0)
    closed = {one for one, events in poller.poll(0) if events & select.POLLNVAL}
    return [one for one in range(_STANDARD, most) if one not in closed]


def _is_read_only_file(handle: int) -> bool:
    """Whether a handle is a file that is only read, as matplotlib's fonts are."""
    mode = fcntl.fcntl(handle, fcntl.F_GETFL) & os.O_ACCMODE
    return stat.S_ISREG(os.fstat(handle).st_mode) and mode == os.O_RDONLY


def give_back() -> None:
    """Return to the system the memory that a redraw took."""
    gc.collect()
    if hasattr(_LIBC, "malloc_trim"):  # glibc
        _LIBC.malloc_trim(0)
