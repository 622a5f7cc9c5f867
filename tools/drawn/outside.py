"""What a tree says outside the screens: the help of each command, what each job answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from drawn import doors
from drawn.lines import lines_of

Drawn = Iterator[tuple[str, list[str]]]


def outside() -> Drawn:
    """Yield what is said to nobody in particular, by its name, as lines.

    Jobs come last: they do what they say.
    """
    yield from _helps(doors.door("iprof"), "iprof")
    yield from _jobs()


def _helps(command: click.Command, name: str, parent: click.Context | None = None) -> Drawn:
    """Yield the help of a command and of all that it leads to."""
    context = click.Context(command, info_name=name.rpartition(" ")[2], parent=parent)
    yield f"commande {name}", command.get_help(context).splitlines()
    if isinstance(command, click.Group):
        for each in sorted(command.list_commands(context)):
            found = command.get_command(context, each)
            if found is not None:
                yield from _helps(found, f"{name} {each}", context)


def _jobs() -> Drawn:
    """Yield what each job answers at the moment of the drawing, in the order of the table."""
    for name, task in doors.door("TASKS").items():
        doors.begin_again("job", name)
        try:
            said: Any = task.work(doors.MOMENT)
        except doors.door("KitError") as error:
            said = error
        yield f"travail {name}", lines_of(f"<p>{said}</p>")
