"""What the screens of the desk say in the same words: counts, waits, dates and names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from iprof_kit.ui.shared import text

_COUNTS = ("aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def counted(count: int, one: str, several: str = "") -> str:
    """Return « 1 fil », « 14 fils »; none takes the singular."""
    return text.french(f"{text.whole(count)} {(several or one + 's') if count > 1 else one}")


def in_letters(count: int) -> str:
    """Return « Trois », « 14 »: what a sentence begins with."""
    return _COUNTS[count].capitalize() if count < len(_COUNTS) else text.whole(count)


def days(count: int) -> str:
    """Return « aujourd’hui », « 1 jour », « 22 jours »: how long somebody has been waiting."""
    return "aujourd’hui" if count <= 0 else counted(count, "jour")


def since(count: int) -> str:
    """Return « aujourd’hui », « depuis 22 jours »."""
    return days(count) if count <= 0 else f"depuis {days(count)}"


def number(value: float) -> str:
    """Return « 4 », « 4,5 »."""
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def period(start: date, end: date) -> str:
    """Return « 21 décembre 2026 au 3 janvier 2027 », or the only day."""
    return text.day(start) if start == end else f"{text.day(start)} au {text.day(end)}"


def short(value: datetime) -> str:
    """Return « 12 nov. »: a step of a stair has its year in the sentence above."""
    return text.short_day(text.in_paris(value))[0]


def at(value: datetime, today: date) -> str:
    """Return « aujourd’hui à 14 h 58 », « 12 novembre 2026 à 9 h 05 », hours of Paris."""
    day, _, hour = text.moment(value).partition(" à ")
    hour = hour.partition(",")[0]
    return f"aujourd’hui à {hour}" if text.in_paris(value) == today else f"{day} à {hour}"


def listed(names: Sequence[str]) -> str:
    """Return « CV, carnet, vœux, RQTH »: names one after another, capitals of sigles kept."""
    return ", ".join(one if one[1:2].isupper() else one[:1].lower() + one[1:] for one in names)
