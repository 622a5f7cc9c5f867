"""The threads that wait: the oldest first, by age, by state, looked for; who holds how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.words import counted, folded
from iprof_kit.records.accounts import Absence, Portfolio
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.records.database import writing
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import Reach, in_force, manager_names, reach_of
from iprof_kit.services.cases.acting import number_of
from iprof_kit.services.cases.life import SERVICE, answers, states, waiting_for
from iprof_kit.services.cases.search import MOST_WORDS, containing
from iprof_kit.services.cases.waits import waiting_since
from iprof_kit.services.contract.bureau.fils import (
    Age,
    BureauLu,
    EquipeLue,
    FilEnAttente,
    GroupeDeFils,
    Groupement,
    LireBureau,
    Part,
    Reprise,
    Suppleance,
)
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.services.desk.absences import next_absence, standing_in
from iprof_kit.services.desk.delays import announced_days, of_the_month
from iprof_kit.services.desk.filters import SENT, conditions, is_due, offered
from iprof_kit.services.desk.noting import note_list

_CAMPAIGN = "campagne"


@dataclass(frozen=True)
class Waiting:
    """A thread as a list needs it: whose, since when the person has been waiting."""

    id: int
    state: str
    since: datetime
    academie: str
    title: str = ""
    kind: str = ""
    numero: str = ""
    person: str = ""

    def group(self, by: Groupement) -> tuple[str, str]:
        """Return the key and the name of the group that it is in."""
        if by == "personne":
            return self.numero, self.person
        title = self.title
        if by == "campagne" and self.kind != _CAMPAIGN:
            return "-", "Hors campagne"
        return (title, title) if by else ("", "")

    def days(self, today: date) -> int:
        """Return how many days she has been waiting for."""
        return max(0, (today - paris(self.since).date()).days)

    def ends(self, today: date) -> date | None:
        """Return the last day of the delay that her academy announces, None where it does not."""
        delay = announced_days(self.academie)
        return None if delay is None else today + timedelta(days=delay - self.days(today))

    def age(self, today: date) -> Age:
        """Return whether the delay that her academy announces has passed, or half of it."""
        delay, days = announced_days(self.academie), self.days(today)
        if delay is None or self.state not in waiting_for(SERVICE):
            return "recent"
        if days > delay:
            return "depasse"
        return "moitie" if 2 * days >= delay else "recent"


def read(identity: Identity, wanted: LireBureau, now: datetime) -> BureauLu:
    """Return the desk at a glance and a page of the threads of a state, by default those that wait.

    No file is opened here: the line of the journal is about nobody alone.
    """
    today = paris(now).date()
    with writing() as session:
        reach = reach_of(session, identity, today)
        awaited = _rows(session, reach, waiting_for(SERVICE))
        sought = _containing(session, reach, wanted.cherche) + conditions(wanted, reach, today)
        groups: list[GroupeDeFils] = []
        if wanted.etat and wanted.etat not in waiting_for(SERVICE):
            page, count = _page_of(session, reach, wanted.etat, sought, wanted.page)
        else:
            asked = {wanted.etat} if wanted.etat else waiting_for(SERVICE)
            shown = _rows(session, reach, asked, *sought) if wanted.etat or sought else awaited
            if wanted.echeance:
                shown = _due(session, shown, wanted.echeance, today)
            groups = _groups(shown, wanted.par, today)
            if any(one.cle == wanted.dans for one in groups):
                shown = [one for one in shown if one.group(wanted.par)[0] == wanted.dans]
            page, count = shown[wanted.page * ON_A_PAGE :][:ON_A_PAGE], len(shown)
        ages = Counter(one.age(today) for one in awaited)
        by_state = _by_state(session, reach)
        note_list(session, identity, now, "bureau_lu", counted(len(page), "fil"))
        return BureauLu(
            service=reach.service,
            suivies=_count(session, reach),
            delai_jours=announced_days(reach.own[-1].academie) if reach.own else None,
            fils=_lines(session, reach, page, today),
            groupes=groups,
            trouves=count,
            en_attente=len(awaited),
            depasses=ages["depasse"],
            moitie=ages["moitie"],
            attentes=_by_day(awaited, today),
            filtres=offered(session, reach, wanted, today),
            equipe=_team(session, identity.account_id, reach, today),
            par_etat=by_state,
            etats={code: states()[code].label for code in by_state},
            delais=of_the_month(session, {one.service for one in reach.own}, now),
            absence=next_absence(session, identity.account_id, today),
            suppleances=standing_in(session, identity.account_id, today),
        )


def threads_of(session: Session, reach: Reach, numero: str, today: date) -> list[FilEnAttente]:
    """Return the threads of one person that are not closed, the oldest first."""
    going_on = {code for code, state in states().items() if state.open}
    rows = _of(session, going_on, reach.threads(), Case.numero == numero)
    return _lines(session, reach, rows, today)


def waiting_rows(session: Session, reach: Reach) -> list[Waiting]:
    """Return every thread that waits for a service in what somebody sees, the oldest first."""
    return _rows(session, reach, waiting_for(SERVICE))


def _rows(
    session: Session, reach: Reach, wanted: Collection[str], *which: ColumnElement[bool]
) -> list[Waiting]:
    """Return the threads of some states in one's queue, who has waited longest first."""
    return _of(session, wanted, reach.queue(), *which)


