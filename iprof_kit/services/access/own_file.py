"""Whose file an operation is about: the own file of the person asking, or nobody's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, overload

from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import Refused, Unavailable
from iprof_kit.base.plain import Plain
from iprof_kit.services.access.accounts import must_change_password
from iprof_kit.services.access.identity import Closing, Identity
from iprof_kit.services.contract.operation import (
    Anybody,
    AnyOperation,
    OfRole,
    Operation,
    OwnFile,
    OwnFileOrTrainer,
    Role,
    Who,
)
from iprof_kit.services.workers.later import Later

TRAINERS: frozenset[Role] = frozenset({"formateur", "analyste", "administrateur"})
"""Who works on fictitious people."""
_W = TypeVar("_W", bound=Plain)
_A = TypeVar("_A", bound=Plain)


class NotLoggedIn(Refused):
    """The operation needs an account (error code ``non_connecte``)."""


@dataclass(frozen=True)
class Owner:
    """The number of one's own file, and the account that asks."""

    numero: str
    compte: str


def owner_of(identity: Identity | None, what: str = "un dossier") -> Owner:
    """Return the own file of the person asking.

    Parameters
    ----------
    identity : Identity or None
        None without account.
    what : str
        What would be opened, for the sentence of the refusal.

    Raises
    ------
    NotLoggedIn, Refused
        Nobody is logged in; the account has no file; its password is still the NUMEN.
    """
    identity = _logged_in(identity, f"{what} ne s’ouvre qu’à la personne connectée.")
    if "enseignant" not in identity.roles or identity.numero_dossier is None:
        raise Refused(
            "ce compte n’ouvre pas de dossier personnel.",
            remedy="Chaque personne ouvre le sien avec son propre compte. "
            "« Ma situation » calcule sans dossier.",
        )
    _refuse_first_password(identity)
    return Owner(identity.numero_dossier, identity.compte)


def owner_or_trainer(identity: Identity | None, what: str) -> None:
    """Refuse who has neither a file of her own nor fictitious people to show.

    Raises
    ------
    NotLoggedIn, Refused
        As `owner_of` does.
    """
    if identity is None or not TRAINERS & set(identity.roles):
        owner_of(identity, what)
    else:
        _refuse_first_password(identity)


def of_role(identity: Identity | None, role: Role, what: str) -> Identity:
    """Return the person asking, who has this role.

    Raises
    ------
    NotLoggedIn, Refused
        Nobody is logged in; the account has another role; its password is still the first one.
    """
    identity = _logged_in(identity, f"{what} ne s’ouvre qu’à une personne connectée.")
    if role not in identity.roles:
        raise Refused(
            f"{what} n’est pas ouverte à ce compte.",
            remedy="Le menu mène à tout ce qui l’est.",
        )
    _refuse_first_password(identity)
    return identity


def _logged_in(identity: Identity | None, refusal: str) -> Identity:
    if identity is None:
        raise NotLoggedIn(refusal, remedy="Connectez-vous.")
    return identity


def _refuse_first_password(identity: Identity) -> None:
    if must_change_password(identity):
        raise Refused(
            "votre premier mot de passe doit d’abord être remplacé.",
            remedy="Choisissez votre mot de passe, puis recommencez.",
        )


Handler = Callable[[Identity | None, Any, datetime], Plain | Later[Plain]]
"""Arguments that were read, for who asks; decides itself whether this person may."""


@overload
def served(
    operation: Operation[OwnFile, ..., _W, _A],
    work: Callable[[Owner, _W, datetime], _A | Later[_A]],
) -> tuple[str, Handler]: ...
@overload
def served(
    operation: Operation[OfRole, ..., _W, _A],
    work: Callable[[Identity, _W, datetime], _A | Later[_A]],
) -> tuple[str, Handler]: ...
@overload
def served(
    operation: Operation[Anybody, ..., _W, _A] | Operation[OwnFileOrTrainer, ..., _W, _A],
    work: Callable[[Identity | None, _W, datetime], _A | Later[_A]],
) -> tuple[str, Handler]: ...
def served(operation: AnyOperation, work: Callable[..., Any]) -> tuple[str, Handler]:
    """Return the name of an operation, and what answers it to whom may ask.

    `work` is given who may (`Owner` of her own file, or the account that asks), the arguments and
    the moment; it is never run for anybody else.
    """

    def handler(identity: Identity | None, wanted: Any, now: datetime) -> Plain | Later[Plain]:
        if identity is not None and identity.closed and operation.acts:
            raise closed(identity.closed)
        answer: Plain | Later[Plain] = work(_admitted(operation.who, identity), wanted, now)
        return answer

    return operation.name, handler


def closed(closing: Closing) -> Refused:
    """Return the refusal of what a closed account may not do any more: since when, until when."""
    return Refused(
        f"votre compte est clos depuis le {date_text(closing.on)} : il ne sert plus qu’à lire.",
        remedy=f"Vous lisez et emportez votre dossier jusqu’au {date_text(closing.reads_until)}. "
        "Pour une démarche, adressez-vous à votre assistance.",
    )


def _admitted(who: Who, identity: Identity | None) -> Owner | Identity | None:
    """Return as whom the person asking is served; refuse who may not."""
    match who:
        case OwnFile(what):
            return owner_of(identity, what)
        case OfRole(role, what):
            return of_role(identity, role, what)
        case OwnFileOrTrainer(what):
            owner_or_trainer(identity, what)
            return identity
        case Anybody():
            return identity


def absent_file() -> Unavailable:
    """Return the error of a person whose file is not in this database."""
    return Unavailable(
        "ce dossier n’est pas dans cette base.",
        remedy="Vérifiez son numéro, ou prévenez votre assistance.",
    )
