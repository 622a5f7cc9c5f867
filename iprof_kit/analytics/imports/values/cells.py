"""One cell read: its value, and what was done or is doubtful, in French.

Readers are plain functions from a text to a `Cell`; `read_column` runs one on the distinct texts
of a column, so that 900,000 rows cost no more than their distinct values.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.columns import Column
from iprof_kit.analytics.imports.words import empty_words
from iprof_kit.base.names import words_in
from iprof_kit.base.words import NBSP, folded


def combinations(
    table: pd.DataFrame, names: tuple[str, ...]
) -> tuple[npt.NDArray[np.int64], list[tuple[str, ...]]]:
    """Return, for each row, the place of its combination, and the distinct combinations."""
    whole = np.zeros(len(table), np.int64)
    for name in names:
        codes, distinct = pd.factorize(table[name])
        whole = whole * max(len(distinct), 1) + codes
        whole = pd.factorize(whole)[0]
    _, first = np.unique(whole, return_index=True)
    rows = table[list(names)].iloc[first]
    return whole, [tuple(row) for row in rows.itertuples(index=False)]


class Outcome(IntEnum):
    """What became of a cell, the mildest first."""

    ACCEPTEE = 0
    A_VERIFIER = 1
    REPAREE = 2
    VIDEE = 3
    REFUSEE = 4


class Cell(NamedTuple):
    """A value, what became of it, and why."""

    value: Any
    outcome: Outcome = Outcome.ACCEPTEE
    why: str = ""


Reader = Callable[[str], Cell]
NOTHING = Cell(None)
FORMULA = Cell(
    None,
    Outcome.VIDEE,
    f"formule sans résultat{NBSP}: ouvrez le classeur dans un tableur et enregistrez-le",
)
_WRAPPED = re.compile(r'=\s*"(.*)"|\'(.+)|"(.*)"')
_MOJIBAKE = re.compile(r"[ÃÂâ][^\x00-\x7f]")
_LOST = re.compile(r"\ufffd|(?<=[A-Za-zÀ-ÿ])\?(?=[A-Za-zÀ-ÿ])|(?<=[A-Za-z])¿(?=[A-Za-z])")
_NEEDS_A_LOOK = r'^\s|\s$|\s\s|[\u00a0\ufffd\x00-\x1fÃÂâ?¿]|^[=\'"]'
_SERIAL_ORIGIN = date(1899, 12, 30)
_MONTHS = words_in("janv fevr mars avr mai juin juil aout sept oct nov dec")


@dataclass(frozen=True)
class Read:
    """A column read: one value and one cell a distinct text, and the text of each row."""

    codes: npt.NDArray[np.int64]
    texts: npt.NDArray[np.object_] = field(repr=False)
    cells: list[Cell] = field(repr=False)

    def outcomes(self) -> npt.NDArray[np.int8]:
        """Return what became of each row's cell."""
        return np.array([cell.outcome for cell in self.cells], np.int8)[self.codes]

    def values(self, column: Column) -> pd.Series:
        """Return the column in its dtype; nothing known is `column.absent`, or missing."""
        values = [column.absent if c.value is None else c.value for c in self.cells]
        if column.kind == "texte":
            values = ["" if value is None else value for value in values]
        elif column.kind == "date":
            values = [np.datetime64("NaT") if v is None else np.datetime64(v) for v in values]
            return pd.Series(np.array(values, "datetime64[us]")[self.codes])
        typed = pd.array(values, dtype=column.dtype)
        return pd.Series(typed.take(self.codes))


def read_column(texts: pd.Series, reader: Reader) -> Read:
    """Read each distinct text of a column once."""
    codes, distinct = pd.factorize(texts)
    words = np.asarray(distinct, dtype=object)
    return Read(codes, words, [_cell(text, reader) for text in words])


def read_plain(texts: pd.Series) -> Read:
    """Read a column of free text: only the texts that need a look are looked at."""
    codes, distinct = pd.factorize(texts)
    words = np.asarray(distinct, dtype=object)
    odd = distinct.str.contains(_NEEDS_A_LOOK, regex=True)
    cells = [read_text(text) if look else Cell(text) for text, look in zip(words, odd, strict=True)]
    return Read(codes, words, cells)


def _cell(text: str, reader: Reader) -> Cell:
    bare, first = bared(text)
    if bare.startswith("="):
        return FORMULA
    if not bare[:1].isdigit() and folded(bare) in empty_words():
        return NOTHING
    cell = reader(bare)
    if first and cell.outcome in (Outcome.ACCEPTEE, Outcome.A_VERIFIER):
        why = f"{first}{NBSP}; {cell.why}" if cell.why else first
        return Cell(cell.value, Outcome.REPAREE, why)
    return cell


def bared(text: str) -> tuple[str, str]:
    """Return a text without spreadsheet wrapping nor broken accents, and what was mended."""
    bare = " ".join(text.replace("\u00a0", " ").replace("\x00", "").split())
    mended = ""
    if wrapped := _WRAPPED.fullmatch(bare):
        bare = next(part for part in wrapped.groups() if part is not None).strip()
        mended = "écriture de tableur retirée"
    if _MOJIBAKE.search(bare):
        for name in ("cp1252", "latin-1"):
            try:
                bare, mended = bare.encode(name).decode("utf-8"), "accents abîmés rétablis"
                break
            except UnicodeError:
                continue
    return bare, mended


