"""Files that their owner alone reads, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


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


def write_private(path: Path, content: bytes) -> None:
    """Write a private file; a reader sees the old one or the new one."""
    part = path.with_name(f"{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    part.replace(path)
