"""Bars of the movements that an academy or a union gave: nothing in them is about a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import Base, Moment


class MovementBar(Base):
    """One bar of one year; `folded` is the discipline as it is looked up."""

    __tablename__ = "movement_bars"
    __table_args__ = (
        UniqueConstraint(
            "degre", "sens", "lieu", "folded", "annee", name="uq_movement_bars_place_year"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    degre: Mapped[str] = mapped_column(String(2))
    sens: Mapped[str] = mapped_column(String(6))
    lieu: Mapped[str] = mapped_column(String(3))
    discipline: Mapped[str] = mapped_column(String(80))
    folded: Mapped[str] = mapped_column(String(80))
    annee: Mapped[int]
    bareme: Mapped[float] = mapped_column(Float)
    nb_entrants: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(300))
    confiance: Mapped[str] = mapped_column(String(1))
    imported_at: Mapped[datetime] = mapped_column(Moment)