def read_text(text: str) -> Cell:
    """Read free text: trimmed, accents restored; a letter lost for good is said."""
    bare, mended = bared(text)
    if bare.startswith("="):
        return FORMULA
    if _LOST.search(bare):
        return Cell(bare, Outcome.A_VERIFIER, "un caractère a été perdu par la source")
    return Cell(bare, Outcome.REPAREE, mended) if mended else Cell(bare)


def number_of(text: str) -> float | None:
    """Return the number that a text writes, decimal comma or point; None where it writes none."""
    bare = re.sub(r"[\s\u202f\u00a0']", "", text).removesuffix("%").replace(",", ".")
    try:
        number = float(bare)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def whole_number(low: int, high: int) -> Reader:
    """Return a reader of whole numbers between two bounds."""

    def read(text: str) -> Cell:
        number = number_of(text)
        if number is None:
            return Cell(None, Outcome.VIDEE, "n’est pas un nombre")
        if not low <= number <= high:
            return Cell(None, Outcome.VIDEE, f"hors de {low} à {high}")
        if number != int(number):
            return Cell(round(number), Outcome.REPAREE, "arrondi à l’unité")
        return Cell(int(number))

    return read


def any_number(text: str) -> Cell:
    """Read a number with decimals."""
    number = number_of(text)
    return Cell(number) if number is not None else Cell(None, Outcome.VIDEE, "n’est pas un nombre")


def coded(words: dict[str, str], codes: tuple[str, ...], key: Callable[[str], str]) -> Reader:
    """Return a reader of codes, by their words; the message lists those that exist."""

    def read(text: str) -> Cell:
        code = words.get(key(text))
        if code is not None:
            return Cell(code)
        return Cell(
            None, Outcome.VIDEE, f"valeur inconnue{NBSP}; possibles{NBSP}: {', '.join(codes)}"
        )

    return read


def date_reader(observed: date) -> Reader:
    """Return a reader of dates as a French extract writes them.

    Read as they are: 01/09/2024, 2024-09-01, 20240901, 01.09.2024, an hour after any of them.
    Mended, and said: 1/9/24, 01092024 with its zero lost, the day number of a spreadsheet.
    31/12/9999 and 00/00/0000 mean no date.
    """

    def read(text: str) -> Cell:
        bare = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$", "", text)
        if re.fullmatch(r"(00[/.-]00[/.-]0000|0{6,8}|0000-00-00)", bare):
            return Cell(None, Outcome.REPAREE, "date fictive lue comme vide")
        parts, how = _parts(bare, observed)
        if parts is None:
            return Cell(None, Outcome.VIDEE, f"n’est pas une date (attendu{NBSP}: 01/09/2024)")
        day, month, year = parts
        if year >= 2999:
            return Cell(None, Outcome.REPAREE, "date fictive lue comme vide")
        try:
            day_read = date(year, month, day)
        except ValueError:
            return Cell(None, Outcome.VIDEE, _impossible(day, month))
        if not 1900 <= year <= 2100:
            return Cell(None, Outcome.VIDEE, "année impossible")
        return Cell(day_read, Outcome.REPAREE, how) if how else Cell(day_read)

    return read


def _impossible(day: int, month: int) -> str:
    if month > 12 and day <= 12:
        return f"date impossible{NBSP}: le mois et le jour semblent inversés"
    return "date impossible"


def _parts(bare: str, observed: date) -> tuple[tuple[int, int, int] | None, str]:
    """Return day, month, year, and what had to be supposed."""
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", bare):
        year, month, day = map(int, match.groups())
        return (day, month, year), ""
    if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", bare):
        day, month, year = map(int, match.groups())
        if len(match[3]) == 2:
            return (day, month, _century(year, observed)), "siècle supposé"
        return (day, month, year), ""
    if match := re.fullmatch(r"(\d{1,2})[ -]([a-zéû]+)\.?[ -](\d{4}|\d{2})", bare.lower()):
        names = [n for n, name in enumerate(_MONTHS, 1) if folded(match[2]).startswith(name)]
        if names:
            year = int(match[3]) if len(match[3]) == 4 else _century(int(match[3]), observed)
            return (int(match[1]), names[0], year), "" if len(match[3]) == 4 else "siècle supposé"
    if re.fullmatch(r"\d{7,8}", bare):
        return _of_digits(bare)
    if match := re.fullmatch(r"([1-9]\d{4})(\.0+)?", bare):
        day_ = _SERIAL_ORIGIN + timedelta(days=int(match[1]))
        return (day_.day, day_.month, day_.year), "numéro de jour de tableur converti"
    return None, ""


def _of_digits(bare: str) -> tuple[tuple[int, int, int] | None, str]:
    text = bare.zfill(8)
    how = "zéro de tête rétabli" if len(bare) == 7 else ""
    if len(bare) == 8 and 1900 <= int(text[:4]) <= 2100 and int(text[4:6]) <= 12:
        return (int(text[6:]), int(text[4:6]), int(text[:4])), ""
    return (int(text[:2]), int(text[2:4]), int(text[4:])), how


def _century(year: int, observed: date) -> int:
    return year + (2000 if year <= observed.year % 100 + 1 else 1900)
