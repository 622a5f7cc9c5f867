"""What the guichet runs for a screen: each operation as the person asking, each reading noted."""

from __future__ import annotations

from datetime import datetime

from pydantic import ValidationError

from iprof_kit.base.errors import InputError
from iprof_kit.base.plain import Plain
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.own_file import NotLoggedIn as NotLoggedIn
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.guichet.handlers import HANDLERS
from iprof_kit.services.workers.later import Later, settled


class UnknownOperationError(InputError):
    """The operation does not exist (error code ``operation_inconnue``)."""


def run(identity: Identity | None, op: str, args: dict[str, object], now: datetime) -> Plain:
    """Run one operation as `begin` does, waiting here for what it waits for.

    Raises
    ------
    KitError
        As `begin` does; `Unavailable` besides, where what it waits for does not end.
    """
    return settled(begin(identity, op, args, now))


def begin(
    identity: Identity | None, op: str, args: dict[str, object], now: datetime
) -> Plain | Later[Plain]:
    """Run one operation of the contract for the person who is asking.

    Parameters
    ----------
    identity : Identity or None
        Bound to the session by the server; None without account.
    op : str
        A key of `contract.operations.OPERATIONS`.
    args : dict
        Unchecked arguments.
    now : datetime
        Aware.

    Returns
    -------
    Plain or Later
        An answer of the type that the contract gives to `op`, or what gives it.

    Raises
    ------
    UnknownOperationError, InputError
        No such operation, or arguments that it does not take.
    NotLoggedIn, Refused
        Nobody is logged in, or this person may not.
    Unavailable
        The database does not answer.
    """
    if op not in OPERATIONS:
        raise UnknownOperationError("cette opération n’existe pas.", remedy="Rechargez la page.")
    try:
        wanted = OPERATIONS[op].read(args)
    except ValidationError as error:
        fields = ", ".join(str(item["loc"][0]) for item in error.errors() if item["loc"])
        raise InputError(
            "ces arguments ne conviennent pas.", where=fields[:200], remedy="Rechargez la page."
        ) from None
    return HANDLERS[op](identity, wanted, now)
