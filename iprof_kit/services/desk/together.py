"""One answer to several threads: each read before as its person would, for all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import counted
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, CaseEvent, Paper
from iprof_kit.records.database import reading
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import outside, reach_of
from iprof_kit.services.cases.acting import Act, act_on_all, number_of
from iprof_kit.services.cases.held import (
    ALONE,
    ANSWERS,
    LEAVES,
    WAITS,
    Confirmed,
    about_to_leave,
    check_second_reader,
    hold,
    kept,
    undo_time,
)
from iprof_kit.services.cases.life import OWNER, SERVICE, acts_open, waiting_for
from iprof_kit.services.contract.bureau.ensemble import (
    CHAMPS,
    FilEcarte,
    PreparerReponses,
    RepondreEnsemble,
    ReponseApercue,
    ReponsesApercues,
    ReponsesFaites,
)
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.services.desk.acting import digest
from iprof_kit.services.desk.confirming import (
    ACT,
    COUNT,
    TEXT,
    check_count,
    check_mark,
    filled,
    mark_of,
    text_faults,
)
from iprof_kit.services.desk.faults import wrong
from iprof_kit.services.desk.filters import SENT
from iprof_kit.services.desk.noting import note_each, note_list
from iprof_kit.services.desk.thread import forget_draft

_ANSWER = "repondre"
_TAKEN, _PAPER, _CLOSED, _LEAVING = (
    "il est pris en charge : répondez-y à part",
    "une pièce n’est pas lue",
    "il n’attend plus de réponse",
    "une réponse confirmée est sur le départ",
)


@dataclass(frozen=True)
class One:
    """A thread that is answered with others: whose it is, in which service's name."""

    case: Case
    agent: Agent
    service: str


@dataclass(frozen=True)
class Chosen:
    """The threads that take the answer, and those left out, each with its reason."""

    answered: Sequence[One]
    left: Sequence[tuple[One, str]]

    @property
    def mark(self) -> str:
        """What changes as soon as something happens in one of them."""
        return mark_of(one.case for one in self.answered)


def preview(identity: Identity, wanted: PreparerReponses, now: datetime) -> ReponsesApercues:
    """Return what each person would read, and the threads that the answer leaves out.

    Raises
    ------
    Refused
        One of them is in no portfolio of hers today.
    """
    today = paris(now).date()
    with reading() as session:
        threads = left_to_answer(session, chosen(session, identity, wanted, today))
        return ReponsesApercues(
            reponses=[
                ReponseApercue(
                    fil=one.case.name,
                    personne=_name(one),
                    objet=one.case.title,
                    texte=as_read(wanted.texte, one, today),
                )
                for one in threads.answered
            ],
            ecartes=[
                FilEcarte(fil=one.case.name, personne=_name(one), raison=why)
                for one, why in threads.left
            ],
            empreinte=threads.mark,
            relue=len(threads.answered) > ALONE,
            annuler_minutes=round(undo_time().total_seconds() / 60),
            erreurs=_faults(session, identity, wanted.texte, threads, today),
        )


def do(identity: Identity, wanted: RepondreEnsemble, now: datetime) -> ReponsesFaites:
    """Keep what was seen, to send to all or to none; the same order sent again is kept once.

    It leaves some minutes later; beyond twenty, once a second person of the service has read it.

    Raises
    ------
    Refused
        One of the threads is in no portfolio of hers today.
    """
    today = paris(now).date()
    if not wanted.ids:
        return ReponsesFaites(erreurs=[_nobody()])
    with reading() as session:  # a thread of nobody's, or of somebody else's, is refused first
        chosen(session, identity, wanted, today)
    try:
        return _hold(identity, wanted, now)
    except InputError as error:
        field = error.where if error.where in (TEXT, COUNT) else ACT
        return ReponsesFaites(erreurs=[wrong(field, error.message, error.remedy or "")])


def _hold(identity: Identity, wanted: RepondreEnsemble, now: datetime) -> ReponsesFaites:
    """Keep the answer as it was confirmed: it leaves in some minutes, or once it was read again."""
    key = f"{identity.compte}:{wanted.cle}:{digest(wanted)}"
    agents: list[Agent] = []
    with reading() as session:
        if (again := kept(session, key)) is None:
            threads = _confirmed(session, identity, wanted, now)
            agents, mark = [one.agent for one in threads.answered], threads.mark
        else:  # its threads have an answer that leaves: its own
            mark = again.mark
        number = len(agents) if again is None else again.people
        session.expunge_all()
    read_again = number > ALONE

    def journal(session: Session) -> None:
        what = counted(number, "réponse confirmée")
        note_list(session, identity, now, "bureau_ensemble", what)

    order = Confirmed(ANSWERS, wanted, mark, key, WAITS if read_again else LEAVES)
    receipt = hold(identity, order, agents, now, journal)
    if read_again:
        return ReponsesFaites(tenues=number, recu=receipt.number, le=receipt.at)
    leaves = receipt.at + undo_time()
    return ReponsesFaites(faites=number, part_le=leaves, recu=receipt.number, le=receipt.at)