def _of(session: Session, wanted: Collection[str], *which: ColumnElement[bool]) -> list[Waiting]:
    """Return the threads of some states, who has waited longest first."""
    since = func.coalesce(waiting_since(), Case.since)
    query = (
        select(
            Case.id,
            Case.state,
            since,
            Agent.academie,
            Case.title,
            Case.kind,
            Case.numero,
            Agent.prenom + " " + Agent.nom,
        )
        .join(Agent, Agent.numero == Case.numero)
        .where(*SENT, Case.state.in_(wanted), *which)
    )
    rows = [Waiting(*row) for row in session.execute(query)]
    return sorted(rows, key=lambda one: (one.since, one.id))


def _part(session: Session, who: ColumnElement[bool], today: date) -> Part:
    """Return how many threads of some people wait, and how many are late."""
    rows = _of(session, waiting_for(SERVICE), who)
    return Part(nombre=len(rows), depasses=sum(one.age(today) == "depasse" for one in rows))


def _by_day(rows: Sequence[Waiting], today: date) -> list[int]:
    """Return how many have been waiting for 0, 1, 2… days."""
    days = Counter(one.days(today) for one in rows)
    return [days[one] for one in range(max(days, default=-1) + 1)]


def _due(session: Session, rows: Sequence[Waiting], wanted: str, today: date) -> list[Waiting]:
    """Return the threads due then: on the date announced, else at the end of the delay."""
    announced = promised(session, [one.id for one in rows])
    return [one for one in rows if is_due(wanted, announced.get(one.id) or one.ends(today), today)]


def _groups(rows: Sequence[Waiting], by: Groupement, today: date) -> list[GroupeDeFils]:
    """Return the groups of some threads, the largest first."""
    if not by:
        return []
    inside: dict[tuple[str, str], list[Waiting]] = {}
    for one in rows:
        inside.setdefault(one.group(by), []).append(one)
    groups = [
        GroupeDeFils(
            cle=key,
            titre=title,
            nombre=len(them),
            depasses=sum(one.age(today) == "depasse" for one in them),
        )
        for (key, title), them in inside.items()
    ]
    return sorted(groups, key=lambda one: (-one.nombre, one.titre))


def _page_of(
    session: Session,
    reach: Reach,
    state: str,
    sought: Sequence[ColumnElement[bool]],
    page: int,
) -> tuple[list[Waiting], int]:
    """Return a page of the threads of one state, the newest first, and how many there are."""
    query = select(Case.id).join(Agent, Agent.numero == Case.numero)
    query = query.where(reach.queue(), *SENT, Case.state == state, *sought)
    count = session.scalar(query.with_only_columns(func.count(Case.id))) or 0
    newest = query.order_by(Case.since.desc(), Case.id.desc())
    ids = session.scalars(newest.offset(page * ON_A_PAGE).limit(ON_A_PAGE)).all()
    rows = {one.id: one for one in _rows(session, reach, {state}, Case.id.in_(ids))}
    return [rows[one] for one in ids], count


def _containing(session: Session, reach: Reach, typed: str) -> list[ColumnElement[bool]]:
    """Return the conditions of the threads where each word is in a name or in what was written."""
    words = folded(typed.replace("\x00", " ")).split()[:MOST_WORDS]
    if not words:
        return []
    names = session.execute(select(Agent.id, Agent.prenom, Agent.nom).where(reach.with_passed()))
    called = {agent: folded(f"{first} {last}") for agent, first, last in names}
    return [
        or_(
            and_(*containing(session, word)),
            Agent.id.in_([agent for agent, name in called.items() if word in name]),
        )
        for word in words
    ]


