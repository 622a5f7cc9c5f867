"""What this installation adds to the campaigns of the kit: files of an academy, moved deadlines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.law.campaigns.model import Incident
from iprof_kit.records.movements.campaigns import CampaignIncident, GivenCampaign


def given_files(session: Session) -> tuple[dict[str, Any], ...]:
    """Return the files that were given, by name."""
    return tuple(session.scalars(select(GivenCampaign.content).order_by(GivenCampaign.name)))


def incidents(session: Session) -> tuple[Incident, ...]:
    """Return every moved deadline, in the order in which they were noted."""
    rows = session.scalars(select(CampaignIncident).order_by(CampaignIncident.id))
    return tuple(
        Incident(
            row.campaign,
            row.step,
            row.closes_at,
            row.reason,
            row.noted_at,
            row.scope,
            row.noted_by,
        )
        for row in rows
    )
