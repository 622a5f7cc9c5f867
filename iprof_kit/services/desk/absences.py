"""The absences of a case manager: her dates, and the colleague who answers meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.records.accounts import Absence, Account, Portfolio
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Order
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.own_password import ACCOUNTS
from iprof_kit.services.access.reach import in_force, manager_names
from iprof_kit.services.contract.bureau.fils import Absence as AbsenceDite
from iprof_kit.services.contract.bureau.fils import AbsencesLues, DireAbsence, Suppleance
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.contract.own_file import ErreurChamp

LONGEST_DAYS = 366


class _WrongError(Exception):
    """What is wrong in the form: nothing is written."""

    def __init__(self, champ: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.fault = ErreurChamp(champ=champ, message=message, remede=remedy)


def read(identity: Identity, _wanted: NoArguments, now: datetime) -> AbsencesLues:
    """Return her absences that are not over, and whom she may name."""
    with writing() as session:
        return _all(session, identity, paris(now).date())


def declare(identity: Identity, wanted: DireAbsence, now: datetime) -> AbsencesLues:
    """Keep an absence, or take one back; the same order sent again is done once.

    Nobody stands in for who stands in: who is absent herself cannot be named, and who was named
    cannot be absent on those days before somebody else is.
    """
    today = paris(now).date()
    action = "absence_dite" if wanted.retirer is None else "absence_retiree"

    def change(session: Session, account: Account) -> None:
        if wanted.retirer is not None:
            _withdraw(session, account.id, wanted.retirer, now)
        else:
            _add(session, account, wanted, today)

    def journal(session: Session) -> None:
        span = f"{wanted.du} à {wanted.au}" if wanted.retirer is None else f"n° {wanted.retirer}"
        audit.note(
            session,
            at=now,
            actor=identity.compte,
            action=action,
            subject=f"compte:{identity.compte}",
            detail=span,
        )

    order = Order(f"absence:{identity.compte}:{wanted.cle}", identity.compte, now)
    faults = []
    try:
        ACCOUNTS.store(identity.compte, change, order, journal)
    except _WrongError as wrong:
        faults = [wrong.fault]
    with writing() as session:
        return _all(session, identity, today).model_copy(update={"erreurs": faults})


def next_absence(session: Session, account: int, today: date) -> AbsenceDite | None:
    """Return the absence that runs, or the next one."""
    rows = _coming(session, account, today)
    return _plain(rows[0], manager_names(session, today)) if rows else None


def standing_in(session: Session, account: int, today: date) -> list[Suppleance]:
    """Return the absences for which she stands in that are not over, the first one first."""
    query = (
        select(Absence)
        .where(Absence.delegate_id == account, Absence.withdrawn_at.is_(None), Absence.au >= today)
        .order_by(Absence.du, Absence.id)
    )
    days = [
        Suppleance(service=service, du=one.du, au=one.au)
        for one in session.scalars(query)
        for service in _services(session, one.account_id, max(one.du, today))
    ]
    return list(dict.fromkeys(days))


def _services(session: Session, account: int, day: date) -> Sequence[str]:
    """Return the services in whose name an account answers on a day."""
    query = select(Portfolio.service).where(Portfolio.account_id == account, in_force(day))
    return session.scalars(query.order_by(Portfolio.id)).all()


def _all(session: Session, identity: Identity, today: date) -> AbsencesLues:
    names = manager_names(session, today)
    return AbsencesLues(
        absences=[_plain(one, names) for one in _coming(session, identity.account_id, today)],
        suppleances=standing_in(session, identity.account_id, today),
        suppleants=_colleagues(session, identity.account_id, today),
    )


def _coming(session: Session, account: int, today: date) -> Sequence[tuple[Absence, str]]:
    query = (
        select(Absence, Account.compte)
        .join(Account, Account.id == Absence.delegate_id)
        .where(Absence.account_id == account, Absence.withdrawn_at.is_(None), Absence.au >= today)
        .order_by(Absence.du, Absence.id)
    )
    return session.execute(query).all()


def _colleagues(session: Session, account: int, today: date) -> dict[str, str]:
    """Return whom she may name: who follows people of the same academies today."""
    hers = select(Portfolio.academie).where(Portfolio.account_id == account, in_force(today))
    query = (
        select(Account.id, Account.compte)
        .join(Portfolio, Portfolio.account_id == Account.id)
        .where(Portfolio.academie.in_(hers), in_force(today), Account.id != account)
        .order_by(Account.compte)
    )
    names = manager_names(session, today)
    return {compte: names[one] for one, compte in session.execute(query) if one in names}


def _add(session: Session, account: Account, wanted: DireAbsence, today: date) -> None:
    first, last = wanted.du, wanted.au
    if first is None or last is None:
        raise _WrongError("du", "Une date manque.", "Donnez le premier et le dernier jour.")
    if last < first:
        raise _WrongError("au", "Le dernier jour précède le premier.", "Corrigez l’une des dates.")
    if last < today:
        raise _WrongError("au", "Cette absence est déjà passée.", "Donnez des dates à venir.")
    if last - first > timedelta(days=LONGEST_DAYS):
        raise _WrongError(
            "au",
            f"Une absence dure {LONGEST_DAYS} jours au plus.",
            "Faites changer le portefeuille.",
        )
    if wanted.suppleant not in _colleagues(session, account.id, today):
        raise _WrongError(
            "suppleant", "Cette personne ne peut pas vous suppléer.", "Choisissez-la dans la liste."
        )
    locked = select(Account).where(Account.compte == wanted.suppleant).with_for_update()
    delegate = session.scalars(locked).one()
    for other in _meeting(session, first, last):
        _refuse(other, account.id, delegate.id)
    session.add(Absence(account_id=account.id, delegate_id=delegate.id, du=first, au=last))


def _refuse(other: Absence, account: int, delegate: int) -> None:
    """Refuse what would overlap one's own absence, or let somebody stand in for a stand-in."""
    span = f"du {date_text(other.du)} au {date_text(other.au)}"
    if other.account_id == account:
        raise _WrongError("du", f"Une absence est déjà dite {span}.", "Retirez-la d’abord.")
    if other.account_id == delegate:
        raise _WrongError(
            "suppleant", f"Cette personne est absente {span}.", "Choisissez-en une autre."
        )
    if other.delegate_id == account:
        raise _WrongError(
            "du",
            f"Vous suppléez quelqu’un {span}.",
            "Qui supplée ne se fait pas suppléer : un autre suppléant doit d’abord être nommé.",
        )


def _meeting(session: Session, first: date, last: date) -> Sequence[Absence]:
    query = select(Absence).where(
        Absence.withdrawn_at.is_(None), Absence.du <= last, Absence.au >= first
    )
    return session.scalars(query.order_by(Absence.du)).all()


def _withdraw(session: Session, account: int, number: int, now: datetime) -> None:
    row = session.get(Absence, number)
    if row is None or row.account_id != account:
        raise _WrongError(
            "retirer", "Cette absence n’est pas une des vôtres.", "Rechargez la page."
        )
    row.withdrawn_at = row.withdrawn_at or now


def _plain(row: tuple[Absence, str], names: dict[int, str]) -> AbsenceDite:
    absence, compte = row
    return AbsenceDite(
        id=absence.id,
        du=absence.du,
        au=absence.au,
        suppleant=compte,
        suppleant_nom=names.get(absence.delegate_id, compte),
    )
