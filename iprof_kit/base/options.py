"""Calls of public functions: an option that does not exist is said in French."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from iprof_kit.base.errors import InputError
from iprof_kit.base.names import meant
from iprof_kit.base.words import NBSP

P = ParamSpec("P")
R = TypeVar("R")


def options_in_french(function: Callable[P, R]) -> Callable[P, R]:
    """Refuse in French a call that a function cannot take: unknown, missing or given twice."""
    signature = inspect.signature(function)
    kinds = {name: one.kind for name, one in signature.parameters.items()}
    by_name = {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY}
    known = [name for name, kind in kinds.items() if kind in by_name]
    needed = [name for name, one in signature.parameters.items() if one.default is one.empty]

    @wraps(function)
    def called(*args: P.args, **options: P.kwargs) -> R:
        for name in options:
            if name not in known:
                raise InputError(
                    f"l’option «{NBSP}{name}{NBSP}» n’existe pas.",
                    where=function.__name__,
                    remedy=f"{meant(name, known)} Options{NBSP}: {', '.join(known)}.".strip(),
                )
        try:
            signature.bind(*args, **options)
        except TypeError as error:
            raise InputError(
                "il manque un argument, ou il y en a un de trop.",
                where=function.__name__,
                remedy=f"Il faut{NBSP}: {', '.join(needed)}. Options{NBSP}: {', '.join(known)}.",
            ) from error
        return function(*args, **options)

    return called
