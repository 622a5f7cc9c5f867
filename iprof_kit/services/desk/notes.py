"""Internal notes: dated, by a service, on the person of a thread; hers when she asks for them."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.characters import name_of, tidy, unfit
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records.cases import CaseNote
from iprof_kit.records.database import writing
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.contract.bureau.fils import (
    LONGEST_NOTE,
    PAS_DANS_UNE_NOTE,
    EcrireNote,
    FilGere,
)
from iprof_kit.services.desk.noting import note
from iprof_kit.services.desk.thread import seen_thread, shown

MOST_NOTES = 200
"""Notes on one person."""


def write(identity: Identity, wanted: EcrireNote, now: datetime) -> FilGere:
    """Keep a note on the person of a thread; the same order sent again is one note.

    Raises
    ------
    InputError
        The note is empty, too long or cannot be read.
    Refused
        The thread is in no portfolio of hers today, or there are as many notes as are kept.
    """
    text, today = _text(wanted.texte), paris(now).date()
    key = f"{identity.compte}:{wanted.id}:{wanted.cle}:{text}"
    name = hashlib.sha256(key.encode()).hexdigest()[:24]
    with writing() as session:
        seen = seen_thread(session, identity, wanted.id, today, lock=True)
        if session.scalar(select(CaseNote.id).where(CaseNote.name == name)) is None:
            _room(session, seen.agent.numero)
            session.add(
                CaseNote(
                    name=name,
                    numero=seen.agent.numero,
                    case_id=seen.case.id,
                    at=now,
                    service=seen.service,
                    text=text,
                )
            )
            note(session, identity, now, "note_interne_ecrite", seen.agent.numero, "")
        session.flush()
        return shown(session, seen, today)


def _text(given: str) -> str:
    text = tidy(given).strip()
    if not text:
        raise InputError("cette note est vide.", where="texte", remedy=PAS_DANS_UNE_NOTE)
    if len(text) > LONGEST_NOTE:
        raise InputError(
            f"cette note compte {len(text)} caractères.",
            where="texte",
            remedy=f"Elle en tient {LONGEST_NOTE} au plus.",
        )
    if unseen := unfit(text, lines=True):
        raise InputError(
            f"cette note contient {name_of(unseen)}.",
            where="texte",
            remedy="Saisissez-la au clavier.",
        )
    return text


def _room(session: Session, numero: str) -> None:
    kept = select(func.count(CaseNote.id)).where(CaseNote.numero == numero)
    if (session.scalar(kept) or 0) >= MOST_NOTES:
        raise Refused(
            f"{MOST_NOTES} notes portent déjà sur cette personne.",
            remedy="Une note sert à la gestion : la suite se dit dans le fil.",
        )
