"""The days and lengths that the conditions of a path name in their sentences, as values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from iprof_kit.base.calendar import axis_of, date_of, date_text, duration_text
from iprof_kit.calculate.paths.question import EligibilityQuestion
from iprof_kit.law.paths.opening import Opening
from iprof_kit.law.paths.people import NEVER, People, seniority
from iprof_kit.law.paths.rows import Condition, threshold_days
from iprof_kit.law.paths.sessions import is_fixed, reference_day
from iprof_kit.law.paths.windows import Window


class Named(NamedTuple):
    """A quantity that a sentence names: what it is, as it is read, its value (days of a length)."""

    quantity: str
    words: str
    value: date | int


_Said = tuple[str, date | int | None]


def named(opened: Opening, question: EligibilityQuestion, people: People) -> tuple[Named, ...]:
    """Return what the sentences about one path may name, of the first person of the columns.

    Parameters
    ----------
    people : People
        Its first row is the person.
    """
    every = (
        (f"{opened.path.code}.{condition.kind}.{condition.key}.{what}", value)
        for condition, window in opened.judged
        for what, value in _said(condition, window, opened.session, question, people)
    )
    return tuple(Named(f"path.{what}", _written(v), v) for what, v in every if v is not None)


def _written(value: date | int) -> str:
    return date_text(value) if isinstance(value, date) else duration_text(value)


def _said(
    condition: Condition,
    window: Window,
    session: int,
    question: EligibilityQuestion,
    people: People,
) -> Iterator[_Said]:
    if is_fixed(condition.reference):
        yield "reference", reference_day(condition.reference, session)
    since = int(window.since[0])
    if not window.unknown[0] and 0 < since < NEVER:
        yield "met", date_of(since)
    if condition.kind in _OWN:
        yield from _OWN[condition.kind](condition, question)
    if condition.kind == "services":
        needed = threshold_days(condition)
        served = seniority(people, condition.key, needed, axis_of(question.jour))
        yield from (("had", int(served.at_least[0])), ("needed", needed))


def _age(_: Condition, asked: EligibilityQuestion) -> Iterator[_Said]:
    born = asked.date_naissance
    yield "had", born and axis_of(asked.jour) - axis_of(born)


def _born(condition: Condition, asked: EligibilityQuestion) -> Iterator[_Said]:
    first, last = condition.key.split("/")
    limit = "" if condition.unit == "mois" else condition.value
    for what, day in (("from", first), ("to", last), ("limit", limit)):
        yield what, date.fromisoformat(day) if day else None
    yield from _youngest(condition, asked)


def _youngest(_: Condition, asked: EligibilityQuestion) -> Iterator[_Said]:
    children = asked.enfants or ()
    yield "born", max((c.naissance for c in children if c.naissance), default=None)
    yield "came", max((d for c in children if (d := c.adoption or c.naissance)), default=None)


_OWN: dict[str, Callable[[Condition, EligibilityQuestion], Iterator[_Said]]] = {
    "age": _age,
    "enfant_ne": _born,
    "enfant_age": _youngest,
    "titulaire": lambda _, asked: iter([("since", asked.date_titularisation)]),
    "corps_detenu": lambda _, asked: iter([("since", asked.date_entree_corps)]),
    "retour": lambda it, asked: iter([("back", asked.fin_derniere_periode.get(it.key))]),
    "en_vigueur": lambda it, _: iter([("from", it.papers.since), ("to", it.papers.until)]),
}
"""What the conditions of one kind say besides their reference and the day they are met."""
