"""What a trainer does of her lesson: open it, show a screen of it, come back to it, end it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records.accounts import Account
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.lessons.live import LiveLesson
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.contract.lecons import AllerA, EtatLecon, FermerLecon, OuvrirLecon
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.lessons.room import Room, find_lesson, free_code, read_room


def open_lesson(trainer: Identity, wanted: OuvrirLecon, now: datetime) -> EtatLecon:
    """Open a lesson under a new code; the one that this trainer had open is erased."""
    with writing() as session:
        session.execute(  # two pages of one trainer open one after the other
            select(Account.id).where(Account.id == trainer.account_id).with_for_update()
        )
        session.execute(delete(LiveLesson).where(LiveLesson.account_id == trainer.account_id))
        row = LiveLesson(
            account_id=trainer.account_id,
            code=free_code(session),
            opened_at=now,
            touched_at=now,
            content=wanted.lecon.model_dump_json(),
        )
        session.add(row)
        session.flush()
        _note(session, trainer, "lecon_ouverte", wanted.lecon.id, now)
        return _state(read_room(session, row))


def state(trainer: Identity, _wanted: NoArguments, now: datetime) -> EtatLecon:
    """Return the lesson that this trainer leads, as it stands, or an empty state."""
    with reading() as session:
        row = find_lesson(session, LiveLesson.account_id == trainer.account_id, now=now)
        return _state(read_room(session, row)) if row else EtatLecon()


def go_to(trainer: Identity, wanted: AllerA, now: datetime) -> EtatLecon:
    """Show a screen, reveal its answer, start or stop its clock.

    A clock is that of one screen: another screen begins without.
    """
    with writing() as session:
        row = _own(session, trainer, wanted.code, now)
        room = read_room(session, row)
        if wanted.ecran >= len(room.lesson.ecrans):
            raise InputError(
                "cette leçon n’a pas cet écran.", where="ecran", remedy="Rechargez la page."
            )
        if wanted.chrono is not None:
            row.closes_at = now + timedelta(seconds=wanted.chrono)
        elif not row.launched or wanted.ecran != row.screen:
            row.closes_at = None
        row.launched, row.screen, row.revealed = True, wanted.ecran, wanted.revele
        row.touched_at = now
        session.flush()
        return _state(read_room(session, row, room))


def close_lesson(trainer: Identity, wanted: FermerLecon, now: datetime) -> EtatLecon:
    """Erase a lesson: its code, the marks of its phones, their answers."""
    with writing() as session:
        row = _own(session, trainer, wanted.code, now)
        name = read_room(session, row).lesson.id
        session.execute(delete(LiveLesson).where(LiveLesson.id == row.id))
        _note(session, trainer, "lecon_fermee", name, now)
    return EtatLecon()


def _own(session: Session, trainer: Identity, code: str, now: datetime) -> LiveLesson:
    """Return the lesson of a code, which is this trainer's; another's is none to her."""
    own = (LiveLesson.code == code, LiveLesson.account_id == trainer.account_id)
    row = find_lesson(session, *own, now=now, lock="alone")
    if row is None:
        raise Refused(
            "cette leçon est terminée, ou n’est pas la vôtre.",
            remedy="Ouvrez-la de nouveau depuis vos leçons.",
        )
    return row


def _state(room: Room) -> EtatLecon:
    return EtatLecon(
        code=room.code,
        lecon=room.lesson,
        ouverte_le=room.opened_at,
        lancee=room.launched,
        ecran=room.screen,
        revele=room.revealed,
        reponses_jusqua=room.closes_at,
        presents=len(room.phones),
        reponses=len(room.answers),
        compte=room.distribution(),
    )


def _note(session: Session, trainer: Identity, action: str, lesson: str, now: datetime) -> None:
    """Note that a lesson was opened or closed: nothing of its code, nor of who took part."""
    audit.note(
        session,
        at=now,
        actor=trainer.compte,
        action=action,
        subject=f"compte:{trainer.compte}",
        detail=lesson,
    )
