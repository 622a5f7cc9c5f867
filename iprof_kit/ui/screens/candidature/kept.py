"""What is typed of a candidacy, read: wishes, letters, papers, opinions with their day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.campaigns.question import Candidature
from iprof_kit.ui.kit.fields import read_past_day
from iprof_kit.ui.kit.fields.ordered import Typed, typed_lines

MOVEMENT = "mouvement"
"""The field of a wish that says in which of the specific movements it stands."""
ROOM = 20
"""Lines of wishes that are kept where no source says how many are allowed."""
BEYOND = 3
"""Lines kept beyond the most, so that nothing typed is lost."""
LONGEST_LETTER = 4_000
"""Characters of a letter: those of fifteen stay under what a carnet may hold."""
_LETTER = "lettre."
_NAMED = 40
"""Characters of a name that stand in the name of its field; the rest is in a digest."""
OPINIONS = (("favorable", "favorable"), ("defavorable", "défavorable"))
READY = "oui"


@dataclass(frozen=True)
class Opinion:
    """One opinion as she noted it: of whom, which, its day or what is wrong with that day."""

    number: int
    who: str
    sense: str
    typed: str
    day: date | None = None
    error: InputError | None = None


def room(own: Candidature) -> int:
    """Return how many lines are kept."""
    return own.voeux_au_plus + BEYOND if own.voeux_au_plus else ROOM


def wishes_of(own: Candidature, fields: Mapping[str, str]) -> tuple[Typed, ...]:
    """Return the wishes in their order."""
    return typed_lines(fields, room(own), others_of(own))


def others_of(own: Candidature) -> tuple[str, ...]:
    """Return the fields of a wish beside what it names."""
    return (MOVEMENT,) if own.lettre == "mouvement" else ()


def letters_of(own: Candidature, wishes: tuple[Typed, ...]) -> tuple[str, ...]:
    """Return for what a letter is written: each movement, or each post, once, in order."""
    names = (
        one.others.get(MOVEMENT, "").strip() if own.lettre == "mouvement" else one.name
        for one in wishes
    )
    return tuple(dict.fromkeys(name for name in names if name))


def letter_field(about: str) -> str:
    """Return the field that keeps a letter: by what it is about, wherever its wish stands."""
    name = " ".join(about.casefold().split())
    if len(name) <= _NAMED:
        return f"{_LETTER}{name}"
    return f"{_LETTER}{name[:_NAMED]}-{sha256(name.encode()).hexdigest()[:8]}"


def left_over(fields: Mapping[str, str], shown: Iterable[str]) -> dict[str, str]:
    """Return the letters whose wish is no longer in the list, by field: what they were about."""
    known = set(shown)
    return {
        name: name.removeprefix(_LETTER)
        for name in fields
        if name.startswith(_LETTER) and name not in known
    }


def opinions_of(own: Candidature, fields: Mapping[str, str], today: date) -> tuple[Opinion, ...]:
    """Return every opinion that is given, with what she noted of it."""
    return tuple(_opinion(n, who, fields, today) for n, who in enumerate(own.avis, start=1))


def _opinion(number: int, who: str, fields: Mapping[str, str], today: date) -> Opinion:
    sense, typed = fields.get(f"avis-{number}", ""), fields.get(f"avis-le-{number}", "")
    if not typed.strip():
        return Opinion(number, who, sense, typed)
    try:
        return Opinion(number, who, sense, typed, read_past_day(typed, today))
    except InputError as error:
        return Opinion(number, who, sense, typed, error=error)
