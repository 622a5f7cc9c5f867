"""Turns: one request of a person at a time, and a queue that goes round those who wait."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from threading import Lock
from time import monotonic, sleep, thread_time
from typing import TypeVar

from iprof_kit.base.errors import Unavailable

_T = TypeVar("_T")


class Turns:
    """Let so many people be served at once, each for one request, in rotation.

    Who has just been served waits behind the others: many requests of one person hold up that
    person only.

    Parameters
    ----------
    at_once : int
        People served at once.
    waiting : int
        Requests of one person that may wait; one more is refused.
    waiting_in_all : int
        Requests of everybody that may wait.
    """

    def __init__(self, at_once: int, waiting: int, waiting_in_all: int = 1000) -> None:
        self._free = at_once
        self._most, self._most_in_all = waiting, waiting_in_all
        self._served: set[str] = set()
        """Who is served, or rests."""
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._waiting = 0

    async def take(self, person: str) -> None:
        """Wait for one's turn, which `leave` ends.

        Raises
        ------
        Unavailable
            Too many requests wait already.
        """
        if self._free and person not in self._served:
            self._serve(person)
            return
        queue = self._queues.get(person, ())
        if len(queue) >= self._most:
            raise Unavailable(
                "trop de vos demandes sont en attente.",
                remedy="Attendez que les précédentes aboutissent, puis réessayez.",
            )
        if self._waiting >= self._most_in_all:
            raise Unavailable(
                "le service reçoit trop de demandes en ce moment.",
                remedy="La vôtre n’a pas été traitée : réessayez dans un instant.",
            )
        place = asyncio.get_running_loop().create_future()
        self._queues.setdefault(person, deque()).append(place)
        self._waiting += 1
        try:
            await place
        except asyncio.CancelledError:
            self._give_up(person, place)
            raise

    def leave(self, person: str, rest: float = 0.0) -> None:
        """End a turn; the next person is served, this one not before so many seconds."""
        self._free += 1
        if rest:
            asyncio.get_running_loop().call_later(rest, self._rested, person)
            self._serve_others()
        else:
            self._rested(person)

    def _rested(self, person: str) -> None:
        self._served.discard(person)
        if person in self._queues:
            self._queues.move_to_end(person)
        self._serve_others()

    def _serve_others(self) -> None:
        for waiting in [one for one in self._queues if one not in self._served]:
            if not self._free:
                return
            if place := self._next_place(waiting):
                self._serve(waiting)
                place.set_result(None)

    @asynccontextmanager
    async def turn(self, person: str) -> AsyncIterator[None]:
        """Hold a turn as long as a block lasts."""
        await self.take(person)
        try:
            yield
        finally:
            self.leave(person)

    def _serve(self, person: str) -> None:
        self._free -= 1
        self._served.add(person)

    def _next_place(self, person: str) -> asyncio.Future[None] | None:
        """Return whose turn it is among the requests of a person, None if all were given up."""
        queue = self._queues[person]
        while queue:
            place = queue.popleft()
            self._waiting -= 1
            if not place.cancelled():
                self._forget_empty(person)
                return place
        self._forget_empty(person)
        return None

    def _give_up(self, person: str, place: asyncio.Future[None]) -> None:
        if place.done() and not place.cancelled():  # the turn came at the same instant
            self.leave(person)
        elif place in self._queues.get(person, ()):
            self._queues[person].remove(place)
            self._waiting -= 1
            self._forget_empty(person)

    def _forget_empty(self, person: str) -> None:
        if not self._queues[person]:
            del self._queues[person]


class Allowance:
    """How much processor each person may take: a burst, then a share of one core.

    Threads of Python work one at a time: whoever always has a request under way would make each
    of the others' last twice as long. She rests instead; nothing is refused.

    Parameters
    ----------
    share : float
        1: nobody ever rests.
    burst : float
        Seconds, for who had rested: fifty readings of a file.
    now : callable
        A clock that never goes back.
    """

    LONGEST_REST = 2.0
    _MOST_REMEMBERED = 1000

    def __init__(
        self, share: float = 0.2, burst: float = 0.5, now: Callable[[], float] = monotonic
    ) -> None:
        self._share, self._burst, self._now = share, burst, now
        self._left: dict[str, tuple[float, float]] = {}
        """What each one had left, and when; who has not asked for longest comes first."""

    def rest(self, person: str, taken: float) -> float:
        """Return the seconds to rest after a request that took so many of the processor."""
        if self._share >= 1:
            return 0.0
        now = self._now()
        had, since = self._left.pop(person, (self._burst, now))
        left = min(self._burst, had + (now - since) * self._share) - taken
        left = max(left, -self.LONGEST_REST * self._share)
        self._left[person] = (left, now)
        if len(self._left) > self._MOST_REMEMBERED:
            del self._left[next(iter(self._left))]
        return max(0.0, -left / self._share)


class FairThreads:
    """Threads that people share in turn; a turn lasts until its thread is free again.

    Parameters
    ----------
    name : str
        Of the threads, for who looks at the process.
    turns : Turns
    threads : int
        No fewer than the people that `turns` serves at once.
    allowance : Allowance
        After which a person rests.
    """

    def __init__(self, name: str, turns: Turns, threads: int, allowance: Allowance) -> None:
        self._turns, self._allowance = turns, allowance
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)
        self._late: set[str] = set()

    def is_late(self, person: str) -> bool:
        """Return whether a request of this person was given up and still holds its thread."""
        return person in self._late

    @property
    def late(self) -> int:
        """How many threads work for nobody any more."""
        return len(self._late)

    async def run(self, person: str, seconds: float, work: Callable[[], _T]) -> _T:
        """Return what `work` returns in a thread, once it is this person's turn.

        Raises
        ------
        TimeoutError
            The wait is given up; the thread, if it had begun, ends by itself and the person is
            late until then.
        Unavailable
            Too many requests wait, or the former one of this person was given up and still runs.
        """
        if self.is_late(person):
            raise Unavailable(
                "votre demande précédente n’est pas terminée.",
                remedy="Réessayez dans un instant.",
            )
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        async with asyncio.timeout_at(end):
            await self._turns.take(person)
        taken = _Taken()
        job = loop.run_in_executor(self._pool, taken.by, work)
        job.add_done_callback(lambda done: self._ended(person, done, taken.seconds))
        try:
            async with asyncio.timeout_at(end):
                return await asyncio.shield(job)
        except TimeoutError:
            if not job.done():
                self._late.add(person)
            raise

    def _ended(self, person: str, job: asyncio.Future[_T], taken: float) -> None:
        self._late.discard(person)
        self._turns.leave(person, self._allowance.rest(person, taken))
        if not job.cancelled():
            job.exception()  # nobody may be waiting for it any more


class _Taken:
    """The processor's time that a work took in its thread."""

    seconds = 0.0

    def by(self, work: Callable[[], _T]) -> _T:
        begun = thread_time()
        try:
            return work()
        finally:
            self.seconds = thread_time() - begun


class SharedThreads:
    """Threads that together take no more than a share of one core, whoever they work for.

    Parameters
    ----------
    name : str
        Of the threads, for who looks at the process.
    threads : int
    allowance : Allowance
        Of them all.
    now, sleep : callable
        A clock that never goes back, and what waits.
    """

    def __init__(
        self,
        name: str,
        threads: int,
        allowance: Allowance,
        now: Callable[[], float] = monotonic,
        sleep: Callable[[float], None] = sleep,
    ) -> None:
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)
        self._name, self._allowance = name, allowance
        self._now, self._sleep = now, sleep
        self._lock, self._rested_at = Lock(), 0.0

    async def run(self, work: Callable[[], _T]) -> _T:
        """Return what `work` returns in a thread, once they have rested from the works before."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._done, work)

    def _done(self, work: Callable[[], _T]) -> _T:
        self._sleep(max(0.0, self._rested_at - self._now()))
        taken = _Taken()
        try:
            return taken.by(work)
        finally:
            with self._lock:
                rest = self._allowance.rest(self._name, taken.seconds)
                self._rested_at = max(self._rested_at, self._now() + rest)
