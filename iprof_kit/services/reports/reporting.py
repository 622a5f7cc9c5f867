"""« Signaler une erreur »: what a person says of a datum of her file, and what becomes of it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.characters import name_of, tidy, unfit
from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records.cases import Case
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Order
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.cases.acting import CASES, Act, Opening, act, begin, first, last, number_of
from iprof_kit.services.cases.correspondent import own_service
from iprof_kit.services.cases.life import OWNER, SERVICE, waiting_for
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.facts import data_of
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.contract.own_file import (
    LONGEST_CLAIM,
    LONGEST_REASON,
    Donnee,
    ErreurChamp,
    Signalement,
    SignalementEnregistre,
    SignalementsLus,
    Signaler,
)
from iprof_kit.services.cv.versions import public_name
from iprof_kit.services.dossier.storing import find_dossier
from iprof_kit.services.reports.files import FIELD, REPORT_PLACE, piece_of, ready, too_many, waiting

MOST_OPEN = 50
"""Reports of one person that wait for a correction or an answer."""
REPORT = "erreur"
"""The kind of a case that says what is wrong in a file."""


def read(owner: Owner, _wanted: NoArguments, now: datetime) -> SignalementsLus:
    """Return what may be reported in one's own file, what was, and the papers that wait."""
    with writing() as session:
        dossier = _dossier(session, owner)
        _note(session, owner, now, "signalements_lus")
        return SignalementsLus(
            donnees=data_of(dossier),
            signalements=all_of(session, owner.numero),
            en_attente=waiting(session, owner.numero, REPORT_PLACE),
        )


def send(owner: Owner, wanted: Signaler, now: datetime) -> SignalementEnregistre:
    """Keep one report with its papers; the same order sent again gives the same report.

    What the file shows is read here: the report says what was on the screen, whatever is claimed.

    Raises
    ------
    Refused
        As many reports as are kept wait for an answer.
    Unavailable
        The database does not answer; nothing has been written.
    """
    name = public_name(owner, "signalement", wanted.cle + _digest(wanted))
    with reading() as session:
        if (sent := _find(session, owner, name)) is not None:
            return SignalementEnregistre(signalement=sent)
        data = {one.cle: one for one in data_of(_dossier(session, owner))}
    faults = _faults(wanted, data)
    if faults:
        return SignalementEnregistre(erreurs=faults)
    try:
        _store(owner, name, wanted, data[wanted.donnee], now)
    except InputError as error:
        message = error.message[:1].upper() + error.message[1:]
        wrong = ErreurChamp(champ=FIELD, message=message, remede=error.remedy)
        return SignalementEnregistre(erreurs=[wrong])
    with reading() as session:
        return SignalementEnregistre(signalement=_find(session, owner, name))


def all_of(session: Session, numero: str) -> list[Signalement]:
    """Return the reports of one person, newest first."""
    query = select(Case).where(Case.numero == numero, Case.kind == REPORT).order_by(Case.id.desc())
    return [plain(row) for row in session.scalars(query)]


def plain(case: Case) -> Signalement:
    """Return a report as it travels."""
    sent, taken = first(case, "envoyer"), first(case, "prendre")
    answered, corrected = last(case, "repondre"), last(case, "corriger", "confirmer")
    replied = answered or corrected
    return Signalement(
        id=case.name,
        numero=number_of(case),
        donnee=case.datum or "",
        libelle=case.title,
        valeur=case.shown or "",
        indique=case.claimed or "",
        explication=sent.text if sent else "",
        envoye_le=case.opened_at,
        pris_en_charge_le=taken.at if taken else None,
        repondu_le=replied.at if replied else None,
        corrige_le=corrected.at if corrected else None,
        service=case.service if taken or replied else "",
        reponse=answered.text if answered else "",
        valeur_corrigee=case.corrected,
        pieces=[piece_of(paper) for paper in case.papers],
    )


