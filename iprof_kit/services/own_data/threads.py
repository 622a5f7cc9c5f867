"""What one takes away of one's courrier: the receipt of each message sent, a whole thread."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError, Refused
from iprof_kit.base.words import counted, dashed, weight_text
from iprof_kit.documents.model import Document, Fact, Part, Section
from iprof_kit.documents.text import text as plain_text
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, CaseEvent, Paper
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.cases.acting import number_of, readable_by, see
from iprof_kit.services.cases.life import KIT, OWNER, as_shown, label_of
from iprof_kit.services.courrier.thread import events_as_read, own_case
from iprof_kit.services.own_data.papers import fact_section, moment_words
from iprof_kit.services.workers.typesetters import TYPESETTERS

MOST_RECEIPTS = 100
"""Receipts of one thread that an archive sets on pages; `fil.json` holds what all of them say."""
READ_HERE = "Kit libre, non officiel. Lu dans ce kit : rien n’entre dans I-Prof."
_PDF, _TEXT = "application/pdf", "text/plain; charset=utf-8"
_WHO = {OWNER: "vous", KIT: "ce kit"}


@dataclass(frozen=True)
class Taken:
    """A file to keep: its name, what it is, its bytes."""

    name: str
    media_type: str
    content: bytes


def receipt(owner: Owner, name: str, rank: int, now: datetime) -> Taken:
    """Return the dated receipt of one message that the person sent; the reading is noted.

    Parameters
    ----------
    owner : Owner
        Who asks.
    name : str
        The thread.
    rank : int
        The rank of the message in it, from 1.
    now : datetime
        Aware.

    Raises
    ------
    Refused
        The thread is somebody else's, or she sent no message of this rank.
    """
    with writing() as session:
        case = own_case(session, owner, name)
        events = events_of(session, case)
        event = events[rank - 1] if 1 <= rank <= len(events) else None
        if event is None or event.role != OWNER:
            raise Refused(
                "ce reçu n’est pas celui d’un de vos messages.", remedy="Rouvrez la page."
            )
        _note(session, owner, now, "recu_lu", _receipt_number(case, rank))
        made = receipt_document(
            case, event, rank, person_of(session, owner.numero), paris(now).date()
        )
        number = _receipt_number(case, rank)
    return Taken(f"recu-{number}.pdf", _PDF, _pdf(owner, made))


def printed(owner: Owner, name: str, now: datetime) -> Taken:
    """Return one's own thread as a PDF, or as a text where it is too long for pages.

    It shows everything: what was new is seen. The reading is noted.
    """
    with writing() as session:
        case, events = _shown_whole(session, owner, name, now)
        made = thread_document(case, events, person_of(session, owner.numero), paris(now).date())
        number = number_of(case)
    try:
        return Taken(f"fil-{number}.pdf", _PDF, _pdf(owner, made))
    except InputError:
        return Taken(f"fil-{number}.txt", _TEXT, plain_text(made).encode("utf-8", "replace"))


def packed(owner: Owner, name: str, out: IO[bytes], now: datetime) -> str:
    """Write one's own thread as a ZIP: readable, for programs, and every paper as it came.

    It shows everything, as `printed` does.

    Returns
    -------
    str
        The name of the file.
    """
    with writing() as session:
        case, _ = _shown_whole(session, owner, name, now)
        number = number_of(case)
    with reading() as session, ZipFile(out, "w", ZIP_DEFLATED) as pack:
        case = own_case(session, owner, name)
        events = events_of(session, case)
        write_thread(pack, case, events, "")
        made = thread_document(case, events, person_of(session, owner.numero), paris(now).date())
        pack.writestr("fil.txt", plain_text(made).encode("utf-8", "replace"))
        for paper in _whole_papers(session, case):
            pack.writestr(f"pieces/{paper.id:06d}-{paper.file_name}", paper.content)
    return f"fil-{number}.zip"


def write_thread(pack: ZipFile, case: Case, events: Sequence[CaseEvent], folder: str) -> None:
    """Write what happened in a thread for programs: `fil.json`, in a folder or none."""
    whole = {
        "numero": number_of(case),
        "nature": case.kind,
        "objet": case.title,
        "etat": as_shown(case.state).label,
        "depuis": case.since.isoformat(),
        "service": case.service,
        "donnee": case.datum,
        "affiche": case.shown,
        "indique": case.claimed,
        "corrige": case.corrected,
        "evenements": [one.model_dump(mode="json") for one in events_as_read(case, events)],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    pack.writestr(f"{folder}fil.json", text.encode("utf-8", "replace"))


def receipts_of(
    case: Case, events: Sequence[CaseEvent], person: str, today: date
) -> Iterable[tuple[str, Document]]:
    """Yield the number and the receipt of the first messages that the person sent in a thread."""
    hers = ((rank, event) for rank, event in enumerate(events, 1) if event.role == OWNER)
    for rank, event in islice(hers, MOST_RECEIPTS):
        yield _receipt_number(case, rank), receipt_document(case, event, rank, person, today)


def receipt_document(case: Case, event: CaseEvent, rank: int, person: str, today: date) -> Document:
    """Return the receipt of one message: which, when, to whom, with which papers."""
    number = _receipt_number(case, rank)
    facts = [
        Fact("Fil", f"{f'n° {number_of(case)}'}, {case.title}"),
        Fact("Acte", label_of(case.kind, event.act)),
        Fact("À", event.service or "Votre service"),
        Fact("Vu par le service", moment_words(event.seen_at) if event.seen_at else "Pas encore"),
    ]
    sections = [fact_section("Le message", facts)]
    if event.text:
        sections.append(Section("Votre texte", (Part(text=event.text),)))
    papers = [
        Fact(one.file_name, f"{weight_text(one.size)}, SHA-256 {one.digest}")
        for one in event.papers
    ]
    sections.append(fact_section("Pièces", papers or [Fact("", "Aucune")]))
    return Document(
        title=f"Reçu n° {number}",
        author=person,
        date=today,
        name=person,
        kind=f"Reçu n° {number}",
        summary=(
            f"Enregistré dans ce kit le {moment_words(event.at)}. Ce reçu ne vaut pas dépôt auprès "
            "de l’administration hors de ce kit."
        ),
        sections=tuple(sections),
        notice=READ_HERE,
    )


def thread_document(case: Case, events: Sequence[CaseEvent], person: str, today: date) -> Document:
    """Return a whole thread to be printed, oldest first."""
    state = as_shown(case.state)
    facts = [
        Fact("Objet", case.title),
        Fact("État", f"{state.label}, depuis le {date_text(paris(case.since).date())}"),
        Fact("Service", case.service),
        Fact("Valeur affichée", case.shown or ""),
        Fact("Ce que vous indiquez", case.claimed or ""),
        Fact("Valeur corrigée", case.corrected or ""),
    ]
    return Document(
        title=f"Fil n° {number_of(case)}",
        author=person,
        date=today,
        name=person,
        kind=f"Fil n° {number_of(case)}",
        summary=(
            f"{counted(len(events), 'évènement')}, imprimés le {date_text(today)}. "
            "Les heures sont celles de Paris."
        ),
        sections=(
            fact_section("Le fil", [one for one in facts if one.value]),
            *(_section(case, event, rank) for rank, event in enumerate(events, 1)),
        ),
        notice=READ_HERE,
    )


def events_of(session: Session, case: Case) -> Sequence[CaseEvent]:
    """Return everything that the person reads of a case with its papers, not their bytes."""
    query = select(CaseEvent).where(CaseEvent.case_id == case.id, readable_by(OWNER))
    query = query.order_by(CaseEvent.id)
    return session.scalars(query.options(selectinload(CaseEvent.papers))).all()


def person_of(session: Session, numero: str) -> str:
    """Return the name of the person whose file it is."""
    agent = session.scalars(select(Agent).where(Agent.numero == numero)).one()
    return f"{agent.prenom} {agent.nom}"


def folder_of(case: Case) -> str:
    """Return the folder of a thread in an archive: « courrier/2026-0147-temps-partiel/ »."""
    title = dashed(case.title).strip("-").lower()[:40].strip("-")
    return f"courrier/{number_of(case)}{'-' if title else ''}{title}/"


def _section(case: Case, event: CaseEvent, rank: int) -> Section:
    who = _WHO.get(event.role, event.service or "le service")
    facts = [
        Fact("Par", who),
        Fact("Avant le", date_text(event.due) if event.due else ""),
        Fact("Pièces", ", ".join(one.file_name for one in event.papers)),
        Fact("D’après", event.source or ""),
        Fact("Vu", moment_words(event.seen_at) if event.seen_at else ""),
    ]
    parts = [Part(facts=tuple(one for one in facts if one.value))]
    if event.text:
        parts.append(Part(text=event.text))
    title = f"{rank}. {label_of(case.kind, event.act)}, le {moment_words(event.at)}"
    return Section(title, tuple(parts))


def _receipt_number(case: Case, rank: int) -> str:
    return f"{number_of(case)}-{rank}"


def _shown_whole(
    session: Session, owner: Owner, name: str, now: datetime
) -> tuple[Case, Sequence[CaseEvent]]:
    case = own_case(session, owner, name, lock=True)
    see(session, case, OWNER, now)
    session.flush()
    _note(session, owner, now, "fil_emporte", number_of(case))
    return case, events_of(session, case)


def _whole_papers(session: Session, case: Case) -> Iterable[Paper]:
    query = select(Paper).join(CaseEvent, CaseEvent.id == Paper.event_id)
    query = query.where(CaseEvent.case_id == case.id).order_by(Paper.id)
    return session.scalars(query.options(undefer(Paper.content)).execution_options(yield_per=2))


def _pdf(owner: Owner, made: Document) -> bytes:
    return TYPESETTERS.made(owner.numero, lambda press: press.pdf(made))


def _note(session: Session, owner: Owner, now: datetime, action: str, detail: str) -> None:
    audit.note(
        session,
        at=now,
        actor=owner.compte,
        action=action,
        subject=f"dossier:{owner.numero}",
        detail=detail,
    )
