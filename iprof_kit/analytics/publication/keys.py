"""Pseudonyms: a keyed hash (HMAC-SHA-256) whose key is kept apart from the data."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

from iprof_kit.base.configuration.data_folder import keys_dir
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.names import home_of
from iprof_kit.base.words import NBSP

FICTITIOUS = "*"
"""The source of invented people: no file bears this name, so nothing of them is kept."""
_KEY_BYTES = 32
_LENGTH = 16
"""Hexadecimal digits of a pseudonym: 64 bits, no collision expected under a million people."""


def key_file(source: str) -> Path:
    """Return where the key of a source is: `IPROF_CLES`, else `cles/` of what is written.

    Raises
    ------
    InputError
        The name of the source cannot be one of a file.
    """
    return home_of(keys_dir(), checked_name(source), ".cle")


def checked_name(source: str) -> str:
    """Return the name of a source, refused where it cannot be one of a file."""
    if not re.fullmatch(r"[\w-]{1,60}", source):
        raise InputError(
            f"le nom de source «{NBSP}{source[:60]}{NBSP}» n’est pas possible.",
            where="source",
            remedy=f"Employez des lettres, des chiffres et des tirets{NBSP}: rectorat-63.",
        )
    return source


@cache
def _key_of_this_process() -> bytes:
    return secrets.token_bytes(_KEY_BYTES)


def pseudonyms(source: str, numbers: Iterable[object]) -> np.ndarray:
    """Return the pseudonym of each number, as 64-bit integers.

    The same number has the same pseudonym for one source, and another one for another source.

    Raises
    ------
    Unavailable
        The key cannot be read or written, or others may read it.
    """
    key = _key_of_this_process() if source == FICTITIOUS else _key(key_file(source))
    digests = b"".join(hmac.digest(key, str(n).encode(), hashlib.sha256)[:8] for n in numbers)
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64)


def as_text(numbers: np.ndarray) -> list[str]:
    """Return pseudonyms as texts of sixteen hexadecimal digits."""
    return [f"{int(value):0{_LENGTH}x}" for value in numbers]


def _key(path: Path) -> bytes:
    try:
        if not path.is_file():
            _create(path)
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise Unavailable(
                "d’autres comptes peuvent lire la clé des pseudonymes.",
                where=str(path),
                remedy="Retirez-leur ce droit (chmod 600), puis recommencez.",
            )
        return bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise Unavailable(
            "la clé des pseudonymes ne peut pas être lue ou écrite.",
            where=str(path),
            remedy=f"Rétablissez ce fichier{NBSP}: sans lui, les pseudonymes changeraient.",
        ) from error


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_hex(_KEY_BYTES))
