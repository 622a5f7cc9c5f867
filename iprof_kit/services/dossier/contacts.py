"""The contact details that a person writes: checked field by field, beside the administration's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Conflict
from iprof_kit.records.agents import OwnContact
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Order, Repository, Write
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.contract.dossier import Adresse
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.contract.own_file import (
    CHAMPS,
    AncienneSaisie,
    Champ,
    ContactEnregistre,
    ContactLu,
    EnregistrerContact,
    Saisie,
)
from iprof_kit.services.dossier.contact_checks import checked
from iprof_kit.services.dossier.storing import AGENTS

_CONTACTS: Repository[OwnContact] = Repository(OwnContact, OwnContact.numero)
Entries = dict[str, Any]
MOST_FORMER = 100
"""Writes that the list of former values goes back; all of them are taken away in the archive."""


def read(owner: Owner, _wanted: NoArguments, now: datetime) -> ContactLu:
    """Return what the person wrote, and the values that she had written before."""
    with writing() as session:
        _note(session, owner, now, "contact_lu")
        return contact_of(session, owner.numero)


def written(session: Session, numero: str) -> list[Saisie]:
    """Return the contact details that the person wrote."""
    row = _CONTACTS.find(session, numero)
    return [] if row is None else _entries(row.entries)


def save(owner: Owner, wanted: EnregistrerContact, now: datetime) -> ContactEnregistre:
    """Keep what she wrote beside what the administration has; the former values stay.

    A field that says what it already said, or what the administration says where she had written
    nothing, is not written. Nothing is written where one field is wrong.

    Raises
    ------
    Unavailable
        The database does not answer, or the file is not in it; nothing has been written.
    """
    with reading() as session:
        home = _administration(session, owner)
        stored = contact_of(session, owner.numero)
    shown: dict[Champ, str] = {name: getattr(home, name, None) or "" for name in CHAMPS}
    shown |= {one.champ: one.valeur for one in stored.saisies}
    typed, faults = checked(wanted.valeurs, shown)
    if faults:
        return ContactEnregistre(issue="erreurs", contact=stored, erreurs=faults)
    entries = _merged(stored, typed, wanted.reprendre, home, now)
    key = _key(owner, wanted)
    if entries is None and not _done(key):
        return ContactEnregistre(issue="inchange", contact=stored)

    def change(session: Session, row: OwnContact) -> None:
        if not AGENTS.exists(session, owner.numero):
            raise absent_file()
        row.saved_at, row.entries = now, entries or {}

    def journal(session: Session) -> None:
        _note(session, owner, now, "contact_enregistre")

    order = Order(key, owner.compte, now, expected_version=wanted.revision)
    try:
        receipt = _CONTACTS.store(owner.numero, change, order, journal)
    except Conflict:
        with reading() as session:
            return ContactEnregistre(issue="conflit", contact=contact_of(session, owner.numero))
    with reading() as session:
        after = contact_of(session, owner.numero)
    return ContactEnregistre(issue="enregistre", contact=after, numero=receipt.number)


def contact_of(session: Session, numero: str) -> ContactLu:
    """Return what is stored, with the values that it replaced."""
    row = _CONTACTS.find(session, numero)
    if row is None:
        return ContactLu()
    return ContactLu(
        revision=row.version,
        enregistre_le=row.saved_at,
        saisies=_entries(row.entries),
        anciennes=list(_former(session, numero, row.entries)),
    )


def _former(session: Session, numero: str, now_written: Entries) -> Iterator[AncienneSaisie]:
    """Yield the values that were replaced, newest first, from the history of writes."""
    query = select(Write).where(Write.subject == f"own_contacts:{numero}")
    after = now_written
    for write in session.scalars(query.order_by(Write.id.desc()).limit(MOST_FORMER)):
        before: Entries = (write.former or {}).get("entries", {})
        for saisie in _entries(before):
            if after.get(saisie.champ) != before[saisie.champ]:
                yield AncienneSaisie(
                    champ=saisie.champ, valeur=saisie.valeur, le=saisie.le, jusqu_au=write.at
                )
        after = before


def _merged(
    stored: ContactLu,
    typed: dict[Champ, str],
    taken_again: list[Champ],
    home: Adresse,
    now: datetime,
) -> Entries | None:
    """Return the entries to keep, or None where nothing changes."""
    known: Entries = {one.champ: _plain(one) for one in stored.saisies}
    kept = {name: one for name, one in known.items() if name not in taken_again}
    for name, value in typed.items():
        if name not in taken_again:
            recorded = getattr(home, name, None)
            kept[name] = {"valeur": value, "le": now.isoformat(), "administration": recorded}
    return None if kept == known else kept


def _plain(one: Saisie) -> dict[str, Any]:
    return {"valeur": one.valeur, "le": one.le.isoformat(), "administration": one.administration}


def _entries(entries: Entries) -> list[Saisie]:
    return [Saisie.model_validate({"champ": name, **one}) for name, one in entries.items()]


def _administration(session: Session, owner: Owner) -> Adresse:
    row = AGENTS.find(session, owner.numero)
    if row is None:
        raise absent_file()
    return Adresse(**{name: getattr(row, name) for name in Adresse.model_fields})


def _key(owner: Owner, wanted: EnregistrerContact) -> str:
    """Return the key of an order: the same form sent again is the same order."""
    order = json.dumps([wanted.valeurs, sorted(wanted.reprendre)], sort_keys=True)
    digest = hashlib.sha256(order.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return f"contact:{owner.numero}:{wanted.cle}:{digest}"


def _done(key: str) -> bool:
    with reading() as session:
        return session.scalar(select(Write.id).where(Write.key == key)) is not None


def _note(session: Session, owner: Owner, now: datetime, action: str) -> None:
    audit.note(
        session, at=now, actor=owner.compte, action=action, subject=f"dossier:{owner.numero}"
    )
