"""Whom a case manager sees today: the people of her portfolios, and of whom she stands in for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Refused
from iprof_kit.records.accounts import Absence, Account, AccountRole, Portfolio, open_on
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.contract.operation import Role

MANAGER: Role = "gestionnaire"
Part = tuple[str, str | None, str | None]
"""Académie, département, corps of a person."""


@dataclass(frozen=True)
class Reach:
    """The portfolios of one day: one's own, and those of the absent whom one stands in for."""

    day: date
    own: Sequence[Portfolio] = ()
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

    def queue(self) -> ColumnElement[bool]:
        """Return the condition of the threads that she answers: of her people, or passed to her."""
        return or_(and_(self.people(), not_(passed(self.day))), self._passed_here())

    def threads(self) -> ColumnElement[bool]:
        """Return the condition of the threads that she may read; what she passed is one of them."""
        return or_(self.people(), self._passed_here())

    def with_passed(self) -> ColumnElement[bool]:
        """Return the condition of the people of whom she may read a thread."""
        case = select(Case.id).where(Case.numero == Agent.numero, self._passed_here())
        return or_(self.people(), exists(case.correlate(Agent)))

    def own_queue(self) -> ColumnElement[bool]:
        """Return the condition of the threads of her own portfolios."""
        return Reach(self.day, self.own).queue()

    def answers(self, case: Case, agent: Agent) -> str | None:
        """Return the service that answers a thread by her, None where she may not read it."""
        portfolio = self._passed(case, agent)
        return portfolio.service if portfolio else self.service_for(agent)

    def lent_for(self, case: Case, agent: Agent) -> str:
        """Return the absent one's service where a thread is seen through it alone, else nothing."""
        portfolio = self._passed(case, agent)
        if portfolio is None:
            return self.stands_in(agent.academie, agent.departement, agent.corps)
        return "" if portfolio in self.own else portfolio.service

    def _passed(self, case: Case, agent: Agent) -> Portfolio | None:
        """Return the portfolio by which a thread was passed to her."""
        wanted = case.passed_to, agent.academie
        here = (one for one in (*self.own, *self.lent) if (one.service, one.academie) == wanted)
        return next(here, None)

    def _passed_here(self) -> ColumnElement[bool]:
        services = {(one.service, one.academie) for one in (*self.own, *self.lent)}
        by_her = (
            and_(Case.passed_to == service, Agent.academie == academie)
            for service, academie in sorted(services)
        )
        # of a thread that nobody passed this is false, not unknown: others ask what is not hers
        return and_(Case.passed_to.is_not(None), or_(false(), *by_her))

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
        return Reach(today)
    own = _portfolios(session, [identity.account_id], today)
    absent = session.scalars(
        select(Absence.account_id)
        .join(AccountRole, AccountRole.account_id == Absence.account_id)
        .where(Absence.delegate_id == identity.account_id, running(today))
        .where(AccountRole.role == MANAGER)
    ).all()
    return Reach(today, own, _portfolios(session, absent, today) if absent else ())


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


def passed(today: date) -> ColumnElement[bool]:
    """Return the condition of a thread passed to a service that follows people of its academy.

    Where that service follows nobody any more, or the person left the academy, it comes back to
    who follows her.
    """
    theirs = select(Portfolio.id).where(
        Portfolio.service == Case.passed_to, Portfolio.academie == Agent.academie, in_force(today)
    )
    return and_(Case.passed_to.is_not(None), exists(theirs.correlate(Case, Agent)))


def answering(session: Session, case: Case, today: date) -> str | None:
    """Return the service that a thread was passed to and that answers it today, else None."""
    query = select(Case.passed_to).join(Agent, Agent.numero == Case.numero)
    return session.scalar(query.where(Case.id == case.id, passed(today)))


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
        .where(in_force(today), AccountRole.role == MANAGER, open_on(today))
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
