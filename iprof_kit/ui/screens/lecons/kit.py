"""The lessons of the kit, as they are offered and as they are played."""

from __future__ import annotations

from functools import cache, lru_cache

from iprof_kit.calculate.lessons import lessons, played
from iprof_kit.calculate.played_lesson import LeconJouee
from iprof_kit.ui.screens.lecons.screen import Offer, lesson_missing

_REMEMBERED = 16


@cache
def offers() -> tuple[Offer, ...]:
    """Return the lessons of the kit; read once, since a session reads no file."""
    return tuple(Offer(one.id, one.titre, one.enseigne, one.minutes) for one in lessons().values())


@lru_cache(maxsize=_REMEMBERED)
def play(known: str) -> LeconJouee:
    """Return a lesson ready to be played, on its own day.

    Raises
    ------
    InputError
        The kit has no such lesson, or the engine contradicts it.

    Examples
    --------
    >>> play("hors_classe").titre
    'La hors classe'
    """
    lesson = lessons().get(known)
    if lesson is None:
        raise lesson_missing(known)
    return played(lesson)
