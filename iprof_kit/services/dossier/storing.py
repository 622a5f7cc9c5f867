"""Dossiers: from the contract to the tables and back; many are written in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Conflict
from iprof_kit.records.agents import Agent
from iprof_kit.records.base import Base
from iprof_kit.records.database import reading, writing
from iprof_kit.records.history import Affectation, Echelon, Position, RendezVous, Situation
from iprof_kit.records.repository import Repository
from iprof_kit.services.contract.dossier import (
    Adresse,
    AffectationTenue,
    Dossier,
    EchelonTenu,
    Identite,
    PositionTenue,
    SituationParticuliere,
)
from iprof_kit.services.contract.dossier import RendezVous as RendezVousTenu

AGENTS: Repository[Agent] = Repository(Agent, Agent.numero)
_LINES: dict[str, tuple[type[Any], type[Any]]] = {
    "echelons": (Echelon, EchelonTenu),
    "positions": (Position, PositionTenue),
    "affectations": (Affectation, AffectationTenue),
    "rendez_vous": (RendezVous, RendezVousTenu),
    "situations": (Situation, SituationParticuliere),
}
_HERS_ALONE = {"situations": ()}
Outcome = Literal["cree", "modifie", "inchange"]
_AGENTS, _WRITES = (Base.metadata.tables[name] for name in ("agents", "writes"))
_KEPT = select(_AGENTS).where(_AGENTS.c.numero.in_(bindparam("numeros", expanding=True)))
# no reader waits, nor who writes beside the file: only who would change the same one
_LOCKED = (
    select(_AGENTS.c.numero, _AGENTS.c.version)
    .where(_AGENTS.c.numero.in_(bindparam("numeros", expanding=True)))
    .order_by(_AGENTS.c.numero)
    .with_for_update(key_share=True)
)
_CHANGE = update(_AGENTS).where(_AGENTS.c.id == bindparam("key"))


def find_dossier(session: Session, numero: str) -> Dossier | None:
    """Return the file without what only the person herself may see, or None."""
    whole = find_whole_dossier(session, numero)
    return None if whole is None else without_situations(whole)


def without_situations(whole: Dossier) -> Dossier:
    """Return a file without what only the person herself may see."""
    return whole.model_copy(update=_HERS_ALONE)


def find_whole_dossier(session: Session, numero: str) -> Dossier | None:
    """Return the file as it is stored, particular situations included, or None.

    For the person herself, and for what writes her file: nobody else reads what this returns.
    """
    row = _row_of(session, numero)
    return None if row is None else dossiers_of(session, [row])[0]


class Head(NamedTuple):
    """What the head of a page says of a person."""

    civilite: str
    prenom: str
    nom: str
    libelle_corps: str | None
    academie: str


def find_head(session: Session, numero: str) -> Head | None:
    """Return what the head of a page says of a person, or None where her file is not there."""
    columns = [getattr(Agent, name) for name in Head._fields]
    row = session.execute(select(*columns).where(Agent.numero == numero)).one_or_none()
    return None if row is None else Head(*row)


@dataclass(frozen=True)
class Kept:
    """A file as it was read: its key, its version, what it says."""

    key: int
    version: int
    dossier: Dossier


def kept_files(session: Session, numeros: Collection[str]) -> dict[str, Kept]:
    """Return the files that are stored under some numbers, with all that they hold."""
    rows = session.connection().execute(_KEPT, {"numeros": list(numeros)}).all()
    files = dossiers_of(session, rows) if rows else []
    return {
        row.numero: Kept(row.id, row.version, file) for row, file in zip(rows, files, strict=True)
    }


def save_dossier(dossier: Dossier, by: str, now: datetime) -> Outcome:
    """Create the file, or change it where it differs; the former value stays in the history.

    Raises
    ------
    Conflict
        Somebody changed the same file in the meantime.
    Unavailable
        The database does not answer; nothing has been written.
    """
    with reading() as session:
        kept = kept_files(session, [dossier.numero])
    saved = save_files([dossier], kept, by, now)
    if dossier.numero not in saved:
        raise Conflict(
            "ces données ont été modifiées entre-temps ; rien n’a été remplacé.",
            where=f"agents:{dossier.numero}",
            remedy="Rechargez la page pour voir la version actuelle, puis recommencez.",
        )
    return saved[dossier.numero]


def save_files(
    dossiers: Sequence[Dossier], kept: Mapping[str, Kept], by: str, now: datetime
) -> dict[str, Outcome]:
    """Create or change some files, all of them in one transaction.

    Parameters
    ----------
    dossiers : sequence of Dossier
        One a person.
    kept : mapping
        By number, what was read of those that are there (`kept_files`).
    by : str
        Whom the history names.
    now : datetime

    Returns
    -------
    dict
        What became of each; a file that somebody changed meanwhile is not there, nor replaced.

    Raises
    ------
    Unavailable
        The database does not answer; nothing has been written.
    """
    differing = [one for one in dossiers if not _is_kept(one, kept)]
    try:
        saved = _store(differing, kept, by, now) if differing else {}
    except IntegrityError:  # one of them was created meanwhile: the others each by itself
        if len(differing) == 1:
            saved = {}
        else:
            parted = (save_files([one], kept, by, now) for one in differing)
            saved = {numero: outcome for some in parted for numero, outcome in some.items()}
    if late := [one for one in differing if one.numero not in saved]:
        with reading() as session:  # whoever was quicker may have written the same
            kept = {**kept, **kept_files(session, [one.numero for one in late])}
    same = (one.numero for one in dossiers if one.numero not in saved and _is_kept(one, kept))
    return {**saved, **dict.fromkeys(same, "inchange")}


def _is_kept(dossier: Dossier, kept: Mapping[str, Kept]) -> bool:
    return dossier.numero in kept and kept[dossier.numero].dossier == dossier


def _store(
    dossiers: Sequence[Dossier], kept: Mapping[str, Kept], by: str, now: datetime
) -> dict[str, Outcome]:
    with writing() as session:
        names = {"numeros": [one.numero for one in dossiers]}
        versions = {row.numero: row.version for row in session.connection().execute(_LOCKED, names)}
        seen = {numero: one.version for numero, one in kept.items()}
        ours = [one for one in dossiers if versions.get(one.numero) == seen.get(one.numero)]
        new = [one for one in ours if one.numero not in kept]
        changed = [(kept[one.numero], one) for one in ours if one.numero in kept]
        connection = session.connection()
        _create(connection, new)
        _change(connection, changed)
        receipts = [_receipt(one, kept.get(one.numero), by, now) for one in ours]
        if receipts:
            connection.execute(insert(_WRITES), receipts)
    return {one.numero: "modifie" if one.numero in kept else "cree" for one in ours}


def _create(connection: Connection, dossiers: Sequence[Dossier]) -> None:
    if not dossiers:
        return
    rows = [{**_own(one), "numero": one.numero, "version": 1} for one in dossiers]
    returning = insert(_AGENTS).returning(_AGENTS.c.id, _AGENTS.c.numero)
    keys = {numero: key for key, numero in connection.execute(returning, rows)}
    for name in _LINES:
        _add_lines(connection, name, [(keys[one.numero], one) for one in dossiers])


def _change(connection: Connection, changed: Sequence[tuple[Kept, Dossier]]) -> None:
    if not changed:
        return
    rows = [{**_own(new), "version": old.version + 1, "key": old.key} for old, new in changed]
    connection.execute(_CHANGE, rows)
    for name, (table, _) in _LINES.items():
        of_part = [
            (old.key, new)
            for old, new in changed
            if getattr(old.dossier, name) != getattr(new, name)
        ]
        if of_part:
            whose = table.agent_id.in_([key for key, _ in of_part])
            connection.execute(delete(Base.metadata.tables[table.__tablename__]).where(whose))
            _add_lines(connection, name, of_part)


def _add_lines(connection: Connection, name: str, whose: Sequence[tuple[int, Dossier]]) -> None:
    rows = [
        {"agent_id": key} | _line(name, line) for key, one in whose for line in getattr(one, name)
    ]
    if rows:
        connection.execute(insert(Base.metadata.tables[_LINES[name][0].__tablename__]), rows)


def _own(dossier: Dossier) -> dict[str, Any]:
    """Return the columns of a person, but for her key, her number and the version."""
    return {
        **dossier.identite.__dict__,
        **dossier.adresse.__dict__,
        **{field: getattr(dossier, field) for field in _own_fields() if field != "numero"},
    }


def _line(name: str, line: Any) -> dict[str, Any]:
    return {column: getattr(line, column, None) for column in _columns(name)}


@cache
def _columns(name: str) -> tuple[str, ...]:
    attributes = inspect(_LINES[name][0]).column_attrs
    return tuple(one.key for one in attributes if one.key not in {"id", "agent_id"})


def _receipt(dossier: Dossier, kept: Kept | None, by: str, now: datetime) -> dict[str, Any]:
    version = kept.version if kept else 0
    digest = hashlib.sha256(dossier.model_dump_json().encode()).hexdigest()[:32]
    return {
        "key": f"dossier:{dossier.numero}:{version}:{digest}",
        "at": now,
        "by": by,
        "subject": f"agents:{dossier.numero}",
        "version": version + 1,
        "former": _former(kept) if kept else None,
    }


def _former(kept: Kept) -> dict[str, Any]:
    """Return what the history keeps of a file, as `records.base.snapshot` does of a row."""
    numero = {"version": kept.version, "numero": kept.dossier.numero}
    plain = {name: _plain(value) for name, value in (numero | _own(kept.dossier)).items()}
    for name in _LINES:
        lines = (_line(name, line) for line in getattr(kept.dossier, name))
        plain[name] = [{key: _plain(value) for key, value in one.items()} for one in lines]
    return plain


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _row_of(session: Session, numero: str) -> Row[Any] | None:
    """Return the columns of an agent: an object that follows its changes costs four times more."""
    return session.execute(select(Agent.__table__).where(Agent.numero == numero)).one_or_none()


def dossiers_of(session: Session, rows: Sequence[Row[Any]]) -> list[Dossier]:
    """Return the whole files of stored agents, in their order; a query a kind of lines for all.

    Parameters
    ----------
    session : Session
    rows : sequence of Row
        The columns of `Agent`.
    """
    of = {"of": [row.id for row in rows]}
    lines: dict[int, dict[str, list[Any]]] = {
        one: {name: [] for name in _LINES} for one in of["of"]
    }
    for name, (_, tenue) in _LINES.items():
        for line in session.execute(_lines(name), of):
            lines[line.agent_id][name].append(_read(tenue, line))
    return [_dossier(row, lines[row.id]) for row in rows]


def _dossier(row: Row[Any], lines: Mapping[str, Sequence[Any]]) -> Dossier:
    """Return the contract's dossier of a stored agent."""
    own = {field: getattr(row, field) for field in _own_fields()}
    kept = {name: tuple(of_a_kind) for name, of_a_kind in lines.items()}
    return Dossier(identite=_read(Identite, row), adresse=_read(Adresse, row), **own, **kept)


@cache
def _lines(name: str) -> Select[Any]:
    """Return the query of one kind of lines of a file, in the order of the tables."""
    table, tenue = _LINES[name]
    columns = [getattr(table, field) for field in tenue.model_fields]
    order = inspect(Agent).relationships[name].order_by
    whose = table.agent_id.in_(bindparam("of", expanding=True))
    return select(table.agent_id, *columns).where(whose).order_by(*order or ())


@cache
def _own_fields() -> list[str]:
    """Return the fields of a file that are neither a part nor a line of a history."""
    return [name for name in Dossier.model_fields if name not in {"identite", "adresse", *_LINES}]


def _read(model: type[Any], row: Any) -> Any:
    return model(**{field: getattr(row, field) for field in model.model_fields})
