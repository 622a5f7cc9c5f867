"""What every peer shows: two careers as staircases of an index, one figure, one table, one line.

The numbers stand for nothing; only the work counts.
"""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

YEARS = 20
LONGEST_BONUS = 24
_MONTHS = np.array([12, 12, 24, 24, 30, 36, 36, 42, 48, 48, 48])
_INDEX = np.array([390, 441, 448, 461, 476, 492, 519, 557, 590, 629, 673])


def career(bonus: int) -> np.ndarray:
    """Return the index of each month, when the step held has lost `bonus` months of its length."""
    lengths = _MONTHS.copy()
    lengths[4:8] -= bonus // 4
    step = np.searchsorted(np.cumsum(lengths), np.arange(YEARS * 12), side="right")
    return _INDEX[np.minimum(step, len(_INDEX) - 1)]


def line(bonus: int, note: str = "") -> str:
    """Return what changes, in one line."""
    gain = int((career(bonus) - career(0)).sum())
    return f"{bonus} mois de bonification : {gain} points-mois de plus. {note}"


def table(bonus: int) -> str:
    """Return the twenty rows, as HTML."""
    plain, faster = career(0), career(bonus)
    rows = "".join(
        f"<tr><td>{2026 + year}</td><td>{plain[12 * year]}</td><td>{faster[12 * year]}</td>"
        f"<td>{faster[12 * year] - plain[12 * year]}</td></tr>"
        for year in range(YEARS)
    )
    return f"<table><tr><th>Rentrée</th><th>A</th><th>B</th><th>B − A</th></tr>{rows}</table>"


def figure(bonus: int) -> Figure:
    """Return the two staircases."""
    drawn = Figure(figsize=(8, 3.2), dpi=100)
    axis = drawn.subplots()
    months = 2026 + np.arange(YEARS * 12) / 12
    axis.step(months, career(0), where="post", label="A")
    axis.step(months, career(bonus), where="post", label="B")
    axis.set_title(f"Indice, avec {bonus} mois de bonification")
    axis.set_ylabel("indice majoré")
    axis.legend()
    drawn.tight_layout()
    return drawn
