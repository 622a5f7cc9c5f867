"""Where a value comes from, and how sure our reading of it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

Confidence = Literal["A", "B", "C", "D"]
"""A: text read; B: agreeing sources; C: one source; D: not confirmed."""

TO_VERIFY = frozenset({"C", "D"})


@dataclass(frozen=True)
class Source:
    """A text, in force between two dates, with the confidence of our reading."""

    text: str
    since: date | None = None
    until: date | None = None
    confidence: Confidence = "B"


def worst(confidences: Iterable[str]) -> Confidence:
    """Return the weakest of several confidences; A for none."""
    return cast(Confidence, max(confidences, default="A"))


def to_verify(confidence: str) -> bool:
    """Tell whether a value of this confidence must be shown « à vérifier »."""
    return confidence in TO_VERIFY
