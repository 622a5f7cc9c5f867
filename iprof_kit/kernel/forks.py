"""What a warm process does: get ready, say so, and become a session at each request.

It has one thread and no ZeroMQ context, and checks it: what it holds is copied into every session.
"""

from __future__ import annotations

import gc
import logging
import os
import random
import signal
import socket
from pathlib import Path
from typing import Any

import numpy as np
import zmq
from comm.base_comm import CommManager

from iprof_kit.kernel import ahead, comms, wire
from iprof_kit.kernel.session import SessionKernel, give_back
from iprof_kit.kernel.walls import ORDINARY, confine, prepare_calls
from iprof_kit.ui.guichet import HANDLE

_log = logging.getLogger(__name__)


def serve(notebook: Path, handle: int) -> None:
    """Get ready, say so with what the page needs, then fork at each request."""
    os.environ[HANDLE] = "ahead"  # screens know that a portal will show them
    server = socket.socket(fileno=handle)
    manager = comms.install()
    page = ahead.prepare(notebook)
    _warm_up(notebook.name)
    prepare_calls(ORDINARY)
    give_back()
    gc.freeze()
    refuse_unsound()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    wire.send(server, page)
    while True:
        try:
            request, handles = wire.receive(server)
        except wire.Closed:
            return
        _fork(server, request, handles, manager)


def refuse_unsound() -> None:
    """Refuse to fork what a fork would break.

    Raises
    ------
    RuntimeError
        There is a second thread, or a ZeroMQ context.
    """
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208
    if threads != 1:
        raise RuntimeError(f"{threads} threads before the fork")
    if zmq.Context._instance is not None:
        raise RuntimeError("a ZeroMQ context before the fork")


def _warm_up(name: str) -> None:
    """Answer and draw once, for nobody: tables, fonts and code are then in memory for all."""
    from iprof_kit.ui.rehearsal import rehearse

    rehearse(name)


def _fork(
    server: socket.socket, request: dict[str, Any], handles: list[int], manager: CommManager
) -> None:
    pid = os.fork()
    if not pid:
        status = 1
        try:
            server.close()
            _become_session(request, handles, manager)
            status = 0
        except BaseException:
            _log.exception("une session s’est arrêtée")
        finally:
            os._exit(status)
    for one in handles:
        os.close(one)
    watch = os.pidfd_open(pid)
    try:
        wire.send(server, {"pid": pid}, (watch,))
    finally:
        os.close(watch)


def _become_session(request: dict[str, Any], handles: list[int], manager: CommManager) -> None:
    """Leave the family: own group, own environment, own randomness, walls, then the kernel."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    guichet, life = handles
    os.environ.clear()
    os.environ.update(request["environment"])
    os.environ[HANDLE] = str(guichet)
    own = Path(request["own"])
    os.chdir(own)
    random.seed()
    np.random.seed()  # noqa: NPY002  # the global generator, copied from the warm process
    confine(own, Path(os.environ["MPLCONFIGDIR"]))
    SessionKernel(request["connection"], life, manager).run()
