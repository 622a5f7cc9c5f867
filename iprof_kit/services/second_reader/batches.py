"""What a held order would do today, in its author’s name: to whom, what each would read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import BadTable
from iprof_kit.base.words import counted
from iprof_kit.records.accounts import Account
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, HeldOrder
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.login import identity_of
from iprof_kit.services.access.reach import outside
from iprof_kit.services.campaigns import board_acts
from iprof_kit.services.cases.held import ANSWERS, CAMPAIGN
from iprof_kit.services.contract.bureau.campagnes import AgirCampagne
from iprof_kit.services.contract.bureau.ensemble import RepondreEnsemble
from iprof_kit.services.desk import together

_ACTS = {
    "demander_piece": "Pièce demandée",
    "admettre": "Noté recevable",
    "ecarter": "Noté irrecevable",
    "repondre": "Réponse",
}


@dataclass(frozen=True)
class Batch:
    """The threads of a held order as they are today; `do` acts on them, in the author's name."""

    what: str
    threads: Sequence[tuple[Case, Agent, str]]
    mark: str
    do: Callable[[], None]


def author_of(session: Session, row: HeldOrder, today: date) -> Identity:
    """Return who confirmed it, as she is on a day.

    Raises
    ------
    Refused
        Her account is closed.
    """
    account = session.get(Account, row.author)
    if account is None:
        raise outside()
    return identity_of(account, today)


def batch(session: Session, row: HeldOrder, now: datetime, *, lock: bool = False) -> Batch:
    """Return what a held order would do today.

    Raises
    ------
    Refused
        Its author may not do it any more.
    """
    author = author_of(session, row, paris(now).date())
    if row.kind == ANSWERS:
        return _answers(session, author, RepondreEnsemble.model_validate(row.asked), now, lock=lock)
    if row.kind == CAMPAIGN:
        return _campaign(session, author, AgirCampagne.model_validate(row.asked), now, lock=lock)
    raise BadTable(f"relecture d’une nature inconnue : {row.kind}.")


def _answers(
    session: Session, author: Identity, wanted: RepondreEnsemble, now: datetime, *, lock: bool
) -> Batch:
    today = paris(now).date()
    chosen = together.chosen(session, author, wanted, today, lock=lock)
    return Batch(
        f"Réponse à {counted(len(chosen.answered), 'fil')}",
        [
            (one.case, one.agent, together.as_read(wanted.texte, one, today))
            for one in chosen.answered
        ],
        chosen.mark,
        lambda: together.answer(session, author, wanted, chosen, now),
    )


def _campaign(
    session: Session, author: Identity, wanted: AgirCampagne, now: datetime, *, lock: bool
) -> Batch:
    group = board_acts.group_of(session, author, wanted, now, lock=lock)
    return Batch(
        f"{_ACTS[wanted.acte]}, {counted(len(group.people), 'personne')}",
        [
            (one.case, one.agent, board_acts.as_read(wanted.texte, one, service))
            for one, service in group.people
        ],
        group.mark,
        lambda: board_acts.act(session, author, wanted, group, now),
    )
