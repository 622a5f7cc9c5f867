"""The journal of who did or read what, when and from where.

A line holds no personal text: a random pseudonym stands for a name, a salted commitment for words
and addresses. What they were is beside it, in two tables that erasing empties. Lines are added and
never changed: the database refuses it, and the marks and seals of `records/journal` show it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    LargeBinary,
    ScalarSelect,
    String,
    Text,
    bindparam,
    insert,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from iprof_kit.base.errors import Conflict
from iprof_kit.records.base import Base, Moment
from iprof_kit.records.journal.keys import Keys, commitment, keys_of, own_keys

_SALT_BYTES = 16
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_ATTEMPTS = 3


class AuditRow(Base):
    """One line. `mark` covers all that precedes it; `batch` and `link` come when it is sealed."""

    __tablename__ = "audit"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor: Mapped[str] = mapped_column(String(32), index=True)
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(32), index=True)
    detail: Mapped[str | None] = mapped_column(String(64))
    address: Mapped[str | None] = mapped_column(String(64))
    mark: Mapped[str] = mapped_column(String(48))
    key: Mapped[str] = mapped_column(String(16))
    batch: Mapped[int | None] = mapped_column(index=True)
    link: Mapped[str | None] = mapped_column(String(32))


class AuditWords(Base):
    """What a line says in words, with the salts of its commitments; a line without any has none."""

    __tablename__ = "audit_words"

    id: Mapped[int] = mapped_column(ForeignKey("audit.id", ondelete="CASCADE"), primary_key=True)
    detail: Mapped[str] = mapped_column(String(200))
    detail_salt: Mapped[bytes] = mapped_column(LargeBinary)
    address: Mapped[str | None] = mapped_column(String(45))
    address_salt: Mapped[bytes | None] = mapped_column(LargeBinary)


class AuditName(Base):
    """Whom or what a pseudonym stands for. `word` is what the name is about: a file, an account."""

    __tablename__ = "audit_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    word: Mapped[str] = mapped_column(String(80), index=True)
    pseudonym: Mapped[str] = mapped_column(String(32), unique=True)
    mark: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(16))


class AuditSeal(Base):
    """One batch of lines, sealed after the former one; it outlives its lines."""

    __tablename__ = "audit_seals"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    first: Mapped[int]
    count: Mapped[int]
    lines: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(32))
    former: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(16))
    mark: Mapped[str] = mapped_column(String(32))


_NAMED = (
    select(AuditName.name, AuditName.pseudonym, AuditName.key)
    .where(AuditName.name.in_(bindparam("names", expanding=True)))
    .order_by(AuditName.name)
    .with_for_update(read=True, key_share=True)
)
_ADD = insert(Base.metadata.tables["audit"]).inline()
_ADD_AND_TELL = insert(Base.metadata.tables["audit"]).returning(AuditRow.id)
_ADD_ALL = insert(Base.metadata.tables["audit"]).returning(AuditRow.id, AuditRow.mark)
_ADD_WORDS = insert(Base.metadata.tables["audit_words"])
"""Made once: every act runs them."""


@dataclass(frozen=True)
class Entry:
    """One line to be written: when, who, what, about whom or what, from where, in which words."""

    at: datetime
    actor: str
    action: str
    subject: str
    address: str | None = None
    detail: str = ""


@dataclass(frozen=True)
class JournalLine:
    """One line as people read it; names that were erased are those that replaced them."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    address: str | None
    detail: str
    batch: int | None = None


def note(
    session: Session,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    address: str | None = None,
    detail: str = "",
) -> None:
    """Add one line, in the transaction of what it tells: both are kept, or neither.

    Raises
    ------
    Unavailable
        The secret of the journal is missing or is not that of this database.
    """
    entry = Entry(at, actor, action, subject, address, detail)
    keys, named = _named(session, {actor, subject})
    row, words = _row(entry, keys, named)
    if not words:
        session.connection().execute(_ADD, row)
        return
    number = session.connection().execute(_ADD_AND_TELL, row).scalar_one()
    session.connection().execute(_ADD_WORDS, words | {"id": number})


def note_all(session: Session, entries: Iterable[Entry]) -> None:
    """Add many lines as `note` does each, in as many questions as for one.

    Raises
    ------
    Unavailable
        The secret of the journal is missing or is not that of this database.
    """
    entries = list(entries)
    if not entries:
        return
    keys, named = _named(session, {name for one in entries for name in (one.actor, one.subject)})
    rows = [_row(one, keys, named) for one in entries]
    # in no order: a line is known by its mark, of which no two are alike
    added = session.connection().execute(_ADD_ALL, [row for row, _ in rows])
    numbers = {mark: number for number, mark in added}
    spoken = [words | {"id": numbers[row["mark"]]} for row, words in rows if words]
    if spoken:
        session.connection().execute(_ADD_WORDS, spoken)


