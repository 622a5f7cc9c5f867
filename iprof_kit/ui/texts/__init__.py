"""The long texts of the screens: one data file a subject and a language, nothing in code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from iprof_kit.base.errors import BadTable
from iprof_kit.base.plain import Plain
from iprof_kit.base.yaml_text import read_yaml

_T = TypeVar("_T")

LANGUAGE = "fr"
_SCREENS = "iprof_kit.ui.screens"
Where = Mapping[str, str | tuple[str, ...]]
"""What rows of a table must be: a column, and one text or several."""
Column = Annotated[tuple[str, ...], Field(min_length=3, max_length=4)]
"""A column of a table, as a guide shows it: name, heading, form, what an empty cell reads."""


class Help(Plain):
    """The help of a screen: what it shows, what one may do there, where the act is made."""

    titre: str
    montre: str
    faire: tuple[str, ...]
    acte: str


class CellText(Plain):
    """A value of a table that a guide tells, with the words before it and its form."""

    dit: str
    table: str
    ou: Where
    colonne: str
    forme: str


class SentencesText(Plain):
    """Sentences that stand in a table."""

    table: str
    ou: Where
    colonne: str


class PartText(Plain):
    """A part of a guide: words, rules by name, values, sentences and a grid of tables."""

    titre: str
    degre: str = ""
    texte: tuple[str, ...] = ()
    regles: tuple[str, ...] = ()
    valeurs: tuple[CellText, ...] = ()
    phrases: SentencesText | None = None
    campagne: str = ""
    table: str = ""
    legende: str = ""
    ou: Where = Field(default_factory=dict)
    colonnes: tuple[Column, ...] = ()
    mots: Mapping[str, str] = Field(default_factory=dict)
    vide: str = "aucune valeur pour votre corps"


class GuideText(Plain):
    """A guide as it is written: no figure of the law is in it."""

    nom: str
    titre: str
    phrase: str
    ecrans: Mapping[str, str]
    """The screens that it leads to: address, and the words of the link."""
    parties: tuple[PartText, ...]


@cache
def texts_of(subject: str) -> Any:
    """Return what the file of a subject holds, in the language of the screens."""
    file = files(__name__).joinpath(f"{subject}.{LANGUAGE}.yml")
    return read_yaml(file.read_text(encoding="utf-8"))


@cache
def guide_texts() -> tuple[GuideText, ...]:
    """Return the guides, as they are written.

    Raises
    ------
    BadTable
        One of them lacks a key, or has one that nothing reads.
    """
    return checked(tuple[GuideText, ...], texts_of("guides"), f"guides.{LANGUAGE}.yml")


@cache
def helps_of_screens() -> dict[str, Help]:
    """Return the help of each address: it stands beside its screen, in `ui/screens/*`.

    Raises
    ------
    BadTable
        One of them lacks a key, or has one that nothing reads.
    """
    every: dict[str, Help] = {}
    for folder in files(_SCREENS).iterdir():
        file = folder.joinpath(f"aide.{LANGUAGE}.yml")
        if folder.is_dir() and file.is_file():
            written = read_yaml(file.read_text(encoding="utf-8"))
            every |= checked(dict[str, Help], written, f"{folder.name}/{file.name}")
    return every


def checked(kind: type[_T], written: Any, name: str) -> _T:
    """Return a text as its model; `name` is that of its file.

    Raises
    ------
    BadTable
        It is not one.
    """
    try:
        return TypeAdapter(kind).validate_python(written)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadTable(
            f"ce texte n’a pas les clés attendues : {first['msg']}.",
            where=f"{name}, {'.'.join(map(str, first['loc']))}",
            remedy="Comparez-le à ses voisins.",
        ) from error
