"""An academy gives the dates of a campaign, or says that a deadline was moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.characters import says_nothing, unfit
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.law.campaigns.files import campaign_of, known_campaigns
from iprof_kit.law.campaigns.model import NATIONAL, Campaign, Incident
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.movements.campaigns import CampaignIncident, GivenCampaign
from iprof_kit.services.campaigns.given import given_files, incidents
from iprof_kit.services.campaigns.opened import opened_campaign

MOST_FILES, MOST_INCIDENTS = 200, 500
LONGEST_REASON, LONGEST_SCOPE, LONGEST_AUTHOR = 300, 40, 60


def add_campaign(file: Path, by: str, now: datetime, *, replace: bool = False) -> Campaign:
    """Keep the file of a campaign for everybody here; the same file again changes nothing.

    Raises
    ------
    InputError
        The file is wrong, one is kept already with other dates, or there are too many.
    """
    content = opened_campaign(file)
    with writing() as session:
        row = session.scalar(select(GivenCampaign).where(GivenCampaign.name == content["id"]))
        if row is not None and row.content == content:
            return campaign_of(content, given=True)
        if row is not None and not replace:
            raise InputError(
                f"les dates de « {content['id']} » ont déjà été données, autrement.",
                where=file.name,
                remedy="Ajoutez --remplacer si ce fichier est le bon ; une seule échéance "
                "déplacée se note par « iprof campagne incident ».",
            )
        if row is None:
            _refuse_more(session, GivenCampaign, MOST_FILES, "campagnes")
            row = GivenCampaign(name=content["id"])
            session.add(row)
        row.content, row.given_at, row.given_by = content, now, by
        _note(session, by, now, "campagne_donnee", content["id"])
    return campaign_of(content, given=True)


def note_incident(incident: Incident, by: str) -> None:
    """Keep a moved deadline, dated, with its reason; those noted before stay.

    Raises
    ------
    InputError
        No such campaign or step, no end to move, a moment before the step begins, no reason.
    """
    _check(incident)
    with writing() as session:
        _refuse_more(session, CampaignIncident, MOST_INCIDENTS, "échéances déplacées")
        session.add(
            CampaignIncident(
                campaign=incident.campaign,
                step=incident.step,
                scope=incident.scope,
                closes_at=incident.closes,
                reason=incident.reason.strip(),
                noted_at=incident.noted,
                noted_by=incident.author.strip() or by,
            )
        )
        detail = f"{incident.step}, {incident.closes.isoformat()}"
        _note(session, by, incident.noted, "campagne_incident", incident.campaign, detail)


def withdraw_incident(moved: Incident, by: str) -> None:
    """Bring a deadline that was moved back to the end that was published; what was noted stays.

    Parameters
    ----------
    moved : Incident
        Campaign, step and scope; its end is not looked at.
    by : str

    Raises
    ------
    InputError
        No such campaign or step, nothing was moved there, no reason.
    """
    with reading() as session:
        noted = [
            one
            for one in incidents(session)
            if (one.campaign, one.step, one.scope) == (moved.campaign, moved.step, moved.scope)
        ]
    if not noted:
        raise InputError(
            f"l’échéance de « {moved.step} » n’a pas été déplacée ici.",
            where="étape",
            remedy="Vérifiez la campagne, l’étape et la portée.",
        )
    windows = [one for one in campaigns_here()[moved.campaign].windows if one.step == moved.step]
    for one in windows:
        if one.closes and moved.scope in (NATIONAL, one.scope):
            note_incident(replace(moved, closes=one.closes, scope=one.scope), by)


def campaigns_here() -> dict[str, Campaign]:
    """Return every campaign that is known here, by id: an academy's stands for the kit's."""
    with reading() as session:
        contents = given_files(session)
    given = {one["id"]: campaign_of(one, given=True) for one in contents}
    return {one.id: one for one in known_campaigns()} | given


def _check(incident: Incident) -> None:
    known = campaigns_here()
    if incident.campaign not in known:
        raise InputError(
            f"« {incident.campaign} » n’est pas une campagne connue.",
            where="campagne",
            remedy=f"Campagnes : {', '.join(sorted(known))}.",
        )
    campaign = known[incident.campaign]
    windows = [one for one in campaign.windows if one.step == incident.step and one.closes]
    if not windows:
        ends = sorted({one.step for one in campaign.windows if one.closes})
        listed = (
            f"Étapes qui ont une fin : {', '.join(ends)}."
            if ends
            else (
                "Cette campagne n’a aucune date : donnez d’abord ses dates par "
                "« iprof campagne ajouter »."
            )
        )
        raise InputError(
            f"l’étape « {incident.step} » n’a pas de fin à déplacer.",
            where="étape",
            remedy=listed,
        )
    scopes = sorted({one.scope for one in windows})
    if incident.scope not in (NATIONAL, *scopes):
        raise InputError(
            f"cette étape n’a pas de date pour « {incident.scope} ».",
            where="--portee",
            remedy=f"Portées : {', '.join(scopes)}.",
        )
    begins = [one.opens for one in windows if one.opens]
    if begins and incident.closes <= min(begins):
        day = paris(min(begins))
        raise InputError(
            "la nouvelle fin précède le début de l’étape.",
            where="--jusqu-au",
            remedy=f"L’étape commence le {day:%Y-%m-%d}.",
        )
    reason = incident.reason.strip()
    if len(reason) > LONGEST_REASON or unfit(reason) or says_nothing(reason):
        raise InputError(
            "le motif manque, ou ne convient pas.",
            where="--motif",
            remedy=f"Dites en {LONGEST_REASON} caractères au plus ce qui a déplacé l’échéance, et "
            "qui l’a annoncé.",
        )
    if len(incident.author) > LONGEST_AUTHOR or unfit(incident.author):
        raise InputError(
            "le nom de qui l’annonce ne convient pas.",
            where="--auteur",
            remedy=f"Écrivez-le en {LONGEST_AUTHOR} caractères au plus.",
        )


def _refuse_more(session: Session, table: Any, most: int, what: str) -> None:
    if (session.scalar(select(func.count()).select_from(table)) or 0) >= most:
        raise InputError(
            f"cette base garde déjà {most} {what}.",
            remedy="Prévenez la personne qui administre ce kit.",
        )


def _note(
    session: Session, by: str, now: datetime, action: str, campaign: str, detail: str = ""
) -> None:
    audit.note(
        session, at=now, actor=by, action=action, subject=f"campagne:{campaign}", detail=detail
    )
