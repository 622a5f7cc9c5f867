"""What a kernel keeps in its folder, where that is no small file system of its own.

A session in a world has its folder in memory, which the system bounds. The folder of any other
kernel is on the machine's disk: the size of each file is limited, their sum is watched here.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

from iprof_kit.kernel.world.room import FOLDER_BYTES, FOLDER_FILES

_EVERY = 1.0


async def outgrown(folder: Path, every: float = _EVERY) -> None:
    """Return once a folder holds more than a session may keep."""
    while not await asyncio.to_thread(is_outgrown, folder):
        await asyncio.sleep(every)


def is_outgrown(folder: Path) -> bool:
    """Whether a folder holds more bytes or more files than a session may keep."""
    size = 0
    for count, entry in enumerate(_inside(folder), 1):
        try:
            size += entry.stat(follow_symlinks=False).st_size
        except OSError:  # it has just been removed
            continue
        if size > FOLDER_BYTES or count > FOLDER_FILES:
            return True
    return False


def _inside(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Give all that is in a folder and below, once each; no link is followed."""
    todo = [os.fspath(folder)]
    while todo:
        try:
            entries = list(os.scandir(todo.pop()))
        except OSError:  # it has just been removed, or is closed to us
            continue
        for entry in entries:
            yield entry
            if entry.is_dir(follow_symlinks=False):
                todo.append(entry.path)
