"""How a list of JSON Resume says the lines of a section: one description to read and to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ResumeList:
    """A list of JSON Resume, and what its fields are in the lines of a section."""

    key: str
    pairs: tuple[tuple[str, str], ...]
    """(field of JSON Resume, field of the CV)"""
    lists: tuple[str, ...] = ()
    """Lists of short texts, read into the description."""
    given: Mapping[str, str] = field(default_factory=dict)
    """What a line from another tool is: fields of the CV."""
    described: tuple[tuple[str, str], ...] = ()
    """(field of JSON Resume, its name): what the CV has no field for, read into the description."""
    former: tuple[tuple[str, str], ...] = ()
    """(name before version 1, name since)"""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Fields written the same on each line, so that another tool shows what it is."""


SITE = (("url", "Site"),)
PERIOD = (("startDate", "debut"), ("endDate", "fin"))


def renamed(given: Mapping[str, Any], former: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Return the fields of a file under their names of today; one that has both keeps both."""
    names = {old: new for old, new in former if not given.get(new)}
    kept = {key: value for key, value in given.items() if key not in names.values()}
    return {names.get(key, key): value for key, value in kept.items()} if names else dict(given)
