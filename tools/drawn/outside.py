"""What a tree says outside the screens: the help of commands, its jobs, the mails that leave."""

from __future__ import annotations

import os
import re
import shutil
import smtplib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any, ClassVar

import click

from drawn import doors
from drawn.lines import lines_of

Drawn = Iterator[tuple[str, list[str]]]
_POST = """
travaux:
  messages: true
  courriels: {expediteur: kit@academie.example, adresse: "https://kit.example"}
"""
_ROUNDS = (timedelta(0), timedelta(hours=1), timedelta(days=8), timedelta(days=8, hours=1))
"""When jobs are run: what one prepares leaves at the next; what waits a week is reminded of."""
_PACES = "chaque", "jour"


class Post:
    """A mail server that takes everything and keeps it."""

    letters: ClassVar[list[EmailMessage]] = []

    def __init__(self, *_words: object, **_more: object) -> None:
        """Answer, wherever it is looked for."""

    def send_message(self, message: EmailMessage, **_more: object) -> None:
        """Take a mail."""
        self.letters.append(message)

    def quit(self) -> None:
        """Close the line."""


def with_a_post(folder: Path) -> None:
    """Let the installation that is drawn send mails and messages, and keep what leaves.

    Parameters
    ----------
    folder : Path
        Where its configuration is written: that of the sample, and these.
    """
    sample = doors.tree() / "data/sample"
    shutil.copytree(sample, folder, ignore=lambda _, names: [n for n in names if ".yml" not in n])
    with (folder / "academies.yml").open("a", encoding="utf-8") as written:
        written.write(_POST)
    os.environ["IPROF_ACADEMIES"] = str(folder / "academies.yml")
    os.environ["IPROF_SMTP"] = "smtp://localhost:25"
    smtplib.SMTP = Post  # type: ignore[assignment,misc]


def choose_notices(identities: Iterable[Any]) -> None:
    """Let those who have an account be told of their messages: each one, or once a day."""
    for number, one in enumerate(identities):
        known = doors.door("run")(one, "avis", {}, doors.MOMENT)
        words = {"adresse": next(iter(known.adresses), ""), "rythme": _PACES[number % 2],
                 "revision": known.revision, "cle": f"avis-{number:032d}"}  # fmt: skip
        doors.door("run")(one, "avis_choisir", words, doors.MOMENT)


def helps() -> Drawn:
    """Yield the help of each command."""
    yield from _helps(doors.door("iprof"), "iprof")


def _helps(command: click.Command, name: str, parent: click.Context | None = None) -> Drawn:
    """Yield the help of a command and of all that it leads to."""
    context = click.Context(command, info_name=name.rpartition(" ")[2], parent=parent)
    yield f"commande {name}", command.get_help(context).splitlines()
    if isinstance(command, click.Group):
        for each in sorted(command.list_commands(context)):
            found = command.get_command(context, each)
            if found is not None:
                yield from _helps(found, f"{name} {each}", context)


def jobs() -> Drawn:
    """Yield what each job answers, in the order of the table, then the mails that left."""
    for number, later in enumerate(_ROUNDS, 1):
        for name, task in doors.door("TASKS").items():
            doors.begin_again("job", name, number)
            try:
                answer: Any = task.work(doors.MOMENT + later)
            except doors.door("KitError") as error:
                answer = error
            yield f"travail {name}, tour {number}", lines_of(f"<p>{answer}</p>")
            yield from mails(number)


def mails(number: int) -> Drawn:
    """Yield the mails that left, each under whom it goes to; their moment is the real clock's."""
    for letter in Post.letters:
        lines = re.sub(r"(?m)^Date: .*\n", "", str(letter)).splitlines()
        yield f"courriel {letter['To']}, tour {number}", lines
    Post.letters.clear()
