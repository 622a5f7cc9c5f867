"""Passwords: the NUMEN as the first one, what a chosen one must be, argon2id for both."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in

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
            remedy="Il compte 13 caractères : 2 chiffres, 1 lettre, 7 chiffres, 3 lettres.",
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


LONGEST_READ = 100
"""Characters that are looked at; more only make a password better."""
_FEWEST_GUESSES = 10.0
"""Power of ten: below it, a stolen hash is found in days."""
_MOST_SYMBOLS = 5
"""Distinct figures and signs read as letters (« p4$$e »): zxcvbn tries all their combinations."""
_READ_AS_LETTERS = "4@8({[<369&!1|0$5+7%2"
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "&é\"'(-è_çà", "1234567890", "qwertyuiop")
_SHORTEST_WALK = 4
_LEAST_BESIDES = 8
"""Characters that a password holds besides the words that others know of its owner."""
_COMMON = (
    *words_in(
        "motdepasse mdp iprof i-prof iprof_kit portail carriere carrière education éducation "
        "nationale educationnationale academie académie rectorat enseignant enseignante "
        "professeur professeure college collège lycee lycée ecole école maitresse maîtresse eleve "
        "élève rentree rentrée vacances numen bonjour bienvenue soleil chouchou loulou doudou "
        "jetaime jaimelechocolat chocolat marseille paris france toulouse bordeaux bretagne "
        "coucou bisous licorne nounours papillon princesse secret ordinateur connexion "
        "administrateur"
    ),
    "mot de passe",
    "éducation nationale",
    "je t'aime",
)
_WEAKNESSES = {
    "repeat": "il répète plusieurs fois la même chose.",
    "spatial": "il suit des touches voisines du clavier.",
    "sequence": "il suit l’ordre de l’alphabet ou des nombres.",
    "date": "il tient surtout à une date.",
    "own": "il tient surtout à votre nom, votre compte ou votre dossier.",
    "walk": "il suit des touches voisines du clavier.",
    "common": "il tient surtout à des mots que l’on essaie en premier.",
    "dictionary": "il figure, à peu près, parmi les mots de passe les plus courants.",
}
_OTHERWISE = "il se trouve en trop peu d’essais."


def weakness(password: str, own: Iterable[str]) -> str | None:
    """Return, in French, why a password is guessed too soon; None where it is not.

    Parameters
    ----------
    password : str
    own : iterable of str
        What others know of the person: account, names, number of her file.
    """
    text = unicodedata.normalize("NFKC", password)[:LONGEST_READ]
    known = tuple(word.casefold() for one in own for word in {one, *one.split()} if len(word) > 2)
    if _besides(text, known) < _LEAST_BESIDES:
        return _WEAKNESSES["own"]
    from zxcvbn import zxcvbn  # its lists of words: 14 MB, for who chooses a password

    estimate = zxcvbn(_bounded(text), [*known, *_COMMON, *_walks()], max_length=LONGEST_READ)
    if estimate["guesses_log10"] >= _FEWEST_GUESSES:
        return None
    longest = max(estimate["sequence"], key=lambda match: len(match["token"]))
    return _WEAKNESSES.get(_kind(longest, known), _OTHERWISE)


def _besides(text: str, known: tuple[str, ...]) -> int:
    """Return how many characters are left without the words that others know."""
    left = text.casefold()
    for word in sorted(known, key=len, reverse=True):
        left = left.replace(word, "")
    return len(left)


def _bounded(text: str) -> str:
    """Return a text in which few signs are read as letters, so that the count stays quick."""
    signs = [one for one in dict.fromkeys(text) if one in _READ_AS_LETTERS]
    return text.translate({ord(one): "*" for one in signs[_MOST_SYMBOLS:]})


def _kind(match: dict[str, Any], known: tuple[str, ...]) -> str:
    kind = str(match["pattern"])
    if kind == "repeat" and len(match["base_token"]) > 1:
        word = match["base_token"].casefold()
        return "own" if word in known else kind
    if match.get("dictionary_name") != "user_inputs":
        return kind
    word = match["matched_word"]
    return "own" if word in known else "common" if word in _COMMON else "walk"


@cache
def _walks() -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for row in _ROWS for part in _parts(row)))


def _parts(row: str) -> Iterator[str]:
    for size in range(len(row), _SHORTEST_WALK - 1, -1):
        for start in range(len(row) - size + 1):
            yield row[start : start + size]
