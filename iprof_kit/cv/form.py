"""What a person writes in a CV, and how a form asks for it: plain data, words and limits."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from iprof_kit.base.plain import Plain

Source = Literal["dossier", "saisie"]
Kind = Literal["text", "long", "month", "day", "select", "radio", "number", "check"]
Choices = tuple[tuple[str, str], ...]

LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000


def new_id() -> str:
    """Return an identifier for a new item or a new target: 12 hexadecimal digits."""
    return secrets.token_hex(6)


@dataclass(frozen=True)
class Spec:
    """One field: its name in the model, its words, how it is entered, how long it may be."""

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    optional: bool = True
    choices: Choices = ()
    suggestions: tuple[str, ...] = ()
    autocomplete: str = "off"
    in_a_sentence: str = ""
    """How a sentence names it; empty: its label."""
    unit: str = ""
    """What is written after its value."""
    most: int = 0
    """Characters that it may have, where that is not what its kind says."""

    @property
    def word(self) -> str:
        """Return how a sentence names the field: « année d’accès »."""
        return self.in_a_sentence or f"{self.label[:1].lower()}{self.label[1:]}"

    @property
    def longest(self) -> int:
        """Return how many characters the field may have."""
        return self.most or (LONGEST_TEXT if self.kind == "long" else LONGEST_LINE)


class Written(Plain):
    """A part of a CV that people write."""

    form: ClassVar[tuple[Spec, ...]] = ()
    """Its fields, in the order in which they are asked for."""
    not_asked: ClassVar[Mapping[str, str]] = {"source": "origine"}
    """How a sentence names the fields that no form asks for."""

    @classmethod
    def word(cls, name: str) -> str:
        """Return how a sentence names a field: « année d’accès » for `annee_acces`."""
        asked = (spec.word for spec in cls.form if spec.name == name)
        return next(asked, cls.not_asked.get(name, name))

    @classmethod
    def longest(cls, name: str) -> int:
        """Return how many characters a field may have."""
        return next((spec.longest for spec in cls.form if spec.name == name), LONGEST_LINE)


DESCRIPTION = Spec("description", "Description", "long", "Quelques lignes, en texte simple.")
PERIOD = (
    Spec("debut", "Début", "month", optional=False),
    Spec("fin", "Fin", "month", "Laissez vide si cela dure encore."),
)
