"""One act on a group of a campaign's board: seen first, its count typed, done for all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import counted
from iprof_kit.records.cases import Case
from iprof_kit.records.database import reading
from iprof_kit.records.repository import Order
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import outside, reach_of
from iprof_kit.services.campaigns.board import Sent, campaign_named, sent_for, titles_of
from iprof_kit.services.cases.acting import CASES, Act, act_on_all, number_of
from iprof_kit.services.cases.held import ALONE, CAMPAIGN, Confirmed, check_second_reader, hold
from iprof_kit.services.cases.life import SERVICE, acts_open
from iprof_kit.services.contract.bureau.campagnes import (
    CHAMPS,
    MOST_AT_ONCE,
    ActeDeCampagne,
    AgirCampagne,
    ApercuActe,
    PreparerActe,
)
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.services.desk.acting import DATED, digest, due_faults
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
from iprof_kit.services.desk.noting import note_each, note_list

_SHOWN = 30
"""Names of a preview; how many more there are is said."""
_PIECES = "{pieces}"
_GROUP = "le groupe"


@dataclass(frozen=True)
class Concerned:
    """Whom an act concerns, each with the service that answers her; how many it leaves out."""

    people: Sequence[tuple[Sent, str]]
    left: int

    @property
    def mark(self) -> str:
        """What changes as soon as somebody enters, leaves, or does something."""
        return mark_of(one.case for one, _ in self.people)


def preview(identity: Identity, wanted: PreparerActe, now: datetime) -> ApercuActe:
    """Return whom an act would concern, and its message as the first one would read it.

    Raises
    ------
    InputError
        The campaign is not known.
    """
    with reading() as session:
        group = group_of(session, identity, wanted, now)
        first = group.people[0] if group.people else None
        return ApercuActe(
            nombre=len(group.people),
            ecartes=group.left,
            gens=[one.person for one, _ in group.people[:_SHOWN]],
            texte=as_read(wanted.texte, *first) if first else "",
            premier=first[0].case.name if first else "",
            empreinte=group.mark,
            erreurs=_faults(wanted, group, paris(now).date()),
        )


def do(identity: Identity, wanted: AgirCampagne, now: datetime) -> ActeDeCampagne:
    """Do an act for all of a group or for none; the same order sent again is done once.

    Raises
    ------
    InputError
        The campaign is not known.
    Refused
        The group is not hers.
    """
    with reading() as session:  # a thread of nobody's, or of somebody else's, is not made
        if not CASES.exists(session, wanted.premier):
            raise outside()
        many = len(group_of(session, identity, wanted, now).people) > ALONE
    key = f"{identity.compte}:{wanted.cle}:{digest(wanted)}"
    try:
        return (_hold if many else _do)(identity, wanted, key, now)
    except InputError as error:
        field = error.where if error.where in (TEXT, "avant", COUNT) else ACT
        return ActeDeCampagne(erreurs=[wrong(field, error.message, error.remedy or "")])


def _do(identity: Identity, wanted: AgirCampagne, key: str, now: datetime) -> ActeDeCampagne:
    done: list[int] = []

    def change(session: Session, first: Case) -> None:
        session.flush()
        group = _confirmed(session, identity, wanted, now, lock=True)
        if all(one.case.id != first.id for one, _ in group.people):
            check_mark(wanted.empreinte, "", _GROUP)
        act(session, identity, wanted, group, now)
        done.append(len(group.people))

    def journal(session: Session) -> None:
        what = f"{wanted.acte}, {wanted.campagne}, {counted(len(done) and done[0], 'personne')}"
        note_list(session, identity, now, "campagne_acte", what)

    order = Order(f"campagne:{key}", identity.compte, now)
    receipt = CASES.store(wanted.premier, change, order, journal)
    number = done[0] if done else wanted.compte or 0
    return ActeDeCampagne(faits=number, recu=receipt.number, le=receipt.at)


def _hold(identity: Identity, wanted: AgirCampagne, key: str, now: datetime) -> ActeDeCampagne:
    """Keep the act as it was confirmed: somebody else of the service releases it."""
    with reading() as session:
        group = _confirmed(session, identity, wanted, now)
        agents = [one.agent for one, _ in group.people]
        threads = [(one.case, one.agent) for one, _ in group.people]
        check_second_reader(session, identity, threads, paris(now).date())
        session.expunge_all()
    receipt = hold(identity, Confirmed(CAMPAIGN, wanted, group.mark, key), agents, now)
    return ActeDeCampagne(tenus=len(agents), recu=receipt.number, le=receipt.at)


def _confirmed(
    session: Session, identity: Identity, wanted: AgirCampagne, now: datetime, *, lock: bool = False
) -> Concerned:
    """Return the group, where it is the one that was seen and the number typed is its own."""
    group = group_of(session, identity, wanted, now, lock=lock)
    if faults := _faults(wanted, group, paris(now).date()):
        raise InputError(faults[0].message, where=faults[0].champ, remedy=faults[0].remede)
    _check_count(len(group.people), wanted.compte)
    check_mark(wanted.empreinte, group.mark, _GROUP)
    return group


def group_of(
    session: Session, identity: Identity, wanted: PreparerActe, now: datetime, *, lock: bool = False
) -> Concerned:
    """Return whom an act on a group concerns today, among the people that somebody follows."""
    reach = reach_of(session, identity, paris(now).date())
    campaign = campaign_named(wanted.campagne)
    inside = [one for one in sent_for(session, reach, campaign, now) if wanted.groupe in one.groups]
    if lock:
        ids = [one.case.id for one in inside]
        query = select(Case).where(Case.id.in_(ids)).order_by(Case.id).with_for_update()
        session.scalars(
            query.options(undefer(Case.folded)).execution_options(populate_existing=True)
        ).all()
    people = [
        (one, service)
        for one in inside
        if _takes(one, wanted) and (service := reach.answers(one.case, one.agent)) is not None
    ]
    return Concerned(people, len(inside) - len(people))


def _takes(one: Sent, wanted: PreparerActe) -> bool:
    """Return whether a thread takes the act as it stands, and has what its text names."""
    if wanted.acte not in acts_open(one.case.kind, one.case.state, SERVICE):
        return False
    return _PIECES not in wanted.texte or bool(_lacking(one))


def _lacking(one: Sent) -> list[str]:
    """Return the papers that are missing, and those that she says will follow."""
    keys = {paper.key for paper in one.received.missing} | {*one.row.announced}
    return titles_of(one.campaign, keys)


def as_read(text: str, one: Sent, service: str) -> str:
    """Return the message as one person reads it, its fields filled."""
    values = (one.agent.prenom, one.agent.nom, service, ", ".join(_lacking(one)))
    return filled(text, CHAMPS, values)


def act(
    session: Session, identity: Identity, wanted: AgirCampagne, group: Concerned, now: datetime
) -> None:
    """Do the act for each of the group, in the name of whom the order is."""
    due = wanted.avant if wanted.acte in DATED else None
    acts = [
        (
            one.case,
            Act(
                wanted.acte,
                SERVICE,
                text=as_read(wanted.texte, one, service),
                service=service,
                account=identity.account_id,
                due=due,
            ),
        )
        for one, service in group.people
    ]
    act_on_all(session, acts, now)
    why = {
        one.agent.numero: f"{wanted.acte}, fil n° {number_of(one.case)}, {wanted.campagne}"
        for one, _ in group.people
    }
    note_each(session, identity, now, "bureau_acte", why)


def _faults(wanted: PreparerActe, group: Concerned, today: date) -> list[ErreurChamp]:
    faults = text_faults(wanted.texte, CHAMPS)
    if wanted.acte in DATED and wanted.avant is not None:
        faults += due_faults(wanted.avant, today)
    if len(group.people) > MOST_AT_ONCE:
        count = counted(len(group.people), "personne")
        message = f"Ce groupe a {count}, {MOST_AT_ONCE} au plus à la fois."
        faults.append(wrong(ACT, message, "Choisissez un groupe plus petit."))
    return faults


def _check_count(number: int, typed: int | None) -> None:
    if not number:
        raise InputError(
            "cet acte ne concerne plus personne.", where=COUNT, remedy="Demandez un autre aperçu."
        )
    check_count(number, typed, "des personnes concernées", "Relisez la liste")
