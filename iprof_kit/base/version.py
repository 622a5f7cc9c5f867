"""The version of the kit: written here, read by the build and by all that signs what it makes.

A former name still works, warns, and says the version without it (docs/promise.md).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

__version__ = "0.9.0"

WHEEL = f"iprof_kit-{__version__}-py3-none-any.whl"
"""No index has the name of the kit: more of it is installed from its folder or from its wheel."""


def installed_by(extra: str) -> str:
    """Return the commands that add an extra of `pyproject.toml`, as a remedy ends.

    Examples
    --------
    >>> installed_by("lab")  # doctest: +ELLIPSIS
    'pip install ".[lab]" dans le dossier du dépôt, ou pip install "./iprof_kit-...whl[lab]"...'
    """
    return (
        f'pip install ".[{extra}]" dans le dossier du dépôt, ou '
        f'pip install "./{WHEEL}[{extra}]" dans celui de sa roue'
    )


@dataclass(frozen=True)
class Former:
    """What a name became, and the version that no longer knows it."""

    now: str
    gone_in: str

    def warn(self, former: str) -> None:
        """Warn whoever called what calls this."""
        message = (
            f"{former} s’appelle désormais {self.now} ; ce nom disparaît avec la version "
            f"{self.gone_in}."
        )
        warnings.warn(message, DeprecationWarning, stacklevel=3)


PUBLIC = {"project": Former("derouler_carrieres", gone_in="1.0")}
"""Former names of `iprof_kit`."""


def formerly(former: str, new: Former) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Have a function still take a parameter by its former name; `former_names` lists them.

    Parameters
    ----------
    former : str
        The name that goes.
    new : Former
        Its new one, and the version that drops the former.

    Examples
    --------
    >>> @formerly("year", Former("annee", gone_in="1.0"))
    ... def campaign(annee):
    ...     return annee
    >>> with warnings.catch_warnings(action="ignore"):
    ...     campaign(year=2027)
    2027
    """

    def decorated(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def called(*args: P.args, **given: P.kwargs) -> R:
            if former in given:
                new.warn(former)
                renamed: dict[str, Any] = dict(given)
                renamed[new.now] = renamed.pop(former)
                return function(*args, **renamed)
            return function(*args, **given)

        vars(called)["former_names"] = {former: new, **vars(function).get("former_names", {})}
        return called

    return decorated
