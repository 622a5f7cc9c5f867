"""Dossiers: from the contract to the tables and back, one write at a time."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import inspect
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
_LINES = {
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
    row = AGENTS.find(session, numero)
    return None if row is None else to_dossier(row)


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
        row = AGENTS.find(session, dossier.numero)
        version = 0 if row is None else row.version
        if row is not None and to_dossier(row) == dossier:
            return "inchange"

    def change(_session: Session, row: Agent) -> None:
        _fill(row, dossier)

    digest = hashlib.sha256(dossier.model_dump_json().encode()).hexdigest()[:32]
    key = f"dossier:{dossier.numero}:{version}:{digest}"
    AGENTS.store(dossier.numero, change, Order(key, by, now, expected_version=version))
    return "modifie" if version else "cree"


def to_dossier(row: Agent) -> Dossier:
    """Return the contract's dossier of a stored agent."""
    lines = {
        name: tuple(_read(tenue, line) for line in getattr(row, name))
        for name, (_, tenue) in _LINES.items()
    }
    own = {field: getattr(row, field) for field in _own_fields()}
    return Dossier(identite=_read(Identite, row), adresse=_read(Adresse, row), **own, **lines)


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
