"""What a message to many looks like: the same for who wrote it and for who confirms it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import Refused
from iprof_kit.base.words import counted, feminine
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import CaseEvent, Mailing, MailingEvent, MailingRecipient
from iprof_kit.records.database import writing
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import manager_names, reach_of
from iprof_kit.services.contract.bureau.envois import (
    FEWEST_RECIPIENTS,
    Destinataire,
    Envoi,
    EnvoiEnBref,
    EnvoisLus,
    EtapeEnvoi,
    LireEnvoi,
)
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.desk.noting import note_list
from iprof_kit.services.mailings import people
from iprof_kit.services.mailings.life import (
    AUTHOR,
    SECOND,
    acts_open,
    label_of,
    states,
    waiting_for,
)
from iprof_kit.services.mailings.wording import WRITTEN, as_read, criteria_words

MOST_LISTED = 50
"""Messages of the list."""
_RECEIVED = frozenset({people.SENT, people.READ, people.UNREAD})
_FROZEN = _RECEIVED | {people.KEPT, people.NEVER_SENT}
_WORDS = {
    people.PLANNED: "",
    people.KEPT: "à remettre",
    people.LEFT: "sorti depuis",
    people.SENT: "reçu",
    people.READ: "rappelé, déjà lu",
    people.UNREAD: "rappelé avant lecture",
    people.NEVER_SENT: "jamais remis",
}
_BY_KIT = "ce kit"


def read_all(identity: Identity, _wanted: NoArguments, now: datetime) -> EnvoisLus:
    """Return her messages and those that another of her academy confirms."""
    today = paris(now).date()
    with writing() as session:
        query = select(Mailing).where(people.readable(session, identity, today))
        rows = session.scalars(query.order_by(Mailing.since.desc()).limit(MOST_LISTED)).all()
        note_list(session, identity, now, "envois_lus", counted(len(rows), "envoi"))
        try:
            academy, _ = people.place_of(session, identity, today)
        except Refused as refused:
            return EnvoisLus(refus=str(refused))
        reach = reach_of(session, identity, today)
        who = people.whom(reach, academy, {}, today)
        return EnvoisLus(
            envois=[_brief(session, one, identity, today) for one in rows],
            suivies=people.count(session, who),
            facettes=people.counts(session, who, today),
        )


def read(identity: Identity, wanted: LireEnvoi, now: datetime) -> Envoi:
    """Return one message; who reads whose names is in the journal.

    Raises
    ------
    Refused
        It is not hers, nor one that she may confirm.
    """
    today = paris(now).date()
    with writing() as session:
        one = people.seen(session, identity, wanted.id, today)
        shown_ = shown(session, one, identity, today, wanted.page, wanted.rang)
        detail = f"{one.mailing.name}, {counted(len(shown_.gens), 'personne')}"
        note_list(session, identity, now, "envoi_lu", detail)
        return shown_


def shown(
    session: Session,
    seen: people.Seen,
    identity: Identity,
    today: date,
    page: int = 0,
    rank: int = 0,
) -> Envoi:
    """Return a message as it travels; what she may do to it is what the table lets her."""
    one = seen.mailing
    names, who = manager_names(session, today), whom_now(session, one, today)
    reach = people.author_reach(session, one, today)
    rows = people.page(session, who, page * ON_A_PAGE, ON_A_PAGE)
    preview = people.page(session, who, rank, 1) or people.page(session, who, 0, 1)
    received, read_, withdrawn = figures(session, one)
    number = people.count(session, who)
    return Envoi(
        id=one.name,
        revision=one.version,
        etat=one.state,
        libelle=states()[one.state].label,
        depuis=one.since,
        par_vous=one.author == identity.account_id,
        auteur=names.get(one.author, one.service),
        service=one.service,
        objet=one.title,
        texte=one.text,
        reponse=one.answers,
        ou_demander=one.ask_at,
        finalite=one.chosen.get(people.PURPOSE, ""),
        filtre={name: value for name, value in one.chosen.items() if name != people.PURPOSE},
        criteres=criteria_words(one.chosen),
        lettres=0 < number < FEWEST_RECIPIENTS,
        nombre=number,
        suivies=people.count(session, people.whom(reach, one.academie, {}, today)),
        partis=_gone(session, one, today),
        facettes=people.counts(session, who, today),
        choix=people.offered(session, reach, one, today)
        if one.state in waiting_for(AUTHOR)
        else {},
        gens=_people(session, one, rows),
        apercu_pour=_name(preview[0]) if preview else "",
        apercu=as_read(one, preview[0].prenom, preview[0].nom, one.service, number)
        if preview
        else "",
        etapes=_steps(session, one, identity, names),
        actes=acts_open(one.state, seen.roles),
        recus=received,
        lus=read_,
        retires=withdrawn,
    )


def whom_now(session: Session, one: Mailing, today: date) -> list[ColumnElement[bool]]:
    """Return whom a message is for: of a draft, the filter; proposed, who is still there."""
    if one.state not in waiting_for(AUTHOR) | waiting_for(SECOND):
        return [people.listed(one, _FROZEN)]
    reach = people.author_reach(session, one, today)
    who = people.whom(reach, one.academie, one.chosen, today)
    if one.state in waiting_for(SECOND):
        who.append(people.listed(one, {people.PLANNED}))
    return who


def figures(session: Session, one: Mailing) -> tuple[int, int, int]:
    """Return how many received a message, have read it, had it taken back before."""
    read_ = (
        select(func.count(func.distinct(MailingRecipient.id)))
        .join(CaseEvent, CaseEvent.case_id == MailingRecipient.case_id)
        .where(MailingRecipient.mailing_id == one.id, CaseEvent.act.in_(WRITTEN))
        .where(CaseEvent.seen_at.is_not(None), MailingRecipient.state != people.UNREAD)
    )
    return (
        people.number(session, one, _RECEIVED),
        session.scalar(read_) or 0,
        people.number(session, one, {people.UNREAD}),
    )


def _gone(session: Session, one: Mailing, today: date) -> list[str]:
    """Return who was proposed and does not receive the message any more, by name."""
    who: list[ColumnElement[bool]] = [people.listed(one, {people.LEFT})]
    if one.state in waiting_for(SECOND):
        reach = people.author_reach(session, one, today)
        still = select(Agent.id).where(*people.whom(reach, one.academie, one.chosen, today))
        who = [people.listed(one, {people.PLANNED}), Agent.id.not_in(still.correlate(None))]
    return [_name(row) for row in people.page(session, who, 0, ON_A_PAGE)]


def _brief(session: Session, one: Mailing, identity: Identity, today: date) -> EnvoiEnBref:
    own = one.author == identity.account_id
    state = states()[one.state]
    return EnvoiEnBref(
        id=one.name,
        objet=one.title,
        etat=one.state,
        libelle=state.label,
        depuis=one.since,
        nombre=people.count(session, whom_now(session, one, today)),
        par_vous=own,
        a_vous=state.waits_for == (AUTHOR if own else SECOND),
    )


def _people(session: Session, one: Mailing, rows: Any) -> list[Destinataire]:
    query = select(MailingRecipient.numero, MailingRecipient.state).where(
        MailingRecipient.mailing_id == one.id,
        MailingRecipient.numero.in_([row.numero for row in rows]),
    )
    known = dict(session.execute(query).all())
    return [
        Destinataire(
            personne=_name(row), corps=_corps(row), etat=_WORDS.get(known.get(row.numero, ""), "")
        )
        for row in rows
    ]


def _steps(
    session: Session, one: Mailing, identity: Identity, names: dict[int, str]
) -> list[EtapeEnvoi]:
    query = select(MailingEvent).where(MailingEvent.mailing_id == one.id).order_by(MailingEvent.id)
    steps = []
    for event in session.scalars(query):
        by = _BY_KIT if event.account is None else names.get(event.account, "un compte fermé")
        steps.append(
            EtapeEnvoi(
                libelle=label_of(event.act, event.state),
                le=event.at,
                par="vous" if event.account == identity.account_id else by,
                motif=event.reason,
                nombre=event.people,
            )
        )
    return steps


def _name(row: Row[Any]) -> str:
    return f"{row.prenom} {row.nom}"


def _corps(row: Row[Any]) -> str:
    words = row.libelle_corps or ""
    return feminine(words) if row.civilite == "Madame" else words
