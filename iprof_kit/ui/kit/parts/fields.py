"""Fields of a form, and the choices of a list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One choice of a list."""

    value: str
    label: str
    selected: bool = False
    closed: bool = False
    """It is shown and cannot be taken."""


@dataclass(frozen=True)
class Group:
    """Choices of a list under one title."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Field:
    """One form field: label, hint, value kept as typed, error (wrong, how to mend)."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    error: str = ""
    remedy: str = ""
    optional: bool = False
    numeric: bool = False
    decimal: bool = False
    longest: int = 40
    """Characters that it takes."""
