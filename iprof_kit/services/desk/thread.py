"""One thread as the service reads it: what happened, the person in a few lines, the notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.words import french
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, CaseEvent, CaseNote
from iprof_kit.records.database import writing
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import MANAGER, outside, person_of, reach_of
from iprof_kit.services.access.rights import never_seen
from iprof_kit.services.cases.acting import number_of
from iprof_kit.services.cases.life import DRAFT, OWNER, SERVICE, acts_open, passages, states
from iprof_kit.services.contract.bureau import FilGere, LireFilGere, Note
from iprof_kit.services.contract.courrier import ON_A_PAGE, Evenement, Fil, FilLu
from iprof_kit.services.desk.file import file_of, glance, name
from iprof_kit.services.desk.noting import note
from iprof_kit.services.desk.waiting import OF_THE_KIT, promised
from iprof_kit.services.reports.files import piece_of

_PERSON, _SERVICE = "vous", "service"
NOT_AT_THE_DESK = frozenset({"transmettre"})
"""Acts of a service that the administrator's commands do."""


@dataclass(frozen=True)
class Seen:
    """A thread that a manager may read today, and the service that answers it by her."""

    case: Case
    agent: Agent
    service: str


def read(identity: Identity, wanted: LireFilGere, now: datetime) -> FilGere:
    """Return a thread and the person in a few lines; the person sees that it was read, and when.

    Raises
    ------
    Refused
        The thread is in no portfolio of hers today.
    """
    with writing() as session:
        seen = seen_thread(session, identity, wanted.id, paris(now).date())
        note(session, identity, now, "bureau_fil_lu", seen.agent.numero, _why(seen.case))
        _mark_seen(session, seen.case, now)
        return shown(session, seen, paris(now).date(), wanted.page)


def seen_thread(
    session: Session, identity: Identity, public: str, today: date, *, lock: bool = False
) -> Seen:
    """Return a thread that somebody may read today.

    Raises
    ------
    Refused
        It is in no portfolio of hers today, it is not sent, or it does not exist.
    """
    query = select(Case).where(Case.name == public, Case.kind != OF_THE_KIT, Case.state != DRAFT)
    case = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if case is None:
        raise outside()
    agent, service = person_of(session, reach_of(session, identity, today), case.numero)
    return Seen(case, agent, service)


def shown(session: Session, seen: Seen, today: date, page: int = 0) -> FilGere:
    """Return a thread as it travels to the desk."""
    case, dossier = seen.case, file_of(session, seen.agent.numero)
    who = dossier.identite
    return FilGere(
        lu=thread(session, case, page),
        personne=name(dossier),
        dossier=seen.agent.numero,
        apercu=glance(dossier, seen.service, today),
        caches=never_seen(MANAGER),
        notes=_notes(session, seen.agent.numero),
        champs={
            "prenom": who.prenom,
            "nom": who.nom,
            "objet": french(case.title),
            "numero": number_of(case),
            "service": seen.service,
            "date": date_text(today),
        },
    )


def thread(session: Session, case: Case, page: int = 0) -> FilLu:
    """Return what happened in a thread, a page at a time from the newest, for a service.

    « vous » is the person whose thread it is, as everywhere in this contract.
    """
    total = count(session, case)
    rows = _events(session, case, page)
    older = max(0, total - (page + 1) * ON_A_PAGE)
    return FilLu(
        fil=_line(session, case),
        service=case.service,
        evenements=[event(row, older + rank) for rank, row in enumerate(rows, 1)],
        plus_anciens=older,
        actes=[
            one for one in acts_open(case.kind, case.state, SERVICE) if one not in NOT_AT_THE_DESK
        ],
        donnee=case.datum or "",
        affiche=case.shown or "",
        indique=case.claimed or "",
        corrige=case.corrected,
    )


def count(session: Session, case: Case) -> int:
    """Return how many things happened in a thread."""
    query = select(func.count(CaseEvent.id)).where(CaseEvent.case_id == case.id)
    return session.scalar(query) or 0


def after(session: Session, case: Case, seen: int) -> list[Evenement]:
    """Return what happened after the first `seen` events, as many as one page holds."""
    query = _of(case).order_by(CaseEvent.id).offset(seen).limit(ON_A_PAGE)
    return [event(row, seen + rank) for rank, row in enumerate(session.scalars(query), 1)]


def event(row: CaseEvent, rank: int) -> Evenement:
    """Return one event as it travels."""
    return Evenement(
        rang=rank,
        acte=row.act,
        libelle=_labels().get(row.act, row.act),
        le=row.at,
        de=_side(row.role),
        service=row.service if row.role == SERVICE else "",
        texte=row.text,
        avant=row.due,
        vu_le=row.seen_at,
        pieces=[piece_of(paper) for paper in row.papers],
    )


def _line(session: Session, case: Case) -> Fil:
    last = session.scalars(_of(case).order_by(CaseEvent.id.desc()).limit(1)).one()
    state = states()[case.state]
    papers = select(func.count()).select_from(CaseEvent).join(CaseEvent.papers)
    return Fil(
        id=case.name,
        numero=number_of(case),
        nature=case.kind,
        objet=french(case.title),
        etat=case.state,
        libelle=state.label,
        depuis=case.since,
        attend={OWNER: _PERSON, SERVICE: _SERVICE}.get(state.waits_for, ""),
        avant=promised(session, [case.id]).get(case.id),
        dernier_le=last.at,
        dernier_de=_side(last.role),
        en_cours=state.open,
        pieces=session.scalar(papers.where(CaseEvent.case_id == case.id)) or 0,
    )


def _events(session: Session, case: Case, page: int) -> Sequence[CaseEvent]:
    newest = _of(case).order_by(CaseEvent.id.desc()).offset(page * ON_A_PAGE).limit(ON_A_PAGE)
    return list(reversed(session.scalars(newest).all()))


def _of(case: Case):  # type: ignore[no-untyped-def]
    return (
        select(CaseEvent)
        .where(CaseEvent.case_id == case.id)
        .options(selectinload(CaseEvent.papers))
    )


def _mark_seen(session: Session, case: Case, now: datetime) -> None:
    session.execute(
        update(CaseEvent)
        .where(CaseEvent.case_id == case.id, CaseEvent.role == OWNER, CaseEvent.seen_at.is_(None))
        .values(seen_at=now)
    )


def _notes(session: Session, numero: str) -> list[Note]:
    query = select(CaseNote).where(CaseNote.numero == numero).order_by(CaseNote.id)
    return [Note(le=row.at, service=row.service, texte=row.text) for row in session.scalars(query)]


def _side(role: str) -> str:
    return {OWNER: _PERSON, SERVICE: _SERVICE}.get(role, OF_THE_KIT)


def _labels() -> dict[str, str]:
    return {one.act: one.label for one in passages()}


def _why(case: Case) -> str:
    return f"traiter le fil n° {number_of(case)}"
