"""Erasing one person: her rows go, the journal stays readable under a name that says nothing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError
from iprof_kit.records import audit
from iprof_kit.records.audit import AuditRow
from iprof_kit.records.cvs import CvLink
from iprof_kit.records.database import reading, writing
from iprof_kit.records.person import Person, find_person, journal_of, writes_of
from iprof_kit.records.repository import Write
from iprof_kit.records.tables import METADATA
from iprof_kit.services.shared_pages import SHARED_PAGES

LONGEST_REASON = 150


@dataclass(frozen=True)
class Erasure:
    """How many rows of each table; `pseudonym` is what the journal calls her afterwards."""

    rows: Mapping[str, int]
    history: int
    journal: int
    pseudonym: str | None = None


def erasable(numero: str) -> Erasure:
    """Return what erasing a person would remove, without removing anything.

    Raises
    ------
    InputError
        There is no such file.
    """
    with reading() as session:
        return _counted(session, _person(session, numero))


def erase(numero: str, reason: str, by: str, now: datetime) -> Erasure:
    """Remove every row of a person, all or nothing.

    Her lines of the journal stay with their dates and actions; her file, her account, the
    addresses and the details are replaced by a random name, and one line more says that she was
    erased, when and why. What only an engine's free pages or a copy still hold is not this
    function's: see docs/dossier.md.

    Raises
    ------
    InputError
        There is no such file, or no reason is given.
    """
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        raise InputError(
            f"le motif est nécessaire, en {LONGEST_REASON} caractères au plus.", where="motif",
            remedy="Exemple\u00a0: demande de la personne du 3 novembre 2026.",
        )  # fmt: skip
    pseudonym = f"efface-{secrets.token_hex(4)}"
    with writing() as session:
        person = _person(session, numero)
        counted = _counted(session, person)
        _rename(session, person, pseudonym)
        session.execute(delete(Write).where(writes_of(person)))
        session.execute(update(Write).where(Write.by.in_(person.accounts)).values(by=pseudonym))
        for table in reversed(METADATA.sorted_tables):
            if keys := person.keys.get(table.name):
                session.execute(delete(table).where(table.c.id.in_(keys)))
        audit.note(
            session, at=now, actor=by, action="dossier_efface", subject=f"dossier:{pseudonym}",
            detail=why,
        )  # fmt: skip
    SHARED_PAGES.forget(numero)
    return Erasure(counted.rows, counted.history, counted.journal, pseudonym)


def _person(session: Session, numero: str) -> Person:
    person = find_person(session, numero)
    if person is None:
        raise InputError("ce dossier n’existe pas.", where=numero[:40])
    return person


def _counted(session: Session, person: Person) -> Erasure:
    history = select(func.count(Write.id)).where(writes_of(person))
    lines = select(func.count(AuditRow.id)).where(journal_of(person))
    return Erasure(
        {name: len(keys) for name, keys in person.keys.items()},
        session.scalar(history) or 0, session.scalar(lines) or 0,
    )  # fmt: skip


def _rename(session: Session, person: Person, pseudonym: str) -> None:
    """Give another name to the person wherever the journal has hers."""
    links = session.scalars(
        select(CvLink.name).where(CvLink.id.in_(person.keys.get("cv_links", ())))
    ).all()
    hers = {person.numero, *person.accounts}
    readers = [f"lien:{name}" for name in links]
    lines = session.scalars(
        select(AuditRow).where(or_(journal_of(person), AuditRow.actor.in_(readers)))
    )
    for line in lines:
        said = line.subject.split(":")
        line.subject = ":".join(pseudonym if word in hers else word for word in said)
        if line.actor in person.accounts:
            line.actor = pseudonym
        line.address, line.detail = None, ""
