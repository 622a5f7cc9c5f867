"""A file that a command is given to import, read whole within a limit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from iprof_kit.base.characters import visible
from iprof_kit.base.errors import InputError, unreadable
from iprof_kit.base.words import counted
from iprof_kit.commands.saying import say
from iprof_kit.given.bounded_process import put_walls
from iprof_kit.kernel import walled_worker
from iprof_kit.services.given_tables import Fault

_MOST_TOLD = 200


def behind_walls() -> None:
    """Have what this command is given opened by processes with the walls of a session."""
    put_walls(walled_worker.__name__)


def read_file(file: Path, most: int) -> bytes:
    """Return a file whole; refuse one that is not there, or of more bytes than are taken.

    What it holds is opened by a process with the walls of a session.
    """
    behind_walls()
    try:
        if file.stat().st_size > most:
            raise InputError(
                f"le fichier dépasse {most // 1_000_000} Mo.",
                where=str(file),
                remedy="Découpez-le en plusieurs.",
            )
        return file.read_bytes()
    except OSError as error:
        raise unreadable(error, str(file)) from error


def print_faults(refused: Sequence[Fault]) -> None:
    """Print what is wrong in each line of a file, the first of them where they are many."""
    for fault in refused[:_MOST_TOLD]:
        column = f", colonne {fault.column}" if fault.column else ""
        line = f"Ligne {fault.line}{column} : {fault.reason.rstrip('.')}. {fault.remedy}"
        say(visible(line.rstrip()), err=True)
    if len(refused) > _MOST_TOLD:
        say(f"et {counted(len(refused) - _MOST_TOLD, 'autre faute')}.", err=True)


def print_outcome(refused: Sequence[Fault], done: str) -> None:
    """Print each refused line of a file that is taken or refused as a whole, or what was done."""
    print_faults(refused)
    if refused:
        lines = counted(len({one.line for one in refused}), "ligne refusée")
        done = f"{lines}, rien n’est enregistré. Corrigez-les, puis importez de nouveau."
    say(done)
