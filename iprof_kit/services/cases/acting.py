"""One function for every act: the passage is looked for in the transaction that writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.records.cases import Case, CaseEvent, Paper
from iprof_kit.services.cases.life import SERVICE, passage
from iprof_kit.services.notices.outbox import announce

_MISSING = {
    "texte": ("ce texte est vide.", "Écrivez-le."),
    "piece": ("aucune pièce n’est jointe.", "Choisissez-en une."),
    "valeur": ("la valeur corrigée manque.", "Écrivez-la."),
    "echeance": ("la date manque.", "Dites avant quand une réponse est prévue."),
}


@dataclass(frozen=True)
class Act:
    """What is done to a case, by which role, with what it brings."""

    name: str
    role: str
    text: str = ""
    service: str = ""
    value: str = ""
    due: date | None = None
    papers: Sequence[Paper] = ()

    def brings(self) -> set[str]:
        """Return what the act holds, in the words of the table of passages."""
        given = {
            "texte": self.text, "valeur": self.value,
            "echeance": self.due, "piece": self.papers,
        }  # fmt: skip
        return {name for name, value in given.items() if value}


def act(session: Session, case: Case, done: Act, now: datetime) -> CaseEvent:
    """Do one thing to a case: its event is added, its state follows.

    Parameters
    ----------
    session : Session
        That of the transaction.
    case : Case
        Locked by it.
    done : Act
        What, by whom.
    now : datetime
        Aware.

    Raises
    ------
    InputError
        The state does not allow it, or what the act must bring is missing: nothing is changed.
    """
    way = passage(case.kind, case.state, done.name, done.role)
    for missing in sorted(way.needs - done.brings()):
        message, remedy = _MISSING[missing]
        raise InputError(message, where=missing, remedy=remedy)
    case.service = done.service or case.service
    event = CaseEvent(
        case=case, act=done.name, at=now, role=done.role, service=case.service,
        text=done.text, due=done.due, papers=list(done.papers),
    )  # fmt: skip
    session.add(event)
    if done.role == SERVICE:
        announce(session, event, now)
    if done.value:
        case.corrected = done.value
    if way.to and way.to != case.state:
        case.state, case.since = way.to, now
    return event


def number_of(case: Case) -> str:
    """Return the number that people quote: « 2026-0147 »."""
    return f"{paris(case.opened_at).year}-{case.id:04d}"


def first(case: Case, name: str) -> CaseEvent | None:
    """Return the first event of an act."""
    return next((event for event in case.events if event.act == name), None)


def last(case: Case, name: str) -> CaseEvent | None:
    """Return the last event of an act."""
    return next((event for event in reversed(case.events) if event.act == name), None)
