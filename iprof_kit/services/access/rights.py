"""What each role sees of a file: a table of data, and the one function that reads it."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import get_args

from iprof_kit.base.errors import BadTable
from iprof_kit.base.paths import COURRIER
from iprof_kit.services.contract.operation import Role

IN_PORTFOLIO = "portefeuille"
"""The condition of who follows the person today."""
_ANSWERS = ("oui", "non", "condition")


@dataclass(frozen=True)
class Right:
    """One cell: what a role sees of a datum, under which condition, and why."""

    role: str
    datum: str
    label: str
    sees: str
    condition: str
    reason: str


@cache
def rights() -> tuple[Right, ...]:
    """Return every cell of the table, checked: each role says something of each datum, once.

    Raises
    ------
    BadTable
        A cell is missing, written twice, or says neither « oui », « non » nor « condition ».
    """
    with (COURRIER / "droits.csv").open(encoding="utf-8", newline="") as file:
        read = tuple(
            Right(
                row["role"],
                row["donnee"],
                row["libelle"],
                row["voit"],
                row["condition"],
                row["raison"],
            )
            for row in csv.DictReader(file)
        )
    for line, one in enumerate(read, 2):
        if one.sees not in _ANSWERS or (one.sees == "condition") != bool(one.condition):
            raise BadTable(f"droits.csv, ligne {line} : « {one.sees} » {one.condition}".rstrip())
    cells = [(one.role, one.datum) for one in read]
    every = {(role, datum) for role in get_args(Role) for _, datum in cells}
    if len(cells) != len(set(cells)) or set(cells) != every:
        wrong = sorted(every ^ set(cells)) or sorted({one for one in cells if cells.count(one) > 1})
        raise BadTable(f"droits.csv : cases absentes ou en double : {wrong}.")
    return read


def visible(role: Role, met: Collection[str] = ()) -> frozenset[str]:
    """Return the data of a file that a role sees, where some conditions are met.

    Examples
    --------
    >>> "affectations" in visible("gestionnaire", {IN_PORTFOLIO})
    True
    >>> visible("gestionnaire")
    frozenset()
    """
    return frozenset(
        one.datum
        for one in rights()
        if one.role == role and (one.sees == "oui" or one.condition in met)
    )


def never_seen(role: Role) -> list[str]:
    """Return what a role never sees of a file, by name, in the order of the table."""
    return [one.label for one in rights() if one.role == role and one.sees == "non"]
