"""Passwords: the NUMEN as the first one, what a chosen one must be, argon2id for both."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP
from iprof_kit.services.access.password_guesses import weakness

NUMEN = re.compile(r"[0-9]{2}[A-Z][0-9]{2}[0-9]{5}[A-Z]{3}")
SHORTEST = 12
LONGEST = 200

hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""argon2id, the least that OWASP recommends; tests put a cheaper one here."""


def numen(typed: str) -> str:
    """Return the NUMEN in capitals.

    Raises
    ------
    InputError
        It is malformed. What was typed is not repeated: a NUMEN is confidential.
    """
    text = typed.strip().upper()
    if not NUMEN.fullmatch(text):
        raise InputError(
            "ce NUMEN n’a pas la forme attendue.",
            where="NUMEN",
            remedy=f"Il compte 13 caractères{NBSP}: 2 chiffres, 1 lettre, 7 chiffres, 3 lettres.",
        )
    return text


def hashed(secret: str) -> str:
    """Return the argon2id hash of a secret."""
    return hasher.hash(_bytes(secret))


def matches(stored: str | None, secret: str) -> bool:
    """Return whether `secret` is the stored one; without stored hash, no, in the same time."""
    dummy = _dummy(hasher)
    readable = len(secret) <= LONGEST
    try:
        verified = hasher.verify(stored or dummy, _bytes(secret if readable else ""))
    except (VerificationError, InvalidHashError):
        return False
    return verified and readable and stored is not None


def check_new(password: str, compte: str, stored: str | None, *, known: Sequence[str] = ()) -> None:
    """Refuse a new password that is too short, too long, a NUMEN, soon guessed or the same.

    Parameters
    ----------
    password : str
    compte : str
        Account name.
    stored : str or None
        Hash of the password in use.
    known : sequence of str
        What else others know of the person: names, number of her file.

    Raises
    ------
    InputError
        One rule fails; the first one, in French.
    """
    reason = None
    if len(password) < SHORTEST:
        reason = f"il compte moins de {SHORTEST} caractères."
    elif len(password) > LONGEST:
        reason = f"il compte plus de {LONGEST} caractères."
    elif NUMEN.search(password.upper()):
        reason = "il contient un NUMEN."
    elif soon := weakness(password, (compte, *known)):
        reason = soon
    elif matches(stored, password):
        reason = "c’est le mot de passe actuel."
    if reason:
        raise InputError(
            reason,
            where="Nouveau mot de passe",
            remedy=f"Choisissez {SHORTEST} caractères au moins, par exemple quatre mots sans lien.",
        )


@lru_cache(maxsize=2)
def _dummy(with_hasher: PasswordHasher) -> str:
    return with_hasher.hash(b"the password of nobody")


def _bytes(secret: str) -> bytes:
    return unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass")
