"""Who follows whom, for an administrator: portfolios listed, imported from a CSV, handed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import name_of, unfit
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.records.accounts import Account, AccountRole, Portfolio, open_on
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.accounts import NewPortfolio
from iprof_kit.services.access.reach import MANAGER, Reach, in_force, people_of
from iprof_kit.services.cases.acting import Act, act
from iprof_kit.services.cases.life import KIT, SERVICE, acts_open, states

LONGEST_SERVICE = 150
HAND_OVER = "transmettre"
Parts = tuple[str, str | None, str | None]
"""Académie, département, corps: None for all."""
Accounts = Mapping[str, tuple[int, bool]]
"""The key of each account by its name, and whether it has the role that is asked about."""


@dataclass(frozen=True)
class HandOver:
    """How many portfolios and people change hands, and in how many threads it is written."""

    portfolios: int
    people: int
    threads: int


@dataclass(frozen=True)
class Assignment:
    """One portfolio as an administrator reads it."""

    compte: str
    portfolio: Portfolio
    people: int
    threads: int


def assignments(day: date, *, history: bool = False) -> list[Assignment]:
    """Return the portfolios of a day, or all that there ever were; counts are of now."""
    with writing() as session:
        query = select(Account.compte, Portfolio).join(
            Portfolio, Portfolio.account_id == Account.id
        )
        if not history:
            query = query.where(in_force(day))
        rows = session.execute(query.order_by(Account.compte, Portfolio.du, Portfolio.id))
        listed = [
            Assignment(compte, one, _people(session, [one]), _open_threads(session, [one], day))
            for compte, one in rows.all()
        ]
        session.expunge_all()
    return listed


def hand_over(
    sender: str, receiver: str, day: date, by: str, now: datetime, service: str = ""
) -> HandOver:
    """Give everything that one account follows to another, from a day on.

    What ends is closed, never deleted. People read it in each thread that is going on, where the
    service that answers them is another; what was not answered is for the new one.

    Raises
    ------
    InputError
        An account is unknown or no manager's, both are the same, the day has passed, or somebody
        else's service follows the same people then.
    """
    if day < paris(now).date():
        raise InputError(
            "ce jour est passé.", where="--le", remedy="Donnez aujourd’hui ou un jour à venir."
        )
    if service:
        check_service(service)
    with writing() as session:
        giver = _account(accounts_of(session, MANAGER), sender)
        taker = _account(accounts_of(session, MANAGER, day), receiver)
        if giver == taker:
            raise InputError("c’est le même compte.", where=receiver, remedy="Donnez-en un autre.")
        query = select(Portfolio).where(Portfolio.account_id == giver).with_for_update()
        going = [one for one in session.scalars(query) if one.au is None or one.au >= day]
        if not going:
            raise InputError(
                "ce compte ne suit personne ce jour-là.", where=sender, remedy="Vérifiez le compte."
            )
        others = session.scalars(select(Portfolio).where(Portfolio.account_id != giver)).all()
        people, threads = _people(session, going), _open_threads(session, going, paris(now).date())
        moved = [_moved(one, taker, service, day) for one in going]
        for one in moved:
            if meeting := next((other for other in others if meet(one, other)), None):
                raise _refused(meeting)
        written: set[int] = set()
        for one, new in zip(going, moved, strict=True):
            _announce(session, one, new, day, now, written)
        _close(session, going, moved, day)
        audit.note(
            session,
            at=now,
            actor=by,
            action="portefeuille_transmis",
            subject=f"compte:{receiver}",
            detail=f"de {sender}, à partir du {day.isoformat()}",
        )
    return HandOver(len(moved), people, threads)


def check_new(given: Sequence[NewPortfolio]) -> None:
    """Refuse portfolios of people whom another service follows on the same days.

    Raises
    ------
    InputError
        There is one, or the name of the service cannot be read.
    """
    with reading() as session:
        known = session.scalars(select(Portfolio)).all()
    for one in given:
        check_service(one.service)
        if meeting := next((other for other in known if meet(one, other)), None):
            raise _refused(meeting)


def left_out(day: date) -> dict[Parts, int]:
    """Return how many people nobody follows on a day, in the academies that have a portfolio."""
    with writing() as session:
        return people_left_out(session, session.scalars(select(Portfolio)).all(), day)


def accounts_of(session: Session, role: str, day: date | None = None) -> Accounts:
    """Return the key of each account, and whether it has a role, on a day if one is given."""
    query = select(AccountRole.account_id).where(AccountRole.role == role)
    if day is not None:
        query = query.join(Account).where(open_on(day))
    having = set(session.scalars(query))
    rows = session.execute(select(Account.compte, Account.id))
    return {compte: (account, account in having) for compte, account in rows}


def _account(accounts: Accounts, compte: str) -> int:
    account, manages = accounts.get(compte, (0, False))
    if not manages:
        reason = "ce compte n’est pas d’un gestionnaire." if account else "ce compte n’existe pas."
        raise InputError(reason, where=compte[:60], remedy="Voyez iprof portefeuille list.")
    return account


def check_service(service: str) -> None:
    """Refuse the name of a service that is too long or cannot be read, with `InputError`."""
    if len(service) > LONGEST_SERVICE:
        raise InputError(
            f"ce nom compte {len(service)} caractères.",
            where="service",
            remedy=f"Il en tient {LONGEST_SERVICE} au plus.",
        )
    if unseen := unfit(service):
        raise InputError(
            f"ce nom contient {name_of(unseen)}.",
            where="service",
            remedy="Saisissez-le au clavier, sur une ligne.",
        )


def _moved(one: Portfolio, taker: int, service: str, day: date) -> Portfolio:
    begins = one.du if one.du and one.du > day else day
    return Portfolio(
        account_id=taker,
        service=service or one.service,
        academie=one.academie,
        departement=one.departement,
        corps=one.corps,
        du=begins,
        au=one.au,
    )


def _close(
    session: Session, going: Sequence[Portfolio], moved: Sequence[Portfolio], day: date
) -> None:
    """End what had begun on the day before; what had not begun yet changes hands as it is."""
    for one, new in zip(going, moved, strict=True):
        if one.du is not None and one.du >= day:
            one.account_id, one.service = new.account_id, new.service
        else:
            one.au = day - timedelta(days=1)
            session.add(new)


def _announce(
    session: Session,
    before: Portfolio,
    after: Portfolio,
    day: date,
    now: datetime,
    written: set[int],
) -> None:
    """Write in each thread that is going on which service follows the person from then on."""
    if before.service == after.service:
        return
    words = f"À partir du {date_text(day)}, votre dossier est suivi par : {after.service}."
    service = after.service if day <= paris(now).date() else ""
    for case in session.scalars(_open_cases(people_of([before])).with_for_update(of=Case)):
        if case.id not in written and HAND_OVER in acts_open(case.kind, case.state, SERVICE):
            written.add(case.id)
            new = "" if case.passed_to else service  # another service answers it
            act(session, case, Act(HAND_OVER, SERVICE, text=words, service=new), now)
            case.version += 1


def meet(one: Portfolio | NewPortfolio, other: Portfolio) -> bool:
    """Return whether two services follow the same people on the same day."""
    return (
        one.service != other.service
        and one.academie == other.academie
        and _either(one.departement, other.departement)
        and _either(one.corps, other.corps)
        and (one.au is None or other.du is None or other.du <= one.au)
        and (other.au is None or one.du is None or one.du <= other.au)
    )


def _either(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _refused(other: Portfolio) -> InputError:
    return InputError(
        f"« {other.service} » suit déjà des personnes de ce portefeuille.",
        where=words_of(other),
        remedy="Donnez le même service, ou fermez d’abord l’autre portefeuille.",
    )


def words_of(one: Portfolio) -> str:
    """Return « académie 06, département 063, corps pe, du 1er décembre 2026 »."""
    who = [f"académie {one.academie}"]
    who += [f"département {one.departement}"] if one.departement else []
    who += [f"corps {one.corps}"] if one.corps else []
    if one.du:
        who.append(f"du {date_text(one.du)}")
    if one.au:
        who.append(f"au {date_text(one.au)}")
    return ", ".join(who)


def people_left_out(
    session: Session, portfolios: Iterable[Portfolio], day: date
) -> dict[Parts, int]:
    """Return how many people no portfolio holds on a day, in the academies that have one."""
    listed = list(portfolios)
    then = [
        one
        for one in listed
        if (one.du is None or one.du <= day) and (one.au is None or one.au >= day)
    ]
    query = (
        select(Agent.academie, Agent.departement, Agent.corps, func.count(Agent.id))
        .where(Agent.academie.in_({one.academie for one in listed}), ~people_of(then))
        .group_by(Agent.academie, Agent.departement, Agent.corps)
        .order_by(Agent.academie, Agent.departement, Agent.corps)
    )
    with session.no_autoflush:
        return {(a, d, c): count for a, d, c, count in session.execute(query)}


def _people(session: Session, portfolios: Sequence[Portfolio]) -> int:
    query = select(func.count(Agent.id)).where(people_of(portfolios))
    return session.scalar(query) or 0


def _open_threads(session: Session, portfolios: Sequence[Portfolio], day: date) -> int:
    """Return how many threads they answer: one that was passed is that of who answers it."""
    cases = _open_cases(Reach(day, portfolios).queue())
    return session.scalar(cases.with_only_columns(func.count(Case.id))) or 0


def _open_cases(which: ColumnElement[bool]) -> Select[Case]:
    going_on = [code for code, state in states().items() if state.open]
    return (
        select(Case)
        .join(Agent, Agent.numero == Case.numero)
        .where(which, Case.kind != KIT, Case.state.in_(going_on))
    )
