"""Delivering first codes: to whom, and how they are kept; a code is in clear in memory only.

A slice is kept whole or not at all, with its lines of the journal. What was kept is not chosen
again, so that a delivery cut between two slices goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iprof_kit.base.clock import PARIS, paris
from iprof_kit.base.configuration.in_force import setting_of
from iprof_kit.base.errors import Conflict, InputError, Refused
from iprof_kit.records.accounts import Account, FirstCode, SignOnLink, open_on
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.history import Affectation
from iprof_kit.records.journal import audit
from iprof_kit.records.journal.keys import keys_of
from iprof_kit.services.access.closing import account_named
from iprof_kit.services.access.first_access import new_code

PAGE = "/premier-acces"
"""Where a code is typed."""
AT_ONCE = 500
"""Codes of one transaction: what the portal writes meanwhile waits for no more."""


@dataclass(frozen=True, order=True)
class School:
    """Where letters go; without UAI, who works nowhere that the files name."""

    uai: str = ""
    name: str = ""
    commune: str = ""


@dataclass(frozen=True)
class Addressee:
    """Somebody who gets a code. `name` is as one writes to her, the account where no file says."""

    account_id: int
    compte: str
    name: str
    academie: str | None
    school: School
    mail: str | None


@dataclass(frozen=True)
class Coded:
    """Somebody, and the code that she is told: never kept so."""

    to: Addressee
    code: str


@dataclass(frozen=True)
class Choice:
    """Whom codes are for: everybody without access, or some accounts, or some schools.

    `again`: those whose code still serves get a new one too; one who is named always does.
    """

    comptes: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True)
class Chosen:
    """Who gets a code now, and how many have one that still serves."""

    people: tuple[Addressee, ...]
    waiting: int


def last_day(now: datetime) -> date:
    """Return the last day of a code that is delivered now, as the settings say."""
    return paris(now).date() + timedelta(days=setting_of("comptes.code_jours"))


def chosen(choice: Choice, now: datetime) -> Chosen:
    """Return who gets a code, school by school.

    Raises
    ------
    InputError
        An account that is named does not exist, a school has nobody without access.
    Refused
        It is closed, or its password was chosen already.
    """
    with reading() as session:
        if choice.comptes:
            named = dict.fromkeys(account_named(one) for one in choice.comptes)
            for compte in named:
                _check_fit(session, compte, now)
            return Chosen(tuple(_people(session, now, Account.compte.in_(named), *_fit(now))), 0)
        people = _people(session, now, _without_access(now), *_fit(now))
        if choice.schools:
            wanted = {one.strip().upper() for one in choice.schools}
            people = [one for one in people if one.school.uai in wanted]
            if missing := sorted(wanted - {one.school.uai for one in people}):
                raise InputError(
                    "personne n’attend d’accès dans cet établissement.",
                    where=missing[0][:20],
                    remedy="Vérifiez son UAI : sept chiffres et une lettre.",
                )
        living = select(FirstCode.account_id).where(FirstCode.expires_at > now)
        has_one = set() if choice.again else set(session.scalars(living))
    left = tuple(one for one in people if one.account_id not in has_one)
    return Chosen(left, len(people) - len(left))


def with_codes(people: Sequence[Addressee]) -> list[Coded]:
    """Draw a code for each."""
    return [Coded(one, new_code()) for one in people]


def keep_codes(some: Sequence[Coded], delivery: str, until: date, by: str, now: datetime) -> None:
    """Keep the hash of each code, all or none; the former codes of these people end.

    Parameters
    ----------
    some : sequence of Coded
        Few enough for one transaction.
    delivery : str
        What names the letters that tell them.
    until : date
        The last day on which they serve.
    by : str
        Whom the journal names.
    now : datetime

    Raises
    ------
    Conflict
        One of these accounts changed since it was chosen.
    """
    try:
        with writing() as session:
            keep_in(session, some, delivery, until, by, now)
    except IntegrityError as error:  # two deliveries at the same instant
        raise _changed() from error


def keep_in(
    session: Session, some: Sequence[Coded], delivery: str, until: date, by: str, now: datetime
) -> None:
    """Do as `keep_codes`, in the caller's transaction."""
    ids = [one.to.account_id for one in some]
    if not still_fit(session, ids, now):
        raise _changed()
    keys, end = keys_of(session), datetime.combine(until + timedelta(days=1), time(), PARIS)
    session.execute(delete(FirstCode).where(FirstCode.account_id.in_(ids)))
    rows = [
        {
            "account_id": one.to.account_id,
            "code_hash": keys.of_code(one.to.account_id, one.code),
            "delivery": delivery,
            "delivered_at": now,
            "expires_at": end,
        }
        for one in some
    ]
    session.execute(insert(FirstCode), rows)
    detail = f"vaut jusqu’au {until.isoformat()}"
    lines = [
        audit.Entry(now, by, "code_delivre", f"compte:{one.to.compte}", None, detail)
        for one in some
    ]
    audit.note_all(session, lines)


