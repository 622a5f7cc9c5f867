"""What a person has held: échelons, positions, affectations, rendez-vous, situations."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import Base


class OfAgent:
    """One dated line of one person's file, with its source and the day it was read."""

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agents.id", ondelete="CASCADE"), index=True)


class Sourced:
    """Where a line comes from and when it was read there."""

    source: Mapped[str] = mapped_column(String(100))
    lu_le: Mapped[date]


class Echelon(OfAgent, Sourced, Base):
    """One échelon (and chevron) of one grade, from its effective date."""

    __tablename__ = "echelons"

    corps: Mapped[str] = mapped_column(String(30))
    grade: Mapped[str] = mapped_column(String(30))
    echelon: Mapped[str] = mapped_column(String(10))
    chevron: Mapped[str | None] = mapped_column(String(5))
    date_effet: Mapped[date]
    reliquat_jours: Mapped[int]
    mode: Mapped[str] = mapped_column(String(30))


class Position(OfAgent, Sourced, Base):
    """One administrative position and its modalité of service."""

    __tablename__ = "positions"

    position: Mapped[str] = mapped_column(String(60))
    motif: Mapped[str | None] = mapped_column(String(100))
    modalite: Mapped[str] = mapped_column(String(60))
    quotite: Mapped[int]
    debut: Mapped[date]
    fin: Mapped[date | None]


class Affectation(OfAgent, Sourced, Base):
    """One affectation to one place of work."""

    __tablename__ = "affectations"

    type: Mapped[str] = mapped_column(String(60))
    uai: Mapped[str | None] = mapped_column(String(8))
    secteur: Mapped[str | None] = mapped_column(String(10))
    etablissement: Mapped[str] = mapped_column(String(150))
    type_etablissement: Mapped[str] = mapped_column(String(60))
    commune: Mapped[str | None] = mapped_column(String(100))
    fonction: Mapped[str] = mapped_column(String(100))
    discipline: Mapped[str | None] = mapped_column(String(100))
    quotite: Mapped[int]
    debut: Mapped[date]
    fin: Mapped[date | None]


class RendezVous(OfAgent, Base):
    """One rendez-vous de carrière held."""

    __tablename__ = "rendez_vous"

    numero: Mapped[int]
    annee_scolaire: Mapped[str] = mapped_column(String(9))
    appreciation: Mapped[str | None] = mapped_column(String(30))
    notifiee_le: Mapped[date | None]


class Situation(OfAgent, Sourced, Base):
    """One particular situation: only the person herself is shown it."""

    __tablename__ = "situations"

    nature: Mapped[str] = mapped_column(String(30))
    libelle: Mapped[str] = mapped_column(String(150))
    quotite: Mapped[int | None]
    debut: Mapped[date | None]
    fin: Mapped[date | None]
