"""`python -m iprof_kit.kernel.zygote HANDLE`: what every session of the server descends from.

The server starts it, once, with an environment that holds no secret. It imports and reads all that
concerns no notebook and nobody, then forks one warm process a notebook at each request.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comm.base_comm import CommManager


def main(handle: int) -> None:
    """Get ready, say so, then fork a warm process for each notebook that the server names."""
    prepare_world()
    from iprof_kit.kernel import comms, family, wire

    end = socket.socket(fileno=handle)
    manager = comms.install()
    _read_all()
    family.settle(handle)
    try:
        wire.send(end, {"ready": True})
        while True:
            request, handles = wire.receive(end)
            family.bear(end, handles, lambda: _warm(request, handles, manager))  # noqa: B023
    except wire.Closed:  # the server is gone, or wants another one
        return


def prepare_world() -> None:
    """Make, before anything is imported, the world that every descendant lives in."""
    from iprof_kit.ui.guichet import HANDLE

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's: its end is theirs
    os.environ[HANDLE] = "ahead"  # screens know that a portal will show them
    sys.modules["pyarrow"] = None  # type: ignore[assignment]  # its threads do not survive a fork


def _read_all() -> None:
    """Answer and draw once, for nobody: code, tables and fonts are then in memory for all."""
    from iprof_kit.kernel import forks  # noqa: F401  # and all that a session needs
    from iprof_kit.ui.menu import CV, PORTAL
    from iprof_kit.ui.rehearsal import rehearse

    for notebook in (PORTAL, CV):
        rehearse(notebook)


def _warm(request: dict[str, Any], handles: list[int], manager: CommManager) -> None:
    from iprof_kit.kernel.forks import serve

    [end] = handles
    serve(Path(request["notebook"]), end, manager)


if __name__ == "__main__":
    main(int(sys.argv[1]))
