"""The guichet: answers the JSON lines of one kernel as the person whose session opened it.

A kernel holds one end of a socket pair; this module reads the other. Who is asking was decided
when the kernel was started and is looked up again at each request, so that a closed session is
closed for its kernels too. Nothing that a line says about identity exists here: the contract
refuses unknown fields.

One request of a person runs at a time, whatever the number of her kernels, and those who wait are
served in rotation: who sends many holds up nobody else. What waits for a process elsewhere
(`Later`) holds no thread meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from socket import socket
from time import monotonic

from pydantic import ValidationError

from iprof_kit.base.characters import bounded
from iprof_kit.base.errors import InputError, KitError, Refused, Unavailable
from iprof_kit.base.logs import TRACE
from iprof_kit.base.plain import Plain
from iprof_kit.records.patience import patience
from iprof_kit.server.limits.turns import Allowance, FairThreads, Turns
from iprof_kit.server.measures import OPERATIONS as MEASURED
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.contract.operations import (
    OPERATIONS,
    Answer,
    ErrorCode,
    GuichetError,
    Request,
)
from iprof_kit.services.guichet.operations import NotLoggedIn, UnknownOperationError
from iprof_kit.services.workers.later import Later

LONGEST_LINE = max(one.largest for one in OPERATIONS.values())
"""Bytes of the longest request; each operation has its own limit."""
LONGEST_SECONDS = 10.0
_LONGEST_NAME = 40
_UNKNOWN = "inconnue"
_TOO_LONG = "cette demande est trop longue."
_THREADS, _WAITING = 8, 16
_SOONER = 1.0
"""Seconds before the end of the wait: what the database does not answer is said, not abandoned."""
_CODES: tuple[tuple[type[KitError], ErrorCode], ...] = (
    (UnknownOperationError, "operation_inconnue"),
    (NotLoggedIn, "non_connecte"),
    (InputError, "arguments_invalides"),
    (Refused, "refuse"),
    (Unavailable, "indisponible"),
)
_log = logging.getLogger(__name__)

Run = Callable[[Identity | None, str, dict[str, object], datetime], Plain | Later[Plain]]
WhoAsks = Callable[[], Identity | None]


class Guichet:
    """Serve kernels, each on its own socket, with one pool of threads.

    Parameters
    ----------
    run : callable
        `services.guichet.operations.begin`.
    now : callable
        The moment that operations see.
    seconds : float
        Longest wait for one answer, one's turn included. Past it, the thread ends by itself, and
        its person is refused at once until then.
    threads : int
        Requests that run at once.
    allowance : Allowance, optional
        After which a person's next request is read a little later.
    """

    def __init__(
        self,
        run: Run,
        now: Callable[[], datetime],
        seconds: float = LONGEST_SECONDS,
        threads: int = _THREADS,
        allowance: Allowance | None = None,
    ) -> None:
        self._run = run
        self._now = now
        self._seconds = seconds
        turns = Turns(threads, _WAITING)
        self._threads = FairThreads("guichet", turns, threads, allowance or Allowance())

    @property
    def late(self) -> int:
        """How many threads still run a request that nobody awaits."""
        return self._threads.late

    async def serve(self, end: socket, who_asks: WhoAsks, person: str = "") -> None:
        """Answer the lines of one kernel until it closes its end.

        Parameters
        ----------
        end : socket
        who_asks : callable
            Looks up whose kernel it is, in a thread.
        person : str
            Whose turn each request takes.
        """
        reader, writer = await asyncio.open_connection(sock=end, limit=LONGEST_LINE)
        try:
            while True:
                line = await _next_line(reader)
                writer.write(_line(await self.answer(line, who_asks, person)))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    async def answer(self, line: bytes | None, who_asks: WhoAsks, person: str = "") -> Answer:
        """Return the answer to one line, None being one that was too long; never raises."""
        if line is None:
            return _failed(0, "trop_long", _TOO_LONG)
        try:
            request = Request.model_validate_json(line)
        except ValidationError:
            return _failed(0, "arguments_invalides", "cette demande est mal formée.")
        operation = OPERATIONS.get(request.op)
        if operation is not None and len(line) > operation.largest:
            return _failed(request.id, "trop_long", _TOO_LONG)
        asked = _Asked(request, who_asks, f"{TRACE.get()}-{request.trace}")
        try:
            return await self._worked(person, asked)
        except Unavailable as error:
            return _failed(request.id, "indisponible", error.message, error.remedy)
        except TimeoutError:
            return _failed(
                request.id,
                "delai_depasse",
                "le service ne répond pas à temps.",
                "Réessayez dans un instant.",
            )

    async def _worked(self, person: str, asked: _Asked) -> Answer:
        """Return the answer: a thread for each step, and none while what is elsewhere goes on."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._seconds
        step = partial(self._work, asked, self._begin)
        while True:
            made = await self._threads.run(person, end - loop.time(), step)
            if isinstance(made, Answer):
                return made
            elsewhere = asyncio.wrap_future(made.work)
            await asyncio.wait({elsewhere}, timeout=end - loop.time())
            if not elsewhere.done():
                raise made.late or TimeoutError
            if not elsewhere.cancelled():
                elsewhere.exception()  # `then` is told of it
            step = partial(self._work, asked, partial(self._go_on, made))

    def _work(
        self, asked: _Asked, step: Callable[[_Asked], Plain | Later[Plain]]
    ) -> Answer | Later[Plain]:
        TRACE.set(asked.trace)
        begun, name = monotonic(), bounded(asked.request.op, _LONGEST_NAME)
        made = self._answer(asked, step, name)
        seconds, outcome = monotonic() - begun, _outcome(made)
        _log.info("opération %s : %s, %d ms", name, outcome, 1000 * seconds)
        known = name if name in OPERATIONS else _UNKNOWN  # anybody may invent names
        MEASURED.labels(known, outcome).observe(seconds)
        return made

    def _answer(
        self, asked: _Asked, step: Callable[[_Asked], Plain | Later[Plain]], name: str
    ) -> Answer | Later[Plain]:
        number = asked.request.id
        try:
            with patience(max(self._seconds - _SOONER, self._seconds / 2)):
                result = step(asked)
        except KitError as error:
            return _failed(number, _code(error), error.message, error.remedy)
        except Exception:
            _log.exception("l’opération %s a échoué", name)
            return _failed(
                number,
                "erreur_interne",
                "une erreur est survenue de notre côté.",
                "Rien n’est perdu : réessayez, puis prévenez votre assistance.",
            )
        if isinstance(result, Later):
            return result
        return Answer(id=number, result=result.model_dump(mode="json"))

    def _begin(self, asked: _Asked) -> Plain | Later[Plain]:
        asked.who = asked.who_asks()
        return self._run(asked.who, asked.request.op, asked.request.args, self._now())

    def _go_on(self, made: Later[Plain], asked: _Asked) -> Plain | Later[Plain]:
        if asked.who_asks() != asked.who:
            raise NotLoggedIn("la session s’est fermée entre-temps.", remedy="Connectez-vous.")
        return made.then(made.work)


@dataclass
class _Asked:
    """One request, and whose it was when it began."""

    request: Request
    who_asks: WhoAsks
    trace: str
    who: Identity | None = None


def _outcome(made: Answer | Later[Plain]) -> str:
    if isinstance(made, Later):
        return "suite"
    return made.error.code if made.error else "faite"


def _code(error: KitError) -> ErrorCode:
    for kind, code in _CODES:
        if isinstance(error, kind):
            return code
    return "refuse"


async def _next_line(reader: asyncio.StreamReader) -> bytes | None:
    """Return the next line; one that is too long is read to its end and forgotten."""
    too_long = False
    while True:
        try:
            line = await reader.readuntil(b"\n")
        except asyncio.LimitOverrunError as overrun:
            await reader.readexactly(overrun.consumed)
            too_long = True
        else:
            return None if too_long else line


def _failed(number: int, code: ErrorCode, message: str, remedy: str = "") -> Answer:
    return Answer(id=number, error=GuichetError(code=code, message=message, remede=remedy))


def _line(answer: Answer) -> bytes:
    return answer.model_dump_json().encode() + b"\n"
