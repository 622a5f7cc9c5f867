"""The factors of an account: added, listed, removed by their person or by an administrator."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import says_nothing
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError, Refused
from iprof_kit.base.words import counted
from iprof_kit.records.accounts import Account, Passkey, RecoveryCode, SessionRow, TotpKey
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.own_password import ACCOUNTS
from iprof_kit.services.access.second_factor import passkeys, recovery, steps, totp
from iprof_kit.services.access.second_factor.passkeys import Site
from iprof_kit.services.access.second_factor.steps import LIFE, Step
from iprof_kit.services.access.sessions import close_all, has_factor, token_hash
from iprof_kit.services.contract.operation import Role


@dataclass(frozen=True)
class Factor:
    """One factor as its person sees it; `number` is that of a passkey, None for an application."""

    number: int | None
    name: str
    added_at: datetime
    used_at: datetime | None

    @property
    def added_on(self) -> str:
        """The day when it was added, in French."""
        return date_text(paris(self.added_at).date())

    @property
    def used_on(self) -> str:
        """The day when it was used last, in French; empty where it never was."""
        return date_text(paris(self.used_at).date()) if self.used_at else ""


@dataclass(frozen=True)
class Typed:
    """What a form adds: the first code of an application, or what a new passkey answered."""

    code: str
    signed: str
    name: str
    site: Site | None


@dataclass(frozen=True)
class Factors:
    """What somebody has, how many codes serve still, whether she may change that now.

    `removed`: an administrator took hers away, and she has not said that she read it.
    """

    factors: tuple[Factor, ...]
    codes_left: int
    fresh: bool
    removed: bool

    @property
    def has_application(self) -> bool:
        """Whether an application gives codes."""
        return any(one.number is None for one in self.factors)


def of_person(identity: Identity, token: str, now: datetime) -> Factors:
    """Return the factors of who holds a session.

    She may change them for ten minutes after a proof: that of her last log-in, by a second factor
    where she has one.
    """
    with reading() as session:
        factors = tuple(_listed(session, identity.account_id))
        opened = session.scalars(
            select(SessionRow).where(SessionRow.token_hash == token_hash(token))
        ).one()
        proved = opened.factor_at if factors else opened.opened_at
        fresh = proved is not None and now < proved + LIFE
        removed = session.get_one(Account, identity.account_id).factors_removed_at is not None
        return Factors(factors, recovery.left(session, identity.account_id), fresh, removed)


def note_read(identity: Identity) -> None:
    """Note that somebody read that her factors were taken away."""
    read = update(Account).where(Account.id == identity.account_id)
    with writing() as session:
        session.execute(read.values(factors_removed_at=None))


def has_any(account_id: int) -> bool:
    """Return whether an account has a second factor."""
    with reading() as session:
        return has_factor(session, account_id)


def _listed(session: Session, account_id: int) -> list[Factor]:
    applications = session.scalars(select(TotpKey).where(TotpKey.account_id == account_id))
    keys = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id)
    return [
        *(Factor(None, "Application de codes", one.added_at, one.used_at) for one in applications),
        *(Factor(one.id, one.name, one.added_at, one.used_at) for one in session.scalars(keys)),
    ]


def add_first(step: Step, typed: Typed, now: datetime, address: str) -> list[str]:
    """Add the first factor of a log-in that waits, which ends; return the codes to show once.

    Raises
    ------
    InputError
        What was typed is not the code, or was not signed as was asked; or the log-in is over.
    """
    with writing() as session:
        codes = _added(session, step, typed, now, address, None)
        ended = codes is not None and steps.end(session, step)
        ahead = 0 if ended else totp.minutes_ahead(session, step, typed.code, now)
    if codes is None or not ended:
        raise _not_added(typed, ahead)
    return codes


def add(step: Step | None, typed: Typed, now: datetime, address: str, token: str) -> list[str]:
    """Add a factor for who is inside; return the codes to show once, none where she has some.

    Raises
    ------
    InputError
        What was typed is not the code, or was not signed as was asked; too much time has passed.
    """
    codes, ahead = None, 0
    if step is not None:
        with writing() as session:
            codes = _added(session, step, typed, now, address, token)
            ahead = 0 if codes is not None else totp.minutes_ahead(session, step, typed.code, now)
            own = (SessionRow.token_hash == token_hash(token), SessionRow.factor_at.is_(None))
            if codes is not None:  # she has just shown that she holds it
                session.execute(update(SessionRow).where(*own).values(factor_at=now))
    if codes is None:
        raise _not_added(typed, ahead)
    return codes


def _added(
    session: Session, step: Step, typed: Typed, now: datetime, address: str, token: str | None
) -> list[str] | None:
    """Return the recovery codes that come with a factor, None where it could not be added.

    Every session of the account ends but one: whoever entered without it is out.
    """
    ACCOUNTS.find(session, step.compte, lock=True)  # of two that come together, one makes codes
    if typed.signed:
        many = select(func.count()).where(Passkey.account_id == step.account_id)
        if typed.site is None or (session.scalar(many) or 0) >= passkeys.MOST:
            return None
        right = passkeys.add(session, step, typed.signed, typed.name, typed.site, now)
    else:
        right = totp.add(session, step, typed.code, now)
    if not right:
        return None
    read = update(Account).where(Account.id == step.account_id).values(factors_removed_at=None)
    session.execute(read)
    close_all(session, step.account_id, now, but=token)
    means = "clé d’accès" if typed.signed else "application"
    note(session, step.compte, step.compte, "facteur_ajoute", now, means, address)
    if recovery.left(session, step.account_id):
        return []
    return recovery.make(session, step.account_id, now)


def _not_added(typed: Typed, ahead: int) -> InputError:
    if typed.signed:
        return InputError(
            "cette clé d’accès n’a pas pu être ajoutée.",
            remedy=f"Recommencez ; au-delà de {passkeys.MOST}, retirez-en une d’abord.",
        )
    if ahead:
        way = "avance" if ahead > 0 else "retarde"
        return InputError(
            f"l’heure de votre téléphone {way} de {counted(abs(ahead), 'minute')}.",
            remedy="Laissez-le régler son heure seul, puis recopiez le code qu’il montre alors.",
        )
    return InputError(
        "ce code n’est pas celui de la clé affichée.",
        remedy="Scannez le dessin, puis recopiez le code que l’application montre maintenant.",
    )


def make_codes(identity: Identity, now: datetime, address: str) -> list[str]:
    """Make the recovery codes of somebody anew; the former ones serve no more.

    Raises
    ------
    Refused
        She has no factor that they would stand for.
    """
    with writing() as session:
        if not has_factor(session, identity.account_id):
            raise Refused(
                "ces codes remplacent une seconde preuve, et vous n’en avez pas.",
                remedy="Ajoutez d’abord une application ou une clé d’accès.",
            )
        note(
            session, identity.compte, identity.compte, "codes_de_secours_delivres", now, "", address
        )
        return recovery.make(session, identity.account_id, now)


def remove(
    identity: Identity,
    number: int | None,
    demanding: Collection[Role],
    now: datetime,
    address: str,
    token: str,
) -> None:
    """Remove one factor of somebody: a passkey by its number, or the application.

    Every session of hers ends but the one of `token`, from which she asks.

    Raises
    ------
    InputError
        She has none such.
    Refused
        It is the last one, and her role demands one.
    """
    account_id = identity.account_id
    if number is None:
        gone = delete(TotpKey).where(TotpKey.account_id == account_id).returning(TotpKey.id)
    else:
        own = (Passkey.account_id == account_id, Passkey.id == number)
        gone = delete(Passkey).where(*own).returning(Passkey.id)
    with writing() as session:
        ACCOUNTS.find(session, identity.compte, lock=True)  # two removals, one after the other
        if session.execute(gone).scalar() is None:
            raise InputError(
                "cette preuve n’est plus là.", remedy="Rouvrez la page : elle montre les vôtres."
            )
        if not has_factor(session, account_id):
            if {*demanding} & {*identity.roles}:
                raise Refused(
                    "votre rôle demande une seconde preuve, et c’est la dernière.",
                    remedy="Ajoutez-en une autre, puis retirez celle-ci.",
                )
            session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
        close_all(session, account_id, now, but=token)
        means = "application" if number is None else "clé d’accès"
        note(session, identity.compte, identity.compte, "facteur_retire", now, means, address)


def remove_all(compte: str, motive: str, by: str, now: datetime) -> int:
    """Take every factor of an account away, ending its sessions; return how many there were.

    Its person is told when she enters next, and adds another then where her role demands one.

    Raises
    ------
    InputError
        No such account, none to take away, or a motive that says nothing.
    """
    with writing() as session:
        account = account_to_help(session, compte, motive)
        removed = 0
        for kind in (TotpKey, Passkey):
            gone = delete(kind).where(kind.account_id == account.id).returning(kind.id)
            removed += len(session.scalars(gone).all())
        session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
        steps.end_all(session, account.id)
        close_all(session, account.id, now)
        session.execute(
            update(Account).where(Account.id == account.id).values(factors_removed_at=now)
        )
        note(session, compte, by, "facteurs_retires", now, motive.strip())
    return removed


def account_to_help(session: Session, compte: str, motive: str) -> Account:
    """Return the account, locked, of who has lost her factors.

    Raises
    ------
    InputError
        No such account, no factor of hers, or a motive that says nothing.
    """
    if says_nothing(motive):
        raise InputError(
            "ce motif ne dira rien à qui le lira.",
            where="--motif",
            remedy="Exemple : « Téléphone perdu, identité vérifiée au guichet ».",
        )
    account = ACCOUNTS.find(session, compte, lock=True)
    if account is None:
        raise InputError(
            "ce compte n’existe pas.", where=compte, remedy="iprof account list les montre."
        )
    if not has_factor(session, account.id):
        raise InputError(
            "ce compte n’a pas de seconde preuve.",
            where=compte,
            remedy="Vérifiez le compte : iprof account list les montre.",
        )
    return account


def note(
    session: Session,
    compte: str,
    by: str,
    action: str,
    now: datetime,
    detail: str,
    address: str | None = None,
) -> None:
    """Write a line of the journal about somebody's factors, in the caller's transaction."""
    audit.note(
        session,
        at=now,
        actor=by,
        action=action,
        subject=f"compte:{compte}",
        address=address[:45] if address else None,
        detail=detail[:200],
    )
