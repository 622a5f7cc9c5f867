"""Dossiers: from the contract to the tables and back, one write at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Row, Select, bindparam, inspect, select
from sqlalchemy.orm import Session

from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading
from iprof_kit.records.history import Affectation, Echelon, Position, RendezVous, Situation
from iprof_kit.records.repository import Order, Repository
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
        stored = _row_of(session, dossier.numero)
        version = 0 if stored is None else stored.version
        if stored is not None and dossiers_of(session, [stored]) == [dossier]:
            return "inchange"

    def change(_session: Session, row: Agent) -> None:
        _fill(row, dossier)

    digest = hashlib.sha256(dossier.model_dump_json().encode()).hexdigest()[:32]
    key = f"dossier:{dossier.numero}:{version}:{digest}"
    AGENTS.store(dossier.numero, change, Order(key, by, now, expected_version=version))
    return "modifie" if version else "cree"


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


def _fill(row: Agent, dossier: Dossier) -> None:
    plain = dossier.model_dump()
    for values in (plain["identite"], plain["adresse"]):
        for field, value in values.items():
            setattr(row, field, value)
    for field in _own_fields():
        setattr(row, field, plain[field])
    for name, (table, _) in _LINES.items():
        kept = {column.key for column in inspect(table).column_attrs}
        setattr(
            row,
            name,
            [table(**{k: v for k, v in line.items() if k in kept}) for line in plain[name]],
        )


def _own_fields() -> list[str]:
    return [name for name in Dossier.model_fields if name not in {"identite", "adresse", *_LINES}]


def _read(model: type[Any], row: Any) -> Any:
    return model(**{field: getattr(row, field) for field in model.model_fields})
