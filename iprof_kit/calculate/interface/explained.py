"""Why a value is what it is: the texts, the pairs, the explanation that a person reads."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from iprof_kit.base.explanation import Kind
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.fields import Confiance


class Reference(Plain):
    """A text, in force since a date, with the confidence of our reading."""

    texte: str
    valide_du: date | None = None
    valide_au: date | None = None
    confiance: Confiance


class Line(Plain):
    """One pair of an explanation: what was read or computed, and its value, in French."""

    libelle: str
    valeur: str
    a_verifier: bool = False
    nature: Kind = Field(
        default="loi",
        description="« loi » (une valeur lue, ou ce qu’une règle en tire), « donnee » (du dossier "
        "ou de l’étape d’avant), « hypothese » ou « refus ».",
    )


class RowRead(Plain):
    """A row of a table that was read: what it gave, the table, its line in the file."""

    libelle: str
    table: str
    ligne: int


class Explanation(Plain):
    """Why a date, an index or an amount is what it is."""

    question: str
    regle: str
    lignes: tuple[Line, ...] = ()
    sources: tuple[Reference, ...] = ()
    regles: tuple[str, ...] = Field(
        default=(), description="Noms des règles appliquées, dans leur ordre (docs/law)."
    )
    lignes_lues: tuple[RowRead, ...] = Field(
        default=(), description="Lignes de data/reference d’où viennent les valeurs lues."
    )
