"""What is printed: Markdown tables, kept to be saved as well."""

from __future__ import annotations

import os
import platform
import statistics
import time

from crowd import SEED
from servers import OTHERS

_SAID: list[str] = []


def say(text: str) -> None:
    """Print a paragraph or a table, and keep it."""
    print(text, flush=True)
    _SAID.append(text)


def said() -> str:
    """Return all that was printed."""
    return "\n".join(_SAID)


def table(header: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table whose first column alone is text."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def spread(seconds: list[float]) -> str:
    """Return median, minimum and maximum."""
    return f"{statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"


def machine() -> str:
    """Return the machine and how busy it was: what other programs did since the last time."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    text = (
        f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, load average {load}, people drawn with seed {SEED}"
    )
    if OTHERS:
        text += (
            f"; other programs just before each measure: {statistics.median(OTHERS):.2f} core "
            f"(median), {max(OTHERS):.2f} at most"
        )
        OTHERS.clear()
    return text + ".\n"
