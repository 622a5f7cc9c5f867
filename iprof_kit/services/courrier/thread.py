"""One thread, as its owner reads it: reading it says that she has seen what she is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import Refused
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.cases.acting import CASES, number_of, readable_by, see
from iprof_kit.services.cases.correspondent import own_service
from iprof_kit.services.cases.life import OWNER, acts_open, internal_acts, label_of
from iprof_kit.services.contract.courrier import ON_A_PAGE, Evenement, FilLu, LireFil
from iprof_kit.services.courrier.lines import REMIND, from_whom, lines
from iprof_kit.services.reports.files import piece_of, waiting


def read(owner: Owner, wanted: LireFil, now: datetime) -> FilLu:
    """Return a thread of one's own; what is shown is marked as seen, the reading is noted.

    Raises
    ------
    Refused
        It does not exist, or is somebody else's: nothing tells which.
    """
    with writing() as session:
        case = own_case(session, owner, wanted.id, lock=True)
        events, older = page_of(session, case, wanted.page)
        seen = see(session, case, OWNER, now, [one.id for one in events])
        if seen:
            session.flush()
        audit.note(
            session,
            at=now,
            actor=owner.compte,
            action="fil_lu",
            subject=f"dossier:{owner.numero}",
            detail=number_of(case),
        )
        return shown(session, owner, case, (events, older), now)


def own_case(session: Session, owner: Owner, name: str, *, lock: bool = False) -> Case:
    """Return one's own thread, or refuse."""
    case = CASES.find(session, name, lock=lock)
    if case is None or case.numero != owner.numero:
        raise Refused("ce fil n’est pas un des vôtres.", remedy="Rouvrez la page.")
    return case


def page_of(
    session: Session, case: Case, page: int, role: str = OWNER
) -> tuple[Sequence[CaseEvent], int]:
    """Return a page of what happened, oldest first, and how many older things there are.

    Page 0 is the newest one. The service's own acts are read by the service alone.
    """
    of_case = (CaseEvent.case_id == case.id, readable_by(role))
    query = select(CaseEvent).where(*of_case).order_by(CaseEvent.id.desc())
    query = query.options(selectinload(CaseEvent.papers))
    events = session.scalars(query.offset(page * ON_A_PAGE).limit(ON_A_PAGE)).all()[::-1]
    count = session.scalar(select(func.count(CaseEvent.id)).where(*of_case)) or 0
    return events, max(count - page * ON_A_PAGE - len(events), 0)


def events_as_read(case: Case, events: Iterable[CaseEvent], before: int = 0) -> list[Evenement]:
    """Return what happened as it travels; `before` is how many things came earlier."""
    return [
        Evenement(
            rang=rank,
            acte=event.act,
            libelle=label_of(case.kind, event.act),
            le=event.at,
            de=from_whom(event.role),
            service=event.service,
            texte=event.text,
            avant=event.due,
            vu_le=event.seen_at,
            pieces=[piece_of(paper) for paper in event.papers],
            source=event.source or "",
            adresse=event.address or "",
            interne=event.act in internal_acts(),
        )
        for rank, event in enumerate(events, before + 1)
    ]


def shown(
    session: Session,
    owner: Owner,
    case: Case,
    page: tuple[Sequence[CaseEvent], int],
    now: datetime,
) -> FilLu:
    """Return a thread as it travels, with what its owner may do today."""
    (line,) = lines(session, [case], own_service(session, owner, now).delai_jours)
    acts = list(acts_open(case.kind, case.state, OWNER))
    early = line.relance_le is None or line.relance_le > paris(now).date()
    events, older = page
    return FilLu(
        fil=line,
        service=case.service,
        evenements=events_as_read(case, events, older),
        plus_anciens=older,
        actes=[one for one in acts if not (one == REMIND and early)],
        donnee=case.datum or "",
        affiche=case.shown or "",
        indique=case.claimed or "",
        corrige=case.corrected,
        en_attente=waiting(session, owner.numero, case.name),
    )
