"""What a decree changes, said in French: the rows, then the people, then the examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from iprof_kit.analytics.decree.effects import DayEffect, Effects, ExampleChange, Gap
from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import KitError
from iprof_kit.base.words import NBSP, corps_and_grade_label, counted, euros_text, number_text
from iprof_kit.law.tables.differences import RowChange

MOST_ROWS, MOST_GROUPS, MOST_FIELDS = 40, 12, 20
_LONGEST = 120
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def rows_text(changes: Sequence[RowChange]) -> Iterator[str]:
    """Yield what changes in the tables: each row, its dates, its source, at most forty a table."""
    tables = len({one.table for one in changes})
    if not changes:
        yield "Aucune ligne ne change."
        return
    yield f"{counted(len(changes), 'ligne')} de {counted(tables, 'table')}{NBSP}:"
    for table, rows in groupby(changes, key=lambda one: one.table):
        listed = list(rows)
        yield f"{table}.csv"
        for one in listed[:MOST_ROWS]:
            yield from _row(one)
        if len(listed) > MOST_ROWS:
            yield f"  … et {counted(len(listed) - MOST_ROWS, 'autre ligne')}"


def _row(change: RowChange) -> Iterator[str]:
    row = change.row
    named = ", ".join(f"{row[name]}" for name in change.key if row[name]) or "sans clé"
    verb = "ajoutée" if change.before is None else "retirée" if change.after is None else "changée"
    yield f"  {verb}{NBSP}: {named}{_dates(change)}"
    papers = {"source", "confiance", "note"}
    for column, old, new in change.cells:
        yield f"    {column}{NBSP}: {_cell(old)} → {_cell(new)}"
    if not change.cells:
        skipped = {*change.key, change.since, change.until, *papers}
        values = [
            f"{name} = {_cell(text)}" for name, text in row.items() if text and name not in skipped
        ]
        yield f"    {' ; '.join(values)}"
    if "source" in row:
        yield f"    source{NBSP}: {_cell(row['source'])} (confiance {row.get('confiance', '')})"


def _dates(change: RowChange) -> str:
    since, until = (change.row.get(name, "") for name in (change.since, change.until))
    parts = [f"depuis le {_cell(since)}"] if since else []
    return ", ".join(["", *parts, *([f"jusqu’au {_cell(until)}"] if until else [])])


def _cell(text: str) -> str:
    if _ISO.fullmatch(text):
        return date_text(date.fromisoformat(text))
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return short.replace("\n", " ") or "vide"


def effects_text(effects: Effects) -> Iterator[str]:
    """Yield for whom pay and the next échelon change, and by how much."""
    for one in effects.days:
        yield _pay(one, effects.people)
        yield from map(_pay_of_a_group, one.groups[:MOST_GROUPS])
        yield from _others(one.groups)
    steps = effects.steps
    yield (
        f"Prochain échelon ou chevron{NBSP}: {_moved(steps)}"
        if steps.people
        else f"Prochain échelon ou chevron{NBSP}: personne n’en change."
    )
    yield from (
        f"  {_group(one)}{NBSP}: {_moved(one)}" for one in effects.step_groups[:MOST_GROUPS]
    )
    yield from _others(effects.step_groups)


def _pay(one: DayEffect, people: int) -> str:
    head = f"Paie du mois qui commence le {date_text(one.day)}{NBSP}: "
    unknown = f" Paie non calculée{NBSP}: {_people(one.unknown)}." if one.unknown else ""
    if not one.whole.people:
        return f"{head}aucune des {number_text(people)} personnes n’en change.{unknown}"
    return (
        f"{head}{_amounts(one.whole)}{NBSP}; en tout {euros_text(one.whole.total, signed=True)} "
        f"nets par mois.{unknown}"
    )


def _pay_of_a_group(one: Gap) -> str:
    return f"  {_group(one)}{NBSP}: {_amounts(one)}"


def _amounts(one: Gap) -> str:
    mean = euros_text(one.mean, signed=True)
    return (
        f"{_people(one.people)}, {mean} nets par mois en moyenne "
        f"({number_text(one.gaining)} y gagne{'nt' * (one.gaining > 1)}, "
        f"{number_text(one.losing)} y perd{'ent' * (one.losing > 1)})"
    )


def _people(number: int) -> str:
    return f"{number_text(number)}{NBSP}personne{'s' * (number > 1)}"


def _moved(one: Gap) -> str:
    way = "plus tard" if one.mean > 0 else "plus tôt"
    return (
        f"{_people(one.people)}, {counted(round(abs(one.mean)), 'jour')} {way} en "
        f"moyenne ({number_text(one.losing)} plus tôt, {number_text(one.gaining)} plus tard)"
    )


def _group(one: Gap) -> str:
    try:
        return corps_and_grade_label(one.corps, one.grade)
    except (KitError, KeyError):
        return " ".join(filter(None, (one.corps, one.grade))) or "sans corps"


def _others(groups: Sequence[Gap]) -> Iterator[str]:
    if len(groups) > MOST_GROUPS:
        left = groups[MOST_GROUPS:]
        people = _people(sum(one.people for one in left))
        yield f"  {counted(len(left), 'autre groupe')}{NBSP}: {people}"


def example_text(name: str, fields: Sequence[ExampleChange]) -> Iterator[str]:
    """Yield what changes in a worked example, field by field."""
    if not fields:
        yield f"Exemple {name}{NBSP}: rien ne change."
        return
    yield f"Exemple {name}{NBSP}:"
    for one in fields[:MOST_FIELDS]:
        yield f"  {one.field}{NBSP}: {_cell(one.before)} → {_cell(one.after)}"
    if len(fields) > MOST_FIELDS:
        yield f"  … et {counted(len(fields) - MOST_FIELDS, 'autre champ')}"
