"""What the screens of the desk say in the same words: counts, waits, dates and names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from iprof_kit.base.asked import Kind
from iprof_kit.base.words import echelon_label, grade_label
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.screens.cv.fields import CvField
from iprof_kit.ui.shared import text

BANNER = "Kit libre, non officiel. Vos réponses sont lues dans ce kit ; rien n’entre dans AGAPE."
"""What is true here, at the head of the page."""
_COUNTS = ("aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def counted(count: int, one: str, several: str = "") -> str:
    """Return « 1 fil », « 14 fils »; none takes the singular."""
    return f"{text.whole(count)} {(several or one + 's') if count > 1 else one}"


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
    day = text.in_paris(value)
    return f"{'aujourd’hui' if day == today else text.day(day)} à {hour(value)}"


def hour(value: datetime) -> str:
    """Return « 14 h 58 », in Paris."""
    return text.moment(value).partition(" à ")[2].partition(",")[0]


def listed(names: Sequence[str]) -> str:
    """Return « CV, carnet, vœux, RQTH »: names one after another, capitals of sigles kept."""
    return ", ".join(one if one[1:2].isupper() else one[:1].lower() + one[1:] for one in names)


def facet_value(name: str, value: str) -> str:
    """Return how a value of a facet is read: « 5e échelon », « 63 » for the codes of both."""
    if name == "departement":
        return value.lstrip("0")
    if name == "grade":
        return grade_label(value)
    return echelon_label(value) if name == "echelon" else value


def desk_field(
    name: str,
    label: str,
    kind: Kind,
    value: str,
    faults: Iterable[ErreurChamp],
    hint: str = "",
    *,
    optional: bool = False,
) -> CvField:
    """Return a field of the desk, with what the server finds wrong in it."""
    wrong = next((one for one in faults if one.champ == name), None)
    error, remedy = (wrong.message, wrong.remede) if wrong else ("", "")
    return CvField(
        name, label, kind, value, hint=hint, optional=optional, error=error, remedy=remedy
    )
