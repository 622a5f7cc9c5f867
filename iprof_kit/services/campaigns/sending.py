"""A person sends the papers of a campaign to the service that follows her file, as one thread.

Nothing else of the campaign leaves her: neither wishes, nor scores, nor notes that she has not
chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.characters import tidy
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in
from iprof_kit.base.words import folded
from iprof_kit.law.campaigns.model import Campaign
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, Paper
from iprof_kit.records.database import reading
from iprof_kit.records.journal import audit
from iprof_kit.records.movements.campaigns import CampaignNote, CampaignSending
from iprof_kit.records.repository import Order
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.cases.acting import CASES, Act, Opening, act, begin, number_of
from iprof_kit.services.cases.life import CLOSED, OWNER, acts_open, as_shown
from iprof_kit.services.contract.campagnes import EnvoiLu, EnvoyerPieces, PiecesEnvoyees
from iprof_kit.services.contract.courrier import LONGEST_MESSAGE
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.services.courrier.checks import fault_of
from iprof_kit.services.courrier.sending import (
    digest,
    reading_service,
    refuse_haste,
    refuse_more,
)
from iprof_kit.services.cv.versions import public_name
from iprof_kit.services.desk.faults import text_fault, wrong
from iprof_kit.services.reports.files import CAMPAIGN_PLACE, FIELD, ready, too_many

KIND = "campagne"
_HEALTH = frozenset(
    words_in(
        "rqth mdph aah handicap handicape invalidite medical medicale medicaux ordonnance sante"
    )
)
"""Words in the name of a file by which a health paper is known: no campaign asks for one here."""
_WAITS = {OWNER: "vous", "service": "service"}


def sendings(session: Session, numero: str) -> tuple[EnvoiLu, ...]:
    """Return what a person has sent for her campaigns, the oldest first."""
    query = select(CampaignSending, Case).join(Case, Case.id == CampaignSending.case_id)
    rows = session.execute(
        query.where(CampaignSending.numero == numero).order_by(CampaignSending.id)
    )
    return tuple(_plain(row, case) for row, case in rows)


def send(owner: Owner, wanted: EnvoyerPieces, now: datetime) -> PiecesEnvoyees:
    """Send papers: a thread is opened, or the one of the same campaign goes on.

    The same order sent again is done once.

    Raises
    ------
    Refused
        No service reads in this kit, or as much is under way as may be.
    Unavailable
        The database does not answer; nothing has been written.
    """
    campaign = _known(wanted.campagne)
    if faults := _faults(campaign, wanted):
        return PiecesEnvoyees(erreurs=faults)
    with reading() as session:
        case = _going_on(session, owner, campaign)
        name = case.name if case else public_name(owner, "envoi", wanted.cle + digest(wanted))

    def change(session: Session, case: Case) -> None:
        _send(session, owner, campaign, wanted, case, now)

    def journal(session: Session) -> None:
        audit.note(
            session,
            at=now,
            actor=owner.compte,
            action="campagne_pieces_envoyees",
            subject=f"dossier:{owner.numero}",
            detail=campaign.id,
        )

    order = Order(f"envoi:{owner.numero}:{wanted.cle}:{digest(wanted)}", owner.compte, now)
    try:
        receipt = CASES.store(name, change, order, journal)
    except InputError as error:
        return PiecesEnvoyees(erreurs=[fault_of(error)])
    with reading() as session:
        sent = next(one for one in sendings(session, owner.numero) if one.fil == name)
    return PiecesEnvoyees(envoi=sent, recu=receipt.number, le=receipt.at)


def _send(
    session: Session,
    owner: Owner,
    campaign: Campaign,
    wanted: EnvoyerPieces,
    case: Case,
    now: datetime,
) -> None:
    service = reading_service(session, owner, now)
    person = session.scalars(
        select(Agent).where(Agent.numero == owner.numero).with_for_update()
    ).one_or_none()
    if person is None:
        raise absent_file()
    if person.corps not in campaign.service.corps:
        raise InputError(
            "cette campagne n’est pas celle de votre corps.",
            where="campagne",
            remedy="Revenez à la liste des services.",
        )
    papers = ready(session, owner, list(wanted.pieces.values()), CAMPAIGN_PLACE)
    if faults := _health_faults(papers):
        raise InputError(faults[0].message, where=FIELD, remedy=faults[0].remede)
    other = _going_on(session, owner, campaign)
    new = case.version == 0
    if (other is None) != new or (other is not None and other.name != case.name):
        raise InputError(  # another tab has begun, or a service has closed the thread
            "l’envoi de cette campagne a changé depuis que la page est ouverte.",
            where="campagne",
            remedy="Rechargez la page, puis envoyez.",
        )
    steps = _noted(session, owner, campaign, wanted.etapes)
    words = _words(campaign, wanted, papers, steps)
    if new:
        refuse_more(session, owner, now)
        begin(case, Opening(owner.numero, KIND, _title(campaign)), now)
        name = "envoyer"
    else:
        refuse_haste(session, owner, now)
        asked = "envoyer_piece" in acts_open(case.kind, case.state, OWNER)
        name = "envoyer_piece" if asked else "completer"
    act(session, case, Act(name, OWNER, text=words, papers=papers, service=service.service), now)
    session.flush()
    _keep(session, owner, campaign, wanted, case, steps, now)


def _keep(
    session: Session,
    owner: Owner,
    campaign: Campaign,
    wanted: EnvoyerPieces,
    case: Case,
    steps: list[str],
    now: datetime,
) -> None:
    query = select(CampaignSending).where(CampaignSending.case_id == case.id)
    row = session.scalars(query).one_or_none()
    if row is None:
        row = CampaignSending(
            numero=owner.numero,
            case_id=case.id,
            campaign=campaign.id,
            papers={},
            announced=[],
            steps=[],
        )
        session.add(row)
    came = dict.fromkeys(wanted.pieces, now.isoformat())
    row.papers = came | row.papers  # the first time that a paper came counts
    row.announced = [
        one for one in dict.fromkeys((*row.announced, *wanted.annoncees)) if one not in row.papers
    ]
    row.steps = list(dict.fromkeys((*row.steps, *steps)))


def _going_on(session: Session, owner: Owner, campaign: Campaign) -> Case | None:
    """Return her thread of a campaign that is not closed."""
    query = select(Case).join(CampaignSending, CampaignSending.case_id == Case.id)
    hers = (
        CampaignSending.numero == owner.numero,
        CampaignSending.campaign == campaign.id,
        Case.state != CLOSED,
    )
    return session.scalars(query.where(*hers).order_by(Case.id.desc()).limit(1)).one_or_none()


def _known(name: str) -> Campaign:
    from iprof_kit.services.campaigns.giving import campaigns_here  # reads YAML: few send papers

    campaign = campaigns_here().get(name)
    if campaign is None:
        raise InputError("cette campagne n’est pas connue.", remedy="Rechargez la page.")
    return campaign


def _faults(campaign: Campaign, wanted: EnvoyerPieces) -> list[ErreurChamp]:
    faults = []
    listed = {one.key for one in campaign.service.papers}
    if {*wanted.pieces, *wanted.annoncees} - listed:
        faults.append(
            wrong(
                FIELD,
                "Cette pièce n’est pas de celles que cette campagne demande.",
                "Choisissez-la dans la liste. Une pièce de santé ne s’envoie jamais ici : elle va "
                "au médecin de prévention.",
            )
        )
    if not wanted.pieces:
        faults.append(wrong(FIELD, "Aucune pièce n’est jointe.", "Choisissez-en une."))
    if (fault := too_many([*wanted.pieces.values()], "Un envoi")) is not None:
        faults.append(fault)
    if (fault := text_fault("texte", wanted.texte, LONGEST_MESSAGE // 2)) is not None:
        faults.append(fault)
    return faults


def _health_faults(papers: Iterable[Paper]) -> list[ErreurChamp]:
    """Return the refusal of each paper whose name says that it is about health."""
    return [
        wrong(
            FIELD,
            f"« {one.file_name} » paraît être une pièce de santé : elle n’a pas été envoyée.",
            "Adressez-la sous pli confidentiel au médecin de prévention, et retirez-la d’ici.",
        )
        for one in papers
        if _HEALTH & set(re.split(r"[^a-z]+", folded(one.file_name)))
    ]


def _noted(session: Session, owner: Owner, campaign: Campaign, steps: list[str]) -> list[str]:
    """Return the steps that she chose among those that she has noted as done."""
    query = select(CampaignNote.step).where(
        CampaignNote.numero == owner.numero,
        CampaignNote.campaign == campaign.id,
        CampaignNote.kind == "fait",
    )
    done = set(session.scalars(query))
    if set(steps) - done:
        raise InputError(
            "une étape choisie n’est pas de celles que vous avez notées.",
            where="etapes",
            remedy="Notez d’abord qu’elle est faite, ou retirez-la.",
        )
    return [one.key for one in campaign.service.steps if one.key in steps]


def _title(campaign: Campaign) -> str:
    return f"Pièces, {campaign.service.title.lower()} {campaign.year}"[:120]


def _words(
    campaign: Campaign, wanted: EnvoyerPieces, papers: Iterable[Paper], steps: list[str]
) -> str:
    """Return the message: each paper by its name in the list, what follows, her own words."""
    names = {one.name: one.file_name for one in papers}
    titles = {one.key: one.title for one in campaign.service.papers}
    lines = [
        f"- {title} : {names[wanted.pieces[key]]}"
        for key, title in titles.items()
        if key in wanted.pieces
    ]
    parts = ["\n".join(["Pièces jointes :", *lines])]
    if later := [titles[key] for key in titles if key in wanted.annoncees]:
        parts.append(f"À suivre : {', '.join(later)}.")
    if steps:
        done = ", ".join(campaign.service.step(key).title for key in steps)
        parts.append(f"Étapes que je dis faites : {done}.")
    return "\n\n".join([*parts, *filter(None, [tidy(wanted.texte).strip()])])


def _plain(row: CampaignSending, case: Case) -> EnvoiLu:
    state = as_shown(case.state)
    return EnvoiLu(
        campagne=row.campaign,
        fil=case.name,
        numero=number_of(case),
        libelle=state.label,
        depuis=case.since,
        attend=_WAITS.get(state.waits_for, ""),
        revision=case.version,
        pieces={key: datetime.fromisoformat(at) for key, at in row.papers.items()},
        annoncees=row.announced,
        etapes=row.steps,
    )
