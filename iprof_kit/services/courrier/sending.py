"""What a person writes to the service of her file: a new thread, or one act on a thread."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import tidy
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError, Refused
from iprof_kit.base.plain import Plain
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Order
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.access.reach import answering
from iprof_kit.services.cases.acting import CASES, Act, Opening, act, begin
from iprof_kit.services.cases.correspondent import own_service
from iprof_kit.services.cases.life import KIT, OWNER, states
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.contract.courrier import (
    ActeFait,
    Agir,
    Correspondant,
    Ecrire,
    FilLu,
)
from iprof_kit.services.contract.facts import data_of
from iprof_kit.services.contract.own_file import Donnee
from iprof_kit.services.courrier.checks import fault_of, faults_of_act, faults_of_new
from iprof_kit.services.courrier.lines import REMIND, last_of_hers, reminded_from
from iprof_kit.services.courrier.thread import own_case, page_of, shown
from iprof_kit.services.cv.versions import public_name
from iprof_kit.services.dossier.storing import find_dossier
from iprof_kit.services.reports.files import NEW_PLACE, ready
from iprof_kit.services.reports.reporting import REPORT, reported

MOST_OPEN = 50
"""Threads of one person that are not closed, whatever they are about."""
MOST_A_DAY = 200
"""Acts of one person in 24 hours."""
_SEND = "envoyer"


def write(owner: Owner, wanted: Ecrire, now: datetime) -> ActeFait:
    """Open a thread with its first message; the same order sent again gives the same thread.

    Raises
    ------
    Refused
        No service reads in this kit, or as many threads as are kept are open.
    Unavailable
        The database does not answer; nothing has been written.
    """
    name = public_name(owner, "fil", wanted.cle + digest(wanted))
    with reading() as session:
        sent = CASES.find(session, name) is not None
        datum = None if sent else _datum(session, owner, wanted.donnee)
    if not sent:
        if faults := faults_of_new(wanted, datum):
            return ActeFait(erreurs=faults)
        try:
            _open(owner, name, wanted, datum, now)
        except InputError as error:
            return ActeFait(erreurs=[fault_of(error)])
    return ActeFait(lu=_read_again(owner, name, now))


def do(owner: Owner, wanted: Agir, now: datetime) -> ActeFait:
    """Do one act on a thread of one's own; the same order sent again is done once.

    Raises
    ------
    Refused
        The thread is not hers, or she did as much as one day holds.
    Unavailable
        The database does not answer; nothing has been written.
    """
    with reading() as session:
        own_case(session, owner, wanted.id)
    faults = faults_of_act(wanted)
    if faults:
        return ActeFait(erreurs=faults)
    try:
        _act(owner, wanted, now)
    except InputError as error:
        return ActeFait(erreurs=[fault_of(error)])
    return ActeFait(lu=_read_again(owner, wanted.id, now))


def _open(owner: Owner, name: str, wanted: Ecrire, datum: Donnee | None, now: datetime) -> None:
    def change(session: Session, case: Case) -> None:
        service = reading_service(session, owner, now)
        refuse_more(session, owner, now)
        papers = ready(session, owner, wanted.pieces, NEW_PLACE)
        begin(case, _opening(owner, wanted, datum), now)
        text = tidy(wanted.texte).strip()
        done = Act(_SEND, OWNER, text=text, papers=papers, service=service.service)
        act(session, case, done, now)

    def journal(session: Session) -> None:
        _note(session, owner, now, "fil_ouvert", wanted.nature)

    CASES.store(name, change, Order(f"fil:{owner.numero}:{name}", owner.compte, now), journal)


def reading_service(session: Session, owner: Owner, now: datetime) -> Correspondant:
    """Return the service of her file, which reads in this kit.

    Raises
    ------
    Refused
        No service reads in this kit.
    """
    service = own_service(session, owner, now)
    if service.mode != "kit":
        raise Refused(
            "aucun service de votre académie ne lit de message dans ce kit.",
            remedy="Préparez votre lettre ici, puis envoyez-la à votre service.",
        )
    return service


def _opening(owner: Owner, wanted: Ecrire, datum: Donnee | None) -> Opening:
    title, claim = tidy(wanted.objet).strip(), tidy(wanted.indique).strip()
    if wanted.nature == REPORT and datum is not None:
        return reported(owner, datum, claim, title)
    key, value = (datum.cle, datum.valeur[:300]) if datum else (None, None)
    return Opening(owner.numero, wanted.nature, title, key, value, claim or None)


def _act(owner: Owner, wanted: Agir, now: datetime) -> None:
    def change(session: Session, case: Case) -> None:
        service = own_service(session, owner, now)
        refuse_haste(session, owner, now)
        if wanted.acte == REMIND:
            _in_time(session, case, service.delai_jours, now)
        papers = ready(session, owner, wanted.pieces, case.name)
        text = tidy(wanted.texte).strip()
        answers = answering(session, case, paris(now).date()) or service.service
        done = Act(wanted.acte, OWNER, text=text, papers=papers, service=answers)
        act(session, case, done, now)

    def journal(session: Session) -> None:
        _note(session, owner, now, "fil_acte", wanted.acte)

    key = f"fil:{owner.numero}:{public_name(owner, 'acte', wanted.cle + digest(wanted))}"
    CASES.store(wanted.id, change, Order(key, owner.compte, now), journal)


def _in_time(session: Session, case: Case, delay: int | None, now: datetime) -> None:
    """Refuse a reminder before the announced delay has passed; other refusals are the table's."""
    day = reminded_from(case, last_of_hers(session, case), delay)
    if delay is None:
        raise InputError(
            "votre académie n’annonce pas de délai de réponse.",
            where=REMIND,
            remedy="Complétez plutôt ce fil.",
        )
    if day is not None and day > paris(now).date():
        raise InputError(
            f"le délai de réponse annoncé court jusqu’au {date_text(day - timedelta(days=1))}.",
            where=REMIND,
            remedy=f"Relancez le service à partir du {date_text(day)}.",
        )


