"""The shape of every reference table of the kit, a row each: the one list to load from."""

from __future__ import annotations

import csv

from iprof_kit.base.paths import SHAPES
from iprof_kit.law.tables.schema import Schema


def _shapes() -> dict[str, Schema]:
    with SHAPES.open(encoding="utf-8", newline="") as file:
        return {row["table"]: _shape(row) for row in csv.DictReader(file)}


def _shape(row: dict[str, str]) -> Schema:
    """Return the shape that a row gives; the columns of a list are separated by spaces."""
    return Schema(
        columns=tuple(row["colonnes"].split()),
        key=tuple(row["cle"].split()),
        validity=_pair(row["validite"]),
        interval=_pair(row["intervalle"]),
        dates=tuple(row["jours"].split()),
        integers=tuple(row["entiers"].split()),
        numbers=tuple(row["nombres"].split()),
        corps=tuple(row["corps"].split()),
        names_corps=row["nomme_corps"],
        without=row["sans"],
        ranked=tuple(row["rangs"].split()),
    )


def _pair(written: str) -> tuple[str, str] | None:
    if not written:
        return None
    first, last = written.split()
    return first, last


SCHEMAS = _shapes()
