"""What a person types: read as facts, or told what is wrong and how to mend it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date

from babel.dates import get_month_names

from iprof_kit.base.errors import InputError
from iprof_kit.ui import text

_DAY = re.compile(r"^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})\s*$")
_HINT = "Écrivez le jour, le mois et l’année, par exemple 01/09/2024."


def read_day(typed: str) -> date:
    """Return the date typed as ``jj/mm/aaaa``.

    Raises
    ------
    InputError
        Not filled in, not readable, or a day that does not exist; in French.
    """
    if not typed.strip():
        raise InputError("La date n’est pas renseignée.", remedy=_HINT)
    found = _DAY.match(typed)
    if not found:
        raise InputError("La date n’est pas lisible.", remedy=_HINT)
    number, month, year = (int(part) for part in found.groups())
    shown = f"{number:02d}/{month:02d}/{year}"
    if not 1 <= month <= 12:
        raise InputError(f"Le {shown} n’existe pas.", remedy="L’année a 12 mois.")
    if year < 1900:
        raise InputError(f"Le {shown} est trop ancien.", remedy=_HINT)
    length = calendar.monthrange(year, month)[1]
    if not 1 <= number <= length:
        name = get_month_names("wide", locale="fr")[month]
        of = f"d’{name}" if name[0] in "ao" else f"de {name}"
        raise InputError(
            f"Le {shown} n’existe pas.", remedy=f"Le mois {of} {year} a {length} jours."
        )
    return date(year, month, number)


def read_past_day(typed: str, today: date) -> date:
    """Return a date typed, which is not after today."""
    found = read_day(typed)
    if found > today:
        raise InputError(
            f"Le {text.day(found)} est dans l’avenir.",
            remedy=f"Indiquez une date passée, au plus tard le {text.day(today)}.",
        )
    return found


def chosen(values: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """Return the value of a list; the first one where what came is not in the list."""
    value = values.get(name, "")
    return value if value in allowed else (allowed[0] if allowed else "")
