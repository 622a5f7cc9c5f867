"""What a rule says with the numbers of the day: its sentence names values, the tables hold them.

A sentence never holds a quantity of the law. It names one between braces, with the noun that is
counted: « payé à {naissance_taux_mois_1:%} du traitement », « {limite_age_active:an} ». A name is
the key of a row in one of the tables that the rule reads, or one of its values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import pandas as pd

from iprof_kit.base.calendar import MONTHS, date_text
from iprof_kit.base.errors import LawError
from iprof_kit.base.words import NBSP, counted, fraction_words, number_text
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import day_or_none
from iprof_kit.law.tables.shapes import SCHEMAS
from iprof_kit.law.tables.verified import verified_until

_COLUMNS = {"valeur": "", "taux_pct": "pour cent"}
"""Columns that hold the value of a row with one key, and their unit where no column says it."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NAMED = re.compile(r"\{([^{}:]+)")
_OF = "de "
_DAY = len("2026-09-01")


@dataclass(frozen=True)
class Value:
    """A value that a sentence names, where a key is not enough.

    Parameters
    ----------
    table, column : str
        Where it is read.
    where : tuple of (column, text)
        The rows; values that differ are written one after the other.
    unit : str
        What the value counts, where no column `unite` says it.
    on : str
        ISO day on which it is read, whatever the day of the sentence: what was, or will be.
    nth : int, optional
        Only this number of a text that holds several.
    """

    table: str
    where: tuple[tuple[str, str], ...]
    column: str = "valeur"
    unit: str = ""
    on: str = ""
    nth: int | None = None


Values = tuple[tuple[str, Value], ...]


def day_value(day: date) -> Value:
    """Return the value of a day that a rule knows itself: « {depuis:date} »."""
    return Value("", (), day.isoformat())


def value(
    name: str,
    column: str = "valeur",
    unit: str = "",
    on: str = "",
    nth: int | None = None,
    **where: str,
) -> Value:
    """Return a value that a sentence names: the table, then columns and texts of its rows."""
    return Value(name, tuple(where.items()), column, unit, on, nth)


@dataclass(frozen=True)
class _DatedText:
    since: date | None
    until: date | None
    text: str
    unit: str

    @property
    def rank(self) -> float:
        """Several values are said from the least to the greatest."""
        return float(self.text) if _NUMBER.fullmatch(self.text) else 0

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class _Quantity:
    """What a name stands for on a day; formatting it writes them in words that agree."""

    def __init__(self, rows: tuple[_DatedText, ...]) -> None:
        self.rows = rows

    def __format__(self, noun: str) -> str:
        rows = sorted(self.rows, key=lambda row: row.rank)
        each = (_written(row.text, row.unit, noun) for row in rows if row.text)
        written = list(dict.fromkeys(each))
        return " ou ".join(filter(None, (", ".join(written[:-1]), written[-1])))


class _Read(dict[str, _Quantity]):
    """The values of a sentence, read when they are named."""

    def __init__(self, tables: tuple[str, ...], values: Values, day: date) -> None:
        super().__init__()
        self.tables, self.named, self.day = tables, dict(values), day

    def __missing__(self, name: str) -> _Quantity:
        read = self.named.get(name) or _value_of(name, self.tables)
        return _Quantity(_on(read, date.fromisoformat(read.on) if read.on else self.day))


def names(sentence: str) -> list[str]:
    """Return the names of the values that a sentence holds."""
    return _NAMED.findall(sentence)


@lru_cache(maxsize=1024)
def on_day(sentence: str, tables: tuple[str, ...], values: Values, day: date) -> str:
    """Return a sentence with the values of a day.

    Before the first row of a value, its first; after the last verification, the last known one.

    Raises
    ------
    LawError
        A name that no table of the rule holds.
    """
    if "{" not in sentence:
        return sentence
    return sentence.format_map(_Read(tables, values, day))


def last_known(tables: tuple[str, ...]) -> date:
    """Return the last day on which the tables of a rule (of the law, without any) are known."""
    return min((verified_until(name) for name in tables), default=verified_until())


@cache
def _value_of(name: str, tables: tuple[str, ...]) -> Value:
    """Return the value that a name alone says: the key of a row of one of the tables."""
    for one in tables:
        key, columns = SCHEMAS[one].key, SCHEMAS[one].columns
        column = next((each for each in _COLUMNS if each in columns), "")
        if len(key) == 1 and column and (table(one)[key[0]] == name).any():
            return Value(one, ((key[0], name),), column, _COLUMNS[column])
    raise LawError(
        f"une phrase nomme « {name} », qu’aucune table de la règle ne contient.",
        where=", ".join(tables),
    )


def _on(read: Value, day: date) -> tuple[_DatedText, ...]:
    rows = _rows(read)
    known = tuple(row for row in rows if row.holds(day))
    later = sorted((row for row in rows if row.since and row.since > day), key=_since)
    return known or tuple(later[:1]) or tuple(sorted(rows, key=_since)[-1:])


def forget() -> None:
    """Read the tables anew at the next sentence."""
    for kept in (on_day, _rows, _value_of):
        kept.cache_clear()


def _since(row: _DatedText) -> date:
    return row.since or date.min


@cache
def _rows(read: Value) -> tuple[_DatedText, ...]:
    if not read.table:
        return (_DatedText(None, None, read.column, ""),)
    frame = table(read.table)
    for column, text in read.where:
        frame = frame[frame[column].astype(str) == text]
    rows = tuple(_rows_of(frame, read))
    if not rows:
        named = ", ".join(text for _, text in read.where)
        raise LawError(f"aucune ligne pour {named}.", where=read.table)
    return rows


def _rows_of(frame: pd.DataFrame, read: Value) -> Iterator[_DatedText]:
    since, until = SCHEMAS[read.table].validity or ("", "")
    for row in frame.to_dict("records"):
        text = str(row[read.column])
        parts = [text] if read.nth is None else _NUMBER.findall(text)[read.nth :][:1]
        for part in parts:
            yield _DatedText(
                day_or_none(row[since]) if since else None,
                day_or_none(row[until]) if until else None,
                part,
                read.unit or str(row.get("unite", "")),
            )


def _written(text: str, unit: str, noun: str) -> str:
    """Write a value: alone, as a date, a month, a share, a rate, or the number of what is named."""
    if noun == "date":
        return date_text(date.fromisoformat(text[:_DAY]))
    if not _NUMBER.fullmatch(text.lstrip("-")):
        return text
    number = abs(float(text))
    if noun == "nom du mois":
        return MONTHS[int(number) - 1]
    if noun in ("part", "de part"):
        share = fraction_words(number if unit.startswith("fraction") else number / 100)
        return share if noun == "part" else f"d’{share}" if share[0] == "u" else _OF + share
    if noun == "%":
        rate = number * 100 if unit.startswith("fraction") else number
        return f"{number_text(rate)}{NBSP}%"
    if noun == "an" and unit.startswith("mois"):
        return years_text(int(number))
    return _counted(number, noun) if noun else number_text(number).replace(NBSP, "")


def years_text(months: int) -> str:
    """Write an age or a length in months: « 62 ans et 9 mois »; spaces are non-breaking."""
    years, rest = divmod(months, 12)
    return " et ".join(_counted(n, noun) for n, noun in ((years, "an"), (rest, "mois")) if n)


def _counted(value: float, noun: str) -> str:
    return f"{number_text(value)} {counted(int(value), noun).split(' ', 1)[1]}"
