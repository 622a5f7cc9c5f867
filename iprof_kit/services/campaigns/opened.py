"""The file of a campaign that an administrator gives: read and checked in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.given.bounded_process import Bounds
from iprof_kit.given.elsewhere import TooHeavyError, asked_elsewhere
from iprof_kit.law.campaigns.files import checked_campaign
from iprof_kit.law.tables.marks import read_text
from iprof_kit.records.patience import nothing_held

BOUNDS = Bounds(20.0, 600_000_000, longest=20_000_000)


def opened_campaign(file: Path) -> dict[str, Any]:
    """Return what the file of a campaign holds, checked.

    Raises
    ------
    InputError
        The file cannot be read, takes too long, or is no campaign: every error with its place.
    Unavailable
        The machine is too busy to read it in time.
    """
    nothing_held()
    asked = json.dumps([read_text(file, "le fichier de campagne"), file.name]).encode()
    try:
        content, refused = json.loads(asked_elsewhere(__name__, asked, BOUNDS))
    except TooHeavyError:
        raise InputError(
            "le fichier de campagne demande trop de temps ou de mémoire pour être lu.",
            where=file.name,
            remedy="Vérifiez que c’est le bon fichier.",
        ) from None
    if refused:
        message, where, remedy = refused
        raise InputError(message, where=where, remedy=remedy)
    checked: dict[str, Any] = content
    return checked


def answer(message: bytes) -> bytes:
    """Return, in the process that reads, what a file holds or why it is refused, as JSON."""
    text, name = json.loads(message)
    try:
        return json.dumps([checked_campaign(text, name), None]).encode()
    except InputError as error:
        return json.dumps([None, [error.message, error.where, error.remedy]]).encode()
