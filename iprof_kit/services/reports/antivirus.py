"""The antivirus of an installation: asked of each paper once it is whole, before it is kept."""

from __future__ import annotations

import os
import subprocess

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.records.patience import nothing_held
from iprof_kit.services.academies import pieces

LONGEST_SECONDS = 20.0
"""More than the guichet waits: what is found after that is given to who sends the paper again."""
_CLEAN, _INFECTED = 0, 1


def refuse_infected(content: bytes) -> None:
    """Let the configured program look at a paper; nothing is asked where none is configured.

    Raises
    ------
    InputError
        It found something: the paper is not to be kept.
    Unavailable
        It could not tell, or not in time: the paper waits to be sent again, nothing is let through.
    """
    command = pieces().antivirus
    if not command:
        return
    nothing_held()
    try:
        done = subprocess.run(  # noqa: S603  # the installation's own program, no shell
            command,
            input=content,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
            cwd="/",
            env={"PATH": os.environ.get("PATH", "")},  # it reads papers, and none of our secrets
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _unanswered(command) from error
    if done.returncode == _INFECTED:
        raise InputError(
            "L’antivirus de cette installation refuse ce fichier.",
            remedy="N’ouvrez pas l’original ; demandez conseil à votre assistance.",
        )
    if done.returncode != _CLEAN:
        raise _unanswered(command)


def _unanswered(command: list[str]) -> Unavailable:
    return Unavailable(
        "cette pièce ne peut pas être contrôlée maintenant ; elle n’est pas jointe.",
        where=command[0],
        remedy="Réessayez dans un moment, ou prévenez votre assistance.",
    )
