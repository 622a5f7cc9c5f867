"""The reader of each column of a population table."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from iprof_kit.analytics.columns import AVIS, COLUMNS
from iprof_kit.analytics.identities import identity_in, masked
from iprof_kit.analytics.imports.values.cells import (
    Cell,
    Outcome,
    Reader,
    any_number,
    coded,
    date_reader,
    read_text,
    whole_number,
)
from iprof_kit.analytics.imports.values.codes import (
    academie_reader,
    read_departement,
    read_discipline,
    read_quotite,
    read_uai,
)
from iprof_kit.analytics.imports.values.durations import duration_reader
from iprof_kit.analytics.imports.words import key, value_words
from iprof_kit.base.words import NBSP

IDENTITY = "donnée identifiante, remplacée par un numéro opaque"
IDENTITY_INSIDE = "donnée identifiante mêlée à un autre texte"
_DURATIONS = ("reliquat_jours", "anciennete_jours", "ags_jours")
_CODED = ("sexe", "secteur", "appreciation", "education_prioritaire", "categorie_retraite")
_OF_TEXT = {"departement": read_departement, "discipline": read_discipline, "uai": read_uai}
_HIGHEST = 100_000
"""A whole number beyond is a number of another kind put in the wrong column."""


def reader_of(column: str, observed: date, unit: str = "jours") -> Reader:
    """Return the reader of a column.

    Parameters
    ----------
    column : str
        Name in `COLUMNS`; not `numero`, `corps`, `grade`, `echelon`, `chevron`, read together.
    observed : date
        Day at which the situations are seen.
    unit : str
        Of a column of seniority.
    """
    described = COLUMNS[column]
    if column in _OF_TEXT:
        return _OF_TEXT[column]
    if column == "academie":
        return academie_reader(observed)
    if column == "quotite":
        return read_quotite
    if column in _DURATIONS:
        return duration_reader(unit)
    if column in ("avis_1", "avis_2"):
        return coded(value_words("avis"), AVIS, _opinion_key)
    if column in _CODED:
        return coded(value_words(column), described.codes, _opinion_key)
    if column in ("position", "modalite"):
        return _labelled(column)
    if described.codes == ("0", "1"):
        return _yes_no
    if described.kind == "date":
        return date_reader(observed)
    if described.kind == "entier":
        return whole_number(0, _HIGHEST)
    return any_number if described.kind == "nombre" else read_text


def _opinion_key(text: str) -> str:
    """Return a word to look up: « 4 EXCELLENT » and « 1 - Excellent » are « excellent »."""
    bare = re.sub(r"^\d\s*[-.:)]?\s*(?=[A-Za-zÀ-ÿ])", "", text)
    return key(bare)


def _labelled(column: str) -> Reader:
    """Return a reader of words that have one usual writing; others are kept, to be verified."""

    def read(text: str) -> Cell:
        known = value_words(column).get(key(text))
        if known is None:
            return Cell(
                text, Outcome.A_VERIFIER, f"{column} inconnue, gardée comme elle est écrite"
            )
        return Cell(known)

    return read


def _yes_no(text: str) -> Cell:
    code = value_words("oui_non").get(key(text))
    if code is None:
        return Cell(None, Outcome.VIDEE, "ni oui ni non")
    return Cell(int(code))


def number_reader(mask: Callable[[str], str]) -> Reader:
    """Return a reader of the numbers of people; what identifies a person is masked.

    Parameters
    ----------
    mask : callable
        From an identity to an opaque number (`Source.mask`).
    """

    def read(text: str) -> Cell:
        bare = text.strip()
        if re.fullmatch(r"\d([.,]\d+)?E\+\d+", bare, re.IGNORECASE):
            return Cell(
                None,
                Outcome.REFUSEE,
                f"notation scientifique{NBSP}: le tableur a perdu des chiffres",
            )
        if identity := identity_in(bare):
            return Cell(mask(identity), Outcome.REPAREE, IDENTITY)
        if masked(bare) != bare:
            return Cell(None, Outcome.REFUSEE, IDENTITY_INSIDE)
        if whole := re.fullmatch(r"(\d+)[.,]0+", bare):
            return Cell(whole[1], Outcome.REPAREE, "décimales de tableur retirées")
        return Cell(bare)

    return read
