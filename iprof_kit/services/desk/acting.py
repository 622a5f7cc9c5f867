"""What the service does of a thread: each act once, with its service, never over newer words."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import tidy
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.base.plain import Plain
from iprof_kit.base.words import counted
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.repository import Order
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import service_of
from iprof_kit.services.cases.acting import CASES, Act, act, number_of, proposal
from iprof_kit.services.cases.held import about_to_leave, most_passings
from iprof_kit.services.cases.life import SERVICE
from iprof_kit.services.contract.bureau.fils import (
    ActeGere,
    AgirBureau,
    FilTransmis,
    TransmettreFil,
)
from iprof_kit.services.contract.courrier import LONGEST_MESSAGE, Evenement
from iprof_kit.services.contract.own_file import LONGEST_CLAIM, ErreurChamp
from iprof_kit.services.desk import templates
from iprof_kit.services.desk.faults import text_fault, wrong
from iprof_kit.services.desk.noting import note
from iprof_kit.services.desk.thread import (
    CONFIRM,
    NOT_AT_THE_DESK,
    PASS_ON,
    PROPOSE,
    Seen,
    after,
    count,
    forget_draft,
    neighbours,
    second_reading,
    seen_thread,
    shown,
)

FARTHEST_DAYS = 366
"""How far away a promised answer may be."""
CLOSE, CORRECT = "clore", "corriger"
DATED = ("attendre", "demander_piece")
"""Acts that may say by when: the service answers, the person sends her paper."""


class _OvertakenError(Exception):
    """Something happened in the thread that she had not before her eyes."""

    def __init__(self, meanwhile: list[Evenement]) -> None:
        super().__init__(len(meanwhile))
        self.meanwhile = meanwhile


class _WrongError(Exception):
    """What she asked for cannot be done: nothing is written."""

    def __init__(self, faults: list[ErreurChamp]) -> None:
        super().__init__(len(faults))
        self.faults = faults


def do(identity: Identity, wanted: AgirBureau, now: datetime) -> ActeGere:
    """Do one act of the service; the same order sent again is done once.

    Raises
    ------
    Refused
        The thread is in no portfolio of hers today.
    """
    today = paris(now).date()
    with reading() as session:
        seen_thread(session, identity, wanted.id, today)
    faults = _faults(wanted, today)
    if faults:
        return ActeGere(erreurs=faults)

    def change(session: Session, case: Case) -> None:
        seen = seen_thread(session, identity, wanted.id, today)
        service = seen.service
        _refuse_overtaken(session, case, wanted.vus)
        done = replace(_act(session, seen, wanted), account=identity.account_id)
        act(session, case, done, now)
        forget_draft(session, case.id, identity.account_id)
        if wanted.puis_clore and done.name not in (CLOSE, PROPOSE):
            act(session, case, Act(CLOSE, SERVICE, service=service), now)

    def journal(session: Session) -> None:
        case = CASES.find(session, wanted.id)
        if case is not None:
            why = f"{wanted.acte}, fil n° {number_of(case)}"
            note(session, identity, now, "bureau_acte", case.numero, why)

    order = _order(identity, wanted, now)
    try:
        CASES.store(wanted.id, change, order, journal)
    except _OvertakenError as overtaken:
        return ActeGere(entre_temps=overtaken.meanwhile)
    except InputError as error:
        return ActeGere(
            erreurs=[wrong(_FIELDS.get(error.where, "acte"), error.message, error.remedy)]
        )
    with writing() as session:
        return ActeGere(lu=shown(session, seen_thread(session, identity, wanted.id, today), today))


def _order(identity: Identity, wanted: AgirBureau | TransmettreFil, now: datetime) -> Order:
    key = f"bureau:{identity.compte}:{wanted.cle}:{digest(wanted)}"
    return Order(key, identity.compte, now)


def _refuse_overtaken(session: Session, case: Case, seen: int) -> None:
    """Refuse to answer over what somebody else did, or the person wrote, meanwhile."""
    total = count(session, case)
    if seen > total:
        raise InputError("ce fil n’est plus le même.", where="acte", remedy="Rechargez la page.")
    if seen < total:
        raise _OvertakenError(after(session, case, seen))


_FIELDS = {"texte": "texte", "valeur": "valeur", "echeance": "avant"}


def _act(session: Session, seen: Seen, wanted: AgirBureau) -> Act:
    case, text = seen.case, tidy(wanted.texte).strip()
    done = Act(wanted.acte, SERVICE, text=text, service=seen.service)
    if wanted.acte == CONFIRM:  # what was proposed, and nothing else
        event = proposal(session, case)
        return replace(done, text=event.text, value=event.value or "") if event else done
    if wanted.acte in DATED:
        return replace(done, due=wanted.avant)
    if wanted.acte == CORRECT:
        value = tidy(wanted.valeur).strip()
        words = _both_values(case, value, wanted.corrige_le)
        name = PROPOSE if second_reading(seen.agent.academie) else CORRECT
        text = "\n\n".join(part for part in (text, words) if part)
        return replace(done, name=name, value=value, text=text)
    return done


def _both_values(case: Case, value: str, day: date | None) -> str:
    """Return what was corrected, when and both values, as it stays in the thread."""
    when = f" le {date_text(day)}" if day else ""
    before = f" Valeur d’avant : « {case.shown} »." if case.shown else ""
    return f"Corrigé dans la base de gestion{when} : « {value} ».{before}"


def _faults(wanted: AgirBureau, today: date) -> list[ErreurChamp]:
    faults = [
        fault
        for name, text, longest in (
            ("texte", wanted.texte, LONGEST_MESSAGE),
            ("valeur", wanted.valeur, LONGEST_CLAIM),
        )
        if (fault := text_fault(name, text, longest)) is not None
    ]
    if wanted.acte in NOT_AT_THE_DESK:
        faults.append(wrong("acte", "Cet acte ne se fait pas ici.", "Rechargez la page."))
    holes = templates.fields_of(wanted.texte)
    if holes:
        named = ", ".join(f"{{{one}}}" for one in holes)
        faults.append(wrong("texte", f"Un champ n’est pas rempli : {named}.", "Écrivez-le."))
    if wanted.acte in DATED and wanted.avant is not None:
        faults += due_faults(wanted.avant, today)
    if wanted.acte == CORRECT:
        if wanted.corrige_le is None:
            faults.append(wrong("corrige_le", "La date de la correction manque.", "Donnez-la."))
        elif wanted.corrige_le > today:
            faults.append(
                wrong("corrige_le", "Cette correction est à venir.", "Notez-la une fois faite.")
            )
    return faults


def pass_on(identity: Identity, wanted: TransmettreFil, now: datetime) -> FilTransmis:
    """Pass a thread to another service; the same order sent again is done once.

    The service that follows the person still reads it, and can take it back; hers, where the
    thread had been passed to it, reads it no more.

    Raises
    ------
    Refused
        She may not read the thread today.
    """
    today = paris(now).date()
    order = _order(identity, wanted, now)

    def change(session: Session, case: Case) -> None:
        seen = seen_thread(session, identity, wanted.id, today)
        _refuse_overtaken(session, case, wanted.vus)
        if faults := _passing_faults(session, seen, wanted, today):
            raise _WrongError(faults)
        home = service_of(session, seen.agent, today)
        case.passed_to = None if wanted.vers == home else wanted.vers
        words = f"Transmis au service « {wanted.vers} »."
        text = "\n\n".join(part for part in (words, tidy(wanted.texte).strip()) if part)
        act(session, case, Act(PASS_ON, SERVICE, text=text, service=seen.service), now)
        case.service = wanted.vers
        forget_draft(session, case.id, identity.account_id)

    def journal(session: Session) -> None:
        case = CASES.find(session, wanted.id)
        if case is not None:
            why = f"{PASS_ON} à {wanted.vers}, fil n° {number_of(case)}"
            note(session, identity, now, "bureau_acte", case.numero, why)

    try:
        receipt = CASES.store(wanted.id, change, order, journal)
    except _OvertakenError as overtaken:
        return FilTransmis(entre_temps=overtaken.meanwhile)
    except _WrongError as error:
        return FilTransmis(erreurs=error.faults)
    except InputError as error:
        return FilTransmis(erreurs=[wrong("vers", error.message, error.remedy)])
    return FilTransmis(vers=wanted.vers, recu=receipt.number, le=receipt.at)


def _passing_faults(
    session: Session, seen: Seen, wanted: TransmettreFil, today: date
) -> list[ErreurChamp]:
    faults, most = list[ErreurChamp](), most_passings()
    if wanted.vers not in {one.nom for one in neighbours(session, seen, today)}:
        faults.append(
            wrong(
                "vers", "Ce service ne peut pas recevoir ce fil.", "Choisissez-en un de la liste."
            )
        )
    if seen.case.name in about_to_leave(session, {seen.agent.academie}):
        faults.append(
            wrong("vers", "Une réponse confirmée est sur le départ.", "Reprenez-la, ou attendez.")
        )
    passings = select(func.count(CaseEvent.id)).where(
        CaseEvent.case_id == seen.case.id, CaseEvent.act == PASS_ON
    )
    if (session.scalar(passings) or 0) >= most:
        faults.append(
            wrong(
                "vers",
                f"Ce fil a déjà changé {counted(most, 'fois')} de service.",
                "Répondez à la personne, ou convenez avec l’autre service de qui répond.",
            )
        )
    if fault := text_fault("texte", wanted.texte, LONGEST_MESSAGE):
        faults.append(fault)
    return faults


def due_faults(due: date, today: date) -> list[ErreurChamp]:
    """Return what is wrong with the day by which something is expected."""
    if due < today:
        return [wrong("avant", "Cette date est passée.", "Annoncez une date à venir.")]
    if due - today > timedelta(days=FARTHEST_DAYS):
        return [wrong("avant", "Cette date est à plus d’un an.", "Annoncez une date plus proche.")]
    return []


def digest(wanted: Plain) -> str:
    """Return what tells one order from another of the same key."""
    order = json.dumps(wanted.model_dump(mode="json", exclude={"cle"}), sort_keys=True)
    return hashlib.sha256(order.encode("utf-8", "surrogatepass")).hexdigest()[:32]
