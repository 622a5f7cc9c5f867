"""What a person types: read as facts, or told what is wrong and how to mend it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from iprof_kit.base.asked import Answers, Asked, Group
from iprof_kit.base.calendar import MONTHS
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.interface.bounds import bounds
from iprof_kit.ui.shared import text

_DAY = re.compile(r"^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})\s*$")
_NUMBER = re.compile(r"^\d{1,9}(?:[.,]\d{1,4})?$")
_LOOSE = str.maketrans("", "", f" \t{NBSP}\u202f€%")
_HINT = "Écrivez le jour, le mois et l’année, par exemple 01/09/2024."
_WHOLE = re.compile(r"\d{1,6}")
_DECIMAL = re.compile(r"\d{1,7}([.,]\d{1,2})?")
LEFT_OUT = "Ce champ n’est pas compté tant qu’il n’est pas corrigé."


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
    if asked.choices:
        if typed not in {value for value, _ in asked.choices}:
            raise InputError("Ce choix n’est pas dans la liste.", remedy="Choisissez-en un autre.")
        return typed
    if asked.kind == "day":
        return read_past_day(typed, today)
    if asked.kind == "decimal":
        if not _DECIMAL.fullmatch(typed.replace(" ", "")):
            raise InputError("Ce nombre n’est pas lisible.", remedy="Écrivez par exemple 1,5.")
        return float(typed.replace(" ", "").replace(",", "."))
    if not _WHOLE.fullmatch(typed) or int(typed) > asked.largest:
        raise InputError(
            "Ce nombre n’est pas possible ici.",
            remedy=f"Écrivez un nombre entier, de 0 à {asked.largest}.",
        )
    return int(typed)


def read_day(typed: str) -> date:
    """Return the date typed as ``jj/mm/aaaa``.

    Raises
    ------
    InputError
        Not filled in, not readable, or a day that does not exist; in French.
    """
    if not typed.strip():
        raise InputError("La date n’est pas renseignée.", remedy=_HINT)
    read = _DAY.match(typed)
    if not read:
        raise InputError("La date n’est pas lisible.", remedy=_HINT)
    number, month, year = (int(part) for part in read.groups())
    shown = f"{number:02d}/{month:02d}/{year}"
    if not 1 <= month <= 12:
        raise InputError(f"Le {shown} n’existe pas.", remedy="L’année a 12 mois.")
    first, last = bounds("jour")
    if not first <= year <= last:
        far = "trop ancien" if year < first else "trop lointain"
        raise InputError(f"Le {shown} est {far}.", remedy=_HINT)
    length = calendar.monthrange(year, month)[1]
    if not 1 <= number <= length:
        name = MONTHS[month - 1]
        of = f"d’{name}" if name[0] in "ao" else f"de {name}"
        raise InputError(
            f"Le {shown} n’existe pas.", remedy=f"Le mois {of} {year} a {length} jours."
        )
    return date(year, month, number)


def read_past_days(typed: str, today: date) -> tuple[date, ...]:
    """Return the dates typed one after another, each not after today; none where none is typed."""
    written = (part for part in re.split(r"[;,\n]", typed) if part.strip())
    return tuple(read_past_day(part, today) for part in written)


def read_past_day(typed: str, today: date) -> date:
    """Return a date typed, which is not after today."""
    read = read_day(typed)
    if read > today:
        raise InputError(
            f"Le {text.day(read)} est dans l’avenir.",
            remedy=f"Indiquez une date passée, au plus tard le {text.day(today)}.",
        )
    return read


def read_number(typed: str, *, most: float, least: float = 0, whole: bool = False) -> float | None:
    """Return the number typed (« 1 944,50 € », « 4,2 % »), None where nothing is typed.

    Raises
    ------
    InputError
        No number, a part where a whole number is asked, or one out of bounds; in French.
    """
    bare = typed.translate(_LOOSE)
    if not bare:
        return None
    example = "par exemple 2" if whole else "par exemple 1944,50"
    if not _NUMBER.match(bare):
        raise InputError(
            "Ce n’est pas un nombre lisible.", remedy=f"Écrivez des chiffres, {example}."
        )
    value = float(bare.replace(",", "."))
    if whole and value != int(value):
        raise InputError("Un nombre entier est attendu.", remedy="Retirez ce qui suit la virgule.")
    if not least <= value <= most:
        bounds = f"entre {least:g} et {most:g}".replace(".", ",")
        raise InputError("Ce nombre est hors des bornes.", remedy=f"Écrivez un nombre {bounds}.")
    return value


def read_numbers(
    asked: Iterable[Asked], values: Answers, errors: dict[str, KitError]
) -> dict[str, float | None]:
    """Return each number typed, None where nothing readable is; `errors` then says why."""
    numbers: dict[str, float | None] = {}
    for one in asked:
        numbers[one.name] = None
        try:
            numbers[one.name] = read_number(
                values.get(one.name, ""), most=one.largest, whole=one.kind == "number"
            )
        except InputError as error:
            errors[one.name] = error
    return numbers


def chosen(values: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """Return the value of a list; the first one where what came is not in the list."""
    value = values.get(name, "")
    return value if value in allowed else (allowed[0] if allowed else "")
