"""An answer that waits for work done elsewhere, while neither a thread nor the database is held."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLateError
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from iprof_kit.base.errors import Unavailable
from iprof_kit.base.plain import Plain

LONGEST_WAIT = 30.0
A_co = TypeVar("A_co", bound=Plain, covariant=True)


@dataclass(frozen=True)
class Later(Generic[A_co]):
    """What an operation gives in place of its answer: what is under way, and what follows it."""

    work: Future[Any]
    then: Callable[[Future[Any]], A_co | Later[A_co]]
    """Given the work once it is done, or has failed; the answer, or what is waited for next."""
    late: Unavailable | None = None
    """What is told where the work outlasts the wait for it; the general words where None."""


def settled(answer: Plain | Later[Plain]) -> Plain:
    """Return an answer, waiting in this thread for all that it waits for.

    Raises
    ------
    Unavailable
        What was under way does not end.
    """
    while isinstance(answer, Later):
        try:
            answer.work.exception(LONGEST_WAIT)
        except TooLateError:
            raise answer.late or Unavailable(
                "le service ne répond pas à temps.", remedy="Réessayez dans un instant."
            ) from None
        answer = answer.then(answer.work)
    return answer
