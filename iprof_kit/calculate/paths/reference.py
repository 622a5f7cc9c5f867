"""What a person will have on the day a condition is looked at, and what would still be missing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from iprof_kit.base.calendar import YEAR, axis_of, duration_text
from iprof_kit.law.paths.people import NEVER, People, seniority
from iprof_kit.law.paths.rows import Condition, threshold_days
from iprof_kit.law.paths.sessions import first_session, is_fixed, reference_day
from iprof_kit.law.paths.windows import Window


@dataclass(frozen=True)
class AtReference:
    """What a condition says on its own day; everything empty where it has no such day."""

    has: str = ""
    missing: str = ""
    session: int | None = None


def at_reference(
    condition: Condition, window: Window, people: People, day: int, session: int
) -> AtReference:
    """Return what the first person of the columns has on the day of a session.

    Parameters
    ----------
    window : Window
        When the condition is met.
    day : int
        Axis day asked; services that go on are supposed to go on until the other.
    """
    if not is_fixed(condition.reference):
        return AtReference()
    then = axis_of(reference_day(condition.reference, session))
    suits = int(first_session(condition.reference, window.since)[0])
    known = not window.unknown[0] and 0 < suits < NEVER
    lengths = _lengths(condition, people, day, then)
    if lengths is None:
        return AtReference(session=suits if known and window.since[0] > 0 else None)
    least, most, needed = lengths
    sure = least == most
    has = duration_text(least) if sure else f"au moins {duration_text(least)}" if least else ""
    missing = duration_text(needed - least) if sure and least < needed else ""
    return AtReference(has, missing, suits if known else None)


def _lengths(
    condition: Condition, people: People, day: int, then: int
) -> tuple[int, int, int] | None:
    """Return the days had at least and at most, and those needed; None: no length, or unknown."""
    if condition.kind == "age":
        born = int(people.born[0])
        return None if born < 0 else (then - born, then - born, int(condition.value) * YEAR)
    if condition.kind == "services":
        needed = threshold_days(condition)
        served = seniority(_later(people, then - day), condition.key, needed, then)
        return int(served.at_least[0]), int(served.at_most[0]), needed
    return None


def _later(people: People, days: int) -> People:
    """Return the people some days later (or before): only services that go on have grown."""
    grown = {
        nature: np.where(
            people.ongoing.get(nature, np.zeros(people.count, np.bool_)) & (have >= 0),
            np.maximum(have + days, 0),
            have,
        )
        for nature, have in people.services.items()
    }
    return replace(people, services=grown)
