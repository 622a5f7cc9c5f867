"""`python -m iprof_kit.kernel.zygote HANDLE`: what every session of the server descends from.

The server starts it, once, with an environment that holds no secret. It imports all that concerns
no notebook and nobody, then forks one warm process a notebook at each request. When the server has
those, it asks for a rehearsal: every screen answered and drawn once, so that what is forked
afterwards has code, tables, templates and fonts in memory.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iprof_kit.kernel.world import SCRATCH

if TYPE_CHECKING:
    from comm.base_comm import CommManager


def main(handle: int) -> None:
    """Get ready, say so, then fork or rehearse as the server asks."""
    scratch = os.environ.pop(SCRATCH, None)
    prepare()
    from iprof_kit.base import logs
    from iprof_kit.kernel import ahead, comms, family, walls, wire

    logs.configure("chaud")
    end = socket.socket(fileno=handle)
    manager = comms.install()
    from iprof_kit.kernel import forks  # noqa: F401  # all that a session needs
    from iprof_kit.ui import rehearsal  # noqa: F401  # and all that screens need

    ahead.get_ready()
    walls.prepare(walls.SESSION)
    if scratch is not None:
        _enter_world(Path(scratch))
    family.settle(handle)
    try:
        wire.send(end, {"ready": True})
        while True:
            request, handles = wire.receive(end)
            if request.get("rehearse"):
                _rehearse()
                family.settle(handle)
                wire.send(end, {"rehearsed": True})
                continue
            family.bear(
                end,
                handles,
                lambda: _warm(request, handles, manager, apart=scratch is not None),  # noqa: B023
            )
    except wire.Closed:  # the server is gone, or wants another one
        return


def prepare() -> None:
    """Say, before anything is imported, what every descendant relies on."""
    from iprof_kit.base.left_out import ARROW, IRI_SYNTAX, leave_out

    leave_out(ARROW, IRI_SYNTAX)
    from iprof_kit.ui.components.guichet import HANDLE

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's: its end is theirs
    os.environ[HANDLE] = "ahead"  # screens know that a portal will show them


def _rehearse() -> None:
    """Answer and draw once, for nobody, where sessions will: what they would lack shows here."""
    from iprof_kit.ui.rehearsal import rehearse
    from iprof_kit.ui.shared.menu import ATELIER, BUREAU, CV, EVALUATION, PORTAL

    for notebook in (PORTAL, CV, BUREAU, EVALUATION, ATELIER):
        rehearse(notebook)


def _enter_world(scratch: Path) -> None:
    """Leave the machine, before anything is shown."""
    from iprof_kit.kernel.walls.files import for_everybody
    from iprof_kit.kernel.world import root

    readable = [*for_everybody(), Path(os.environ["MPLCONFIGDIR"])]
    root.enter(scratch, readable=readable, home=Path(os.environ["HOME"]))


def _warm(
    request: dict[str, Any], handles: list[int], manager: CommManager, *, apart: bool
) -> None:
    from iprof_kit.kernel.forks import serve

    [end] = handles
    serve(Path(request["notebook"]), end, manager, apart=apart)


if __name__ == "__main__":
    main(int(sys.argv[1]))
