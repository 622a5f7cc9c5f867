"""What is told from the kit's own registers: a first login, another service that follows a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.words import NBSP
from iprof_kit.records.accounts import Account, Portfolio
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.outbox import KitMessage
from iprof_kit.services.academies import academie
from iprof_kit.services.access.reach import Part, people_of, service_of_part
from iprof_kit.services.kit_messages.once import lock, send
from iprof_kit.services.kit_messages.texts import Written, delays, written

MOST_PEOPLE, AT_ONCE = 10_000, 200
"""People of one round, and of one transaction."""
Message = tuple[str, Written]
"""The number of a file, and what is told to its person."""


def write_registers(now: datetime) -> int:
    """Write to people what the registers of this kit say; return how many messages that is."""
    with reading() as session:
        messages = [*_first_logins(session, now), *_followed(session, now)][:MOST_PEOPLE]
    sent = 0
    for start in range(0, len(messages), AT_ONCE):
        some = messages[start : start + AT_ONCE]
        with writing() as session:
            there = lock(session, {numero for numero, _ in some})
            hers: dict[str, list[Written]] = {}
            for numero, one in some:
                if numero in there:
                    hers.setdefault(numero, []).append(one)
            sent += send(session, hers, now)
    return sent


def _first_logins(session: Session, now: datetime) -> Iterator[Message]:
    since = now - timedelta(days=delays().premiere_connexion_jours_apres)
    query = select(Agent.numero, Agent.academie, Account.id, Account.opened_at)
    query = query.join(Account, Account.agent_id == Agent.id).where(Account.opened_at >= since)
    for numero, code, account, opened in session.execute(query.limit(MOST_PEOPLE)):
        if opened is None:
            continue
        moment, help_line = paris(opened), academie(code)
        reach = help_line.assistance_telephone or help_line.assistance_courriel
        fields = {
            "jour": date_text(moment.date()),
            "heure": f"{moment.hour}{NBSP}h{NBSP}{moment.minute:02d}",
            "assistance": help_line.assistance_nom + (f", {reach}" if reach else ""),
        }
        yield numero, written("premiere_connexion", f"premiere-connexion.{account}", fields)


def _followed(session: Session, now: datetime) -> Iterator[Message]:
    """Yield who is told that another service follows her, from each portfolio that begins."""
    today = paris(now).date()
    first = today - timedelta(days=delays().suivi_jours_apres)
    last = today + timedelta(days=delays().suivi_jours_avant)
    begun = select(Portfolio).where(Portfolio.du >= first, Portfolio.du <= last)
    for portfolio in session.scalars(begun.order_by(Portfolio.id)).all():
        for part in _parts(session, portfolio):
            yield from _of_part(session, portfolio, part, now)


def _of_part(
    session: Session, portfolio: Portfolio, part: Part, now: datetime
) -> Iterator[Message]:
    if portfolio.du is None:
        return
    before = service_of_part(session, part, portfolio.du - timedelta(days=1))
    after = service_of_part(session, part, portfolio.du)
    if before is None or after is None or before == after:
        return
    mark = hashlib.sha256(after.encode()).hexdigest()[:8]
    fields = {
        "jour": date_text(portfolio.du),
        "service": after,
        "avant": before,
        "lu": date_text(paris(now).date()),
    }
    message = written("suivi", f"suivi.{portfolio.du.isoformat()}.{mark}", fields)
    for numero in _untold(session, part, message.key):
        yield numero, message


def _parts(session: Session, portfolio: Portfolio) -> Sequence[Part]:
    """Return the parts of a portfolio that hold somebody."""
    columns = (Agent.academie, Agent.departement, Agent.corps)
    query = select(*columns).where(people_of([portfolio])).distinct()
    return list(session.execute(query))


def _untold(session: Session, part: Part, key: str) -> Sequence[str]:
    """Return the people of a part who have an account and were not told something yet."""
    known = exists().where(KitMessage.numero == Agent.numero, KitMessage.key == key)
    query = select(Agent.numero).where(_in(part), Agent.id.in_(select(Account.agent_id)), ~known)
    return session.scalars(query.order_by(Agent.id).limit(MOST_PEOPLE)).all()


def _in(part: Part) -> ColumnElement[bool]:
    columns = (Agent.academie, Agent.departement, Agent.corps)
    return and_(
        *(
            column.is_(None) if value is None else column == value
            for column, value in zip(columns, part, strict=True)
        )
    )
