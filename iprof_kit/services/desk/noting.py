"""What a case manager reads and does is in the journal, about the person, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from iprof_kit.records.journal import audit
from iprof_kit.services.access.identity import Identity

LONGEST_DETAIL = 200
EVERYBODY = "bureau"
"""What a list is about: names and what they wait for, no file."""


def note(
    session: Session, identity: Identity, now: datetime, action: str, numero: str, why: str
) -> None:
    """Add the line of what is read or done about one person."""
    audit.note(
        session,
        at=now,
        actor=identity.compte,
        action=action,
        subject=f"dossier:{numero}",
        detail=why[:LONGEST_DETAIL],
    )


def note_each(
    session: Session, identity: Identity, now: datetime, action: str, why: Mapping[str, str]
) -> None:
    """Add the line of what is done about each of many people, its reason beside her number."""
    audit.note_all(
        session,
        (
            audit.Entry(
                now, identity.compte, action, f"dossier:{numero}", detail=one[:LONGEST_DETAIL]
            )
            for numero, one in why.items()
        ),
    )


def note_list(session: Session, identity: Identity, now: datetime, action: str, how: str) -> None:
    """Add the line of a list that was shown: about nobody alone."""
    audit.note(
        session,
        at=now,
        actor=identity.compte,
        action=action,
        subject=EVERYBODY,
        detail=how[:LONGEST_DETAIL],
    )