def still_fit(session: Session, ids: Sequence[int], now: datetime) -> bool:
    """Return whether a code may open each of these accounts, which change no more meanwhile."""
    still = select(Account.id).where(Account.id.in_(ids), *_fit(now)).order_by(Account.id)
    return len(session.scalars(still.with_for_update()).all()) == len(ids)


def delivered(delivery: str) -> bool:
    """Return whether the codes of a delivery were kept, and one of them is still there."""
    with reading() as session:
        query = select(func.count()).where(FirstCode.delivery == delivery)
        return bool(session.scalar(query))


def _fit(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of the accounts that a code may open: never entered, and not closed."""
    return Account.first_password.is_(True), open_on(paris(now).date())


def _without_access(now: datetime) -> ColumnElement[bool]:
    """Return what holds of the accounts that nothing opens."""
    linked = select(SignOnLink.account_id)
    expired = Account.first_password_expires_at <= now
    return and_(or_(Account.password_hash.is_(None), expired), Account.id.not_in(linked))


def _check_fit(session: Session, compte: str, now: datetime) -> None:
    """Refuse an account that a code may not open."""
    row = session.scalars(select(Account).where(Account.compte == compte)).one()
    if row.closed_on is not None and row.closed_on <= paris(now).date():
        raise Refused(
            "ce compte est fermé.",
            where=compte,
            remedy=f"Rouvrez-le s’il le faut : iprof account close {compte} --annuler.",
        )
    if not row.first_password:
        raise Refused(
            "cette personne a déjà choisi son mot de passe.",
            where=compte,
            remedy=f"S’il est oublié : iprof account reset {compte}.",
        )


def addressee(session: Session, compte: str, now: datetime) -> Addressee:
    """Return who has an account, as one writes to her."""
    return _people(session, now, Account.compte == compte)[0]


def _people(session: Session, now: datetime, *which: ColumnElement[bool]) -> list[Addressee]:
    """Return who has some accounts, as one writes to them, by school, then by name."""
    query = (
        select(Account.id, Account.compte, Account.agent_id, Agent.civilite, Agent.prenom,
               Agent.nom, Agent.academie, Agent.courriel_professionnel)
        .outerjoin(Agent, Agent.id == Account.agent_id)
        .where(*which)
        .order_by(Agent.nom, Agent.prenom, Account.compte)
    )  # fmt: skip
    schools = _schools(session, paris(now).date())
    people = [
        Addressee(
            account_id=one.id,
            compte=one.compte,
            name=f"{one.civilite} {one.prenom} {one.nom}" if one.agent_id else one.compte,
            academie=one.academie,
            school=schools.get(one.agent_id, School()),
            mail=one.courriel_professionnel,
        )
        for one in session.execute(query)
    ]
    return sorted(people, key=lambda one: one.school)


def _schools(session: Session, today: date) -> dict[int, School]:
    """Return where each person works today, her newest affectation first."""
    running = or_(Affectation.fin.is_(None), Affectation.fin >= today)
    query = (
        select(Affectation.agent_id, Affectation.uai, Affectation.etablissement,
               Affectation.commune)
        .where(Affectation.debut <= today, running)
        .order_by(Affectation.debut, Affectation.id)
    )  # fmt: skip
    return {
        one.agent_id: School(one.uai or "", one.etablissement, one.commune or "")
        for one in session.execute(query)
    }


def _changed() -> Conflict:
    return Conflict(
        "un de ces comptes a changé entre-temps ; ses lettres ne sont pas faites.",
        remedy="Relancez la commande : elle reprend où elle en était.",
    )
