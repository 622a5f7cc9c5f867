"""Refusals, told one after the other to whoever insists: refusing takes the server's time too."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable


class Refusals:
    """Keep who is refused waiting, so that she cannot ask again at once.

    Each one hears so many refusals in a second, however many requests she sends at once; they come
    one by one, and not in a burst that would hold up everybody.

    Parameters
    ----------
    seconds : float
        Between two refusals of one asker.
    most : int
        Of these intervals, the longest wait: a class whose pupils all ask at once.
    """

    def __init__(self, seconds: float, most: int = 16) -> None:
        self._seconds, self._most = seconds, most
        self._waiting: Counter[str] = Counter()

    async def wait(self, asker: str) -> None:
        """Wait before a refusal is told: the longer, the more of this asker wait for theirs."""
        self._waiting[asker] += 1
        try:
            await asyncio.sleep(self._seconds * min(self._waiting[asker], self._most))
        finally:
            self._waiting[asker] -= 1
            if not self._waiting[asker]:
                del self._waiting[asker]


class OnceAMinute:
    """Say what happens again and again: the first time at once, then how often in each minute.

    Parameters
    ----------
    say : callable
        Given how many times it happened.
    seconds : float
        The length of a minute.
    clock : callable
        A clock that never goes back.
    """

    def __init__(
        self,
        say: Callable[[int], None],
        seconds: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._say, self._seconds, self._clock = say, seconds, clock
        self._since: float | None = None
        self._count = 0

    def note(self) -> None:
        """Count one more; what is left of a minute is said with the first of a later one."""
        now = self._clock()
        self._count += 1
        if self._since is None or now - self._since >= self._seconds:
            self._say(self._count)
            self._since, self._count = now, 0
