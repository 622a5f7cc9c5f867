"""Campaigns that an academy gave, moved deadlines, what a person notes of hers and sends for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import SECRET, Base, Moment


class GivenCampaign(Base):
    """The file of one campaign, checked, as it was given; nothing in it is about a person."""

    __tablename__ = "campaign_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    given_at: Mapped[datetime] = mapped_column(Moment)
    given_by: Mapped[str] = mapped_column(String(60))


class CampaignIncident(Base):
    """One deadline that was moved, and why; the last one noted counts, none is rewritten."""

    __tablename__ = "campaign_incidents"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(String(60), index=True)
    step: Mapped[str] = mapped_column(String(60))
    scope: Mapped[str] = mapped_column(String(40))
    closes_at: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(String(300))
    noted_at: Mapped[datetime] = mapped_column(Moment)
    noted_by: Mapped[str] = mapped_column(String(60))


class CampaignNote(Base):
    """One thing that a person noted of a campaign: never rewritten, dated by the server.

    `after_closing` is True where the step was closed when she wrote it.
    """

    __tablename__ = "campaign_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(String(90), unique=True)
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), index=True
    )
    campaign: Mapped[str] = mapped_column(String(60))
    step: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(10))
    day: Mapped[date | None]
    words: Mapped[str] = mapped_column(String(500), info=SECRET)
    noted_at: Mapped[datetime] = mapped_column(Moment)
    after_closing: Mapped[bool]


class CampaignSending(Base):
    """What a person sent to her service for a campaign, in one thread.

    Attributes
    ----------
    papers : dict
        When each paper of the campaign's list came, by its key.
    announced : list
        The papers that she says will follow.
    steps : list
        The steps that she says are done, chosen among those that she has noted.
    """

    __tablename__ = "campaign_sendings"

    id: Mapped[int] = mapped_column(primary_key=True)
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), index=True
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), unique=True)
    campaign: Mapped[str] = mapped_column(String(60), index=True)
    papers: Mapped[dict[str, str]] = mapped_column(JSON)
    announced: Mapped[list[str]] = mapped_column(JSON)
    steps: Mapped[list[str]] = mapped_column(JSON)
