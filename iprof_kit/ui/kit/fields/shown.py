"""Fields ready to show: hints, choices, what was typed, what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.base.asked import Answers, Asked, Choices, Group
from iprof_kit.base.errors import KitError
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.parts import Field, Notice
from iprof_kit.ui.shared import text

IN_MEMORY = "Gardé en mémoire tant que cette page est ouverte, jamais enregistré."
"""Said beside each field whose value is sensitive (see `iprof_kit.ui.kit.sensitive`)."""
NO_YES: Choices = (("", "non"), ("oui", "oui"))
_YES_OR_NO: Choices = (("oui", "oui"), ("non", "non"))
DATE_HINT = "Jour, mois, année : 01/09/2024"
_DAY, _ORDER = "jj/mm/aaaa", "jour, mois, année"
Errors = Mapping[str, KitError] | Mapping[str, ErreurChamp]


@dataclass(frozen=True)
class FieldGroup:
    """Fields of one subject, under one legend."""

    title: str
    fields: tuple[Field, ...]
    note: str = ""


def yes_or_no(name: str, label: str, hint: str = "", *, yes: bool = False) -> Asked:
    """Return a choice between « oui » and « non », the latter before anything is chosen."""
    default = "oui" if yes else "non"
    return Asked(name, label, hint=hint, choices=_YES_OR_NO, default=default)


def shown(asked: Asked, value: str = "", error: KitError | ErreurChamp | None = None) -> Field:
    """Return a field with what was typed, and what is wrong with it.

    Examples
    --------
    >>> shown(Asked("depuis", "Depuis le", "day"), "12/2020").hint
    'jj/mm/aaaa'
    """
    hint = asked.hint
    if asked.kind == "day" and not any(how in hint.lower() for how in (_DAY, _ORDER)):
        hint = ". ".join(filter(None, (hint, _DAY)))
    wrong = {}
    if error:
        remedy = error.remede if isinstance(error, ErreurChamp) else error.remedy
        wrong = {"error": text.sentence(error.message), "remedy": remedy}
    return Field(**vars(asked) | {"hint": hint, "value": value} | wrong)


def fields_of(asked: Iterable[Asked], values: Answers, errors: Errors) -> tuple[Field, ...]:
    """Return fields with what was typed, and what is wrong with it."""
    return tuple(shown(one, values.get(one.name, ""), errors.get(one.name)) for one in asked)


def field_groups(
    groups: Iterable[Group], values: Answers, errors: Errors
) -> tuple[FieldGroup, ...]:
    """Return groups of fields with what was typed, and what is wrong with it."""
    return tuple(
        FieldGroup(group.title, fields_of(group.fields, values, errors), group.note)
        for group in groups
    )


def wrong_fields(groups: Iterable[FieldGroup]) -> tuple[Field, ...]:
    """Return the fields to be mended."""
    return tuple(field for group in groups for field in group.fields if field.error)


def left_out(errors: Sequence[str]) -> tuple[Notice, ...]:
    """Return the notice of fields that were left out of the calculation."""
    if not errors:
        return ()
    names = ", ".join(errors)
    return (Notice("Calcul fait sans ce qui est à reprendre :", f"{names}.", kind="refused"),)
