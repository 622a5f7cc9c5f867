"""A YAML file that somebody gives: decoded by a process that is bounded, given back as values.

A few lines of aliases may stand for millions of values, and nesting may fell who reads it: what
comes back is what that process could write, no more.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from iprof_kit.base.errors import InputError
from iprof_kit.base.yaml_text import read_yaml
from iprof_kit.given.bounded_process import Bounds
from iprof_kit.given.elsewhere import TooHeavyError, answered_elsewhere

BOUNDS = Bounds(20.0, 600_000_000, longest=20_000_000)
LARGEST_FILE = 1_000_000
"""Bytes of a file that a person writes by hand: none comes near."""
MOST_WRITTEN = 5 * LARGEST_FILE
"""Letters and values, once aliases are followed."""


def given_yaml(file: Path, what: str) -> Any:
    """Return what a YAML file says: mappings, lists, texts, numbers; a day is the text of it.

    Parameters
    ----------
    what : str
        « la description de la source »: what the file is, for the message.

    Raises
    ------
    OSError
        The file cannot be read.
    InputError
        It is not YAML, or takes more than it may: the message names the line where it is known.
    Unavailable
        The machine was too busy to read it in time.
    """
    with file.open("rb") as opened:
        content = opened.read(LARGEST_FILE + 1)
    try:
        if len(content) > LARGEST_FILE:
            raise TooHeavyError
        values, line = json.loads(answered_elsewhere(__name__, content, BOUNDS))
    except TooHeavyError:
        raise InputError(
            f"{what} demande trop de mémoire ou de temps pour être lue.",
            where=file.name,
            remedy="Écrivez chaque valeur à sa place : 1 Mo au plus, sans liste sans fin.",
        ) from None
    if line is not None:
        raise InputError(
            f"{what} n’est pas du YAML.",
            where=f"{file.name}, ligne {line}" if line else file.name,
            remedy="Vérifiez les deux-points, les retraits et les guillemets de cette ligne.",
        )
    return values


def answer(message: bytes) -> bytes:
    """Return, in the process that decodes, what a text says, or the line where it is no YAML."""
    try:
        return json.dumps([_Plain().of(read_yaml(message.decode("utf-8-sig"))), None]).encode()
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        return json.dumps([None, mark.line + 1 if mark else 0]).encode()
    except RecursionError:
        raise TooHeavyError from None


class _Plain:
    """Values written out, each alias as many times as it is named, up to a size."""

    def __init__(self) -> None:
        self._left = MOST_WRITTEN

    def of(self, value: Any) -> Any:
        self._left -= len(value) + 1 if isinstance(value, str) else 1
        if self._left < 0:
            raise TooHeavyError
        if isinstance(value, dict):
            return {self.of(str(key)): self.of(one) for key, one in value.items()}
        if isinstance(value, list | tuple | set):
            return [self.of(one) for one in value]
        return value if value is None or isinstance(value, str | int | float) else str(value)
