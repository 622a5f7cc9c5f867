"""What waits for a case manager, how the service goes for its administrator: counts alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from iprof_kit.base.plain import Plain
from iprof_kit.records.accounts import Account, Portfolio
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case
from iprof_kit.records.database import reading
from iprof_kit.records.journal import seals
from iprof_kit.records.journal.audit import AuditRow, AuditSeal
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.own_file import of_role
from iprof_kit.services.access.sessions import open_sessions
from iprof_kit.services.backup.manifest import SAVED
from iprof_kit.services.cases.life import SERVICE, waiting_for
from iprof_kit.services.contract.homes import GestionLue, ServiceLu, Travail
from iprof_kit.services.jobs.listing import states

_UNTAKEN = ("envoye", "rouvert")
_Operation = Callable[[Identity | None, Plain, datetime], Plain]


def _management(identity: Identity | None, _wanted: Plain, _now: datetime) -> GestionLue:
    """Return what waits in the portfolios of who is asking; without portfolio, nothing."""
    manager = of_role(identity, "gestionnaire", "la gestion")
    with reading() as session:
        account = session.scalars(select(Account).where(Account.compte == manager.compte)).one()
        own = or_(false(), *map(_people, account.portfolios))
        waiting = select(Case).join(Agent, Agent.numero == Case.numero).where(own)
        waiting = waiting.where(Case.state.in_(waiting_for(SERVICE)))
        return GestionLue(
            portefeuilles=[_words(one) for one in account.portfolios],
            dossiers=_count(session, select(Agent).where(own)),
            lus_le=session.scalar(select(func.max(Agent.lu_le)).where(own)),
            a_prendre=_count(session, waiting.where(Case.state.in_(_UNTAKEN))),
            en_cours=_count(session, waiting.where(Case.state.not_in(_UNTAKEN))),
            plus_ancien=session.scalar(waiting.with_only_columns(func.min(Case.opened_at))),
        )


def _service(identity: Identity | None, _wanted: Plain, now: datetime) -> ServiceLu:
    """Return how the service goes, for an administrator."""
    of_role(identity, "administrateur", "l’état du service")
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


def _people(portfolio: Portfolio) -> ColumnElement[bool]:
    """Return whom a portfolio holds; an empty part means all of them."""
    asked = [Agent.academie == portfolio.academie]
    if portfolio.departement is not None:
        asked.append(Agent.departement == portfolio.departement)
    if portfolio.corps is not None:
        asked.append(Agent.corps == portfolio.corps)
    return and_(*asked)


def _words(portfolio: Portfolio) -> str:
    parts = [("académie", portfolio.academie), ("département", portfolio.departement),
             ("corps", portfolio.corps)]  # fmt: skip
    return ", ".join(f"{name} {value}" for name, value in parts if value)


def _count(session: Session, query: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


HOME_TABLE: dict[str, _Operation] = {"gestion": _management, "service": _service}
