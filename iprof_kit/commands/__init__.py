"""The subjects of the command line, one module each."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

R = TypeVar("R")


def as_record(record: type[R]) -> Callable[[Callable[[R], None]], Callable[..., None]]:
    """Give a command what it is asked as one record: a field an argument or option, by its name."""

    def command(function: Callable[[R], None]) -> Callable[..., None]:
        @wraps(function)
        def asked(**given: Any) -> None:
            function(record(**given))

        return asked

    return command
