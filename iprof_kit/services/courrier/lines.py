"""A thread in one line: the state it is in, whom it waits for, what she has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.records.cases import Case, CaseEvent, Paper
from iprof_kit.services.cases.acting import number_of
from iprof_kit.services.cases.life import KIT, OWNER, SERVICE, acts_open, as_shown
from iprof_kit.services.contract.courrier import De, Fil, Nature

REMIND = "relancer"
_WAITS: dict[str, str] = {OWNER: "vous", SERVICE: "service"}
_FROM: dict[str, str] = {OWNER: "vous", SERVICE: "service", KIT: "kit"}


def from_whom(role: str) -> De:
    """Return who acted, as the person reads it."""
    return cast(De, _FROM[role])


def lines(session: Session, cases: Sequence[Case], delay: int | None) -> list[Fil]:
    """Return the lines of some threads, in their order.

    Parameters
    ----------
    session : Session
        That of the transaction.
    cases : sequence of Case
        Of one person.
    delay : int or None
        Days in which the service announces an answer.
    """
    ids = [case.id for case in cases]
    papers, hers, dues = _papers(session, ids), _last_of_hers(session, ids), _dues(session, ids)
    return [
        _line(case, papers.get(case.id, 0), dues.get(case.id), reminded_from(case, hers, delay))
        for case in cases
    ]


def reminded_from(case: Case, hers: dict[int, datetime], delay: int | None) -> date | None:
    """Return from which day on she may remind the service, None while that makes no sense.

    The announced delay runs anew from the last thing that she did: once a delay, then.
    """
    if delay is None or case.id not in hers:
        return None
    if REMIND not in acts_open(case.kind, case.state, OWNER):
        return None
    return paris(hers[case.id]).date() + timedelta(days=delay + 1)


def last_of_hers(session: Session, case: Case) -> dict[int, datetime]:
    """Return when she last did something in a thread."""
    return _last_of_hers(session, [case.id])


def _line(case: Case, papers: int, due: date | None, remind: date | None) -> Fil:
    state = as_shown(case.state)
    return Fil(
        id=case.name,
        numero=number_of(case),
        nature=cast(Nature, case.kind),
        objet=case.title,
        etat=state.code,
        libelle=state.label,
        depuis=case.since,
        attend=_WAITS.get(state.waits_for, ""),
        avant=due if state.waits_for else None,
        dernier_le=case.last_at,
        dernier_de=from_whom(case.last_role),
        nouveau=case.unseen_by_owner > 0,
        en_cours=state.open,
        relance_le=remind,
        pieces=papers,
    )


def _papers(session: Session, ids: Sequence[int]) -> dict[int, int]:
    query = select(CaseEvent.case_id, func.count(Paper.id)).join(Paper)
    query = query.where(CaseEvent.case_id.in_(ids)).group_by(CaseEvent.case_id)
    return dict(session.execute(query).all())


def _last_of_hers(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    query = select(CaseEvent.case_id, func.max(CaseEvent.at))
    query = query.where(CaseEvent.case_id.in_(ids), CaseEvent.role == OWNER)
    return dict(session.execute(query.group_by(CaseEvent.case_id)).all())


def _dues(session: Session, ids: Sequence[int]) -> dict[int, date]:
    """Return the last date that was said since each thread is in its state."""
    query = select(CaseEvent.case_id, CaseEvent.due).join(Case).order_by(CaseEvent.id)
    query = query.where(CaseEvent.case_id.in_(ids), CaseEvent.at >= Case.since)
    rows = session.execute(query.where(CaseEvent.due.is_not(None)))
    return {case: due for case, due in rows if due is not None}
