"""What waits for a case manager, how the service goes for its administrator: counts alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.records.accounts import Account
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case
from iprof_kit.records.database import reading
from iprof_kit.records.journal import seals
from iprof_kit.records.journal.audit import AuditRow, AuditSeal
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import reach_of
from iprof_kit.services.access.sessions import open_sessions
from iprof_kit.services.backup.manifest import SAVED
from iprof_kit.services.cases.life import SERVICE, waiting_for
from iprof_kit.services.contract.homes import GestionLue, ServiceLu, Travail
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.jobs.listing import states

_UNTAKEN = ("envoye", "rouvert")


def management(manager: Identity, _wanted: NoArguments, now: datetime) -> GestionLue:
    """Return what waits in the portfolios of the day of who is asking; without any, nothing."""
    with reading() as session:
        reach = reach_of(session, manager, paris(now).date())
        own = reach.own_people()
        waiting = select(Case).join(Agent, Agent.numero == Case.numero).where(reach.own_queue())
        waiting = waiting.where(Case.state.in_(waiting_for(SERVICE)))
        return GestionLue(
            portefeuilles=list(dict.fromkeys(one.service for one in reach.own)),
            dossiers=_count(session, select(Agent).where(own)),
            lus_le=session.scalar(select(func.max(Agent.lu_le)).where(own)),
            a_prendre=_count(session, waiting.where(Case.state.in_(_UNTAKEN))),
            en_cours=_count(session, waiting.where(Case.state.not_in(_UNTAKEN))),
            plus_ancien=session.scalar(waiting.with_only_columns(func.min(Case.opened_at))),
        )


def service(_administrator: Identity, _wanted: NoArguments, now: datetime) -> ServiceLu:
    """Return how the service goes, for an administrator."""
    jobs = [
        Travail(
            libelle=one.label,
            fait_le=one.ended,
            echecs=one.failures,
            issue=one.outcome,
            en_attente=one.wanted,
        )
        for one in states(now)
    ]
    with reading() as session:
        saved = select(func.max(AuditRow.at)).where(AuditRow.action == SAVED)
        return ServiceLu(
            dossiers=_count(session, select(Agent)),
            comptes=_count(session, select(Account)),
            sessions=open_sessions(session, now),
            sauvegarde=session.scalar(saved),
            scelle_le=session.scalar(select(func.max(AuditSeal.at))),
            a_sceller=seals.waiting(session),
            travaux=jobs,
        )


def _count(session: Session, query: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0
