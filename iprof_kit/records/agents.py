"""The person: identity, administrative situation and addresses, as a source gave them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from iprof_kit.records.base import Base, Moment
from iprof_kit.records.history import Affectation, Echelon, Position, RendezVous, Situation


class OwnContact(Base):
    """What one person wrote, by field; an import of files never touches it.

    `entries` maps a field to « valeur », « le » (when) and « administration » (what the file said
    then). The values that it had before are in the history of writes.
    """

    __tablename__ = "own_contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), unique=True
    )
    saved_at: Mapped[datetime] = mapped_column(Moment)
    entries: Mapped[dict[str, Any]] = mapped_column(JSON)


class Correspondence(Base):
    """A code of an academy or a school that takes the place of another, from a day on.

    `opened_at` is when who followed the old code began to follow the new one, `applied_at` when
    nothing that is stored had the old one any more.
    """

    __tablename__ = "correspondences"
    __table_args__ = (UniqueConstraint("kind", "old", name="uq_correspondences_old"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(15))
    old: Mapped[str] = mapped_column(String(8))
    new: Mapped[str] = mapped_column(String(8))
    name: Mapped[str | None] = mapped_column(String(150))
    since: Mapped[date]
    by: Mapped[str] = mapped_column(String(60))
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    applied_at: Mapped[datetime | None] = mapped_column(Moment)


class Agent(Base):
    """One administrative file. `numero` is opaque: neither the NUMEN nor the account."""

    __tablename__ = "agents"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    numero: Mapped[str] = mapped_column(String(20), unique=True)
    civilite: Mapped[str] = mapped_column(String(10))
    prenom: Mapped[str] = mapped_column(String(100))
    nom: Mapped[str] = mapped_column(String(100))
    date_naissance: Mapped[date]

    statut: Mapped[str] = mapped_column(String(100))
    corps: Mapped[str | None] = mapped_column(String(30), index=True)
    libelle_corps: Mapped[str | None] = mapped_column(String(100))
    academie: Mapped[str] = mapped_column(String(3), index=True)
    departement: Mapped[str | None] = mapped_column(String(3))
    entree_corps: Mapped[date | None]
    titularisation: Mapped[date | None]
    categorie_retraite: Mapped[str] = mapped_column(String(30))
    fin_de_service: Mapped[date | None]

    rue: Mapped[str | None] = mapped_column(String(200))
    code_postal: Mapped[str | None] = mapped_column(String(10))
    ville: Mapped[str | None] = mapped_column(String(100))
    telephone: Mapped[str | None] = mapped_column(String(30))
    portable: Mapped[str | None] = mapped_column(String(30))
    courriel_personnel: Mapped[str | None] = mapped_column(String(254))
    courriel_professionnel: Mapped[str | None] = mapped_column(String(254))

    source: Mapped[str] = mapped_column(String(100))
    lu_le: Mapped[date]

    echelons: Mapped[list[Echelon]] = relationship(
        order_by=(Echelon.date_effet, Echelon.id), cascade="all, delete-orphan"
    )
    positions: Mapped[list[Position]] = relationship(
        order_by=(Position.debut, Position.id), cascade="all, delete-orphan"
    )
    affectations: Mapped[list[Affectation]] = relationship(
        order_by=(Affectation.debut, Affectation.id), cascade="all, delete-orphan"
    )
    rendez_vous: Mapped[list[RendezVous]] = relationship(
        order_by=(RendezVous.annee_scolaire, RendezVous.id), cascade="all, delete-orphan"
    )
    situations: Mapped[list[Situation]] = relationship(
        order_by=(Situation.nature, Situation.debut, Situation.id), cascade="all, delete-orphan"
    )
