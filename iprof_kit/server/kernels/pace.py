"""How far a page may be ahead of its kernel: what is not answered yet would fill the server."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress


class Pace:
    """Messages of one page that its kernel has not answered.

    Parameters
    ----------
    messages, size : int
        How many may wait, and how many bytes in all.
    seconds : float
        How long to wait for an answer that may never come.
    """

    def __init__(self, messages: int, size: int, seconds: float) -> None:
        self._messages, self._size, self._seconds = messages, size, seconds
        self._waiting: dict[str, list[int]] = defaultdict(list)  # a page may repeat a name
        self._room = asyncio.Event()

    @property
    def full(self) -> bool:
        """Whether the kernel has to answer before the page is heard again."""
        sizes = [size for same in self._waiting.values() for size in same]
        return len(sizes) >= self._messages or sum(sizes) >= self._size

    async def asked(self, name: str, size: int) -> None:
        """Note a message, once there is room for it."""
        if self.full:
            self._room.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._seconds):
                    await self._room.wait()
            if self.full:  # the kernel dropped them, or is stuck
                self._waiting.clear()
        self._waiting[name].append(size)

    def answered(self, name: str) -> None:
        """Forget a message."""
        self._waiting.pop(name, None)
        if not self.full:
            self._room.set()
