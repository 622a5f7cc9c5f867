"""The carnet of the requests: days, answers and letters, one part a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.requests.catalogue import START, Request, requests
from iprof_kit.ui.kit.carnet import Carnet
from iprof_kit.ui.kit.fields import read_day
from iprof_kit.ui.kit.visiting import Visit

LONGEST = 8000
"""Characters of a field that is kept: those of a letter."""


class Notes(Carnet):
    """What she typed: « temps_partiel.depot » → « 12/02/2027 », valid or not."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit, "demandes", longest=LONGEST)

    def typed(self) -> dict[str, str]:
        """Return every field kept of the requests that the kit knows, by its name."""
        return {
            name: typed[name]
            for request in requests().values()
            for typed in [self._named(request)]
            for name in labels(request)
            if name in typed
        }

    def note(self, request: Request, fields: Mapping[str, str]) -> None:
        """Keep fields of a request over those already kept; an empty one is forgotten."""
        prefix = f"{request.id}."
        self.keep({name.removeprefix(prefix): one for name, one in fields.items()}, request.id)

    def take_out(self, request: Request, *names: str) -> None:
        """Forget fields of a request: the screen is again what the file says."""
        self.turn += 1
        self.note(request, dict.fromkeys(names, ""))

    def name_of(self, path: tuple[str, ...]) -> str:
        """Return what a field of a request is called."""
        request = requests().get(path[0])
        return (labels(request) if request else {}).get(".".join(path), super().name_of(path))

    def _named(self, request: Request) -> dict[str, str]:
        return {f"{request.id}.{key}": one for key, one in self.fields(request.id).items()}


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
