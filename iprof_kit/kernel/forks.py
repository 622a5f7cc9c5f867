"""What a warm process does: execute its notebook, say so, and become a session at each request."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path
from typing import Any

from comm.base_comm import CommManager

from iprof_kit.base import logs
from iprof_kit.kernel import ahead, family, wire
from iprof_kit.kernel.session import SessionKernel
from iprof_kit.kernel.walls import SESSION, close_calls, confine
from iprof_kit.kernel.world import room
from iprof_kit.ui.components.guichet import HANDLE


def serve(notebook: Path, handle: int, manager: CommManager, *, apart: bool) -> None:
    """Get ready, say so with what the page needs, then fork at each request.

    Where it is `apart`, in a world of the kit's own, each session has in it a folder, a user and a
    numbering of processes.

    The zygote has answered and drawn for all: nothing is rehearsed again, which would cost each
    warm process twenty megabytes of its own.
    """
    server = socket.socket(fileno=handle)
    page = ahead.prepare(notebook)
    family.settle(handle)
    try:
        wire.send(server, page)
        while True:
            request, handles = wire.receive(server)
            bear = family.bear_apart if apart else family.bear
            bear(server, handles, lambda: _become_session(request, handles, manager, apart=apart))  # noqa: B023
    except wire.Closed:  # the server is gone, or wants another one
        return


def _become_session(
    request: dict[str, Any], handles: list[int], manager: CommManager, *, apart: bool
) -> None:
    """Be the session of one page until it ends."""
    own, (guichet, pair) = Path(request["own"]), handles
    _leave_family(request["environment"], guichet)
    family.refuse_unsound(*handles)
    if apart:
        room.settle(own, request["user"])
    os.chdir(own)
    kernel = SessionKernel(socket.socket(fileno=pair), manager)
    _put_up_walls(own)
    kernel.run()


def _put_up_walls(own: Path) -> None:
    """Close all that a session does not need, once everything is set."""
    confine(own, Path(os.environ["MPLCONFIGDIR"]))
    close_calls(SESSION)


def _leave_family(environment: dict[str, str], guichet: int) -> None:
    """Have a group and an environment of one's own."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environment)
    os.environ[HANDLE] = str(guichet)
    logs.configure("session")
