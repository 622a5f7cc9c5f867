"""Fields of a long form, each with what was typed, what is wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.base.errors import KitError
from iprof_kit.ui.kit.parts import Field, Notice, Option
from iprof_kit.ui.shared import text

IN_MEMORY = "Gardé en mémoire tant que cette page est ouverte, jamais enregistré."
"""Said beside each field whose value is sensitive (see `iprof_kit.ui.kit.sensitive`)."""


@dataclass(frozen=True)
class FieldGroup:
    """Some fields under one heading."""

    title: str
    note: str
    fields: tuple[Field, ...]


@dataclass
class FieldMaker:
    """Makes fields with what was typed and what is wrong."""

    values: Mapping[str, str]
    errors: Mapping[str, KitError]

    def listed(
        self, name: str, label: str, pairs: Iterable[tuple[str, str]], current: str, hint: str = ""
    ) -> Field:
        """Return a list of (value, words); `current` is the one chosen."""
        error = self.errors.get(name)
        options = tuple(Option(v, text.french(words), v == current) for v, words in pairs)
        return Field(
            name,
            label,
            hint=text.french(hint),
            options=options,
            error=text.sentence(error.message) if error else "",
            remedy=text.french(error.remedy) if error else "",
        )

    def typed(self, name: str, label: str, hint: str = "", *, decimal: bool = False) -> Field:
        """Return a field to fill in, with what was typed in it."""
        error = self.errors.get(name)
        return Field(
            name,
            label,
            self.values.get(name, ""),
            text.french(hint),
            optional=True,
            numeric=not decimal,
            decimal=decimal,
            error=text.sentence(error.message) if error else "",
            remedy=text.french(error.remedy) if error else "",
        )

    def yes_no(self, name: str, label: str, current: bool, hint: str = "") -> Field:
        """Return a choice between « oui » and « non »."""
        pairs = (("oui", "oui"), ("non", "non"))
        return self.listed(name, label, pairs, "oui" if current else "non", hint)


def left_out(errors: Sequence[str]) -> tuple[Notice, ...]:
    """Return the notice of fields that were left out of the calculation."""
    if not errors:
        return ()
    names = ", ".join(errors)
    return (Notice("Calcul fait sans ce qui est à reprendre :", f"{names}.", kind="refused"),)
