"""How a session is said: its days, its hours, how it is given, what falls at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from iprof_kit.base.words import number_text
from iprof_kit.calculate.training.conflicts import DAYS, Slot, in_the_week, together
from iprof_kit.calculate.training.holidays import SchoolHolidays
from iprof_kit.services.contract.formation import FormationLue
from iprof_kit.ui.screens.formation.kept import Choice
from iprof_kit.ui.shared import text

MODALITIES = {"presentiel": "en présence", "distance": "à distance", "hybride": "hybride"}
PUBLICS = {"individuelle": "candidature individuelle", "designe": "public désigné"}


def hours(number: float) -> str:
    """Return « 6 h », « 1,5 h »."""
    return f"{number_text(number)}{text.NBSP}h"


def hour(written: str) -> str:
    """Return « 9 h », « 13 h 30 » for « 09:00 », « 13:30 »."""
    if not written:
        return ""
    first, _, minutes = written.partition(":")
    whole = f"{int(first)}{text.NBSP}h"
    return whole if minutes == "00" else f"{whole}{text.NBSP}{minutes}"


def when(one: FormationLue) -> str:
    """Return « mardi 12 janvier 2027, 9 h à 12 h », or that no day is known yet."""
    if one.debut is None:
        return one.precision or "dates à venir"
    between = ""
    if one.heure_debut and one.heure_fin:
        between = f", {hour(one.heure_debut)} à {hour(one.heure_fin)}"
    if one.fin and one.fin != one.debut:
        return f"du {text.day(one.debut)} au {text.day(one.fin)}{between}"
    return f"{weekday(one.debut)} {text.day(one.debut)}{between}"


def weekday(day: date) -> str:
    """Return « mardi »."""
    return (*DAYS, "dimanche")[day.weekday()]


def where(one: FormationLue) -> str:
    """Return « Clermont-Ferrand, en présence, 6 h »."""
    length = hours(one.heures) if one.heures else ""
    parts = (one.lieu, MODALITIES.get(one.modalite, ""), length)
    return ", ".join(part for part in parts if part)


def codes(one: FormationLue) -> str:
    """Return « 26A0060012, module 41003, session S1 »: what GAIA asks for."""
    parts = (
        one.dispositif,
        f"module {one.module}",
        f"groupe {one.groupe}" if one.groupe else "",
        f"session {one.session}" if one.session else "",
    )
    return ", ".join(part for part in parts if part)


def element_id(key: str) -> str:
    """Return a key as the id of an element."""
    return "".join(sign if sign.isalnum() else "-" for sign in key)


def clashes(
    choice: Choice,
    others: Sequence[Choice],
    week: dict[int, tuple[Slot, ...]],
    holidays: SchoolHolidays,
) -> Iterator[str]:
    """Yield what falls at the same time as a session: holidays, hours of the week, other wishes."""
    ends = (choice.meeting.first, choice.meeting.last)
    if name := next((name for day in ends if day and (name := holidays.on(day))), ""):
        yield f"pendant les vacances ({name}) : à confirmer"
    taught = (day for day, _ in in_the_week(choice.meeting, week) if not holidays.on(day))
    for day in dict.fromkeys(taught):
        yield f"pendant vos cours du {weekday(day)} {text.day(day)}"
    ranks = [
        str(rank)
        for rank, other in enumerate(others, 1)
        if other.key != choice.key and together(choice.meeting, other.meeting)
    ]
    if ranks:
        yield f"en même temps que le n° {' et le n° '.join(ranks)} de votre liste"
