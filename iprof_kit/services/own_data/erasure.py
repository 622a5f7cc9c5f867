"""Erasing one person: her rows go, the journal stays readable under a name that says nothing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from iprof_kit.base.characters import name_of, tidy, unfit
from iprof_kit.base.errors import InputError
from iprof_kit.records.cvs import CvLink
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.journal.audit import AuditRow, AuditWords
from iprof_kit.records.journal.entries import NAME_ERASED
from iprof_kit.records.journal.keys import keys_of
from iprof_kit.records.person import (
    Person,
    find_person,
    journal_names,
    journal_of,
    lines_of,
    writes_of,
)
from iprof_kit.records.repository import Write
from iprof_kit.records.tables import METADATA
from iprof_kit.services.cv.shared_pages import SHARED_PAGES

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

    Her lines of the journal stay with their dates and actions, and still verify; her file, her
    account and her links get a random name, the words and addresses of her lines go with their
    salts, and lines more say which names were erased, when and why. What only an engine's free
    pages or a copy still hold is not this function's: see docs/dossier.md.

    Raises
    ------
    InputError
        There is no such file, or no reason is given.
    """
    why = tidy(reason).strip()
    if not why or len(why) > LONGEST_REASON:
        raise InputError(
            f"le motif est nécessaire, en {LONGEST_REASON} caractères au plus.",
            where="motif",
            remedy="Exemple : demande de la personne du 3 novembre 2026.",
        )
    if unseen := unfit(why):
        raise InputError(
            f"ce texte contient {name_of(unseen)}.",
            where="motif",
            remedy="Saisissez-le au clavier, sur une ligne.",
        )
    pseudonym = f"efface-{secrets.token_hex(4)}"
    with writing() as session:
        person = _person(session, numero)
        counted = _counted(session, person)
        _forget(session, person, pseudonym, by, now)
        session.execute(delete(Write).where(writes_of(person)))
        session.execute(update(Write).where(Write.by.in_(person.accounts)).values(by=pseudonym))
        for table in reversed(METADATA.sorted_tables):
            if keys := person.keys.get(table.name):
                session.execute(delete(table).where(table.c.id.in_(keys)))
        audit.note(
            session,
            at=now,
            actor=by,
            action="dossier_efface",
            subject=f"dossier:{pseudonym}",
            detail=why,
        )
    SHARED_PAGES.forget(numero)
    return Erasure(counted.rows, counted.history, counted.journal, pseudonym)


def _person(session: Session, numero: str) -> Person:
    person = find_person(session, numero)
    if person is None:
        raise InputError(
            "ce dossier n’existe pas.", where=numero[:40], remedy="Vérifiez son numéro."
        )
    return person


def _counted(session: Session, person: Person) -> Erasure:
    history = select(func.count(Write.id)).where(writes_of(person))
    lines = select(func.count(AuditRow.id)).where(journal_of(session, person))
    return Erasure(
        {name: len(keys) for name, keys in person.keys.items()},
        session.scalar(history) or 0,
        session.scalar(lines) or 0,
    )


def _forget(session: Session, person: Person, pseudonym: str, by: str, now: datetime) -> None:
    """Take away what the journal says of her in words; a line says so for each of her names."""
    links = session.scalars(
        select(CvLink.name).where(CvLink.id.in_(person.keys.get("cv_links", ())))
    ).all()
    names = journal_names(session, person, links=links, lock=True)
    hers = select(AuditRow.id).where(lines_of(names))
    session.execute(
        delete(AuditWords).where(AuditWords.id.in_(hers)),
        execution_options={"synchronize_session": False},
    )
    keys, instead = keys_of(session), _instead(person, links, pseudonym)
    for name in names:
        name.name = audit.renamed(name.name, instead[name.word])
        name.word = instead[name.word]
        name.mark, name.key = keys.of_name(name.name, name.pseudonym), keys.name
    session.flush()
    for name in names:
        audit.note(session, at=now, actor=by, action=NAME_ERASED, subject=name.name)


def _instead(person: Person, links: Sequence[str], pseudonym: str) -> Mapping[str, str]:
    """Return what stands for each of her words: her file and her first account share a name."""
    more = [*person.accounts[1:], *links]
    return (
        {person.numero: pseudonym}
        | dict.fromkeys(person.accounts[:1], pseudonym)
        | {word: f"{pseudonym}-{number}" for number, word in enumerate(more, 2)}
    )
