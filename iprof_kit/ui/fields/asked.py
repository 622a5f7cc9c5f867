"""What a screen asks beside the file: fields in groups, and what is typed read one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.ui.fields.forms import read_past_day

Kind = Literal["choice", "day", "number", "decimal"]
Choices = tuple[tuple[str, str], ...]
Answers = Mapping[str, str]

NO_YES: Choices = (("", "non"), ("oui", "oui"))
OPTIONAL = "Facultatif"
LEFT_OUT = "Ce champ n’est pas compté tant qu’il n’est pas corrigé."
_WHOLE = re.compile(r"\d{1,6}")
_DECIMAL = re.compile(r"\d{1,7}([.,]\d{1,2})?")


@dataclass(frozen=True)
class Asked:
    """One field: what it is named, what may be answered, and a hint."""

    name: str
    label: str
    kind: Kind = "choice"
    choices: Choices = ()
    hint: str = ""
    most: int = 99
    """Largest number that can be typed."""


@dataclass(frozen=True)
class Group:
    """Fields of one subject."""

    title: str
    fields: tuple[Asked, ...]


@dataclass
class Read:
    """The answers as values, and what is wrong with those left out."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, KitError] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """Return the value of a field; None where it is empty, hidden or not readable."""
        return self.values.get(name)

    def starting(self, prefix: str) -> dict[str, Any]:
        """Return the values of the fields whose name starts so, by the rest of their name."""
        return {
            name.removeprefix(prefix): value
            for name, value in self.values.items()
            if name.startswith(prefix)
        }


def read_fields(groups: Iterable[Group], answers: Answers, today: date) -> Read:
    """Return the answers of the fields shown; one that cannot be read is said and left out."""
    read = Read()
    for asked in (asked for group in groups for asked in group.fields):
        typed = answers.get(asked.name, "").strip()
        if not typed:
            continue
        try:
            read.values[asked.name] = _value(asked, typed, today)
        except InputError as error:
            remedy = f"{error.remedy} {LEFT_OUT}".strip()
            read.errors[asked.name] = InputError(error.message, remedy=remedy)
    return read


def _value(asked: Asked, typed: str, today: date) -> Any:
    if asked.kind == "choice":
        if typed not in {value for value, _ in asked.choices}:
            raise InputError("Ce choix n’est pas dans la liste.", remedy="Choisissez-en un autre.")
        return typed
    if asked.kind == "day":
        return read_past_day(typed, today)
    if asked.kind == "decimal":
        if not _DECIMAL.fullmatch(typed.replace(" ", "")):
            raise InputError("Ce nombre n’est pas lisible.", remedy="Écrivez par exemple 1,5.")
        return float(typed.replace(" ", "").replace(",", "."))
    if not _WHOLE.fullmatch(typed) or int(typed) > asked.most:
        raise InputError(
            "Ce nombre n’est pas possible ici.",
            remedy=f"Écrivez un nombre entier, de 0 à {asked.most}.",
        )
    return int(typed)