def _confirmed(
    session: Session, identity: Identity, wanted: RepondreEnsemble, now: datetime
) -> Chosen:
    """Return the threads, where they are those that were seen and the number typed is theirs."""
    today = paris(now).date()
    threads = left_to_answer(session, chosen(session, identity, wanted, today))
    if faults := _faults(session, identity, wanted.texte, threads, today):
        raise InputError(faults[0].message, where=faults[0].champ, remedy=faults[0].remede)
    check_mark(wanted.empreinte, threads.mark, "un de ces fils")
    check_count(len(threads.answered), wanted.compte, "des réponses", "Relisez les aperçus")
    return threads


def chosen(
    session: Session,
    identity: Identity,
    wanted: PreparerReponses,
    today: date,
    *,
    lock: bool = False,
) -> Chosen:
    """Return the threads named that she may read today, in the order in which they were chosen."""
    reach, names = reach_of(session, identity, today), list(dict.fromkeys(wanted.ids))
    query = select(Case).where(Case.name.in_(names), *SENT).order_by(Case.id)
    if lock:
        query = query.options(undefer(Case.folded)).with_for_update()
        query = query.execution_options(populate_existing=True)
    cases = {one.name: one for one in session.scalars(query)}
    seen = select(Case.id, Agent).join(Agent, Agent.numero == Case.numero)
    seen = seen.where(Case.id.in_([one.id for one in cases.values()]), reach.queue())
    agents: dict[int, Agent] = {row[0]: row[1] for row in session.execute(seen)}
    threads = []
    for name in names:
        case = cases.get(name)
        agent = agents.get(case.id) if case else None
        service = reach.answers(case, agent) if case and agent else None
        if case is None or agent is None or service is None:
            raise outside()
        threads.append(One(case, agent, service))
    reasons = _reasons(session, [one.case for one in threads])
    answered = [one for one in threads if one.case.id not in reasons]
    left = [(one, reasons[one.case.id]) for one in threads if one.case.id in reasons]
    return Chosen(answered, left)


def left_to_answer(session: Session, threads: Chosen) -> Chosen:
    """Leave out the threads to which an answer that was confirmed leaves in some minutes."""
    leaving = about_to_leave(session, {one.agent.academie for one in threads.answered})
    out = [(one, _LEAVING) for one in threads.answered if one.case.name in leaving]
    kept = [one for one in threads.answered if one.case.name not in leaving]
    return Chosen(kept, [*threads.left, *out])


def _reasons(session: Session, cases: Sequence[Case]) -> dict[int, str]:
    """Return why some threads are not answered with others: to be read first, or in hand."""
    ids = [one.id for one in cases]
    unread = (
        select(CaseEvent.case_id)
        .join(Paper, Paper.event_id == CaseEvent.id)
        .where(CaseEvent.case_id.in_(ids), CaseEvent.role == OWNER, CaseEvent.seen_at.is_(None))
    )
    last = select(func.max(CaseEvent.id)).where(CaseEvent.case_id.in_(ids))
    taking = select(CaseEvent.case_id).where(
        CaseEvent.id.in_(last.group_by(CaseEvent.case_id)), CaseEvent.act == "prendre"
    )
    reasons = dict.fromkeys(session.scalars(taking), _TAKEN)
    reasons |= dict.fromkeys(session.scalars(unread), _PAPER)
    for one in cases:
        waits = one.state in waiting_for(SERVICE)
        if not waits or _ANSWER not in acts_open(one.kind, one.state, SERVICE):
            reasons[one.id] = _CLOSED
    return reasons


def as_read(text: str, one: One, today: date) -> str:
    """Return the answer as one person reads it, its fields filled."""
    values = (
        one.agent.prenom,
        one.agent.nom,
        one.case.title,
        number_of(one.case),
        one.service,
        date_text(today),
    )
    return filled(text, CHAMPS, values)


def answer(
    session: Session, identity: Identity, wanted: RepondreEnsemble, threads: Chosen, now: datetime
) -> None:
    """Answer each of them, in the name of whom the order is."""
    today = paris(now).date()
    acts = [
        (
            one.case,
            Act(
                _ANSWER,
                SERVICE,
                text=as_read(wanted.texte, one, today),
                service=one.service,
                account=identity.account_id,
            ),
        )
        for one in threads.answered
    ]
    act_on_all(session, acts, now)
    for one in threads.answered:
        forget_draft(session, one.case.id, identity.account_id)
    why: dict[str, str] = {}
    for one in threads.answered:
        before = f"{why[one.agent.numero]} ; " if one.agent.numero in why else ""
        why[one.agent.numero] = f"{before}{_ANSWER}, fil n° {number_of(one.case)}"
    note_each(session, identity, now, "bureau_acte", why)


def _faults(
    session: Session, identity: Identity, text: str, threads: Chosen, today: date
) -> list[ErreurChamp]:
    faults, number = text_faults(text, CHAMPS), len(threads.answered)
    if not number:
        faults.append(_nobody())
    if number > ALONE:
        try:
            answered = [(one.case, one.agent) for one in threads.answered]
            check_second_reader(session, identity, answered, today)
        except InputError as error:
            faults.append(wrong(ACT, error.message, error.remedy or ""))
    return faults


def _nobody() -> ErreurChamp:
    return wrong(ACT, "Aucun des fils choisis ne prend cette réponse.", "Choisissez-en d’autres.")


def _name(one: One) -> str:
    return f"{one.agent.prenom} {one.agent.nom}"
