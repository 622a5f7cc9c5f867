"""What stands above the figure of an instrument, and what is read under it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One number above the figure; `kind` is its colour, `again` a doubt already marked."""

    label: str
    value: str
    kind: str = "b"
    verify: bool = False
    again: bool = False


@dataclass(frozen=True)
class Reading:
    """What the figure says of one year: each scenario in its colour, then the difference."""

    year: int
    amounts: tuple[tuple[str, str, str], ...]
    """Letter, amount, and where one then stands."""
    gap: str = ""
