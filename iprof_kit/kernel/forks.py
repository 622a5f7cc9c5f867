"""What a warm process does: execute its notebook, say so, and become a session at each request."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path
from typing import Any

from comm.base_comm import CommManager

from iprof_kit.kernel import ahead, family, wire
from iprof_kit.kernel.confine import confine
from iprof_kit.kernel.session import SessionKernel
from iprof_kit.ui.guichet import HANDLE


def serve(notebook: Path, handle: int, manager: CommManager) -> None:
    """Get ready, say so with what the page needs, then fork at each request.

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
            family.bear(server, handles, lambda: _become_session(request, handles, manager))  # noqa: B023
    except wire.Closed:  # the server is gone, or wants another one
        return


def _become_session(request: dict[str, Any], handles: list[int], manager: CommManager) -> None:
    """Be the session of one page until it ends."""
    own, (guichet, life) = Path(request["own"]), handles
    _leave_family(request["environment"], own, guichet)
    family.refuse_unsound(*handles)
    confine(own, Path(os.environ["MPLCONFIGDIR"]))
    SessionKernel(request["connection"], life, manager).run()


def _leave_family(environment: dict[str, str], own: Path, guichet: int) -> None:
    """Have a group, an environment, a folder of one's own."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environment)
    os.environ[HANDLE] = str(guichet)
    os.chdir(own)
