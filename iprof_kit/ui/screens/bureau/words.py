"""What the screens of the desk say in the same words: counts, waits, dates and fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from iprof_kit.base.asked import Asked, Choices, Kind
from iprof_kit.base.words import echelon_label, grade_label
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.fields import shown
from iprof_kit.ui.kit.filters import plural
from iprof_kit.ui.kit.parts import Acted, Field
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

BANNER = "Kit libre, non officiel. Vos réponses sont lues dans ce kit ; rien n’entre dans AGAPE."
"""What is true here, at the head of the page."""
_COUNTS = ("aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_MOST_DIGITS = 6
counted = plural


@dataclass(frozen=True)
class DeskPage(Acted):
    """A screen of the desk, with what the server finds wrong in its form."""

    banner: str = field(default=BANNER, kw_only=True)
    faults: tuple[ErreurChamp, ...] = field(default=(), kw_only=True)


def in_letters(count: int) -> str:
    """Return « Trois », « 14 »: what a sentence begins with."""
    return _COUNTS[count].capitalize() if count < len(_COUNTS) else text.whole(count)


def since(count: int) -> str:
    """Return « aujourd’hui », « depuis 22 jours »."""
    return "aujourd’hui" if count <= 0 else f"depuis {counted(count, 'jour')}"


def number(value: float) -> str:
    """Return « 4 », « 4,5 »."""
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def period(start: date, end: date) -> str:
    """Return « 21 décembre 2026 au 3 janvier 2027 », or the only day."""
    return text.day(start) if start == end else f"{text.day(start)} au {text.day(end)}"


def facet_value(name: str, value: str) -> str:
    """Return how a value of a facet is read: « 5e échelon », « 63 » for the codes of both."""
    if name == "departement":
        return value.lstrip("0")
    if name == "grade":
        return grade_label(value)
    return echelon_label(value) if name == "echelon" else value


def facet_choices(name: str, every: str, offered: Mapping[str, int]) -> Choices:
    """Return the values of a facet, each with its count, after that which keeps them all."""
    return (
        ("", every),
        *((value, f"{facet_value(name, value)} ({count})") for value, count in offered.items()),
    )


def typed_count(asked: Intent) -> int | None:
    """Return how many people were typed, None where it is no number."""
    typed = "".join(asked.values.get("compte", "").split())
    return int(typed) if typed.isdecimal() and len(typed) <= _MOST_DIGITS else None


def desk_field(
    name: str,
    label: str,
    kind: Kind,
    value: str,
    faults: Iterable[ErreurChamp],
    hint: str = "",
    *,
    optional: bool = False,
    choices: Choices = (),
) -> Field:
    """Return a field of the desk, with what the server finds wrong in it."""
    wrong = next((one for one in faults if one.champ == name), None)
    asked = Asked(name, label, kind, hint, needed=not optional, choices=choices)
    return shown(asked, value, wrong)
