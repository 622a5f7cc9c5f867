"""The sessions of an academy's plan of training: nothing in them is about a person."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Float, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import Base, Moment


class PlanSession(Base):
    """One session of one school year; `folded` is what a search looks among."""

    __tablename__ = "training_sessions"
    __table_args__ = (Index("ix_training_sessions_plan", "academie", "annee"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(140), unique=True)
    academie: Mapped[str] = mapped_column(String(3))
    annee: Mapped[int]
    dispositif: Mapped[str] = mapped_column(String(20))
    module: Mapped[str] = mapped_column(String(20))
    groupe: Mapped[str] = mapped_column(String(30))
    session: Mapped[str] = mapped_column(String(40))
    intitule: Mapped[str] = mapped_column(String(250))
    parcours: Mapped[str] = mapped_column(String(250))
    theme: Mapped[str] = mapped_column(String(120))
    niveau: Mapped[str] = mapped_column(String(60))
    degre: Mapped[str] = mapped_column(String(2))
    nature: Mapped[str] = mapped_column(String(10))
    debut: Mapped[date | None]
    fin: Mapped[date | None]
    heure_debut: Mapped[str] = mapped_column(String(5))
    heure_fin: Mapped[str] = mapped_column(String(5))
    heures: Mapped[float | None] = mapped_column(Float)
    lieu: Mapped[str] = mapped_column(String(120))
    modalite: Mapped[str] = mapped_column(String(10))
    public: Mapped[str] = mapped_column(String(12))
    precision: Mapped[str] = mapped_column(String(200))
    inscription_du: Mapped[date | None]
    inscription_au: Mapped[date | None]
    folded: Mapped[str] = mapped_column(String(800))
    imported_at: Mapped[datetime] = mapped_column(Moment)
