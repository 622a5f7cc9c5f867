"""The columns of an extract: guessed by their headings and by what they hold, then confirmed."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.identities import identity_in, masked
from iprof_kit.analytics.imports.files.raw import Raw, own_columns
from iprof_kit.analytics.imports.source import IGNORED, SPECIAL, Source, check_columns
from iprof_kit.analytics.imports.values.cells import Outcome, date_reader
from iprof_kit.analytics.imports.values.durations import unit_of
from iprof_kit.analytics.imports.values.grades import read_grade
from iprof_kit.analytics.imports.words import column_of, key, sensitive_words, value_words
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP

_DURATIONS = ("reliquat_jours", "anciennete_jours", "ags_jours")
_SEEN = 300


@dataclass(frozen=True)
class Guess:
    """What a heading is taken for, and why."""

    heading: str
    column: str
    why: str
    sure: bool
    examples: tuple[str, ...] = field(default=(), repr=False)

    @property
    def meaning(self) -> str:
        """What the column holds, in French."""
        if self.column in COLUMNS:
            return COLUMNS[self.column].meaning
        return SPECIAL.get(self.column, SPECIAL[IGNORED])


@dataclass
class Mapping:
    """The column of each heading of a file.

    Attributes
    ----------
    guesses : list of Guess
        One a heading, in the order of the file.
    units : dict of str to str
        Unit of each column of seniority.
    missing : list of str
        Headings that the source knew and that the file has no more.
    """

    guesses: list[Guess]
    units: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def columns(self) -> dict[str, str]:
        """The column of each heading that is taken."""
        return {g.heading: g.column for g in self.guesses if g.column not in ("", IGNORED)}

    @property
    def confirmed(self) -> bool:
        """Whether no column is only guessed by its contents; an unknown heading is not taken."""
        return all(g.sure for g in self.guesses if g.column)

    def changed(self, **columns: str) -> Mapping:
        """Return a mapping with other columns; see `with_columns` for headings of any form."""
        return self.with_columns(columns)

    def with_columns(self, columns: Dict[str, str]) -> Mapping:
        """Return a mapping in which some headings have the columns given, `-` to leave one out.

        Raises
        ------
        InputError
            A heading is not in the file, a column does not exist or is given twice.
        """
        known = {g.heading for g in self.guesses}
        unknown = [heading for heading in columns if heading not in known]
        if unknown:
            raise InputError(
                f"l’en-tête «{NBSP}{unknown[0]}{NBSP}» n’est pas dans le fichier.",
                where="correspondance",
                remedy=f"En-têtes{NBSP}: {', '.join(sorted(known))}.",
            )
        given = set(columns.values()) - {IGNORED}
        guesses = [
            Guess(g.heading, columns[g.heading], "indiqué", True, g.examples)
            if g.heading in columns
            else Guess(g.heading, "", "une autre colonne la donne", True, g.examples)
            if g.column in given
            else g
            for g in self.guesses
        ]
        check_columns({g.heading: g.column or IGNORED for g in guesses}, "correspondance")
        return Mapping(guesses, dict(self.units), self.missing)

    def table(self) -> pd.DataFrame:
        """Return the mapping as a table to read and correct."""
        return pd.DataFrame(
            {
                "en_tete": [g.heading for g in self.guesses],
                "colonne": [g.column or IGNORED for g in self.guesses],
                "sens": [g.meaning for g in self.guesses],
                "pourquoi": [g.why for g in self.guesses],
                "a_confirmer": [not g.sure for g in self.guesses],
                "exemples": [", ".join(g.examples) for g in self.guesses],
            }
        )


def guess_mapping(raw: Raw, source: Source, observed: date) -> Mapping:
    """Return the columns of a file: those that its source confirmed, else guesses."""
    taken: set[str] = set()
    by_heading: dict[str, Guess] = {}
    known = {key(heading): column for heading, column in source.columns.items()}
    headings = list(raw.table.columns)
    for name in own_columns(raw):
        by_heading[name] = Guess(name, "", "colonne propre à cette liste, gardée", True)
    samples = {name: _sample(raw.table[name]) for name in headings}
    for name in headings:
        column = None if name in by_heading else known.get(key(name))
        if column is not None and (column == IGNORED or column not in taken):
            by_heading[name] = Guess(name, column, "correspondance enregistrée", True)
            taken |= {column} - {IGNORED}
    for name in sorted(headings, key=lambda each: key(each) in sensitive_words()):
        if name in by_heading:
            continue
        column = name if name in SPECIAL else column_of(name)
        if column and column not in taken:
            by_heading[name] = Guess(name, column, "nom de l’en-tête", True)
            taken.add(column)
    for name in headings:
        if name not in by_heading:
            by_heading[name] = _by_contents(name, samples[name], taken, observed)
            taken |= {by_heading[name].column} - {""}
    guesses = [_with_examples(by_heading[name], samples[name]) for name in headings]
    units = {
        g.column: source.units.get(g.column, unit_of(g.heading, samples[g.heading]))
        for g in guesses
        if g.column in _DURATIONS
    }
    present = {key(name) for name in headings}
    missing = [heading for heading in source.columns if key(heading) not in present]
    return Mapping(guesses, units, missing)


def _by_contents(name: str, sample: list[str], taken: set[str], observed: date) -> Guess:
    words = key(name)
    if words in sensitive_words():
        return Guess(name, "", "donnée identifiante, non reprise", True)
    if column_of(name):
        return Guess(name, "", "une autre colonne la donne", True)
    for column in _candidates(sample, observed):
        if column not in taken:
            return Guess(name, column, "contenu de la colonne", False)
    return Guess(name, "", "en-tête inconnu", False)


def _candidates(sample: list[str], observed: date) -> list[str]:
    """Return the columns that the values of a sample may be, the surest first."""
    if not sample:
        return []
    distinct = {text.strip() for text in sample}
    keys = {key(text) for text in distinct}
    candidates = []
    if all(identity_in(text) for text in distinct):
        candidates.append("numero")
    if len(distinct) > 1 and keys <= {"f", "h", "m"}:
        candidates.append("sexe")
    if keys <= {"m", "mr", "mme", "mlle", "madame", "monsieur"} and len(keys) > 1:
        candidates.append("civilite")
    if all(re.fullmatch(r"\d{7}[A-Za-z]", text) for text in distinct):
        candidates.append("uai")
    if all(re.fullmatch(r"[A-Z]\d{4}|\d{4}[A-Z]", text) for text in distinct):
        candidates.append("discipline")
    if all(read_grade(text).corps and read_grade(text).grade for text in distinct):
        candidates.append("grade")
    elif all(read_grade(text).corps for text in distinct):
        candidates.append("corps")
    elif all(read_grade(text).grade for text in distinct):
        candidates.append("grade")
    for column in ("appreciation", "education_prioritaire"):
        if len(keys) > 1 and keys - {""} <= set(value_words(column)) and max(map(len, keys)) > 2:
            candidates.append(column)
    if _are_births(distinct, observed):
        candidates.append("date_naissance")
    return candidates


def _are_births(texts: set[str], observed: date) -> bool:
    read = date_reader(observed)
    cells = [read(text) for text in texts]
    days = [cell.value for cell in cells if cell.value and cell.outcome < Outcome.VIDEE]
    if len(days) < 0.9 * len(cells):
        return False
    ages = sorted(observed.year - day.year for day in days)
    return len(ages) > 2 and ages[0] >= 18 and ages[-1] <= 75 and ages[len(ages) // 2] >= 30


def _sample(column: pd.Series) -> list[str]:
    texts = column.head(5 * _SEEN).str.strip()
    return [text for text in texts.tolist() if text][:_SEEN]


def _with_examples(guess: Guess, sample: list[str]) -> Guess:
    """Add a few values, never of what identifies a person."""
    hidden = guess.column in ("numero", "nom", "prenom", "nom_prenom", "date_naissance", "")
    shown = () if hidden else tuple(dict.fromkeys(map(masked, sample)))[:3]
    return Guess(guess.heading, guess.column, guess.why, guess.sure, shown)
