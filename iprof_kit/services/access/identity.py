"""Who is asking, and the rule by which an account gets its name."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import unaccented
from iprof_kit.services.contract.operation import Role

_LONGEST_BASE = 50
ACCOUNT_NAME = re.compile(r"[a-z]{2,50}[0-9]{0,6}")


@dataclass(frozen=True)
class Identity:
    """One person behind one open session. Made by the server, never by what a client says.

    `first_password`: whether the password is still the first one, as whoever made this has just
    read; None where it is to be asked.
    """

    account_id: int
    compte: str
    roles: tuple[Role, ...]
    numero_dossier: str | None
    first_password: bool | None = field(default=None, compare=False)


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
