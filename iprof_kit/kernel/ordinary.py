"""`python -m iprof_kit.kernel.ordinary -f FILE`: an ordinary kernel behind the same walls.

It serves the pages that no warm process is ready for. What it was given to write in is its home.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from iprof_kit.base import logs
from iprof_kit.kernel.walls import ORDINARY, close_calls, confine, prepare
from iprof_kit.kernel.walls.files import for_everybody
from iprof_kit.kernel.world import SCRATCH, USER, room, root

if TYPE_CHECKING:
    from ipykernel.kernelapp import IPKernelApp

_QUIET = ["--HistoryManager.enabled=False", "--IPCompleter.use_jedi=False"]
_BEAT_MILLISECONDS = 10_000


def main(arguments: list[str]) -> None:
    """Close the files, listen as an IPython kernel, close the calls; only then obey anybody."""
    connection = Path(arguments[arguments.index("-f") + 1])
    apart = _enter_world(connection)
    confine(Path(os.environ["HOME"]), Path(os.environ["MPLCONFIGDIR"]), connection)
    if apart:
        room.go_on_apart(behind=lambda: close_calls(ORDINARY))
    warnings.filterwarnings("ignore", "Couldn't bind IOPub Pipe")  # programs' output: none here
    from ipykernel.kernelapp import IPKernelApp

    class OwnKernelApp(IPKernelApp):
        """A kernel whose log has the form of all others."""

        def _configure_logging(self) -> None:
            logging.getLogger(type(self).__name__).handlers[:] = logging.getLogger().handlers

    logs.configure("session")
    app = OwnKernelApp.instance()
    app.initialize([*arguments, *_QUIET])  # type: ignore[no-untyped-call]  # half typed
    hear_a_beat(app)
    close_calls(ORDINARY)
    app.start()  # type: ignore[no-untyped-call]  # half typed


def _enter_world(connection: Path) -> bool:
    """Leave the machine and the server's account, where the server says that it can be done."""
    scratch, user = (os.environ.pop(name, None) for name in (SCRATCH, USER))
    if scratch is None:
        return False
    prepare(ORDINARY)
    here, own = Path.cwd(), Path(os.environ["HOME"])
    readable = [*for_everybody(), Path(os.environ["MPLCONFIGDIR"]), connection]
    root.enter(Path(scratch), readable=readable, writable=[own])
    room.number_apart()
    if user is not None:
        room.become(int(user))
    fonts = shutil.copytree(os.environ["MPLCONFIGDIR"], own / "matplotlib")
    os.environ["MPLCONFIGDIR"] = str(fonts)  # matplotlib makes its list anew where it cannot write
    os.chdir(here if here.is_dir() else own)
    return True


def hear_a_beat(app: IPKernelApp) -> None:
    """Wait until the heartbeat answers: its thread opens the last of the kernel's sockets.

    Raises
    ------
    RuntimeError
        It does not answer: the kernel could not be watched.
    """
    import zmq

    with zmq.Context() as context, context.socket(zmq.REQ) as ear:
        ear.linger = 0
        ear.connect(_address(app))
        ear.send(b"ping")
        if not ear.poll(_BEAT_MILLISECONDS):
            raise RuntimeError("the heartbeat does not answer")


def _address(app: IPKernelApp) -> str:
    joint = "-" if app.transport == "ipc" else ":"
    return f"{app.transport}://{app.ip}{joint}{app.hb_port}"


if __name__ == "__main__":
    main(sys.argv[1:])
