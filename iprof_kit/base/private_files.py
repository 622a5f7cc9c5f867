"""Files that their owner alone reads, written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
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
    """Open a private file that did not exist; it has its name once it is whole and on the disk.

    Where the system can (Linux), what is not finished has no name at all: a process that is killed
    leaves nothing. Elsewhere it leaves a hidden file beside, that its owner alone reads.

    Raises
    ------
    InputError
        It exists already, or cannot be written there.
    """
    with _in_french(path):
        if path.is_symlink() or path.exists():
            raise FileExistsError(path)
        handle, part = _unfinished(path)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(handle)
            with _in_french(path):
                _give_name(handle, part, path)
        sync_folder(path.parent)
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names of a folder reach the disk, where the system lets one."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some network folders refuse it
        pass
    finally:
        os.close(handle)


def _unfinished(path: Path) -> tuple[int, Path | None]:
    """Return a file to write in, without name where the system can, else with another one."""
    unnamed = getattr(os, "O_TMPFILE", None)
    if unnamed is not None and Path("/proc/self/fd").is_dir():
        try:
            return os.open(path.parent, unnamed | os.O_WRONLY, 0o600), None
        except OSError as error:
            if error.errno not in {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL}:
                raise
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    return os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), part


def _give_name(handle: int, part: Path | None, path: Path) -> None:
    """Give its name to a file that is whole, never to the place of another."""
    if part is None:
        here = os.open(path.parent, os.O_RDONLY)
        try:  # a folder given: only then does Python follow the link of /proc to the file
            os.link(f"/proc/self/fd/{handle}", path, src_dir_fd=here, follow_symlinks=True)
        finally:
            os.close(here)
        return
    try:
        os.link(part, path)
    except OSError as error:
        if isinstance(error, FileExistsError) or path.exists():
            raise
        part.rename(path)  # a disk without second names, such as a key


@contextmanager
def _in_french(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise InputError(
            "ce fichier existe déjà.", where=str(path), remedy="Choisissez un autre nom."
        ) from error
    except OSError as error:
        raise InputError(
            "ce fichier ne peut pas être écrit.",
            where=str(path),
            remedy="Choisissez un autre dossier.",
        ) from error