def _read_again(owner: Owner, name: str, now: datetime) -> FilLu:
    """Return the thread after an act, its newest page."""
    with writing() as session:
        case = own_case(session, owner, name)
        return shown(session, owner, case, page_of(session, case, 0), now)


def _datum(session: Session, owner: Owner, key: str) -> Donnee | None:
    dossier = find_dossier(session, owner.numero)
    if dossier is None:
        raise absent_file()
    return next((one for one in data_of(addressed(dossier)) if one.cle == key), None)


def refuse_more(session: Session, owner: Owner, now: datetime) -> None:
    """Refuse one thread too many under way, or one act too many in a day."""
    going = [state.code for state in states().values() if state.open]
    query = select(func.count()).where(
        Case.numero == owner.numero, Case.kind != KIT, Case.state.in_(going)
    )
    if (session.scalar(query) or 0) >= MOST_OPEN:
        raise Refused(
            f"{MOST_OPEN} de vos fils sont déjà en cours.",
            remedy="Rien n’est perdu : complétez l’un d’eux, ou closez celui qui est fini.",
        )
    refuse_haste(session, owner, now)


def refuse_haste(session: Session, owner: Owner, now: datetime) -> None:
    """Refuse one act too many in a day: a service could not read them."""
    query = (
        select(func.count(CaseEvent.id))
        .join(Case)
        .where(
            Case.numero == owner.numero,
            Case.last_at > now - timedelta(days=1),
            CaseEvent.role == OWNER,
            CaseEvent.at > now - timedelta(days=1),
        )
    )
    if (session.scalar(query) or 0) >= MOST_A_DAY:
        raise Refused(
            f"vous avez écrit {MOST_A_DAY} fois depuis hier.",
            remedy="Rien n’est perdu : envoyez la suite demain.",
        )


def digest(wanted: Plain) -> str:
    """Return what tells one order from another of the same key."""
    order = json.dumps(wanted.model_dump(exclude={"cle"}), sort_keys=True)
    return hashlib.sha256(order.encode("utf-8", "surrogatepass")).hexdigest()


def _note(session: Session, owner: Owner, now: datetime, action: str, detail: str) -> None:
    audit.note(
        session,
        at=now,
        actor=owner.compte,
        action=action,
        subject=f"dossier:{owner.numero}",
        detail=detail,
    )