def _store(owner: Owner, name: str, wanted: Signaler, datum: Donnee, now: datetime) -> None:
    def change(session: Session, case: Case) -> None:
        _room(session, owner)
        papers = ready(session, owner, wanted.pieces, REPORT_PLACE)
        begin(case, reported(owner, datum, tidy(wanted.indique).strip()), now)
        reason = tidy(wanted.explication).strip()
        service = own_service(session, owner, now).service
        act(session, case, Act("envoyer", OWNER, text=reason, papers=papers, service=service), now)

    def journal(session: Session) -> None:
        _note(session, owner, now, "signalement_envoye", datum.cle)

    order = Order(f"signalement:{owner.numero}:{name}", owner.compte, now)
    CASES.store(name, change, order, journal)


def reported(owner: Owner, datum: Donnee, claim: str, title: str = "") -> Opening:
    """Return the case of a datum that is said to be wrong, with what the file shows of it."""
    return Opening(
        owner.numero, REPORT, (title or datum.libelle)[:120], datum.cle, datum.valeur[:300], claim
    )


def _faults(wanted: Signaler, data: dict[str, Donnee]) -> list[ErreurChamp]:
    faults = []
    if wanted.donnee not in data:
        faults.append(
            _wrong(
                "donnee",
                "Cette donnée n’est pas dans votre dossier.",
                "Choisissez-la dans la liste.",
            )
        )
    if not tidy(wanted.indique).strip():
        faults.append(
            _wrong(
                "indique",
                "Ce que vous indiquez manque.",
                "Écrivez la valeur qui vous paraît juste.",
            )
        )
    for name, value, longest in (
        ("indique", wanted.indique, LONGEST_CLAIM),
        ("explication", wanted.explication, LONGEST_REASON),
    ):
        if len(value.strip()) > longest:
            faults.append(
                _wrong(
                    name,
                    f"Ce texte compte {len(value.strip())} caractères.",
                    f"Il en tient {longest} au plus.",
                )
            )
        elif unseen := unfit(value.strip(), lines=name == "explication"):
            faults.append(
                _wrong(
                    name,
                    f"Ce texte contient {name_of(unseen)}.",
                    "Effacez-le, ou saisissez le texte au clavier.",
                )
            )
    if (fault := too_many(wanted.pieces, "Un signalement")) is not None:
        faults.append(fault)
    return faults


def _wrong(champ: str, message: str, remedy: str) -> ErreurChamp:
    return ErreurChamp(champ=champ, message=message, remede=remedy)


def _room(session: Session, owner: Owner) -> None:
    waits = (
        select(func.count())
        .select_from(Case)
        .where(
            Case.numero == owner.numero, Case.kind == REPORT, Case.state.in_(waiting_for(SERVICE))
        )
    )
    if (session.scalar(waits) or 0) >= MOST_OPEN:
        raise Refused(
            f"{MOST_OPEN} de vos signalements attendent déjà une réponse.",
            remedy="Rien n’est perdu : attendez une réponse, ou prévenez votre assistance.",
        )


def _find(session: Session, owner: Owner, name: str) -> Signalement | None:
    row = CASES.find(session, name)
    return plain(row) if row is not None and row.numero == owner.numero else None


def _dossier(session: Session, owner: Owner) -> Dossier:
    dossier = find_dossier(session, owner.numero)
    if dossier is None:
        raise absent_file()
    return addressed(dossier)


def _digest(wanted: Signaler) -> str:
    order = json.dumps(wanted.model_dump(exclude={"cle"}), sort_keys=True)
    return hashlib.sha256(order.encode("utf-8", "surrogatepass")).hexdigest()


def _note(session: Session, owner: Owner, now: datetime, action: str, detail: str = "") -> None:
    audit.note(
        session,
        at=now,
        actor=owner.compte,
        action=action,
        subject=f"dossier:{owner.numero}",
        detail=detail,
    )
