"""Reference tables as they might be: without their rows of one period, or with one more."""

import csv
import sys
from contextlib import contextmanager
from functools import cached_property

import pandas as pd

from iprof_kit.base.paths import REFERENCE
from iprof_kit.law.career import advancement, traitement
from iprof_kit.law.tables import loading
from iprof_kit.law.tables.shapes import SCHEMAS

_CAMPAIGN = ("campagne_du", "campagne_au")
_KEYS = {"primes": "code"}
_WHOLE: dict[str, pd.DataFrame] = {}
_read_table = loading.read_table
_BY_CELL = (
    (advancement.DURATIONS, advancement.spread_over_chevrons),
    (traitement.INDICES, traitement.with_brut),
)


def _read_once(path, schema, known):
    if path.stem not in _WHOLE:
        _WHOLE[path.stem] = _read_table(path, schema, known)
    return _WHOLE[path.stem]


@contextmanager
def emptied(name, day, monkeypatch, only=""):
    """Forget the rows of a table in force on a day, and all that was made of them.

    `only`: a pattern of the key of the rows concerned (the first column).
    """

    def without(frame):
        concerned = frame[_KEYS.get(name, frame.columns[0])].astype(str).str.contains(only)
        return frame[~(_in_force(frame, name, day) & concerned)]

    with rewritten(name, without, monkeypatch):
        yield


@contextmanager
def rewritten(name, change, monkeypatch):
    """Read a table as a function changes it, and forget all that was made of it."""
    others = _read_once if loading.read_table is _read_table else loading.read_table

    def read(path, schema, known):
        frame = others(path, schema, known)
        return change(frame) if path.stem == name else frame

    try:
        with monkeypatch.context() as patched:
            patched.setattr(loading, "read_table", read)
            _forget(name)
            yield
    finally:
        _forget(name)


@contextmanager
def without_row(name, row, folder, monkeypatch):
    """Read a table whose file lost the rows that hold some cells, checked as any file is."""
    file = folder / f"{name}.csv"
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as reading:
        rows = list(csv.DictReader(reading))
    kept = [one for one in rows if not row.items() <= one.items()]
    assert len(kept) < len(rows), name
    with file.open("w", encoding="utf-8", newline="") as writing:
        out = csv.DictWriter(writing, rows[0].keys())
        out.writeheader()
        out.writerows(kept)
    known = frozenset() if name == "corps" else frozenset(loading.table("corps")["corps"])

    def read(_):
        return _read_table(file, SCHEMAS[name], known)

    with rewritten(name, read, monkeypatch):
        yield


def _in_force(frame, name, day):
    """Tell which rows hold on a day, by dates, by campaigns, or by year."""
    validity = SCHEMAS[name].validity
    if validity is not None:
        first, last, moment = *validity, pd.Timestamp(day)
    elif "annee" in frame:
        return frame["annee"] <= day.year
    elif "campagne" in frame:
        return frame["campagne"] == day.year
    else:
        first, last, moment = *_CAMPAIGN, day.year
    return (frame[first] <= moment) & (frame[last].isna() | (frame[last] >= moment))


def _forget(name):
    """Clear every cache of the kit, so that the tables are read again."""
    modules = [module for name, module in sys.modules.items() if name.startswith("iprof_kit")]
    for value in [value for module in modules for value in vars(module).values()]:
        if hasattr(value, "cache_clear"):
            value.cache_clear()
        elif not isinstance(value, type):
            _forget_kept(value)
    for table, rows in _BY_CELL:
        if table.name == name:  # read as the module is imported, once for all
            table.__init__(name, rows(loading.table(name)))


def _forget_kept(value):
    kept = getattr(value, "__dict__", {})
    if not type(value).__module__.startswith("iprof_kit"):
        return
    for part in kept.values():
        _forget_kept(part)
    for name in [
        name for name in kept if isinstance(getattr(type(value), name, None), cached_property)
    ]:
        del kept[name]
