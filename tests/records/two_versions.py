"""What keeps two versions of the kit from serving one database, as a migration would do it."""

import csv
from pathlib import Path
from typing import NamedTuple

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from iprof_kit.records.tables import METADATA

_LEFT = Path(__file__).parent / "left_in_place.csv"


def version(text):
    return tuple(int(part) for part in text.split("."))


def left_in_place(last=None):
    """Return what no code reads or writes any more; with a release, what its code already left."""
    with _LEFT.open(encoding="utf-8", newline="") as file:
        rows = {row["quoi"]: version(row["version"]) for row in csv.DictReader(file)}
    return {what for what, since in rows.items() if last is None or since <= version(last)}


def differences(link, left=None):
    """Return how the tables part from what the code reads, but for what is left in place."""
    left = left_in_place() if left is None else left

    def is_looked_at(thing, name, kind, reflected, ours):
        whole = f"{thing.table.name}.{name}" if kind == "column" else name
        return not (reflected and ours is None and whole in left)

    options = {"compare_type": True, "include_object": is_looked_at}
    return compare_metadata(MigrationContext.configure(link, opts=options), METADATA)


class Shape(NamedTuple):
    """Columns by their whole names, and by table what refuses rows: checks, unique columns."""

    columns: dict
    checks: dict
    unique: dict


def shape(link):
    """Return the shape of every table of a database."""
    seen = inspect(link)
    tables = [name for name in seen.get_table_names() if name != "alembic_version"]
    columns = {f"{t}.{c['name']}": c for t in tables for c in seen.get_columns(t)}
    checks = {t: {one["sqltext"] for one in seen.get_check_constraints(t)} for t in tables}
    unique = {
        t: {tuple(one["column_names"]) for one in seen.get_unique_constraints(t)}
        | {tuple(one["column_names"]) for one in seen.get_indexes(t) if one["unique"]}
        for t in tables
    }
    return Shape(columns, checks, unique)


def breaks(before, after, left=frozenset()):
    """Return what the code of the version before meets no more, or is refused."""
    found = [
        f"{whole} n’y est plus"
        for whole in before.columns
        if whole not in after.columns and not {whole, whole.split(".")[0]} & left
    ]
    for whole, now in after.columns.items():
        then, table = before.columns.get(whole), whole.split(".")[0]
        if then is None:
            needed = not now["nullable"] and now["default"] is None
            if needed and table in before.checks:
                found.append(f"{whole} est exigée, et l’ancienne version ne l’écrit pas")
        elif then["nullable"] and not now["nullable"]:
            found.append(f"{whole} ne peut plus être vide")
        elif not _holds(now["type"], then["type"]):
            found.append(f"{whole} a un autre type")
    for table in before.checks.keys() & after.checks:
        new = {whole.split(".")[1] for whole in after.columns.keys() - before.columns
               if whole.startswith(f"{table}.")}  # fmt: skip
        for check in after.checks[table] - before.checks[table]:
            if not any(name in check for name in new):
                found.append(f"{table} refuse ce que {check} exclut")
        for names in after.unique[table] - before.unique[table]:
            if not new & set(names):
                found.append(f"{table} veut {names} unique")
    return found


def _holds(now, then):
    """Return whether every value of a type is of another one: the same, or a longer one."""
    if type(now) is not type(then):
        return False
    longest, was = getattr(now, "length", None), getattr(then, "length", None)
    return longest is None or (was is not None and longest >= was)
