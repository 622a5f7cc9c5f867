"""Three questions at a time: those whose answer would open most of the paths that wait for one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import chain

from iprof_kit.base.asked import Asked, Group
from iprof_kit.base.calendar import YEAR, axis_of
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.paths import facts as path_facts
from iprof_kit.calculate.paths.lines import Overview, Try
from iprof_kit.ui.kit.fields import field_groups, wrong_fields
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.screens.autres_parcours.fields import (
    FACT,
    SERVICES,
    TAKEN,
    groups,
    personal,
    sensitive_groups,
)
from iprof_kit.ui.screens.autres_parcours.view import AskedNow, Questions

AT_ONCE = 3


@dataclass(frozen=True)
class Answerable:
    """What one answer to a field would say of the person: « 7 » to a diploma, « oui » to a fact."""

    field: str
    value: str
    adds: Try


@dataclass(frozen=True)
class NextQuestion:
    """A field, and what its answers would open."""

    asked: Asked
    opens: int
    """How many paths its best answer opens."""
    concerns: int
    """How many paths that wait for an answer look at it."""
    best: str
    """The value that opens most."""


def answerables(
    groups: Iterable[Group], answers: Mapping[str, str], today: date
) -> list[Answerable]:
    """Return the answers that the fields without one may be given."""
    fields = [field for group in groups for field in group.fields]
    return [
        one
        for field in fields
        if not answers.get(field.name, "").strip() and not personal(field.name)
        for one in _answers_to(field, today)
    ]


def _answers_to(field: Asked, today: date) -> Iterable[Answerable]:
    name = field.name
    values = [value for value, _ in field.choices if value]
    if name.startswith(FACT):
        for value in values:
            yield Answerable(name, value, Try("facts", name.removeprefix(FACT), value == "oui"))
    elif name.startswith(SERVICES):
        most = field.largest * YEAR
        yield Answerable(name, "", Try("services", name.removeprefix(SERVICES), most))
    elif name.startswith(TAKEN):
        yield Answerable(name, "", Try("months_taken", name.removeprefix(TAKEN), 0))
    elif name == "niveau_diplome":
        for value in values:
            level = int(value) if value.isdigit() else 0
            yield Answerable(name, value, Try("diploma", "", level))
    elif name == "inscription":
        for value in values:
            yield Answerable(name, value, Try("enrolled", "", value))
    elif name == "enfants":
        yield Answerable(name, "oui", Try("children", "naissance", axis_of(today)))


def next_questions(
    groups: Iterable[Group],
    possible: Sequence[Answerable],
    overview: Overview,
    codes: Collection[str],
    turn: int,
) -> tuple[tuple[NextQuestion, ...], int]:
    """Return the questions of a turn, and how many wait in all.

    Parameters
    ----------
    groups : iterable of Group
        What the paths shown need.
    possible : sequence of Answerable
        In the order of `overview.opened`.
    codes : collection of str
        The paths shown.
    turn : int
        0 for the first three; after the last ones, the first come again.
    """
    waiting = [line.code for line in overview.lines if line.not_told and line.code in codes]
    by_field: dict[str, dict[str, int]] = {}
    for one, opened in zip(possible, overview.opened, strict=True):
        by_field.setdefault(one.field, {})[one.value] = len(opened & set(codes))
    every = sorted(
        (
            _question(field, by_field[field.name], waiting)
            for group in groups
            for field in group.fields
            if field.name in by_field
        ),
        key=lambda one: (-one.opens, -one.concerns),
    )
    useful = [one for one in every if one.concerns or one.opens]
    if not useful:
        return (), 0
    turns = -(-len(useful) // AT_ONCE)
    first = turn % turns * AT_ONCE
    return tuple(useful[first : first + AT_ONCE]), len(useful)


def _question(field: Asked, opened: Mapping[str, int], waiting: Sequence[str]) -> NextQuestion:
    best = max(opened, key=lambda value: opened[value])
    concerns = sum(field.name in _needed_by(code) for code in waiting)
    return NextQuestion(field, opened[best], concerns, best)


@cache
def _needed_by(code: str) -> frozenset[str]:
    """Return the names of the fields that the conditions of a path look at."""
    needs = path_facts.needs_of((code,))
    names = {f"{FACT}{key}" for key in needs.facts} | {f"{SERVICES}{n}" for n in needs.natures}
    names |= {f"{TAKEN}{period}" for period in needs.periods}
    names |= {"niveau_diplome", "inscription"} if needs.studies else set()
    return frozenset(names | ({"enfants"} if needs.children else set()))


def opens_words(question: NextQuestion) -> str:
    """Return « oui : ouvre 2 parcours », « compte pour 3 parcours »."""
    if not question.opens:
        return f"compte pour {question.concerns} parcours"
    labels = dict(question.asked.choices)
    answer = labels.get(question.best, "")
    opens = f"ouvre {question.opens} parcours"
    return f"{answer} : {opens}" if answer else f"jusqu’à {question.opens} parcours"


Errors = Mapping[str, KitError]


def questions_of(
    overview: Overview,
    possible: Sequence[Answerable],
    codes: Sequence[str],
    answers: Mapping[str, str],
    errors: Errors,
    *,
    turn: int,
) -> Questions:
    """Return what is asked of the paths shown, in the light of what is answered already.

    A field that could not be read stays among the first, with what is wrong. What would open a
    path comes three at a time; what is answered already, and what opens none, is in the form.
    """
    needed = groups(answers, codes)
    wrong = [field for group in needed for field in group.fields if field.name in errors]
    following, waiting = next_questions(needed, possible, overview, codes, turn)
    shown = [(field, "") for field in wrong[:AT_ONCE]]
    shown += [(one.asked, opens_words(one)) for one in following][: AT_ONCE - len(shown)]
    now = _now(shown, answers, errors)
    elsewhere = {one.field.name for one in now} | {one.field for one in possible}
    every = field_groups(_without(needed, elsewhere), answers, errors)
    sensitive = field_groups(sensitive_groups(codes), answers, errors)
    return Questions(
        now=now,
        waiting=waiting,
        every=every,
        wrong=tuple(chain((one.field for one in now if one.field.error), wrong_fields(every))),
        given=sum(bool(field.value) for group in every for field in group.fields),
        sensitive=sensitive[0] if sensitive else None,
    )


def _now(
    shown: Sequence[tuple[Asked, str]], answers: Mapping[str, str], errors: Errors
) -> tuple[AskedNow, ...]:
    ready = field_groups((Group("", tuple(asked for asked, _ in shown)),), answers, errors)
    return tuple(
        AskedNow(_alone(field), opens)
        for field, (_, opens) in zip(ready[0].fields, shown, strict=True)
    )


def _alone(field: Field) -> Field:
    """Return a field without the title of its group: what it counts is said under its name."""
    hint = "En années complètes" if field.name.startswith(SERVICES) else field.hint
    return replace(field, hint=hint, needed=True)


def _without(every: Sequence[Group], names: Collection[str]) -> tuple[Group, ...]:
    left = (
        Group(group.title, tuple(field for field in group.fields if field.name not in names))
        for group in every
    )
    return tuple(group for group in left if group.fields)
