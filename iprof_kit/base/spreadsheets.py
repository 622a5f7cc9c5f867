"""What a spreadsheet would run, made a plain text."""

from __future__ import annotations

from typing import Any

_FORMULAS = ("=", "+", "-", "@", "\t")


def inert(value: Any) -> Any:
    """Return a value that a spreadsheet will not run as a formula; what is no text is unchanged."""
    if isinstance(value, str) and value.startswith(_FORMULAS):
        return f"'{value}"
    return value
