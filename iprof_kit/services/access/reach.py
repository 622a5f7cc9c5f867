"""Whom a case manager sees today: the people of her portfolios, and of whom she stands in for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Refused
from iprof_kit.records.accounts import Absence, Account, AccountRole, Portfolio
from iprof_kit.records.agents import Agent
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.contract.operation import Role

MANAGER: Role = "gestionnaire"
Part = tuple[str, str | None, str | None]
"""Académie, département, corps of a person."""


@dataclass(frozen=True)
class Reach:
    """The portfolios of one day: one's own, and those of the absent whom one stands in for."""

    own: Sequence[Portfolio]
    lent: Sequence[Portfolio] = ()

    @property
    def service(self) -> str:
        """What people read of her: the service of her newest portfolio."""
        return self.own[-1].service if self.own else ""

    def people(self) -> ColumnElement[bool]:
        """Return the condition of the files that she may open today."""
        return people_of((*self.own, *self.lent))

    def own_people(self) -> ColumnElement[bool]:
        """Return the condition of the files of her own portfolios."""
        return people_of(self.own)

    def service_for(self, agent: Agent) -> str | None:
        """Return the service that answers this person by her, None where she may not see her."""
        for portfolio in (*self.own, *self.lent):
            if holds(portfolio, agent.academie, agent.departement, agent.corps):
                return portfolio.service
        return None

    def stands_in(self, academie: str, departement: str | None, corps: str | None) -> str:
        """Return the absent one's service where a person is seen through it alone, else nothing."""
        if any(holds(one, academie, departement, corps) for one in self.own):
            return ""
        lent = (one.service for one in self.lent if holds(one, academie, departement, corps))
        return next(lent, "")


def reach_of(session: Session, identity: Identity, today: date) -> Reach:
    """Return whom an account sees on a day. An absence lends nothing of what was lent."""
    if MANAGER not in identity.roles:
        return Reach(())
    own = _portfolios(session, [identity.account_id], today)
    absent = session.scalars(
        select(Absence.account_id)
        .join(AccountRole, AccountRole.account_id == Absence.account_id)
        .where(Absence.delegate_id == identity.account_id, running(today))
        .where(AccountRole.role == MANAGER)
    ).all()
    return Reach(own, _portfolios(session, absent, today) if absent else ())


def person_of(session: Session, reach: Reach, numero: str) -> tuple[Agent, str]:
    """Return a file that she may see today, and the service that answers it by her.

    Raises
    ------
    Refused
        It is in no portfolio of hers today, or does not exist: the words are the same.
    """
    agent = session.scalars(
        select(Agent).where(Agent.numero == numero, reach.people())
    ).one_or_none()
    service = None if agent is None else reach.service_for(agent)
    if agent is None or service is None:
        raise outside()
    return agent, service


def outside() -> Refused:
    """Return the refusal of what is in no portfolio of hers today."""
    return Refused(
        "ce dossier n’est pas dans vos portefeuilles d’aujourd’hui.",
        remedy="Rechargez la page. Un dossier qui a changé d’académie suit la personne.",
    )


def in_force(today: date) -> ColumnElement[bool]:
    """Return the condition of the portfolios of a day."""
    return and_(
        or_(Portfolio.du.is_(None), Portfolio.du <= today),
        or_(Portfolio.au.is_(None), Portfolio.au >= today),
    )


def running(today: date) -> ColumnElement[bool]:
    """Return the condition of the absences of a day."""
    return and_(Absence.du <= today, Absence.au >= today, Absence.withdrawn_at.is_(None))


def people_of(portfolios: Iterable[Portfolio]) -> ColumnElement[bool]:
    """Return whom some portfolios hold; an empty part means all of them."""
    return or_(false(), *(_people(one) for one in portfolios))


def holds(portfolio: Portfolio, academie: str, departement: str | None, corps: str | None) -> bool:
    """Return whether a portfolio holds a person; an empty part means all of them."""
    return (
        portfolio.academie == academie
        and portfolio.departement in (None, departement)
        and portfolio.corps in (None, corps)
    )


def service_of(session: Session, agent: Agent, today: date) -> str | None:
    """Return the service that follows a person on a day, None where no portfolio holds her."""
    return service_of_part(session, (agent.academie, agent.departement, agent.corps), today)


def service_of_part(session: Session, part: Part, today: date) -> str | None:
    """Return the service that follows the people of a part on a day, None where none does."""
    academie, departement, corps = part
    query = select(Portfolio).where(
        Portfolio.academie == academie,
        or_(Portfolio.departement.is_(None), Portfolio.departement == departement),
        or_(Portfolio.corps.is_(None), Portfolio.corps == corps),
        in_force(today),
    )
    first = session.scalars(query.order_by(Portfolio.id).limit(1)).one_or_none()
    return first.service if first else None


def manager_names(session: Session, today: date) -> dict[int, str]:
    """Return how the managers who follow somebody today are called among colleagues."""
    rows = session.execute(
        select(Account.id, Account.compte, Portfolio.service)
        .join(Portfolio, Portfolio.account_id == Account.id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(in_force(today), AccountRole.role == MANAGER)
        .order_by(Account.compte, Portfolio.id)
    )
    return {account: f"{service} ({compte})" for account, compte, service in rows}


def _portfolios(session: Session, accounts: Sequence[int], today: date) -> Sequence[Portfolio]:
    query = select(Portfolio).where(Portfolio.account_id.in_(accounts), in_force(today))
    return session.scalars(query.order_by(Portfolio.id)).all()


def _people(portfolio: Portfolio) -> ColumnElement[bool]:
    asked = [Agent.academie == portfolio.academie]
    if portfolio.departement is not None:
        asked.append(Agent.departement == portfolio.departement)
    if portfolio.corps is not None:
        asked.append(Agent.corps == portfolio.corps)
    return and_(*asked)
