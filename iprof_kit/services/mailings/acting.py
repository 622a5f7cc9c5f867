"""One function for every act on a message to many: its right, its count and its state at once."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Update, func, select, update
from sqlalchemy.orm import Session

from iprof_kit.base.characters import tidy
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError, Refused
from iprof_kit.base.words import folded_words
from iprof_kit.records.cases import Case, CaseEvent, Mailing, MailingEvent, MailingRecipient
from iprof_kit.records.database import reading, writing
from iprof_kit.records.repository import Order, Repository
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.contract.bureau.envois import (
    CRITERES,
    LONGEST_REASON,
    MOST_RECIPIENTS,
    AgirEnvoi,
    EnvoiFait,
    GarderEnvoi,
)
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.services.desk.acting import digest
from iprof_kit.services.desk.confirming import check_count
from iprof_kit.services.desk.faults import wrong
from iprof_kit.services.desk.noting import note_list
from iprof_kit.services.mailings import people
from iprof_kit.services.mailings.life import (
    AUTHOR,
    COUNT,
    DRAFT,
    REASON,
    Passage,
    passage,
    under_way,
    waiting_for,
)
from iprof_kit.services.mailings.reading import shown
from iprof_kit.services.mailings.wording import WRITTEN, faults_of, faults_of_draft

MAILINGS: Repository[Mailing] = Repository(Mailing, Mailing.name)
MOST_UNDER_WAY = 20
"""Messages of one account that are neither sent nor given up."""
MOST_A_DAY = 5
"""Messages that one account may propose in 24 hours."""
_PROPOSE, _CONFIRM, _RECALL = "proposer", "confirmer", "rappeler"
_FORGETS = frozenset({"reprendre", "renvoyer", "abandonner"})
"""The acts after which whom it was for is chosen anew."""


class _FaultsError(Exception):
    """What is wrong in what was written: nothing is changed."""

    def __init__(self, faults: list[ErreurChamp]) -> None:
        super().__init__(len(faults))
        self.faults = faults


def keep(identity: Identity, wanted: GarderEnvoi, now: datetime) -> EnvoiFait:
    """Keep what is being written; the same order sent again is one message.

    Raises
    ------
    Refused
        It is not hers, she follows nobody, or too many are under way.
    Conflict
        It was changed meanwhile.
    """
    today = paris(now).date()
    if faults := faults_of_draft(wanted):
        return EnvoiFait(erreurs=faults)
    new = f"{identity.account_id}:{wanted.cle}"
    name = wanted.id or hashlib.sha256(new.encode()).hexdigest()[:24]
    with reading() as session:
        if wanted.id:
            people.seen(session, identity, name, today)

    def change(session: Session, row: Mailing) -> None:
        if not wanted.id:
            _begin(session, row, identity, now)
        elif row.author != identity.account_id or row.state not in waiting_for(AUTHOR):
            raise Refused(
                "cet envoi ne se modifie plus.", remedy="Reprenez-le d’abord, ou écrivez-en un."
            )
        row.title, row.text = tidy(wanted.objet).strip(), tidy(wanted.texte).strip()
        row.answers, row.ask_at = wanted.reponse, tidy(wanted.ou_demander).strip()
        written = {one: tidy(getattr(wanted, one)).strip() for one in (*CRITERES, people.PURPOSE)}
        row.chosen = {one: value for one, value in written.items() if value}

    expected = wanted.revision if wanted.id else None
    order = Order(
        f"envoi:{identity.compte}:{wanted.cle}:{digest(wanted)}", identity.compte, now, expected
    )
    MAILINGS.store(name, change, order)
    return _read_again(identity, name, now)


def do(identity: Identity, wanted: AgirEnvoi, now: datetime) -> EnvoiFait:
    """Do one act of the table; the same order sent again is done once.

    Raises
    ------
    Refused
        She may not read it, or proposed as many as a day holds.
    Conflict
        It was changed meanwhile: what she saw is not what she would confirm.
    """
    today, by = paris(now).date(), identity.account_id
    with reading() as session:
        people.seen(session, identity, wanted.id, today)

    def change(session: Session, row: Mailing) -> None:
        session.flush()
        roles = people.roles_of(session, identity, row, today)
        way = passage(row.state, wanted.acte, roles)
        reason = _reason(way, wanted)
        if wanted.acte == _PROPOSE:
            _calm(session, by, now)
            if faults := faults_of(row):
                raise _FaultsError(faults)
            reach = people.author_reach(session, row, today)
            row.proposed = people.plan(session, row, reach, today)
        number = row.proposed
        if wanted.acte == _CONFIRM:
            number = people.freeze(session, row, today)
        if way.needs == COUNT:
            _check_count(number, wanted.compte)
        if wanted.acte == _RECALL:
            number = withdraw(session, row)
        if wanted.acte in _FORGETS:
            people.forget(session, row)
        pass_on(session, row, way, now, account=by, reason=reason, number=number)

    def journal(session: Session) -> None:
        note_list(session, identity, now, "envoi_acte", f"{wanted.acte}, {wanted.id}")

    order = Order(
        f"envoi_acte:{identity.compte}:{wanted.cle}:{digest(wanted)}",
        identity.compte,
        now,
        wanted.revision,
    )
    try:
        MAILINGS.store(wanted.id, change, order, journal)
    except _FaultsError as found_:
        return EnvoiFait(erreurs=found_.faults)
    except InputError as error:
        return EnvoiFait(erreurs=[wrong(error.where or "acte", error.message, error.remedy or "")])
    return _read_again(identity, wanted.id, now)


def pass_on(
    session: Session,
    row: Mailing,
    way: Passage,
    now: datetime,
    *,
    account: int | None,
    reason: str = "",
    number: int,
) -> None:
    """Write a passage: its event, then the state that it leads to."""
    session.add(
        MailingEvent(
            mailing_id=row.id,
            act=way.act,
            state=way.to,
            at=now,
            account=account,
            reason=reason,
            people=number,
        )
    )
    row.state, row.since = way.to, now


def _begin(session: Session, row: Mailing, identity: Identity, now: datetime) -> None:
    row.academie, row.service = people.place_of(session, identity, paris(now).date())
    row.author, row.state, row.since, row.proposed = identity.account_id, DRAFT, now, 0
    going = select(func.count(Mailing.id)).where(
        Mailing.author == identity.account_id, Mailing.state.in_(under_way())
    )
    if (session.scalar(going) or 0) >= MOST_UNDER_WAY:
        raise Refused(
            f"{MOST_UNDER_WAY} de vos envois sont en cours.",
            remedy="Rien n’est perdu : finissez-en un, ou abandonnez-le.",
        )


def _calm(session: Session, account: int, now: datetime) -> None:
    """Refuse one message to many too many in a day."""
    query = select(func.count(MailingEvent.id)).where(
        MailingEvent.act == _PROPOSE,
        MailingEvent.account == account,
        MailingEvent.at > now - timedelta(days=1),
    )
    if (session.scalar(query) or 0) >= MOST_A_DAY:
        raise Refused(
            f"vous avez proposé {MOST_A_DAY} envois depuis hier.",
            remedy="Rien n’est perdu : proposez la suite demain.",
        )


def _check_count(number: int, typed: int | None) -> None:
    """Refuse where the number that was typed is not how many people would receive it."""
    if not number:
        raise InputError(
            "personne ne recevrait ce message.",
            where=COUNT,
            remedy="Personne, dans le portefeuille de l’auteur, n’est aujourd’hui de ce filtre.",
        )
    if number > MOST_RECIPIENTS:
        raise InputError(
            f"{number} personnes recevraient ce message, {MOST_RECIPIENTS} au plus.",
            where=COUNT,
            remedy="Resserrez le filtre.",
        )
    check_count(number, typed, "des destinataires", "Relisez le filtre et la liste")


def _reason(way: Passage, wanted: AgirEnvoi) -> str:
    reason = tidy(wanted.motif).strip()
    if way.needs == REASON and not reason:
        raise InputError("le motif manque.", where=REASON, remedy="Écrivez-le.")
    if len(reason) > LONGEST_REASON:
        raise InputError(
            f"ce motif compte {len(reason)} caractères.",
            where=REASON,
            remedy=f"Il en tient {LONGEST_REASON} au plus.",
        )
    return reason if way.needs == REASON else ""


def _read_again(identity: Identity, name: str, now: datetime) -> EnvoiFait:
    today = paris(now).date()
    with writing() as session:
        mailing = MAILINGS.find(session, name)
        roles = people.roles_of(session, identity, mailing, today) if mailing else frozenset()
        if mailing is None or not roles:  # sent back: it is the author's again
            return EnvoiFait()
        return EnvoiFait(lu=shown(session, people.Seen(mailing, roles), identity, today))


RECALLED_TITLE = "Message rappelé par le service"


def withdraw(session: Session, mailing: Mailing) -> int:
    """Take the words back from who has not read them, at one moment; return how many those are.

    The threads are locked first: a reading comes wholly before, and keeps its words, or after.
    This is the one place where an event changes: its words are in the message, for the service.
    """
    of_it = MailingRecipient.mailing_id == mailing.id
    threads = select(MailingRecipient.case_id).where(of_it, MailingRecipient.state == people.SENT)
    session.execute(select(Case.id).where(Case.id.in_(threads)).order_by(Case.id).with_for_update())
    unread = session.scalars(
        select(CaseEvent.case_id).where(
            CaseEvent.case_id.in_(threads), CaseEvent.act.in_(WRITTEN), CaseEvent.seen_at.is_(None)
        )
    ).all()
    bare = {"title": RECALLED_TITLE, "folded": folded_words("", RECALLED_TITLE)}
    for change in (
        update(CaseEvent)
        .where(CaseEvent.case_id.in_(unread), CaseEvent.act.in_(WRITTEN))
        .values(text=""),
        update(Case).where(Case.id.in_(unread)).values(**bare, version=Case.version + 1),
        _becomes(of_it, people.KEPT, people.NEVER_SENT),
        _becomes(of_it & MailingRecipient.case_id.in_(unread), people.SENT, people.UNREAD),
        _becomes(of_it, people.SENT, people.READ),
    ):
        session.execute(change.execution_options(synchronize_session=False))
    return len(unread)


def _becomes(which: ColumnElement[bool], state: str, after: str) -> Update:
    return (
        update(MailingRecipient).where(which, MailingRecipient.state == state).values(state=after)
    )
