"""Les autres parcours: what is open to whom, from when, or never, on columns of people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import YEAR, Axis, date_of, rentree
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import explaining
from iprof_kit.base.words import NBSP
from iprof_kit.law.paths import circumstances
from iprof_kit.law.paths import conditions as of_the_person
from iprof_kit.law.paths.people import NEVER, People
from iprof_kit.law.paths.rows import Condition, Path, conditions, path_of, validity
from iprof_kit.law.paths.sessions import closed_for, first_session, is_fixed, session_of
from iprof_kit.law.paths.windows import Window, either

OPEN, LATER, DEPENDS, CLOSED = "ouvert", "a_partir_du", "depend", "jamais"
_DATED = frozenset({"services", "age", "titulaire", "corps_detenu"})
_ALIKE = frozenset(
    {"corps", "titulaire", "echelon", "diplome", "dispense", "inscription", "fait", "position",
     "corps_detenu", "age", "session", "eteint", "inconnu"}
)  # fmt: skip
"""Kinds that read nothing of the path: the same key and value ask the same."""
Law = Callable[[Condition, People, int], Window]

KINDS: dict[str, Law] = {
    "services": of_the_person.services,
    "age": of_the_person.age,
    "corps": of_the_person.corps,
    "titulaire": of_the_person.titulaire,
    "echelon": of_the_person.echelon,
    "diplome": of_the_person.diploma,
    "dispense": of_the_person.dispense,
    "inscription": of_the_person.enrolled,
    "fait": circumstances.declared,
    "position": circumstances.position,
    "corps_detenu": of_the_person.corps_held,
    "enfant_age": circumstances.child_age,
    "enfant_ne": circumstances.child_born,
    "cumul": circumstances.months_left,
    "cumul_periodes": circumstances.months_together,
    "retour": circumstances.time_back,
    "retraite": circumstances.pension_rights,
    "en_vigueur": circumstances.in_force,
    "session": circumstances.session_open,
    "eteint": circumstances.closed,
    "inconnu": circumstances.not_known,
}
"""Which rule reads each kind of condition of parcours_conditions.csv."""


@dataclass(frozen=True)
class Opening:
    """What one path answers to a column of people.

    Parameters
    ----------
    path : Path
    session : int
        The session to which the day asked belongs.
    state : array of str
        « ouvert », « a_partir_du », « depend » (a condition that nobody told), « jamais » (a
        condition that nothing known will meet).
    opens : array of int
        First axis day on which the path would be open, `NEVER` for none; unknown conditions are
        left aside.
    first : array of int
        First session whose conditions are met and whose registration is not known to be over.
    until : array of int
        Axis day on which the path closes again, `NEVER` for none.
    since : array of int
        Axis day since which the conditions are met, 0 where it is not known.
    judged : tuple of (Condition, Window)
        Each condition in force, with its own answer.
    """

    path: Path
    session: int
    state: npt.NDArray[np.object_]
    opens: Axis
    first: Axis
    until: Axis
    since: Axis
    judged: tuple[tuple[Condition, Window], ...]


def opening(code: str, people: People, day: int) -> Opening:
    """Answer a path for a column of people; see `Opening`.

    Raises
    ------
    InputError
        Unknown path.
    LawError
        The row is a rule or an effect of another path, not a path.
    PeriodNotCovered
        The day is before the first session that the tables know.
    """
    path = path_of(code)
    if path.attached_to:
        raise LawError(
            f"{path.label}{NBSP}: cette ligne complète un autre parcours.",
            where="parcours",
            remedy=f"Demandez {' ou '.join(path.attached_to)}.",
        )
    session, on = session_of(day) if explaining() else _session(day), date_of(day)
    in_force = [c for c in conditions(code) if c.kind == "en_vigueur" or validity(c, on)]
    judged = tuple((condition, _read_once(condition, people, day)) for condition in in_force)
    return _combine(path, session, people, day, judged)


@lru_cache
def _session(day: int) -> int:
    """Return the session of a day, which every path asks; unexplained."""
    return session_of(day)


def _read_once(condition: Condition, people: People, day: int) -> Window:
    """Return when a condition is met, read once where several paths ask the same of a person.

    An explanation shows the reading of each path.
    """
    if condition.kind not in _ALIKE or explaining():
        return read(condition, people, day)
    asked = (condition.kind, condition.key, condition.value, day)
    if asked not in people.kept:
        people.kept[asked] = read(condition, people, day)
    met: Window = people.kept[asked]
    return met


def read(condition: Condition, people: People, day: int) -> Window:
    """Return when a condition is met for each person, by the rule of its kind.

    Parameters
    ----------
    condition : Condition
    people : People
        Columns.
    day : int
        Axis day asked; the conditions of the table in force that day.

    Raises
    ------
    LawError
        The table holds a kind of condition that no rule reads.
    """
    law = KINDS.get(condition.kind)
    if law is None:
        raise LawError(
            f"condition «{NBSP}{condition.kind}{NBSP}» sans règle.", where=condition.code
        )
    return law(condition, people, day)


def _combine(
    path: Path, session: int, people: People, day: int, judged: tuple[tuple[Condition, Window], ...]
) -> Opening:
    unknown = closed = np.zeros(people.count, dtype=np.bool_)
    opens = np.full(people.count, day)
    first = np.full(people.count, session + closed_for(path, session, day))
    until = np.full(people.count, NEVER)
    for reference, group in _groups(judged, day):
        known = ~group.unknown
        unknown = unknown | group.unknown
        until = np.where(known, np.minimum(until, group.until), until)
        if is_fixed(reference):
            asked = first_session(reference, group.since)
            closed = closed | (known & (asked == NEVER))
            first = np.where(known & (asked < NEVER), np.maximum(first, asked), first)
        else:
            later = group.later(day)
            closed = closed | (known & (later == NEVER))
            opens = np.where(known & (later < NEVER), np.maximum(opens, later), opens)
    opens = np.where(first > session, np.maximum(opens, rentree(0) + (first - 1) * YEAR), opens)
    closed = closed | (opens >= until)
    waits = (opens > day) | (first > session)
    open_or_later = np.where(waits, LATER, OPEN)
    state = np.where(closed, CLOSED, np.where(unknown, DEPENDS, open_or_later)).astype(object)
    return Opening(
        path,
        session,
        state,
        np.where(closed, NEVER, opens),
        first,
        until,
        _since(judged, people, day),
        judged,
    )


def _groups(judged: tuple[tuple[Condition, Window], ...], day: int) -> list[tuple[str, Window]]:
    """Return one window for each group of alternatives, with the day it is looked at."""
    groups: dict[str, list[tuple[Condition, Window]]] = {}
    for rank, (condition, window) in enumerate(judged):
        groups.setdefault(condition.group or str(rank), []).append((condition, window))
    return [
        (
            next((c.reference for c, _ in members if is_fixed(c.reference)), ""),
            either([window for _, window in members], day),
        )
        for members in groups.values()
    ]


def _since(judged: tuple[tuple[Condition, Window], ...], people: People, day: int) -> Axis:
    """Return the last day on which a dated condition came to be met, 0 where one has no date."""
    since, undated = np.zeros(people.count, np.int64), np.zeros(people.count, np.bool_)
    for condition, window in judged:
        if condition.kind in _DATED:
            since = np.maximum(since, window.since)
            undated = undated | (window.since == 0) | window.unknown
    met_since: Axis = np.where(undated | (since > day), 0, since)
    return met_since


def fulfilled(opened: Opening, day: int) -> tuple[npt.NDArray[np.int64], ...]:
    """Tell for each condition whether it is met for the session or the day asked.

    Returns
    -------
    tuple of arrays of int, one for each condition judged
        1 met, 0 not met, −1 unknown.
    """
    return tuple(_fulfilled(c, window, opened.session, day) for c, window in opened.judged)


def _fulfilled(
    condition: Condition, window: Window, session: int, day: int
) -> npt.NDArray[np.int64]:
    met = window.met(day)
    if is_fixed(condition.reference):
        met = first_session(condition.reference, window.since) <= session
    answer = np.where(window.unknown, -1, met.astype(np.int64))
    fulfilled_now: npt.NDArray[np.int64] = np.where(window.not_yet, 0, answer)
    return fulfilled_now
