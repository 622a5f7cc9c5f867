"""Which messages of the kit a person wants: all of them, until she says otherwise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Conflict
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.outbox import KitChoice, KitLook
from iprof_kit.records.repository import Order, Repository
from iprof_kit.services.academies import travaux
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.contract.kit_messages import (
    ChoisirMessages,
    ChoixDeMessages,
    FamilleDeMessages,
    MessagesChoisis,
)
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.kit_messages.once import EVERYTHING
from iprof_kit.services.kit_messages.texts import families

_CHOICES: Repository[KitChoice] = Repository(KitChoice, KitChoice.numero)


def read(owner: Owner, _wanted: NoArguments, now: datetime) -> MessagesChoisis:
    """Return which messages she wants; the reading is noted."""
    with writing() as session:
        _note(session, owner, now, "messages_kit_lus")
        return _choice(session, owner)


def choose(owner: Owner, wanted: ChoisirMessages, now: datetime) -> ChoixDeMessages:
    """Keep her choice. What she wants again is looked for at the next round.

    Raises
    ------
    Unavailable
        The database does not answer; nothing has been written.
    """
    refused = [code for code in families() if code not in wanted.voulues]
    if len(refused) == len(families()):
        refused = [EVERYTHING]

    def change(session: Session, row: KitChoice) -> None:
        row.refused, row.chosen_at = " ".join(refused), now
        session.execute(delete(KitLook).where(KitLook.numero == owner.numero))

    def journal(session: Session) -> None:
        _note(session, owner, now, "messages_kit_choisis", " ".join(refused))

    key = f"messages:{owner.numero}:{wanted.cle}"
    try:
        order = Order(key, owner.compte, now, expected_version=wanted.revision)
        receipt = _CHOICES.store(owner.numero, change, order, journal)
    except Conflict:
        with reading() as session:
            return ChoixDeMessages(issue="conflit", choix=_choice(session, owner))
    with reading() as session:
        return ChoixDeMessages(
            issue="enregistre", choix=_choice(session, owner), numero=receipt.number
        )


def _choice(session: Session, owner: Owner) -> MessagesChoisis:
    row = _CHOICES.find(session, owner.numero)
    refused = {*row.refused.split()} if row else set()
    return MessagesChoisis(
        possible=travaux().messages,
        familles=[
            FamilleDeMessages(
                code=code, libelle=words, voulue=refused.isdisjoint({code, EVERYTHING})
            )
            for code, words in families().items()
        ],
        revision=row.version if row else 0,
        choisi_le=row.chosen_at if row else None,
    )


def _note(session: Session, owner: Owner, now: datetime, action: str, detail: str = "") -> None:
    subject = f"dossier:{owner.numero}"
    audit.note(session, at=now, actor=owner.compte, action=action, subject=subject, detail=detail)
