"""What is no longer kept: found first, removed only when asked, and said in the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from iprof_kit.base.calendar import add_months_civil
from iprof_kit.records.accounts import FirstCode, LoginAttempt, ResetLink, SessionRow
from iprof_kit.records.base import Base
from iprof_kit.records.cases import Case, CaseEvent, HeldOrder, Mailing, Paper
from iprof_kit.records.cvs import CvLink
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit, pruning
from iprof_kit.records.journal.seals import seal
from iprof_kit.records.outbox import Mail
from iprof_kit.records.repository import Write, remove
from iprof_kit.services.academies import Conservation
from iprof_kit.services.access.attempts import FORGOTTEN_AFTER as ATTEMPTS_FORGOTTEN_AFTER
from iprof_kit.services.access.attempts import forgotten as forgotten_attempts
from iprof_kit.services.cv.links import FORGOTTEN_AFTER as LINKS_FORGOTTEN_AFTER
from iprof_kit.services.mailings.life import under_way
from iprof_kit.services.notices.outbox import FORGOTTEN_AFTER as NOTICES_FORGOTTEN_AFTER

FORGOTTEN_SESSIONS_DAYS = 30
FORGOTTEN_FILES_DAYS = 7
_Conditions = Callable[[datetime], tuple[ColumnElement[bool], ...]]
_NAMED: dict[type[Base], InstrumentedAttribute[str]] = {
    Case: Case.name,
    CvLink: CvLink.name,
    HeldOrder: HeldOrder.name,
    Mailing: Mailing.name,
}
"""Rows whose changes are in the history, under these names."""


@dataclass(frozen=True)
class Sweep:
    """One kind of row past its time: its name, until when it is removed, how many there are.

    `before` is None where no length of time is configured: nothing is removed.
    """

    what: str
    before: datetime | None
    count: int


_Rule = tuple[str, datetime | None, type[Base], _Conditions]
_JournalRule = tuple[
    str,
    datetime | None,
    Callable[[Session, datetime], int],
    Callable[[Session, datetime, str, datetime], int],
]


def sweeps(kept: Conservation, now: datetime) -> list[Sweep]:
    """Return what is past its time, without removing anything."""
    seal(now)  # the journal goes by sealed batches
    with reading() as session:
        overdue = [_overdue(session, *rule) for rule in _rules(kept, now)]
        for name, before, count, _ in _journal_rules(kept, now):
            overdue.append(Sweep(name, before, count(session, before) if before else 0))
        return overdue


def sweep(kept: Conservation, by: str, now: datetime) -> list[Sweep]:
    """Remove what is past its time, all or nothing; the journal says what and how many."""
    seal(now)
    with writing() as session:
        done = [_remove(session, *rule) for rule in _rules(kept, now)]
        for name, before, _, remove_past in _journal_rules(kept, now):
            count = remove_past(session, before, by, now) if before else 0
            done.append(Sweep(name, before, count))
        removed = ", ".join(f"{one.what} : {one.count}" for one in done if one.count)
        if removed:
            audit.note(
                session,
                at=now,
                actor=by,
                action="conservation_appliquee",
                subject="base",
                detail=removed[:200],
            )
    return done


def _remove(
    session: Session,
    name: str,
    before: datetime | None,
    table: type[Base],
    conditions: _Conditions,
) -> Sweep:
    overdue = _overdue(session, name, before, table, conditions)
    if overdue.before is None or not overdue.count:
        return overdue
    chosen = conditions(overdue.before)
    if table in _NAMED:
        remove(session, _NAMED[table], *chosen)
    else:
        session.execute(delete(table).where(*chosen))
    return overdue


def _journal_rules(kept: Conservation, now: datetime) -> list[_JournalRule]:
    """Return the rules of the journal, which is not deleted from like a table."""
    return [
        (
            "adresses",
            _ago(now, kept.adresses_mois),
            pruning.count_addresses,
            pruning.blank_addresses,
        ),
        ("journal", _ago(now, kept.journal_mois), pruning.count_past, pruning.prune),
    ]


def _rules(kept: Conservation, now: datetime) -> list[_Rule]:
    months = kept.signalements_mois
    old_events = select(CaseEvent.id).join(Case)
    return [
        (
            "connexions closes",
            now - timedelta(days=FORGOTTEN_SESSIONS_DAYS),
            SessionRow,
            lambda t: (or_(SessionRow.expires_at < t, SessionRow.revoked_at < t),),
        ),
        (
            "essais de connexion",
            now - ATTEMPTS_FORGOTTEN_AFTER,
            LoginAttempt,
            lambda _t: forgotten_attempts(now),
        ),
        (
            "liens de réinitialisation",
            now - timedelta(days=FORGOTTEN_SESSIONS_DAYS),
            ResetLink,
            lambda t: (or_(ResetLink.expires_at < t, ResetLink.used_at < t),),
        ),
        (
            "codes de première connexion",
            now - timedelta(days=FORGOTTEN_SESSIONS_DAYS),
            FirstCode,
            lambda t: (FirstCode.expires_at < t,),
        ),
        (
            "avis par courriel",
            now - NOTICES_FORGOTTEN_AFTER,
            Mail,
            lambda t: (Mail.prepared_at < t, Mail.next_at.is_(None)),
        ),
        (
            "liens de CV",
            now - LINKS_FORGOTTEN_AFTER,
            CvLink,
            lambda t: (or_(CvLink.expires_at < t, CvLink.revoked_at < t),),
        ),
        (
            "pièces jamais envoyées",
            now - timedelta(days=FORGOTTEN_FILES_DAYS),
            Paper,
            lambda t: (Paper.event_id.is_(None), Paper.made_at < t),
        ),
        (
            "pièces",
            _ago(now, kept.pieces_mois),
            Paper,
            lambda t: (Paper.event_id.in_(old_events.where(Case.since < t)),),
        ),
        (
            "signalements",
            _ago(now, months),
            Case,
            lambda t: (Case.since < t,),
        ),
        (
            "envois en nombre",
            _ago(now, months),
            Mailing,
            lambda t: (Mailing.state.not_in(under_way()), Mailing.since < t),
        ),
        (
            "actes relus à deux",
            _ago(now, months),
            HeldOrder,
            lambda t: (HeldOrder.since < t,),
        ),
        ("valeurs remplacées", _ago(now, kept.historique_mois), Write, lambda t: (Write.at < t,)),
    ]


def _overdue(
    session: Session,
    name: str,
    before: datetime | None,
    table: type[Base],
    conditions: _Conditions,
) -> Sweep:
    if before is None:
        return Sweep(name, None, 0)
    query = select(func.count()).select_from(table).where(*conditions(before))
    return Sweep(name, before, session.scalar(query) or 0)


def _ago(now: datetime, months: int | None) -> datetime | None:
    if months is None:
        return None
    day = add_months_civil(now.date(), -months)
    return now.replace(year=day.year, month=day.month, day=day.day)
