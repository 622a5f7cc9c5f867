"""The walls of a worker: a process that sets pages or reads PDFs for others, and nothing else.

`given.bounded_child` is told this module's name by the server and calls its two functions, so
that services know nothing of walls. A worker needs less than a session: it writes nowhere.
"""

from __future__ import annotations

from iprof_kit.kernel import walls
from iprof_kit.kernel.walls import files
from iprof_kit.kernel.walls.limits import give_up_privileges


def prepare() -> None:
    """Make the filter, while a file may still be written to."""
    walls.prepare(walls.SESSION)


def put_up() -> None:
    """Close files but those of everybody, privileges, and the calls that no session is granted."""
    give_up_privileges()
    files.close_files(None)
    walls.close_calls(walls.SESSION)
