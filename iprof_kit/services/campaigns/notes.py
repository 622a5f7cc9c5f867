"""What a person notes of her campaigns: each note dated by the server, none rewritten."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.characters import name_of, unfit
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.law.campaigns.model import Campaign, places_of
from iprof_kit.law.campaigns.moments import concerning, moved, state_of, window_of
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.movements.campaigns import CampaignNote
from iprof_kit.records.repository import Order, Repository, remove
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.campaigns.given import given_files, incidents
from iprof_kit.services.campaigns.sending import sendings
from iprof_kit.services.cases.correspondent import own_service
from iprof_kit.services.contract.campagnes import (
    MOST_NOTES,
    IncidentLu,
    Nature,
    NoteLue,
    NoteRetiree,
    NoterService,
    RetirerNote,
    ServiceNote,
    ServicesLus,
)
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.dossier.storing import AGENTS, find_dossier
from iprof_kit.services.kept.document import order_key
from iprof_kit.services.reports.files import CAMPAIGN_PLACE, waiting

_NOTES: Repository[CampaignNote] = Repository(CampaignNote, CampaignNote.name)


def read(owner: Owner, _wanted: NoArguments, now: datetime) -> ServicesLus:
    """Return what this installation adds, and her notes; the reading is noted.

    Raises
    ------
    Unavailable
        The database does not answer, or the person's file is not in it.
    """
    with writing() as session:
        if AGENTS.find(session, owner.numero) is None:
            raise absent_file()
        _journal(session, owner, now, "services_lus")
        query = select(CampaignNote).where(CampaignNote.numero == owner.numero)
        notes = session.scalars(query.order_by(CampaignNote.noted_at, CampaignNote.id))
        return ServicesLus(
            ajoutees=given_files(session),
            incidents=tuple(
                IncidentLu(
                    campagne=one.campaign,
                    etape=one.step,
                    jusqu_au=one.closes,
                    motif=one.reason,
                    note_le=one.noted,
                    portee=one.scope,
                    par=one.author,
                )
                for one in incidents(session)
            ),
            notes=tuple(map(_plain, notes)),
            envois=sendings(session, owner.numero),
            en_attente=tuple(waiting(session, owner.numero, CAMPAIGN_PLACE)),
            correspondant=own_service(session, owner, now),
            lu_a=now,
        )


def note(owner: Owner, wanted: NoterService, now: datetime) -> ServiceNote:
    """Keep a note and give its receipt; the same order sent twice is kept once.

    Raises
    ------
    InputError
        No such campaign or step, a day to come, too many notes, characters that nobody sees.
    Unavailable
        The database does not answer; nothing has been written.
    """
    campaign = _checked(wanted, now)
    key = order_key("note", owner, wanted.campagne, wanted.cle)
    name = f"{owner.numero}:{wanted.cle}"

    def change(session: Session, row: CampaignNote) -> None:
        if row.version:  # the same key again: what it kept first stays
            return
        count = select(func.count()).where(CampaignNote.numero == owner.numero)
        if (session.scalar(count) or 0) >= MOST_NOTES:
            raise InputError(
                f"vous gardez déjà {MOST_NOTES} notes.", remedy="Retirez celles d’une année passée."
            )
        row.numero, row.campaign, row.step = owner.numero, wanted.campagne, wanted.etape
        row.kind, row.day, row.words = wanted.nature, wanted.le, wanted.texte.strip()
        row.noted_at = now
        row.after_closing = _is_closed(session, owner, campaign, wanted.etape, now)

    def also(session: Session) -> None:
        _journal(session, owner, now, "service_note", wanted.campagne)

    receipt = _NOTES.store(name, change, Order(key, owner.compte, now), also)
    with reading() as session:
        kept = _NOTES.find(session, name)
        if kept is None:
            raise absent_file()
        return ServiceNote(recu=receipt.number, note=_plain(kept))


def withdraw(owner: Owner, wanted: RetirerNote, now: datetime) -> NoteRetiree:
    """Take one of her notes away, with its history.

    Raises
    ------
    Unavailable
        The database does not answer; nothing has been taken away.
    """
    chosen = (CampaignNote.name == wanted.id, CampaignNote.numero == owner.numero)
    with writing() as session:
        there = session.scalar(select(CampaignNote.id).where(*chosen)) is not None
        if there:
            remove(session, CampaignNote.name, *chosen)
            _journal(session, owner, now, "service_note_retiree")
    return NoteRetiree(retiree=there)


def _checked(wanted: NoterService, now: datetime) -> Campaign:
    from iprof_kit.services.campaigns.giving import campaigns_here  # reads YAML: few notes need it

    campaign = campaigns_here().get(wanted.campagne)
    if campaign is None or wanted.etape not in {one.key for one in campaign.service.steps}:
        raise InputError(
            "cette campagne ou cette étape n’est pas connue.", remedy="Rechargez la page."
        )
    if wanted.le is not None and wanted.le > paris(now).date():
        raise InputError(
            "ce jour n’est pas encore venu.",
            where="date",
            remedy="Notez ce qui est fait : au plus tard aujourd’hui.",
        )
    if unseen := unfit(wanted.texte, lines=True):
        raise InputError(
            f"ce texte contient {name_of(unseen)} et n’a pas été enregistré.",
            remedy="Effacez le dernier texte saisi, puis tapez-le au clavier.",
        )
    return campaign


def _is_closed(
    session: Session, owner: Owner, campaign: Campaign, step: str, now: datetime
) -> bool:
    """Tell whether a step is closed for her: her own places' dates, and what moved them."""
    dossier = find_dossier(session, owner.numero)
    places = places_of(dossier.departement or "", dossier.academie) if dossier else ()
    hers = moved(concerning(campaign, places), incidents(session), now)
    window = window_of(hers, step)
    has_end = window is not None and window.closes is not None  # a day is read when one can
    return has_end and state_of(hers, campaign.service.step(step), now) == "close"


def _plain(row: CampaignNote) -> NoteLue:
    return NoteLue(
        id=row.name,
        campagne=row.campaign,
        etape=row.step,
        nature=cast(Nature, row.kind),
        le=row.day,
        texte=row.words,
        note_le=row.noted_at,
        apres_cloture=row.after_closing,
    )


def _journal(session: Session, owner: Owner, now: datetime, action: str, detail: str = "") -> None:
    audit.note(
        session,
        at=now,
        actor=owner.compte,
        action=action,
        subject=f"dossier:{owner.numero}",
        detail=detail,
    )
