"""How the values of a CV are printed: dates, periods, quantities; the rest as it was typed."""

from __future__ import annotations

import re
from datetime import date

from iprof_kit.base.calendar import MONTHS, date_text
from iprof_kit.base.names import words_in
from iprof_kit.base.words import NBSP, nth

_SHORT = words_in("janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_MONTH_ALONE = re.compile(r"-(0[1-9]|1[0-2])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BLANKS = re.compile(r"[ \t\r\n]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def day(value: str) -> str:
    """Return « 1er septembre 2022 », « septembre 2022 » or « 2022 »."""
    value = value.strip()
    if parts := _MONTH.fullmatch(value):
        return f"{MONTHS[int(parts[2]) - 1]} {parts[1]}"
    if parts := _MONTH_ALONE.fullmatch(value):  # the year is still to come
        return MONTHS[int(parts[1]) - 1]
    return _full_day(value) or printed_words(value)


def short(value: str) -> str:
    """Return the same with the month shortened: « sept. 2022 »."""
    value = value.strip()
    if parts := _MONTH.fullmatch(value):
        return f"{_SHORT[int(parts[2]) - 1]}{NBSP}{parts[1]}"
    if parts := _MONTH_ALONE.fullmatch(value):
        return _SHORT[int(parts[1]) - 1]
    return _full_day(value) or printed_words(value)


def period(debut: str, fin: str, *, lasts: bool = True) -> str:
    """Return « sept. 2019 – juin 2021 », « depuis septembre 2019 », « jusqu’en juin 2021 ».

    Parameters
    ----------
    lasts : bool
        Whether a missing end means that it still lasts: else the start alone is printed.
    """
    first, last = short(debut), short(fin)
    if first and last:
        return first if first == last else f"{first}{NBSP}– {last}"
    if last:
        return f"jusqu’au {last}" if _full_day(fin.strip()) else f"jusqu’en {day(fin)}"
    return since(day(debut), debut) if lasts else first


def since(printed: str, value: str) -> str:
    """Return « depuis le 1er septembre 2022 », « depuis 2022 », from a date and how it prints."""
    if not printed:
        return ""
    return f"depuis le {printed}" if _full_day(value.strip()) else f"depuis {printed}"


def rank(value: str) -> str:
    """Return « 7e » for « 07 », « 1er » for « 1 », « 5e, chevron HEA3 » for « 5, chevron HEA3 »."""
    number, comma, chevron = value.strip().partition(",")
    if not (number.isascii() and number.isdigit()):
        return printed_words(value.strip())
    return nth(str(int(number))) + comma + chevron


def share(value: str) -> str:
    """Return « temps plein » for « 100 », « 50 % » for « 50 » or « 50 % »."""
    value = value.strip().removesuffix("%").strip()
    if not _NUMBER.fullmatch(value):
        return printed_words(value)
    return "temps plein" if value == "100" else f"{value.replace('.', ',')}{NBSP}%"


def hours(value: str) -> str:
    """Return « 18 heures » for « 18 »."""
    value = value.strip()
    if not _NUMBER.fullmatch(value):
        return printed_words(value)
    one = float(value.replace(",", ".")) < 2
    return f"{value.replace('.', ',')}{NBSP}{'heure' if one else 'heures'}"


def line(value: str) -> str:
    """Return a text on one line, in the words that are printed."""
    return printed_words(_BLANKS.sub(" ", value).strip(" "))


def printed_words(value: str) -> str:
    """Return a text with the apostrophe of French, whatever the keyboard gave.

    A document sets its hard spaces (`documents/characters.py`).
    """
    return value.replace("'", "’")


def joined(*values: str, by: str = ", ") -> str:
    """Return the values that are not empty, joined."""
    return by.join(value for value in values if value)


def _full_day(value: str) -> str:
    if not _DAY.fullmatch(value):
        return ""
    try:
        return date_text(date.fromisoformat(value))
    except ValueError:
        return ""
