"""Entering once everything asked for was proved: the session that had not been opened till then."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from iprof_kit.records.accounts import SessionRow
from iprof_kit.records.journal import audit
from iprof_kit.services.access import links
from iprof_kit.services.access.second_factor.steps import Step
from iprof_kit.services.access.sessions import open_session


def enter(step: Step, address: str, now: datetime) -> str:
    """Open the session of a log-in whose second factor was proved; return its token.

    Raises
    ------
    InputError
        The account, or its link to the provider, is no longer there.
    """
    if step.who is not None:
        return links.enter(step.compte, step.who, address, now, proved=True)

    def also(session: Session, _opened: SessionRow) -> None:
        audit.note(
            session,
            at=now,
            actor=step.compte,
            action="connexion",
            subject=f"compte:{step.compte}",
            address=address[:45],
        )

    return open_session(step.compte, now, also, proved=True)
