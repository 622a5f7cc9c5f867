"""The law as the kit applies it, for who reads it: every rule with its papers, every table.

The same source for the pages of `docs/law` and for the screens.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from iprof_kit.calculate.guides.articles import Quote, quotes
from iprof_kit.calculate.guides.examples import Worked, worked
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.rules import RULES, Variant, rule_names
from iprof_kit.law.tables.shapes import SCHEMAS
from iprof_kit.law.tables.verified import verified_until

CHAPTERS = {
    "avancement": "Avancement d’échelon et entrée dans un corps",
    "rendez-vous": "Rendez-vous de carrière",
    "promotion": "Promotion de grade",
    "paie": "Paie",
    "mobilite": "Mobilité",
    "pension": "Pension",
    "parcours": "Autres parcours",
    "demandes": "Demandes et recours",
}
_HOMES = (
    ("iprof_kit.law.payroll", "paie"),
    ("iprof_kit.law.career.traitement", "paie"),
    ("iprof_kit.law.mobility", "mobilite"),
    ("iprof_kit.law.pension", "pension"),
    ("iprof_kit.law.paths", "parcours"),
    ("iprof_kit.law.promotion", "promotion"),
    ("iprof_kit.law.requests", "demandes"),
    ("iprof_kit.law.campaigns", "mobilite"),
    ("iprof_kit.law.career.meetings", "rendez-vous"),
    ("iprof_kit.law.career.open_days", "rendez-vous"),
)
FEW = 40
"""Rows of a table shown in full; of a longer one, the file is named and its rows are counted."""


@dataclass(frozen=True)
class RuleText:
    """One wording of a rule; `until` is None while it is in force."""

    name: str
    sentence: str
    source: str
    since: date
    until: date | None
    tables: tuple[str, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The articles' own words, where official text was read."""
        return quotes(self.name, self.since, self.until)

    @property
    def example(self) -> Worked | None:
        """An example calculated by the rule itself, where an input is declared."""
        return worked(self.name, self.since, self.until)


@dataclass(frozen=True)
class TableText:
    """A table that rules read; `rows` is empty where they are too many to be shown."""

    name: str
    count: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    verified: date
    confidences: str


@dataclass(frozen=True)
class Chapter:
    """One subject: its rules, the oldest wording first, and the tables that they read."""

    name: str
    title: str
    rules: tuple[RuleText, ...]
    tables: tuple[TableText, ...]


@cache
def chapters() -> dict[str, Chapter]:
    """Return every chapter of the law, by name."""
    rules = [(_chapter(one.function.__module__), _text_of(one)) for one in _every_wording()]
    return {name: _made(name, [rule for home, rule in rules if home == name]) for name in CHAPTERS}


def every_rule() -> tuple[RuleText, ...]:
    """Return every wording of every rule, chapter by chapter."""
    return tuple(rule for chapter in chapters().values() for rule in chapter.rules)


@cache
def rules() -> dict[str, tuple[RuleText, ...]]:
    """Return the wordings of each rule, by its name, the oldest first."""
    by_name: dict[str, tuple[RuleText, ...]] = {}
    for rule in every_rule():
        by_name[rule.name] = (*by_name.get(rule.name, ()), rule)
    return by_name


@cache
def places() -> dict[str, tuple[str, int]]:
    """Return where each rule is read: its chapter, and its number there (its last wording).

    Examples
    --------
    >>> places()["echelon_duration"]
    ('avancement', 1)
    """
    numbers: dict[str, int] = {}
    placed = {}
    for one in _every_wording():
        home = _chapter(one.function.__module__)
        numbers[home] = numbers.get(home, 0) + 1
        placed[one.name] = (home, numbers[home])
    return placed


def rule_in_force(name: str, day: date) -> RuleText:
    """Return the wording of a rule in force on a day, with its values, the last where none is."""
    every_rule()
    wordings = sorted(RULES[name], key=lambda one: one.since)
    chosen = next(
        (one for one in wordings if one.since <= day and (one.until is None or day <= one.until)),
        wordings[-1],
    )
    return replace(_text_of(chosen), sentence=chosen.sentence_on(day))


def law_verified() -> date:
    """Return the day until which every table of the law was verified."""
    return verified_until()


def _every_wording() -> list[Variant]:
    """Return every wording of every rule in the order of the files, whatever was loaded first."""
    rule_names()  # every module of the law is then loaded
    written = sorted(RULES.values(), key=lambda wordings: min(map(_place, wordings)))
    return [one for wordings in written for one in sorted(wordings, key=lambda w: w.since)]


def _place(one: Variant) -> tuple[str, int, str]:
    """Return where a wording is written; those that are rows of one family follow by name."""
    return one.function.__module__, one.function.__code__.co_firstlineno, one.name


def _chapter(module: str) -> str:
    return next((name for head, name in _HOMES if module.startswith(head)), "avancement")


def _text_of(one: Variant) -> RuleText:
    return RuleText(one.name, one.sentence, one.source, one.since, one.until, one.tables)


def _made(name: str, wordings: list[RuleText]) -> Chapter:
    read = sorted({table_name for rule in wordings for table_name in rule.tables})
    return Chapter(name, CHAPTERS[name], tuple(wordings), tuple(_table(each) for each in read))


def _table(name: str) -> TableText:
    frame = table(name)
    shown = list(dict.fromkeys((*SCHEMAS[name].columns, "confiance", "source")))
    shown = [column for column in shown if column in frame.columns]
    counts = frame["confiance"].value_counts().sort_index()
    rows = frame[shown].map(cell) if len(frame) <= FEW else frame.head(0)
    return TableText(
        name,
        len(frame),
        tuple(shown),
        tuple(map(tuple, rows.to_numpy().tolist())),
        verified_until(name),
        ", ".join(f"{letter} {count}" for letter, count in counts.items()),
    )


def cell(value: Any) -> str:
    """Return what a cell of a table says, a day as it is written there, "" where it is empty."""
    if value is None or pd.isna(value):
        return ""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)
