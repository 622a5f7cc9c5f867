"""What Autres parcours asks: three questions at a time, what is answered, personal situations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from iprof_kit.base.asked import Asked, Group
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.paths.lines import Overview
from iprof_kit.ui.kit.fields import field_groups, wrong_fields
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.screens.autres_parcours.fields import SERVICES, groups, sensitive_groups
from iprof_kit.ui.screens.autres_parcours.next_questions import (
    AT_ONCE,
    Answerable,
    next_questions,
    opens_words,
)
from iprof_kit.ui.screens.autres_parcours.view import AskedNow, Questions

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
    return replace(field, hint=hint, optional=False)


def _without(every: Sequence[Group], names: Collection[str]) -> tuple[Group, ...]:
    left = (
        Group(group.title, tuple(field for field in group.fields if field.name not in names))
        for group in every
    )
    return tuple(group for group in left if group.fields)
