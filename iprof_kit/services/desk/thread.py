"""One thread as the service reads it: what happened, the person in a few lines, the notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, undefer

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import PARIS, paris
from iprof_kit.base.errors import InputError
from iprof_kit.records.accounts import Portfolio
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import AnswerDraft, Case, CaseEvent, CaseNote, Paper
from iprof_kit.records.database import writing
from iprof_kit.services.academies import academie
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.own_file import of_role
from iprof_kit.services.access.reach import (
    MANAGER,
    answering,
    in_force,
    outside,
    reach_of,
    service_of,
)
from iprof_kit.services.access.rights import never_seen
from iprof_kit.services.cases.acting import number_of, proposal, see
from iprof_kit.services.cases.held import about_to_leave
from iprof_kit.services.cases.life import SERVICE, acts_open, states
from iprof_kit.services.contract.bureau.fils import (
    FilGere,
    LireFilGere,
    Note,
    Proposition,
    ServiceVoisin,
)
from iprof_kit.services.contract.courrier import ON_A_PAGE, Evenement, FilLu
from iprof_kit.services.courrier.lines import lines
from iprof_kit.services.courrier.thread import events_as_read, page_of
from iprof_kit.services.desk.delays import of_the_month
from iprof_kit.services.desk.file import file_of, glance, name
from iprof_kit.services.desk.filters import SENT
from iprof_kit.services.desk.noting import note
from iprof_kit.services.reports.files import StoredFile

PROPOSE, CONFIRM, PASS_ON = "proposer", "confirmer", "transmettre"
NOT_AT_THE_DESK = frozenset({PASS_ON, PROPOSE})
"""Acts of a service that are asked otherwise, or that another act becomes."""


@dataclass(frozen=True)
class Seen:
    """A thread that a manager may read today, and the service that answers it by her."""

    case: Case
    agent: Agent
    service: str
    account: int
    followed: bool = True
    """Whether the person is of her portfolios: a thread that was passed opens no file."""


def read(identity: Identity, wanted: LireFilGere, now: datetime) -> FilGere:
    """Return a thread and the person in a few lines; the person sees that it was read, and when.

    Raises
    ------
    Refused
        The thread is in no portfolio of hers today.
    """
    with writing() as session:
        seen = seen_thread(session, identity, wanted.id, paris(now).date(), lock=True)
        note(session, identity, now, "bureau_fil_lu", seen.agent.numero, _why(seen.case))
        events, _ = page_of(session, seen.case, wanted.page, SERVICE)
        see(session, seen.case, SERVICE, now, [one.id for one in events])
        session.flush()
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
    query = select(Case).where(Case.name == public, *SENT)
    case = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if case is None:
        raise outside()
    reach = reach_of(session, identity, today)
    asked = select(Agent).join(Case, Case.numero == Agent.numero).where(Case.id == case.id)
    agent = session.scalars(asked.where(reach.threads())).one_or_none()
    service = reach.answers(case, agent) if agent else None
    if agent is None or service is None:
        raise outside()
    followed = reach.service_for(agent) is not None
    return Seen(case, agent, service, identity.account_id, followed)


def shown(session: Session, seen: Seen, today: date, page: int = 0) -> FilGere:
    """Return a thread as it travels to the desk."""
    case, dossier = seen.case, file_of(session, seen.agent.numero)
    who, proposed = dossier.identite, _proposed(session, seen)
    lu = thread(session, case, page)
    if proposed and proposed.par_vous:
        lu = lu.model_copy(update={"actes": [one for one in lu.actes if one != CONFIRM]})
    return FilGere(
        lu=lu,
        seconde_lecture=second_reading(seen.agent.academie),
        proposition=proposed,
        personne=name(dossier),
        dossier=seen.agent.numero,
        apercu=glance(dossier, service_of(session, seen.agent, today) or seen.service, today),
        caches=never_seen(MANAGER),
        notes=_notes(session, seen),
        brouillon=draft_of(session, case.id, seen.account),
        suivie=seen.followed,
        part_a=about_to_leave(session, {seen.agent.academie}).get(case.name),
        services=neighbours(session, seen, today),
        champs={
            "prenom": who.prenom,
            "nom": who.nom,
            "objet": case.title,
            "numero": number_of(case),
            "service": seen.service,
            "date": date_text(today),
        },
    )


def thread(session: Session, case: Case, page: int = 0) -> FilLu:
    """Return what happened in a thread, a page at a time from the newest, for a service.

    « vous » is the person whose thread it is, as everywhere in this contract.
    """
    events, older = page_of(session, case, page, SERVICE)
    (line,) = lines(session, [case], None)
    acts = acts_open(case.kind, case.state, SERVICE)
    return FilLu(
        fil=line.model_copy(
            update={
                "nouveau": case.unseen_by_service > 0,
                "etat": case.state,  # the service reads its own states too
                "libelle": states()[case.state].label,
            }
        ),
        service=case.service,
        evenements=events_as_read(case, events, older),
        plus_anciens=older,
        actes=[one for one in acts if one not in NOT_AT_THE_DESK],
        donnee=case.datum or "",
        affiche=case.shown or "",
        indique=case.claimed or "",
        corrige=case.corrected,
    )


def second_reading(code: str) -> bool:
    """Return whether an academy wants a second person to confirm a correction."""
    try:
        return academie(code).courrier.seconde_lecture == "corrections"
    except InputError:  # of a code that is in no list: an old import
        return False


def _proposed(session: Session, seen: Seen) -> Proposition | None:
    event = proposal(session, seen.case)
    if event is None:
        return None
    return Proposition(
        valeur=event.value or "",
        avant=seen.case.shown or "",
        texte=event.text,
        le=event.at,
        par_vous=event.by_account == seen.account,
    )


def count(session: Session, case: Case) -> int:
    """Return how many things happened in a thread."""
    query = select(func.count(CaseEvent.id)).where(CaseEvent.case_id == case.id)
    return session.scalar(query) or 0


def after(session: Session, case: Case, seen: int) -> list[Evenement]:
    """Return what happened after the first `seen` events, as many as one page holds."""
    query = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
    return events_as_read(case, session.scalars(query.offset(seen).limit(ON_A_PAGE)), seen)


def draft_of(session: Session, case: int, account: int) -> str:
    """Return the answer that an account is writing to a case, empty where there is none."""
    query = select(AnswerDraft.text).where(
        AnswerDraft.case_id == case, AnswerDraft.account_id == account
    )
    return session.scalar(query) or ""


def forget_draft(session: Session, case: int, account: int) -> None:
    """Forget what an account was writing to a case."""
    session.execute(
        delete(AnswerDraft).where(AnswerDraft.case_id == case, AnswerDraft.account_id == account)
    )


def neighbours(session: Session, seen: Seen, today: date) -> list[ServiceVoisin]:
    """Return the services of the academy to which a thread may be passed, by their names."""
    if PASS_ON not in acts_open(seen.case.kind, seen.case.state, SERVICE):
        return []
    query = select(Portfolio.service).where(
        Portfolio.academie == seen.agent.academie, in_force(today)
    )
    today_s = answering(session, seen.case, today) or service_of(session, seen.agent, today)
    others = sorted(set(session.scalars(query)) - {today_s})
    now = datetime.combine(today, time.max, PARIS)
    return [ServiceVoisin(nom=one, delais=of_the_month(session, {one}, now)) for one in others]


def _notes(session: Session, seen: Seen) -> list[Note]:
    """Return the notes on the person; of a thread that was passed, its own."""
    query = select(CaseNote).where(CaseNote.numero == seen.agent.numero).order_by(CaseNote.id)
    if not seen.followed:
        query = query.where(CaseNote.case_id == seen.case.id)
    return [Note(le=row.at, service=row.service, texte=row.text) for row in session.scalars(query)]


def _why(case: Case) -> str:
    return f"traiter le fil n° {number_of(case)}"


def stored_file(identity: Identity | None, name: str, now: datetime) -> StoredFile:
    """Return a paper that a person sent in a thread of hers; the person sees that it was read.

    Raises
    ------
    NotLoggedIn, Refused
        Nobody is logged in; the account is no manager's; the paper is not sent, or its thread is
        in no portfolio of hers today.
    """
    manager = of_role(identity, MANAGER, "la gestion")
    with writing() as session:
        query = (
            select(Paper, Case)
            .join(CaseEvent, CaseEvent.id == Paper.event_id)
            .join(Case, Case.id == CaseEvent.case_id)
            .where(Paper.name == name, Paper.media_type.is_not(None))
            .options(undefer(Paper.content))
        )
        row = session.execute(query).one_or_none()
        if row is None:
            raise outside()
        paper, case = row
        seen_thread(session, manager, case.name, paris(now).date())
        why = f"traiter le fil n° {number_of(case)}, pièce {paper.file_name}"
        note(session, manager, now, "bureau_piece_lue", case.numero, why)
        return StoredFile(paper.file_name, paper.media_type or "", paper.content)
