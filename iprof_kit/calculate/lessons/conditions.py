"""What a sentence of a lesson says, in words that the engine can contradict: « ecart > 0 »."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

Comparable = float | date | str
_FORM = re.compile(r"\s*([a-z][a-z0-9_]*)\s*(<=|>=|!=|≤|≥|≠|=|<|>)\s*(\S+)\s*")
_SIGNS: dict[str, Callable[[Comparable, Comparable], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "≠": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    "≤": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "≥": operator.ge,
}


@dataclass(frozen=True)
class Condition:
    """A value compared with another one, or with a constant.

    Examples
    --------
    >>> one = Condition.read("indice > ancien")
    >>> one.left, one.right
    ('indice', 'ancien')
    """

    left: str
    sign: str
    right: str

    @staticmethod
    def read(text: str) -> Condition:
        """Return the condition of a text.

        Raises
        ------
        ValueError
            It is not one; the message says how one is written.
        """
        parts = _FORM.fullmatch(text)
        if not parts:
            raise ValueError(
                f"« {text} » n’est pas une comparaison : écrivez par exemple "
                f"« ecart > 0 » ou « indice = indice_avant »"
            )
        return Condition(parts[1], parts[2], parts[3])

    def constant(self) -> Comparable:
        """Return what is on the right where no value bears this name: a number, a day or a word."""
        for made in (lambda text: float(text.replace(",", ".")), date.fromisoformat):
            try:
                return made(self.right)
            except ValueError:
                continue
        return self.right

    def holds(self, left: Comparable, right: Comparable) -> bool:
        """Tell whether it is true.

        Raises
        ------
        ValueError
            The two cannot be compared.
        """
        if type(left) is not type(right):
            raise ValueError(f"« {left} » et « {right} » ne se comparent pas")
        return _SIGNS[self.sign](left, right)
