"""Why a value is what it is: the texts, the pairs, the explanation that a person reads."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from iprof_kit.base.explanation import Kind
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.fields import Confiance, Identifiant, Phrase


class Reference(Plain):
    """A text, in force since a date, with the confidence of our reading."""

    texte: Phrase = Field(description="Texte, avec son article ou sa page.")
    valide_du: date | None = Field(
        default=None, description="Premier jour d’application, s’il est connu."
    )
    valide_au: date | None = Field(
        default=None, description="Dernier jour d’application, s’il est connu."
    )
    confiance: Confiance = Field(
        description="Confiance de la lecture, de A (texte lu) à D (non vérifié)."
    )


class Line(Plain):
    """One pair of an explanation: what was read or computed, and its value, in French."""

    libelle: Phrase = Field(description="Nom, en français.")
    valeur: Phrase = Field(description="Valeur, écrite en français.")
    a_verifier: bool = Field(
        default=False,
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier.",
    )
    nature: Kind = Field(
        default="loi",
        description="« loi » (une valeur lue, ou ce qu’une règle en tire), « donnee » (du dossier "
        "ou de l’étape d’avant), « hypothese » ou « refus ».",
    )


class RowRead(Plain):
    """A row of a table that was read: what it gave, the table, its line in the file."""

    libelle: Phrase = Field(description="Nom, en français.")
    table: Identifiant = Field(description="Table de data/reference.")
    ligne: int = Field(description="Numéro de la ligne dans le fichier.")


class Explanation(Plain):
    """Why a date, an index or an amount is what it is."""

    question: Phrase = Field(description="La question à laquelle l’explication répond.")
    regle: Phrase = Field(description="Ce que disent les règles appliquées.")
    lignes: tuple[Line, ...] = Field(
        default=(), description="Ce qui a été lu ou calculé, dans l’ordre."
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )
    regles: tuple[Identifiant, ...] = Field(
        default=(), description="Noms des règles appliquées, dans leur ordre (docs/law)."
    )
    lignes_lues: tuple[RowRead, ...] = Field(
        default=(), description="Lignes de data/reference d’où viennent les valeurs lues."
    )