def _row(
    entry: Entry, keys: Keys, named: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a line as its table holds it, and its words, which another table holds."""
    words = _words(entry.detail, entry.address)
    row: dict[str, Any] = {
        "at": entry.at,
        "actor": named[entry.actor],
        "action": entry.action,
        "subject": named[entry.subject],
        "detail": commitment(words["detail_salt"], entry.detail) if words else None,
        "address": None
        if entry.address is None
        else commitment(words["address_salt"], entry.address),
        "key": keys.name,
    }
    of_line = (row["actor"], entry.action, row["subject"], row["detail"], row["address"])
    row["mark"] = keys.of_row(*covered(entry.at, *of_line))
    return row, words


def _words(detail: str, address: str | None) -> dict[str, Any]:
    """Return what a line says in words, each with a salt of its own; nothing where it says none."""
    if not detail and address is None:
        return {}
    return {
        "detail": detail,
        "detail_salt": secrets.token_bytes(_SALT_BYTES),
        "address": address,
        "address_salt": None if address is None else secrets.token_bytes(_SALT_BYTES),
    }


def covered(at: datetime, *fields: str | None) -> tuple[str | None, ...]:
    """Return what the mark of a line covers: moment, actor, action, subject, commitments."""
    return at.astimezone(UTC).isoformat(timespec="microseconds"), *fields


def lines(
    session: Session, *, subject: str | None = None, last: int = 100
) -> Sequence[JournalLine]:
    """Return the `last` lines, newest first, of one subject or of all."""
    about = () if subject is None else (AuditRow.subject == called(subject),)
    return list(readable_lines(session, *about, newest_first=True, most=last))


def readable_lines(
    session: Session,
    *conditions: ColumnElement[bool],
    newest_first: bool = False,
    most: int | None = None,
) -> Iterator[JournalLine]:
    """Yield the lines that satisfy conditions on `AuditRow`, with their names and words."""
    actor, subject = aliased(AuditName), aliased(AuditName)
    order = AuditRow.id.desc() if newest_first else AuditRow.id
    query = (
        select(
            AuditRow.id,
            AuditRow.at,
            AuditRow.action,
            actor.name,
            subject.name,
            AuditWords.detail,
            AuditWords.address,
            AuditRow.batch,
        )
        .outerjoin(actor, actor.pseudonym == AuditRow.actor)
        .outerjoin(subject, subject.pseudonym == AuditRow.subject)
        .outerjoin(AuditWords, AuditWords.id == AuditRow.id)
        .where(*conditions)
        .order_by(order)
        .limit(most)
    )
    for number, at, action, by, about, detail, address, batch in session.execute(
        query, execution_options={"yield_per": 500}
    ):
        yield JournalLine(number, at, by or "", action, about or "", address, detail or "", batch)


def called(name: str) -> ScalarSelect[str]:
    """Return, for a condition, the pseudonym of a name; nothing is equal to that of an unknown."""
    return select(AuditName.pseudonym).where(AuditName.name == name).scalar_subquery()


def word_of(name: str) -> str:
    """Return what a name is about: « D0001 » of « carnet:D0001:voeux »."""
    parts = name.split(":")
    return parts[1] if len(parts) > 1 else name


def renamed(name: str, word: str) -> str:
    """Return a name about something else: « carnet:efface-1:voeux »."""
    parts = name.split(":")
    parts[min(1, len(parts) - 1)] = word
    return ":".join(parts)


def names_about(
    session: Session, words: Iterable[str], *, lock: bool = False
) -> Sequence[AuditName]:
    """Return the names that are about some files, accounts or links.

    Locked, whoever was noting a line about one of them has finished, and who comes next waits.
    """
    query = select(AuditName).where(AuditName.word.in_(list(words))).order_by(AuditName.name)
    return session.scalars(query.with_for_update() if lock else query).all()


def _named(session: Session, names: set[str]) -> tuple[Keys, Mapping[str, str]]:
    """Return the keys and the pseudonym of each name, given at its first line.

    The rows are kept as they are until the transaction ends: nobody erases a name under a line
    that is being written.
    """
    for _ in range(_ATTEMPTS):
        rows = session.connection().execute(_NAMED, {"names": sorted(names)}).all()
        keys = _keys(session, {row.key for row in rows})
        known = {row.name: row.pseudonym for row in rows}
        if len(known) == len(names):
            return keys, known
        _give(session, keys, sorted(names - set(known)))
    raise Conflict("ce nom du journal change sans cesse.", remedy="Réessayez dans un instant.")


def _keys(session: Session, used: set[str]) -> Keys:
    """Return the keys; names that were made with ours spare a question to the database."""
    if used:
        keys = own_keys()
        if used == {keys.name}:
            return keys
    return keys_of(session)


def _give(session: Session, keys: Keys, names: Sequence[str]) -> None:
    """Give a pseudonym to each name; one that somebody has just given stays."""
    rows = []
    for name in names:
        pseudonym = secrets.token_hex(16)
        rows.append(
            {
                "name": name,
                "word": word_of(name),
                "pseudonym": pseudonym,
                "mark": keys.of_name(name, pseudonym),
                "key": keys.name,
            }
        )
    add = _INSERTS[session.get_bind().dialect.name](AuditName.__table__)
    session.connection().execute(add.values(rows).on_conflict_do_nothing())
