"""What may still be changed on a confirmation, as one academy said it for one campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iprof_kit.law.mobility.territories.known import Known, elsewhere, of_place, rows_of

TABLE = "corrections_confirmation"


@dataclass(frozen=True)
class Correction:
    """One thing that may, or may not, still be changed, and how."""

    what: str
    possible: bool
    how: str


@dataclass(frozen=True)
class Corrections:
    """Those of the person's academy, empty where none is known; and where others are."""

    own: Known
    rows: tuple[Correction, ...]
    others: tuple[Known, ...]


def corrections(phase: str, places: Sequence[str], year: int) -> Corrections:
    """Return what may still be changed on the confirmation of a movement.

    Examples
    --------
    >>> [one.what for one in corrections("intra_academique", ("Lille",), 2027).rows][:2]
    ['Ajouter un vœu', 'Supprimer un vœu']
    >>> corrections("intra_academique", ("Lyon",), 2027).rows
    ()
    """
    frame = rows_of(TABLE, phase=phase)
    own = of_place(frame, places, year)
    rows = tuple(
        Correction(str(row["quoi"]), row["possible"] == "oui", str(row["comment"]))
        for row in own.rows.to_dict("records")
    )
    return Corrections(own, rows, elsewhere(frame, places, year))
