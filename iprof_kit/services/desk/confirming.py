"""What is done to many at once was seen first: its text, its number typed, nothing new since."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from iprof_kit.base.characters import tidy
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import counted
from iprof_kit.records.cases import Case
from iprof_kit.services.contract.courrier import LONGEST_MESSAGE
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.services.desk.faults import text_fault, wrong

TEXT, COUNT, ACT = "texte", "compte", "acte"
"""The fields of a form about many: what is written, how many it concerns, all the rest."""

_FIELD = re.compile(r"\{([a-z_]{1,20})\}")


def mark_of(cases: Iterable[Case]) -> str:
    """Return what changes as soon as a thread comes, goes, or something happens in it."""
    rows = [f"{one.name} {one.state} {one.version} {one.last_at.isoformat()}" for one in cases]
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()[:32]


def check_mark(seen: str, now: str, what: str) -> None:
    """Refuse where what was seen is not what would be done: `what` says which it is.

    Examples
    --------
    >>> check_mark("a", "a", "un de ces fils")
    """
    if seen != now:
        raise InputError(
            f"{what} a changé depuis l’aperçu.",
            where=ACT,
            remedy="Rien n’est parti. Relisez l’aperçu, puis confirmez.",
        )


def check_count(number: int, typed: int | None, whose: str, reread: str) -> None:
    """Refuse where the number that was typed is not how many people are concerned.

    Examples
    --------
    >>> check_count(3, 3, "des réponses", "Relisez les aperçus")
    """
    if typed != number:
        right = counted(number, "personne")
        raise InputError(
            f"le nombre écrit n’est pas celui {whose} : {right}.",
            where=COUNT,
            remedy=f"{reread}, puis écrivez ce nombre.",
        )


def text_faults(text: str, fields: Sequence[str]) -> list[ErreurChamp]:
    """Return why a text cannot be filled for each person: empty, too long, a field unknown."""
    faults = []
    if (fault := text_fault(TEXT, text, LONGEST_MESSAGE)) is not None:
        faults.append(fault)
    if not tidy(text).strip():
        faults.append(wrong(TEXT, "Ce texte est vide.", "Écrivez-le."))
    if strange := [one for one in dict.fromkeys(_FIELD.findall(text)) if one not in fields]:
        known, named = (", ".join(f"{{{one}}}" for one in some) for some in (fields, strange))
        faults.append(wrong(TEXT, f"Un champ est inconnu : {named}.", f"Connus : {known}."))
    return faults


def filled(text: str, fields: Sequence[str], values: Sequence[str]) -> str:
    """Return a text as one person reads it, its fields filled.

    Examples
    --------
    >>> filled("Bonjour {prenom}.", ["prenom"], ["Awa"])
    'Bonjour Awa.'
    """
    words = tidy(text).strip()
    for name, value in zip(fields, values, strict=True):
        words = words.replace(f"{{{name}}}", value)
    return words
