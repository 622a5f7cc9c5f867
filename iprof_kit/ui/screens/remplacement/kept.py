"""What is typed of a replacement zone, read: preferences, places and scores of the extension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.ui.kit.fields import read_number
from iprof_kit.ui.kit.fields.ordered import Typed, typed_lines

ZONE, CHOICE, KIND = "zone", "choix", "type"
YEARLY, SHORT = "annee", "suppleances"
"""A post for the year, hence preferences; or short replacements."""
WAY = "parcours"
PREFERENCE, PLACE, SCORE = "preference", "lieu", "bareme"
"""The parts of the carnet, one for each list, before the year."""
ROOM, PLACES, SCORES = 12, 12, 19
"""Lines kept of each list: a message of the browser holds their fields."""
TIED = "lie"
"""Points of a score that are tied to its wish."""
_TOO_MANY_TIED = InputError(
    "les points liés au vœu dépassent son total.", remedy="Vérifiez les deux nombres."
)


@dataclass(frozen=True)
class Score:
    """The score of one wish as typed: its points and those tied to it, or what is wrong."""

    rank: int
    name: str
    total: float | None
    tied: float
    error: InputError | None = None


def preferences_of(fields: Mapping[str, str]) -> tuple[Typed, ...]:
    """Return the preferences in their order, each with the type of school that it names."""
    return typed_lines(fields, ROOM, (KIND,))


def places_of(fields: Mapping[str, str]) -> tuple[Typed, ...]:
    """Return the places in the order in which the academy would walk them."""
    return typed_lines(fields, PLACES)


def scores_of(fields: Mapping[str, str]) -> tuple[Score, ...]:
    """Return the scores of the wishes that have one."""
    return tuple(_score(one) for one in typed_lines(fields, SCORES, (TIED, "points")))


def _score(line: Typed) -> Score:
    try:
        total = read_number(line.others.get("points", ""), most=longest("points"))
        tied = read_number(line.others.get(TIED, ""), most=longest("points"))
    except InputError as error:
        return Score(line.rank, line.name, None, 0, error)
    if total is not None and tied is not None and tied > total:
        return Score(line.rank, line.name, None, 0, _TOO_MANY_TIED)
    return Score(line.rank, line.name, total, tied or 0)


def whole(scores: Sequence[Score]) -> tuple[Score, ...]:
    """Return the scores that can be counted."""
    return tuple(one for one in scores if one.total is not None)