def _lines(
    session: Session, reach: Reach, page: Sequence[Waiting], today: date
) -> list[FilEnAttente]:
    """Return the threads of one page as they travel."""
    numbers = [one.id for one in page]
    query = select(Case, Agent).join(Agent, Agent.numero == Case.numero).where(Case.id.in_(numbers))
    rows = {case.id: (case, agent) for case, agent in session.execute(query)}
    due = promised(session, numbers)
    lines = []
    for one in page:
        case, agent = rows[one.id]
        lines.append(
            FilEnAttente(
                id=case.name,
                numero=number_of(case),
                personne=f"{agent.prenom} {agent.nom}",
                dossier=agent.numero,
                nature=case.kind,
                objet=case.title,
                etat=case.state,
                libelle=states()[case.state].label,
                depuis=one.since,
                jours=one.days(today),
                age=one.age(today),
                avant=due.get(one.id),
                nouveau=case.unseen_by_service > 0,
                pour=reach.lent_for(case, agent),
            )
        )
    return lines


def promised(session: Session, numbers: Sequence[int]) -> dict[int, date]:
    """Return the date that the service announced last, where nothing was answered since."""
    events = session.execute(
        select(CaseEvent.case_id, CaseEvent.act, CaseEvent.due)
        .where(CaseEvent.case_id.in_(numbers), CaseEvent.role == SERVICE)
        .order_by(CaseEvent.id)
    )
    dates: dict[int, date] = {}
    for case, act, due in events:
        if act == "attendre" and due is not None:
            dates[case] = due
        elif act in answers() or act == "demander_piece":
            dates.pop(case, None)
    return dates


def _by_state(session: Session, reach: Reach) -> dict[str, int]:
    query = (
        select(Case.state, func.count(Case.id))
        .join(Agent, Agent.numero == Case.numero)
        .where(reach.queue(), *SENT)
        .group_by(Case.state)
    )
    return dict(session.execute(query).all())


def _count(session: Session, reach: Reach) -> int:
    return session.scalar(select(func.count(Agent.id)).where(reach.own_people())) or 0


def _team(session: Session, account: int, reach: Reach, today: date) -> EquipeLue:
    """Return how the threads that wait are shared among who follows the same people today.

    Nobody's pace is told: the colleagues who are there are one number.
    """
    others = _colleagues(session, account, reach, today)
    lent = [one for one in standing_in(session, account, today) if one.du <= today]
    return EquipeLue(
        vous=_part(session, reach.own_queue(), today),
        reprises=[_taken_over(session, one, reach) for one in lent],
        reste=_part(session, Reach(today, others).queue() & not_(reach.queue()), today)
        if others
        else None,
        remplacees=_replaced(session, {one.account_id for one in others}, today),
    )


def _colleagues(session: Session, account: int, reach: Reach, today: date) -> Sequence[Portfolio]:
    """Return the portfolios that the other accounts of her services hold today."""
    services = {one.service for one in reach.own}
    query = select(Portfolio).where(
        Portfolio.service.in_(services), Portfolio.account_id != account, in_force(today)
    )
    return session.scalars(query).all()


def _taken_over(session: Session, one: Suppleance, reach: Reach) -> Reprise:
    hers = Reach(reach.day, [each for each in reach.lent if each.service == one.service])
    part = _part(session, hers.queue() & not_(reach.own_queue()), reach.day)
    return Reprise(**one.model_dump(), nombre=part.nombre, depasses=part.depasses)


def _replaced(session: Session, accounts: set[int], today: date) -> list[Suppleance]:
    """Return the absences of her colleagues that are not over, and who answers meanwhile."""
    names = manager_names(session, today)
    query = (
        select(Absence)
        .where(Absence.account_id.in_(accounts), Absence.withdrawn_at.is_(None))
        .where(Absence.au >= today)
        .order_by(Absence.du, Absence.id)
    )
    return [
        Suppleance(
            service=names.get(one.account_id, ""),
            du=one.du,
            au=one.au,
            par=names.get(one.delegate_id, ""),
        )
        for one in session.scalars(query)
    ]
