"""What a person writes in a CV, and how a form asks for it: plain data, words and limits."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import ClassVar, Literal

from iprof_kit.base.asked import Asked
from iprof_kit.base.plain import Plain

Source = Literal["dossier", "saisie"]

LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000


def new_id() -> str:
    """Return an identifier for a new item or a new target: 12 hexadecimal digits."""
    return secrets.token_hex(6)


class Written(Plain):
    """A part of a CV that people write."""

    form: ClassVar[tuple[Asked, ...]] = ()
    """Its fields, in the order in which they are asked for."""
    not_asked: ClassVar[Mapping[str, str]] = {"source": "origine"}
    """How a sentence names the fields that no form asks for."""

    @classmethod
    def word(cls, name: str) -> str:
        """Return how a sentence names a field: « année d’accès » for `annee_acces`."""
        asked = (one.word for one in cls.form if one.name == name)
        return next(asked, cls.not_asked.get(name, name))

    @classmethod
    def longest(cls, name: str) -> int:
        """Return how many characters a field may have."""
        asked = next((one for one in cls.form if one.name == name), None)
        if asked is None:
            return LONGEST_LINE
        return asked.most or (LONGEST_TEXT if asked.kind == "long" else LONGEST_LINE)


DESCRIPTION = Asked("description", "Description", "long", "Quelques lignes, en texte simple.")
PERIOD = (
    Asked("debut", "Début", "month", needed=True),
    Asked("fin", "Fin", "month", "Laissez vide si cela dure encore."),
)
