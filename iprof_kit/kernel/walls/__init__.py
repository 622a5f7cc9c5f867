"""The walls of one kernel's process, of whatever kind: what it may read, write, call and use.

Two steps, since a kernel must reach its sockets before it may open none: `confine` before any
thread exists (limits, privileges, files by Landlock), then `close_calls` once all is set up and
before any code of a page or a notebook runs (every system call that is not granted). `prepare`
comes before both, and before a world: what it finds is what the two will do.
`missing_walls` says what this machine cannot close.
"""

from __future__ import annotations

from pathlib import Path

from iprof_kit.kernel.turns import work_at_length
from iprof_kit.kernel.walls import files
from iprof_kit.kernel.walls.calls import close_calls, prepare_calls
from iprof_kit.kernel.walls.granted import ORDINARY, SESSION, Grant
from iprof_kit.kernel.walls.limits import give_up_privileges, limit
from iprof_kit.kernel.walls.missing import missing_walls

__all__ = ["ORDINARY", "SESSION", "close_calls", "confine", "missing_walls", "prepare"]


def prepare(granted: tuple[Grant, ...]) -> None:
    """Find out what this machine can close, and make ready, for this process and its forks."""
    work_at_length()  # asked once, before the fork: after it, the asking would cost memory
    files.prepare_files()
    prepare_calls(granted)


def confine(own: Path, *readable: Path) -> None:
    """Limit this process and close every file but the interpreter, the kit and one's own folder.

    Parameters
    ----------
    own : Path
        Folder that this process may write in.
    readable : paths
        What else it may read: matplotlib's list of fonts.
    """
    limit()
    give_up_privileges()
    files.close_files(own, *readable)
