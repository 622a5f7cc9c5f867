"""Files that their owner alone reads, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from iprof_kit.base.errors import InputError


def private_folder(path: Path) -> Path:
    """Return a folder, made where it misses, that its owner alone opens."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def append_line(path: Path, line: str) -> None:
    """Add a line to a private file, in one write that reaches the disk."""
    private_folder(path.parent)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def owner_only(path: Path) -> Path:
    """Return a file that its owner alone reads, before anything is written in it."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    path.chmod(0o600)
    return path


def write_private(path: Path, content: bytes) -> None:
    """Write a private file that reaches the disk; a reader sees the old one or the new one."""
    part = path.with_name(f"{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


@contextmanager
def new_private_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a private file that did not exist; what is not written whole is taken away again.

    Raises
    ------
    InputError
        It exists already, or cannot be written there.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise InputError(
            "ce fichier existe déjà.", where=str(path), remedy="Choisissez un autre nom."
        ) from error
    except OSError as error:
        raise InputError(
            "ce fichier ne peut pas être écrit.", where=str(path),
            remedy="Choisissez un autre dossier.",
        ) from error  # fmt: skip
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
    except BaseException:
        path.unlink(missing_ok=True)
        raise
