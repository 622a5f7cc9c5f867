"""Whether a second factor is asked of somebody whose password, or provider, has just been believed.

Whoever has one is asked for it, whatever her role: she wanted it so. Whoever has none is asked to
add one where her role demands it, at once or once the time that is left to a new bearer is over.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from iprof_kit.records.accounts import Account, AccountRole, Passkey, TotpKey, open_on
from iprof_kit.services.contract.operation import Role

Demand = Literal["rien", "avis", "preuve", "premiere"]
"""Nothing; nothing, but she is told first that hers were taken away; a factor that she has; a first
one, to be added before anything else."""
ASKED: tuple[Demand, ...] = ("preuve", "premiere")
"""Where more has to be proved before there is a session."""


@dataclass(frozen=True)
class Rules:
    """Of which roles it is asked; of who came by a provider too; how long a new bearer may wait."""

    roles: frozenset[Role] = frozenset()
    of_provider: bool = False
    grace: timedelta = timedelta()


NO_RULES = Rules()
"""It is asked of nobody who has none."""


def demand_of(
    session: Session,
    account_id: int,
    roles: Collection[Role],
    rules: Rules,
    now: datetime,
    *,
    by_provider: bool = False,
) -> Demand:
    """Return what is asked of an account that has just been believed once.

    Parameters
    ----------
    session : Session
    account_id : int
    roles : collection of str
        Those that it has on this day.
    rules : Rules
    now : datetime
    by_provider : bool
        It came by the provider, which may have asked for two proofs itself.
    """
    if not by_provider or rules.of_provider:
        if has_factor(session, account_id):
            return "preuve"
        demanding = rules.roles & {*roles}
        if demanding and not _all_new(session, account_id, demanding, rules, now):
            return "premiere"
    taken = select(Account.factors_removed_at).where(Account.id == account_id)
    return "rien" if session.scalar(taken) is None else "avis"


def has_factor(session: Session, account_id: int) -> bool:
    """Return whether an account has a second factor of any kind."""
    kinds = (exists().where(kind.account_id == account_id) for kind in (TotpKey, Passkey))
    return bool(session.scalar(select(or_(*kinds))))


def without_factor(session: Session, roles: Collection[Role], today: date) -> list[str]:
    """Return the accounts that a role asks for a second factor and that have none, by name."""
    query = (
        select(Account.compte)
        .where(Account.roles.any(AccountRole.role.in_(roles)), open_on(today), ~Account.demo)
        .where(*(~exists().where(kind.account_id == Account.id) for kind in (TotpKey, Passkey)))
        .order_by(Account.compte)
    )
    return list(session.scalars(query))


def _all_new(
    session: Session, account_id: int, roles: Collection[Role], rules: Rules, now: datetime
) -> bool:
    """Return whether each of some roles was given so lately that its bearer may still wait."""
    query = select(AccountRole.since).where(
        AccountRole.account_id == account_id, AccountRole.role.in_(roles)
    )
    return all(since is not None and now < since + rules.grace for since in session.scalars(query))
