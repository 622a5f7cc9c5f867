"""How a value of the law's tables is written in a guide, form by form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from iprof_kit.base.calendar import MONTHS
from iprof_kit.ui.shared import text

_DAYS_OF_A_MONTH = 30
_MONTHS = 12


def value_words(form: str, value: str, empty: str, words: Mapping[str, str]) -> str:
    """Return a value as a person reads it; `empty` where the table says nothing."""
    if value == "":
        return empty or "non indiqué"
    if form == "mots":
        return words.get(value, value)
    return _FORMS[form](value)


def _duration(value: str) -> str:
    months = re.match(r"\d+", value)
    if not months:
        return value
    return text.duration(int(months[0]) * _DAYS_OF_A_MONTH) + value[months.end() :]


def _age(value: str) -> str:
    years, months = divmod(int(value), _MONTHS)
    return f"{years} ans {months} mois" if months else f"{years} ans"


def _years(value: str) -> str:
    return f"{value} an{'s' if float(value) > 1 else ''}" if float(value) else "aucun"


def _number(value: str) -> str:
    return value.replace(".", ",")


def _share(value: str) -> str:
    percent = f"{float(value) * 100:.4f}".rstrip("0").rstrip(".")
    return f"{_number(percent)}{text.NBSP}%"


def _point(value: str) -> str:
    return f"{_number(value)}{text.NBSP}€ bruts par an"


def _children(value: str) -> str:
    return value if value.isdigit() else value.replace("_", " ").replace("au dela", "au-delà")


def _day_of_year(value: str) -> str:
    """Write « 10-15 » as « 15 octobre »."""
    month, day = (int(part) for part in value.split("-"))
    return f"{'1er' if day == 1 else day} {MONTHS[month - 1]}"


def _sentence(value: str) -> str:
    return value.replace("|", ", ").replace("tres_", "très ").replace("_", " ")


_FORMS: dict[str, Callable[[str], str]] = {
    "age": _age,
    "annees": _years,
    "ans": lambda value: f"{value} ans",
    "appreciation": text.appreciation_label,
    "echelon": text.echelon_label,
    "enfants": _children,
    "euros": lambda value: text.money(float(value)),
    "euros_point": _point,
    "fraction": _share,
    "grade": text.grade_words,
    "jour": lambda value: text.day(date.fromisoformat(value)),
    "jour_mois": _day_of_year,
    "mois": _duration,
    "nombre": _number,
    "pct": lambda value: f"{_number(value)}{text.NBSP}%",
    "rang": text.nth,
    "texte": _sentence,
}
