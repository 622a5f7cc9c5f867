"""Fields that a screen asks, ready to show: hints, choices, what was typed, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iprof_kit.base.errors import KitError
from iprof_kit.ui.fields.asked import OPTIONAL, Asked, Group
from iprof_kit.ui.kit.parts import Field, Option
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class FieldGroup:
    """Fields of one subject, under one legend."""

    title: str
    fields: tuple[Field, ...]


def field_groups(
    groups: Iterable[Group], answers: Mapping[str, str], errors: Mapping[str, KitError]
) -> tuple[FieldGroup, ...]:
    """Return the fields with what was typed, and what is wrong with it."""
    return tuple(
        FieldGroup(group.title, tuple(_field(f, answers, errors.get(f.name)) for f in group.fields))
        for group in groups
    )


def wrong_fields(groups: Iterable[FieldGroup]) -> tuple[Field, ...]:
    """Return the fields to be mended."""
    return tuple(field for group in groups for field in group.fields if field.error)


def _field(asked: Asked, answers: Mapping[str, str], error: KitError | None) -> Field:
    typed = answers.get(asked.name, "")
    optional = asked.hint == OPTIONAL
    return Field(
        asked.name,
        text.french(asked.label),
        typed,
        "" if optional else _hint(asked),
        tuple(Option(value, text.french(label), value == typed) for value, label in asked.choices),
        text.sentence(error.message) if error else "",
        text.french(error.remedy) if error else "",
        optional,
        asked.kind != "choice",
    )


def _hint(asked: Asked) -> str:
    form = "jj/mm/aaaa" if asked.kind == "day" else ""
    return text.french(". ".join(filter(None, (asked.hint, form))))
