"""What a person notes of her requests, kept in her carnet: days, answers, letters as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.requests.catalogue import START, Request
from iprof_kit.ui.kit.fields import read_day

ANSWER = "issue"
"""The field that says what was answered."""
ANSWERS = ("accord", "refus")
_DONE_ONLY = "Notez ce qui est fait, le jour où cela s’est fait."


@dataclass(frozen=True)
class Entry:
    """The fields of one request that can be read, and what is wrong with the others."""

    days: dict[str, date] = field(default_factory=dict)
    answer: str = ""
    errors: dict[str, KitError] = field(default_factory=dict)

    def without(self, step: str, error: KitError) -> Entry:
        """Return the same entry without one day, which is said to be wrong."""
        days = {key: day for key, day in self.days.items() if key != step}
        return Entry(days, self.answer, {**self.errors, step: error})

    @property
    def is_empty(self) -> bool:
        """Whether nothing was noted."""
        return not (self.days or self.errors)


def name_of(request: Request, key: str) -> str:
    """Return the name of a field in the carnet: « temps_partiel.depot »."""
    return f"{request.id}.{key}"


def letter_name(request: Request, letter: str, part: str) -> str:
    """Return the name of a part of a letter: « temps_partiel.lettre.demande.texte »."""
    return f"{request.id}.lettre.{letter}.{part}"


def read_entry(request: Request, typed: Mapping[str, str], today: date) -> Entry:
    """Return what was noted of a request; a day that cannot be read is said and left out."""
    days: dict[str, date] = {}
    errors: dict[str, KitError] = {}
    for step in request.steps:
        written = typed.get(name_of(request, step.key), "").strip()
        if not step.asks or not written:
            continue
        try:
            day = read_day(written)
        except InputError as error:
            errors[step.key] = error
            continue
        if step.kind != START and day > today:
            errors[step.key] = InputError("Cette date est à venir.", remedy=_DONE_ONLY)
        else:
            days[step.key] = day
    answer = typed.get(name_of(request, ANSWER), "")
    return Entry(days, answer if answer in ANSWERS else "", errors)


def labels(request: Request) -> dict[str, str]:
    """Return what the screen calls each field, to say two writings."""
    named = {name_of(request, one.key): f"{request.title}, {one.title}" for one in request.steps}
    named[name_of(request, ANSWER)] = f"{request.title}, réponse"
    for letter in request.letters:
        named[letter_name(request, letter.key, "objet")] = f"{letter.title}, objet"
        named[letter_name(request, letter.key, "texte")] = letter.title
    return named
