"""Who is asking, and the rule by which an account gets its name."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import unaccented
from iprof_kit.services.contract.operation import Role

_LONGEST_BASE = 50
ACCOUNT_NAME = re.compile(r"[a-z]{2,50}[0-9]{0,6}")


@dataclass(frozen=True)
class Closing:
    """From which day an account only reads its own file, and until which one, both included."""

    on: date
    reads_until: date

    @classmethod
    def written(cls, on: date | None, reads_until: date | None) -> Closing | None:
        """Return what the columns of an account say, None where it is not to be closed."""
        return None if on is None else cls(on, reads_until or on)


@dataclass(frozen=True)
class Subject:
    """Somebody as a provider knows her: `sid` is her session there."""

    issuer: str
    subject: str
    sid: str | None = None


READER: Role = "enseignant"
"""The one role that a closed account keeps for a time: one's own file, to read and take away."""


@dataclass(frozen=True)
class Identity:
    """One person behind one open session. Made by the server, never by what a client says.

    `first_password`: whether the password is still the first one, as whoever made this has just
    read; None where it is to be asked. `closing`: when the account only reads, if ever;
    `closed`: the same, once that day has come.
    """

    account_id: int
    compte: str
    roles: tuple[Role, ...]
    numero_dossier: str | None
    first_password: bool | None = field(default=None, compare=False)
    closing: Closing | None = field(default=None, compare=False)
    closed: Closing | None = None

    def on(self, today: date, closing: Closing | None) -> Identity:
        """Return who this is on a day: once her account is closed, her own file alone is left.

        Examples
        --------
        >>> one = Identity(1, "jdupont", ("enseignant", "gestionnaire"), "D0001")
        >>> closing = Closing(date(2027, 9, 1), date(2028, 9, 1))
        >>> one.on(date(2027, 9, 1), closing).roles, one.on(date(2028, 9, 2), closing).roles
        (('enseignant',), ())
        """
        if closing is None or today < closing.on:
            return replace(self, closing=closing)
        left = (READER,) if READER in self.roles and today <= closing.reads_until else ()
        return replace(self, roles=left, closing=closing, closed=closing)


def account_name(prenom: str, nom: str) -> str:
    """Return first initial + surname, lowercase, without accent, space, hyphen or apostrophe.

    Parameters
    ----------
    prenom, nom : str
        As the administration writes them: « Jean », « Dupont ».

    Returns
    -------
    str
        « jdupont », without the number of homonyms.

    Raises
    ------
    InputError
        Nothing is left of one of the two in unaccented letters.

    Notes
    -----
    Rule observed on I-Prof: iprof_inventaire § 2 (confidence B).
    """
    initial, surname = _letters(prenom)[:1], _letters(nom)
    if not initial or not surname:
        raise InputError(
            "aucun nom de compte ne peut être formé de ce prénom et de ce nom.",
            where="compte",
            remedy="Choisissez un compte en lettres minuscules sans accent.",
        )
    return (initial + surname)[:_LONGEST_BASE]


def free_account_name(prenom: str, nom: str, taken: Container[str]) -> str:
    """Return the account name, numbered from 2 where homonyms came first: jdupont, jdupont2."""
    base = account_name(prenom, nom)
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}{number}"
    return name


def _letters(text: str) -> str:
    return "".join(letter for letter in unaccented(text.lower()) if "a" <= letter <= "z")
