"""Les autres parcours: what is open to whom, from when, or never, on columns of people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import YEAR, Axis, date_of, rentree
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import explaining
from iprof_kit.base.names import words_in
from iprof_kit.law.paths import circumstances
from iprof_kit.law.paths import conditions as of_the_person
from iprof_kit.law.paths.people import NEVER, People
from iprof_kit.law.paths.rows import Condition, Path, conditions, path_of, validity
from iprof_kit.law.paths.sessions import (
    ANY_DAY,
    closed_for,
    first_session,
    first_sessions,
    is_fixed,
    session_of,
)
from iprof_kit.law.paths.windows import Window, either, window

OPEN, LATER, DEPENDS, CLOSED = "ouvert", "a_partir_du", "depend", "jamais"
_DATED = frozenset({"services", "age", "titulaire", "corps_detenu"})
_ALIKE = frozenset(
    words_in(
        "corps titulaire echelon diplome dispense inscription fait position corps_detenu age "
        "session eteint inconnu"
    )
)
"""Kinds that read nothing of the path: the same key and value ask the same."""
_PARTS = ("since", "until", "unknown", "not_yet")
Law = Callable[[Condition, People, int], Window]
Judged = tuple[tuple[Condition, Window], ...]
"""The conditions of a path in force, with when each is met."""

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
    judged: Judged


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
    return openings((code,), people, day)[0]


def openings(codes: Sequence[str], people: People, day: int) -> tuple[Opening, ...]:
    """Answer several paths for a column of people, all in one pass; same errors as `opening`."""
    asked = tuple(_asked(code) for code in codes)
    session, on = session_of(day) if explaining() else _session(day), date_of(day)
    judged = tuple(
        tuple(
            (condition, _read_once(condition, people, day))
            for condition in conditions(code)
            if condition.kind == "en_vigueur" or validity(condition, on)
        )
        for code in codes
    )
    return _combined(asked, session, people, day, judged)


def _asked(code: str) -> Path:
    path = path_of(code)
    if path.attached_to:
        raise LawError(
            f"{path.label} : cette ligne complète un autre parcours.",
            where="parcours",
            remedy=f"Demandez {' ou '.join(path.attached_to)}.",
        )
    return path


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
        raise LawError(f"condition « {condition.kind} » sans règle.", where=condition.code)
    return law(condition, people, day)


def _combined(
    paths: Sequence[Path], session: int, people: People, day: int, judged: Sequence[Judged]
) -> tuple[Opening, ...]:
    """Combine the groups of conditions of each path: a row a group, then a row a path."""
    always = ("", window(people.count))  # no path is without a group
    groups = [(always, *_groups(of_path, day)) for of_path in judged]
    starts = np.cumsum([0, *map(len, groups[:-1])])
    references, windows = zip(*chain.from_iterable(groups), strict=True)
    every = Window(*(np.array([getattr(w, name) for w in windows]) for name in _PARTS))
    known, fixed = ~every.unknown, np.array([[is_fixed(one)] for one in references])
    days = [one if is_fixed(one) else ANY_DAY for one in references]
    asked, later = first_sessions(days, every.since), every.later(day)
    unknown = np.logical_or.reduceat(every.unknown, starts)
    never = known & (np.where(fixed, asked, later) == NEVER)
    comes = known & ~never
    first = np.maximum.reduceat(np.where(comes & fixed, asked, session), starts)
    opens = np.maximum.reduceat(np.where(comes & ~fixed, later, day), starts)
    until = np.minimum.reduceat(np.where(known, every.until, NEVER), starts)
    late = np.array([[session + closed_for(path, session, day)] for path in paths])
    first = np.maximum(first, late)
    opens = np.where(first > session, np.maximum(opens, rentree(0) + (first - 1) * YEAR), opens)
    closed = np.logical_or.reduceat(never, starts) | (opens >= until)
    waits = (opens > day) | (first > session)
    open_or_later = np.where(waits, LATER, OPEN)
    state = np.where(closed, CLOSED, np.where(unknown, DEPENDS, open_or_later)).astype(object)
    opens, since = np.where(closed, NEVER, opens), _since(judged, people, day)
    return tuple(
        Opening(
            path, session, state[row], opens[row], first[row], until[row], since[row], judged[row]
        )
        for row, path in enumerate(paths)
    )


def _groups(judged: Judged, day: int) -> list[tuple[str, Window]]:
    """Return one window for each group of alternatives, with the day it is looked at."""
    groups: dict[str, list[tuple[Condition, Window]]] = {}
    for rank, (condition, met) in enumerate(judged):
        groups.setdefault(condition.group or str(rank), []).append((condition, met))
    return [
        (
            next((c.reference for c, _ in members if is_fixed(c.reference)), ""),
            either([met for _, met in members], day),
        )
        for members in groups.values()
    ]


def _since(judged: Sequence[Judged], people: People, day: int) -> Axis:
    """Return the last day on which a dated condition came to be met, 0 where one has no date."""
    always = window(people.count, since=1)
    dated = [[always, *(w for c, w in of_path if c.kind in _DATED)] for of_path in judged]
    starts = np.cumsum([0, *map(len, dated[:-1])])
    since, unknown = (
        np.array([getattr(w, name) for of_path in dated for w in of_path])
        for name in ("since", "unknown")
    )
    undated = np.logical_or.reduceat((since == 0) | unknown, starts)
    since[starts] = 0
    last = np.maximum.reduceat(since, starts)
    met_since: Axis = np.where(undated | (last > day), 0, last)
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
