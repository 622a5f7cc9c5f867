"""Who holds what waits: hers, what an absence leaves her, the rest of the service as one number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, not_, select
from sqlalchemy.orm import Session

from iprof_kit.records.accounts import Absence, Portfolio
from iprof_kit.services.access.reach import Reach, in_force, manager_names
from iprof_kit.services.contract.bureau.fils import EquipeLue, Part, Reprise, Suppleance
from iprof_kit.services.desk.absences import standing_in

Counting = Callable[[ColumnElement[bool]], Part]
"""How many threads wait among some people, how many of them past the announced delay."""


def read(session: Session, account: int, reach: Reach, today: date, counted: Counting) -> EquipeLue:
    """Return how the threads that wait are shared among who follows the same people today.

    Nobody's pace is told: the colleagues who are there are one number.
    """
    others = _colleagues(session, account, reach, today)
    lent = [one for one in standing_in(session, account, today) if one.du <= today]
    return EquipeLue(
        vous=counted(reach.own_queue()),
        reprises=[_taken_over(one, reach, counted) for one in lent],
        reste=counted(Reach(today, others).queue() & not_(reach.queue())) if others else None,
        remplacees=_replaced(session, {one.account_id for one in others}, today),
    )


def _colleagues(session: Session, account: int, reach: Reach, today: date) -> Sequence[Portfolio]:
    """Return the portfolios that the other accounts of her services hold today."""
    services = {one.service for one in reach.own}
    query = select(Portfolio).where(
        Portfolio.service.in_(services), Portfolio.account_id != account, in_force(today)
    )
    return session.scalars(query).all()


def _taken_over(one: Suppleance, reach: Reach, counted: Counting) -> Reprise:
    hers = Reach(reach.day, [each for each in reach.lent if each.service == one.service])
    part = counted(hers.queue() & not_(reach.own_queue()))
    return Reprise(**one.model_dump(), nombre=part.nombre, depasses=part.depasses)


def _replaced(session: Session, accounts: set[int], today: date) -> list[Suppleance]:
    """Return the absences of her colleagues that are not over, and who answers meanwhile."""
    names = manager_names(session, today)
    query = (
        select(Absence)
        .where(Absence.account_id.in_(accounts), Absence.withdrawn_at.is_(None))
        .where(Absence.au >= today)
        .order_by(Absence.du, Absence.id)
    )
    return [
        Suppleance(
            service=names.get(one.account_id, ""),
            du=one.du,
            au=one.au,
            par=names.get(one.delegate_id, ""),
        )
        for one in session.scalars(query)
    ]
