"""How a « Pourquoi ? » reads the euros that a rule was given, and its result, for one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.explanation import Words
from iprof_kit.base.words import euros_text
from iprof_kit.law.tables.rules import Reads


def one_euros(amount: npt.ArrayLike) -> str:
    """Write the amount of the first person of a column.

    Examples
    --------
    >>> one_euros([1250.5]).replace("\u00a0", " ")
    '1 250,50 €'
    """
    return euros_text(float(np.ravel(amount)[0]))


def in_euros(**labels: str) -> Reads:
    """Return how a rule is read: a label for each amount that it was given.

    Parameters
    ----------
    **labels : str
        Name of an argument (`result`: what the rule gave) → its label, in the order to read.
    """

    def reads(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
        amounts = {**given, "result": result}
        return tuple(
            (label, one_euros(amounts[name])) for name, label in labels.items() if name in amounts
        )

    return reads
