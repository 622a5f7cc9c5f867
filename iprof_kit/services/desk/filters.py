"""The queue by what is known of who waits, by when an answer is due, by whose thread it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, ScalarSelect, not_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case
from iprof_kit.records.history import Echelon
from iprof_kit.services.access.reach import Reach
from iprof_kit.services.cases.life import DRAFT, KIT, SERVICE, waiting_for
from iprof_kit.services.contract.bureau.fils import LireBureau
from iprof_kit.services.desk.people import facet_counts, facet_values

SENT = (Case.kind != KIT, Case.state != DRAFT)
"""The conditions of a thread that a service may read: sent by the person, not by the kit."""
Known = Literal["echelon", "grade", "departement", "ecole"]
KNOWN: tuple[Known, ...] = ("echelon", "grade", "departement", "ecole")
"""What is filtered of who waits: what a message to many may be filtered by, and no more."""
_PAST = "passee"


def known_values(today: date) -> dict[Known, ColumnElement[Any]]:
    """Return what is filtered of each person, as of a day."""
    return {
        "echelon": newest_step(Echelon.echelon, today),
        "grade": newest_step(Echelon.grade, today),
        "departement": Agent.departement.expression,
        "ecole": facet_values(today)["etablissement"],
    }


def newest_step(value: InstrumentedAttribute[str], today: date) -> ScalarSelect[Any]:
    """Return a value of the newest échelon of a person that has begun."""
    newest = (
        select(value)
        .where(Echelon.agent_id == Agent.id, Echelon.date_effet <= today)
        .order_by(Echelon.date_effet.desc(), Echelon.id.desc())
        .limit(1)
    )
    return newest.correlate(Agent).scalar_subquery()


def conditions(wanted: LireBureau, reach: Reach, today: date) -> list[ColumnElement[bool]]:
    """Return the conditions of the threads that some filters hold; none where nothing is asked."""
    return [*_of_her(wanted, today).values(), *_held(wanted, reach)]


def offered(
    session: Session, reach: Reach, wanted: LireBureau, today: date
) -> dict[str, dict[str, int]]:
    """Return how many waiting threads each value of a filter holds, the others as they are."""
    asked, values = _of_her(wanted, today), known_values(today)
    waiting: list[ColumnElement[bool]] = [
        Case.numero == Agent.numero,
        Case.state.in_(waiting_for(SERVICE)),
        *SENT,
        reach.queue(),
        *_held(wanted, reach),
    ]
    return {
        one: facet_counts(
            session,
            values[one],
            [*waiting, *(is_it for name, is_it in asked.items() if name != one)],
        )
        for one in KNOWN
    }


def is_due(wanted: str, due: date | None, today: date) -> bool:
    """Return whether the day on which an answer is due is one of those that are asked.

    Examples
    --------
    >>> is_due("7", date(2026, 12, 5), date(2026, 12, 1))
    True
    >>> is_due("passee", date(2026, 12, 5), date(2026, 12, 1))
    False
    """
    if due is None or not wanted:
        return not wanted
    return due < today if wanted == _PAST else due <= today + timedelta(days=int(wanted))


def _of_her(wanted: LireBureau, today: date) -> Mapping[Known, ColumnElement[bool]]:
    values = known_values(today)
    return {one: values[one] == given for one in KNOWN if (given := getattr(wanted, one))}


def _held(wanted: LireBureau, reach: Reach) -> list[ColumnElement[bool]]:
    if not wanted.chez:
        return []
    own = reach.own_queue()
    return [own if wanted.chez == "vous" else not_(own)]
