"""The last bars that this installation was given, for the screen of whoever may ask to move."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from iprof_kit.base.words import folded
from iprof_kit.records.database import reading
from iprof_kit.records.movements.bars import MovementBar
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.contract.bars import BarreLue, BarresLues, LireBarres


def read(_owner: Owner, wanted: LireBarres, _now: datetime) -> BarresLues:
    """Return the last bar of each place; nothing in them is about a person, none is noted."""
    query = (
        select(MovementBar)
        .where(MovementBar.degre == wanted.degre, MovementBar.folded == folded(wanted.discipline))
        .order_by(MovementBar.annee)
    )
    with reading() as session:
        last = {(row.sens, row.lieu): _plain(row) for row in session.scalars(query)}
    return BarresLues(barres=tuple(last.values()))


def _plain(row: MovementBar) -> BarreLue:
    return BarreLue.model_validate(
        {name: getattr(row, name) for name in BarreLue.model_fields if name != "id"}
    )
