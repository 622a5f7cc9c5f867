"""Every row that is about one person, whatever its table: found along the foreign keys.

A table that a later migration adds belongs here as soon as a key leads from it to a file or to an
account; nothing has to be listed. What names a person in words (the history of writes, the
journal) is found by its subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, false, or_, select
from sqlalchemy.orm import Session

from iprof_kit.records.journal.audit import AuditName, AuditRow, names_about
from iprof_kit.records.repository import Write
from iprof_kit.records.tables import METADATA

ROOT = "agents"
BY_SUBJECT = ("writes", "audit", "audit_names", "audit_words")
NOT_ABOUT_A_PERSON: Mapping[str, str] = {
    "audit_seals": "des nombres et des sceaux, sans rien de personne",
    "campaign_files": "des dates de campagne, données par une académie",
    "campaign_incidents": "des échéances déplacées, notées par l’administrateur du kit",
    "correspondences": "des codes d’école et d’académie qui changent, donnés par un administrateur",
    "held_orders": "un envoi qui attend une seconde lecture ; ses fils sont dans cases",
    "mailings": "un message à plusieurs ; qui le reçoit est dans mailing_recipients",
    "mailing_events": "les étapes d’un message à plusieurs, sans qui le reçoit",
    "marks": "ce que la base dit d’elle-même",
    "movement_bars": "des barres de mouvement, données par une académie ou un syndicat",
    "training_sessions": "le plan de formation d’une académie, le même pour tous",
    "jobs": "ce que le kit fait de lui-même, sans personne",
    "sign_on_uses": "l’empreinte de ce qui sert une fois, sans personne",
    "login_attempts": "une empreinte du compte et de l’adresse, qui ne désigne personne",
}
"""Tables left out, each with its reason."""
_NAMES = ("numero", "compte", "name")
_AT_ONCE = 200
"""How many keys one question holds; engines bound it."""


@dataclass(frozen=True)
class Person:
    """Where the rows of one person are: by table, the keys and the public names of her rows."""

    numero: str
    keys: Mapping[str, Sequence[Any]]
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def accounts(self) -> Sequence[str]:
        """The names of her accounts."""
        return self.names.get("accounts", ())

    def count(self, *tables: str) -> int:
        """Return how many rows she has in some tables."""
        return sum(len(self.keys.get(name, ())) for name in tables)


def find_person(session: Session, numero: str) -> Person | None:
    """Return where the rows of one file are, or None where there is no such file."""
    known: dict[str, list[Mapping[str, Any]]] = {}
    for table in METADATA.sorted_tables:
        if rows := _rows(session, table, known, numero):
            known[table.name] = rows
    if ROOT not in known:
        return None
    keys = {name: [row["id"] for row in rows] for name, rows in known.items()}
    names = {
        table: [row[name] for row in rows for name in _NAMES if name in row]
        for table, rows in known.items()
    }
    return Person(numero, keys, names)


def reachable_tables() -> set[str]:
    """Return the tables that foreign keys lead to from a file."""
    names = {ROOT}
    for table in METADATA.sorted_tables:
        if any(key.column.table.name in names for key in table.foreign_keys):
            names.add(table.name)
    return names


def rows_of(session: Session, person: Person, table: str) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of one table that are hers, few at a time: some hold a megabyte."""
    wanted = METADATA.tables[table]
    for keys in _few(person.keys.get(table, ())):
        query = select(wanted).where(wanted.c.id.in_(keys)).order_by(wanted.c.id)
        for row in session.execute(query, execution_options={"yield_per": 5}).mappings():
            yield dict(row)


def writes_of(person: Person) -> ColumnElement[bool]:
    """Return the condition of the history of her rows."""
    subjects = [f"{table}:{name}" for table, names in person.names.items() for name in names]
    return or_(*(Write.subject.in_(some) for some in _few(subjects)))


def journal_names(
    session: Session, person: Person, *, links: Sequence[str] = (), lock: bool = False
) -> Sequence[AuditName]:
    """Return the names that the journal has for her, and for some links to her CV."""
    wanted = {person.numero, *person.accounts, *links}
    candidates = names_about(session, wanted, lock=lock)
    return [one for one in candidates if _hers(one, person, links)]


def journal_of(session: Session, person: Person) -> ColumnElement[bool]:
    """Return the condition of the lines of the journal that name her, as subject or as actor."""
    return lines_of(journal_names(session, person))


def lines_of(names: Sequence[AuditName]) -> ColumnElement[bool]:
    """Return the condition of the lines that hold one of some names."""
    groups = list(_few([name.pseudonym for name in names]))
    return or_(
        false(),
        *(AuditRow.subject.in_(some) for some in groups),
        *(AuditRow.actor.in_(some) for some in groups),
    )


def _hers(entry: AuditName, person: Person, links: Sequence[str]) -> bool:
    """Return whether a name about one of her words is hers: accounts may be called like files."""
    kind, colon, _ = entry.name.partition(":")
    if not colon or kind == "compte":
        return entry.word in person.accounts
    return entry.word in links if kind == "lien" else entry.word == person.numero


def _rows(
    session: Session, table: Table, known: Mapping[str, list[Mapping[str, Any]]], numero: str
) -> list[Mapping[str, Any]]:
    """Return the keys and names of the rows that belong to rows already known."""
    if table.name == ROOT:
        conditions = [table.c.numero == numero]
    else:
        conditions = [
            key.parent.in_(some)
            for key in table.foreign_keys
            for some in _few([row[key.column.name] for row in known.get(key.column.table.name, ())])
        ]
    if not conditions:
        return []
    wanted = [table.c[name] for name in ("id", *_NAMES) if name in table.c]
    rows_by_id: dict[Any, Mapping[str, Any]] = {}
    for condition in conditions:
        query: Select[Any] = select(*wanted).where(condition)
        rows_by_id |= {row["id"]: dict(row) for row in session.execute(query).mappings()}
    return list(rows_by_id.values())


def _few(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
