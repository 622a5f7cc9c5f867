"""The one answer that is asked first of who has not told enough: what most competitions look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.asked import Group
from iprof_kit.ui.kit.fields import field_groups, read_fields
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.screens.autres_parcours.fields import groups

_REFINE = ("inscription", "master")
"""What only refines another answer: it is asked beside the others, never alone."""


@dataclass(frozen=True)
class MissingAnswer:
    """The question: its field, and how many competitions look at its answer."""

    field: Field
    counted: str


def missing_answer(
    waiting: Sequence[str], answers: Mapping[str, str], today: date
) -> MissingAnswer | None:
    """Return the question that most of the waiting competitions look at; None for none left.

    Parameters
    ----------
    waiting : sequence of str
        Codes of the competitions whose conditions are not all told.
    answers : mapping
        What was answered already, here or in « Autres parcours ».
    today : date

    Examples
    --------
    >>> asked = missing_answer(["CAPES_INT"], {}, date(2026, 12, 1))
    >>> asked.field.name, asked.counted
    ('niveau_diplome', 'Un concours à préciser en tient compte.')
    """
    every = {one.name: one for each in groups(answers, tuple(waiting)) for one in each.fields}
    looked_at = Counter(
        one.name
        for code in waiting
        for each in groups(answers, (code,))
        for one in each.fields
        if one.name in every and one.name not in _REFINE
    )
    names = [name for name in every if looked_at[name]]
    errors = read_fields((Group("", tuple(every.values())),), answers, today).errors
    left = [name for name in names if name in errors or not answers.get(name, "").strip()]
    if not left:
        return None
    name = max(left, key=lambda one: (one in errors, looked_at[one]))
    (shown,) = field_groups((Group("", (every[name],)),), answers, errors)
    count = looked_at[name]
    counted = f"{count} concours à préciser en tiennent compte."
    if count == 1:
        counted = "Un concours à préciser en tient compte."
    return MissingAnswer(shown.fields[0], counted)
