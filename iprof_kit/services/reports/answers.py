"""What a managing service makes of a report: taken, answered, corrected, each step dated."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.characters import name_of, tidy, unfit
from iprof_kit.base.errors import InputError
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Order
from iprof_kit.services.academies import academie, academie_names
from iprof_kit.services.cases.acting import CASES, Act, act, first, number_of, see
from iprof_kit.services.cases.life import SERVICE, acts_open
from iprof_kit.services.contract.own_file import Signalement
from iprof_kit.services.reports.files import StoredFile
from iprof_kit.services.reports.reporting import REPORT, plain

LONGEST_ANSWER = 2_000
ENDED = ("decide", "clos")
"""States in which nothing is left to be corrected."""
_NUMBER = re.compile(r"\d{4}-(\d{4,9})")


def waiting_reports(
    now: datetime, by: str, *, closed: bool = False, numero: str | None = None
) -> list[tuple[str, Signalement]]:
    """Return the reports that wait (or all), oldest first, with the number of their file.

    Reading them is reading files: each file read has its line in the journal, and the person sees
    when her words were read.
    """
    query = select(Case).where(Case.kind == REPORT).order_by(Case.id)
    if not closed:
        query = query.where(Case.state.not_in(ENDED))
    if numero is not None:
        query = query.where(Case.numero == numero)
    with writing() as session:
        rows = session.scalars(query.with_for_update()).all()
        for row in rows:
            see(session, row, SERVICE, now)
        reports = [(row.numero, plain(row)) for row in rows]
        for read in dict.fromkeys(name for name, _ in reports):
            audit.note(session, at=now, actor=by, action="signalement_lu", subject=_subject(read))
    return reports


def files_of(number: str, by: str, now: datetime) -> list[StoredFile]:
    """Return the papers of a report as they came; each reading is noted."""
    name, numero = _named(number)
    with writing() as session:
        row = CASES.find(session, name)
        files = [
            StoredFile(file.file_name, file.media_type or "", file.content)
            for file in (row.papers if row else [])
        ]
        for file in files:
            audit.note(
                session,
                at=now,
                actor=by,
                action="piece_lue",
                subject=_subject(numero),
                detail=file.name,
            )
        return files


def take(number: str, service: str, by: str, now: datetime) -> Signalement:
    """Say which service takes care of a report.

    Raises
    ------
    InputError
        No such report, no service, or it is already taken care of.
    """
    named = _text(service, "service", 150)

    def change(session: Session, case: Case) -> None:
        if (taken := first(case, "prendre")) is not None:
            raise InputError(
                f"le signalement {number} est déjà pris en charge.",
                where=taken.service,
                remedy="Répondez-y : iprof signalement repondre.",
            )
        act(session, case, Act("prendre", SERVICE, service=named), now)

    return _step(number, change, "signalement_pris_en_charge", by, now)


def answer(number: str, text: str, by: str, now: datetime, service: str = "") -> Signalement:
    """Answer a report; a report that nobody had taken is taken at the same moment."""
    reply = _text(text, "reponse", LONGEST_ANSWER)

    def change(session: Session, case: Case) -> None:
        _taken(session, case, service, now)
        act(session, case, Act("repondre", SERVICE, text=reply), now)

    return _step(number, change, "signalement_repondu", by, now)


def correct(number: str, value: str, by: str, now: datetime, service: str = "") -> Signalement:
    """Say that the administration corrected the datum: both values stay in the report.

    The copy that this kit shows of the file changes at the next import, not here. Refused where
    the academy wants a second reading: a command is nobody's account.
    """
    corrected = _text(value, "valeur", 300)

    def change(session: Session, case: Case) -> None:
        _refuse_alone(session, case)
        _taken(session, case, service, now)
        act(session, case, Act("corriger", SERVICE, value=corrected), now)

    return _step(number, change, "signalement_corrige", by, now)


def _step(
    number: str, change: Callable[[Session, Case], None], action: str, by: str, now: datetime
) -> Signalement:
    name, numero = _named(number)

    def journal(session: Session) -> None:
        audit.note(
            session, at=now, actor=by, action=action, subject=_subject(numero), detail=number
        )

    order = Order(f"{action}:{uuid4()}", by, now)
    CASES.store(name, change, order, journal)
    with reading() as session:
        row = CASES.find(session, name)
        if row is None:
            raise _unknown(number)
        return plain(row)


def _named(number: str) -> tuple[str, str]:
    """Return the public name and the file of a report, from the number that people quote."""
    match = _NUMBER.fullmatch(number.strip())
    with reading() as session:
        case = session.get(Case, int(match[1])) if match else None
        if case is None or case.kind != REPORT or number_of(case) != number.strip():
            raise _unknown(number)
        return case.name, case.numero


def _taken(session: Session, case: Case, service: str, now: datetime) -> None:
    """Take a report that nobody had; a service that is named is the one that answers."""
    if service.strip():
        case.service = _text(service, "service", 150)
    if first(case, "prendre") is None and "prendre" in acts_open(case.kind, case.state, SERVICE):
        act(session, case, Act("prendre", SERVICE), now)


def _refuse_alone(session: Session, case: Case) -> None:
    """Refuse a correction that nobody else would read, where the academy wants two people."""
    code = session.scalars(select(Agent.academie).where(Agent.numero == case.numero)).one()
    if code in academie_names() and academie(code).courrier.seconde_lecture == "corrections":
        raise InputError(
            "cette académie veut qu’une seconde personne confirme une correction.",
            where="courrier, seconde_lecture",
            remedy="Proposez-la au bureau ; une autre personne du service la confirme.",
        )


def _text(given: str, where: str, longest: int) -> str:
    text = tidy(given).strip()
    if not text:
        raise InputError("ce texte est vide.", where=where, remedy="Écrivez-le.")
    if len(text) > longest:
        raise InputError(
            f"ce texte compte {len(text)} caractères, {longest} au plus.",
            where=where,
            remedy="Abrégez-le.",
        )
    if unseen := unfit(text, lines=where == "reponse"):
        raise InputError(
            f"ce texte contient {name_of(unseen)}.", where=where, remedy="Saisissez-le au clavier."
        )
    return text


def _unknown(number: str) -> InputError:
    return InputError(
        "ce signalement n’existe pas.", where=number[:40], remedy="Voyez iprof signalement list."
    )


def _subject(numero: str) -> str:
    return f"dossier:{numero}"
