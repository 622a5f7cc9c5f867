"""`python -m iprof_kit.kernel.ordinary -f FILE`: an ordinary kernel behind the same walls.

It serves the pages that no warm process is ready for. What it was given to write in is its home.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from pathlib import Path

from iprof_kit.base import logs
from iprof_kit.kernel.confine import confine


def main(arguments: list[str]) -> None:
    """Put up the walls, then become an IPython kernel; its connection file stays readable."""
    connection = Path(arguments[arguments.index("-f") + 1])
    confine(Path(os.environ["HOME"]), Path(os.environ["MPLCONFIGDIR"]), connection)
    warnings.filterwarnings("ignore", "Couldn't bind IOPub Pipe")  # programs' output: none here
    from ipykernel.kernelapp import IPKernelApp

    class OwnKernelApp(IPKernelApp):
        """A kernel whose log has the form of all others."""

        def _configure_logging(self) -> None:
            logging.getLogger(type(self).__name__).handlers[:] = logging.getLogger().handlers

    logs.configure("session")
    quiet = ["--HistoryManager.enabled=False", "--IPCompleter.use_jedi=False"]
    OwnKernelApp.launch_instance([*arguments, *quiet])


if __name__ == "__main__":
    main(sys.argv[1:])
