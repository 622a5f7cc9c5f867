"""What stands above the figure of an instrument, and what is read under it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One number of a screen: its name, what it is, what is said beside it in small.

    `kind` is its colour; `again` a doubt that is marked elsewhere already, by an asterisk here.
    """

    label: str
    value: str
    small: str = ""
    kind: str = ""
    verify: bool = False
    again: bool = False


@dataclass(frozen=True)
class Reading:
    """What the figure says of one year: each scenario in its colour, then the difference."""

    year: int
    amounts: tuple[tuple[str, str, str], ...]
    """Letter, amount, and where one then stands."""
    gap: str = ""
