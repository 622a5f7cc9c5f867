"""A side answer: what cannot be given is said « non calculé », and never stops the main one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from iprof_kit.base.errors import LawError
from iprof_kit.base.words import NOT_CALCULATED
from iprof_kit.law.promotion.conditions import decider_text
from iprof_kit.law.tables.loading import named_refusal

T = TypeVar("T")


def aside(ask: Callable[[], T]) -> tuple[T | None, str]:
    """Return a side answer and "", or None and why the tables of the law do not give it.

    Parameters
    ----------
    ask : callable
        Computes the side answer.

    Returns
    -------
    (answer or None, str)
        The reason is final French: « non calculé : période non couverte… ».
    """
    try:
        return ask(), ""
    except LawError as error:
        return None, not_calculated(error)


def not_calculated(error: LawError) -> str:
    """Return « non calculé » with the reason that an error gives."""
    return f"{NOT_CALCULATED} : {named_refusal(error)}"


def decider(corps: str, on: date) -> str:
    """Return who decides of a promotion on a day, or that it is not calculated, and why."""
    authority, unsaid = aside(lambda: decider_text(corps, on))
    return authority or unsaid
