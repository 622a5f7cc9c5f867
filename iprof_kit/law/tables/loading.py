"""The law as dated data: reference tables, typed and checked when they are loaded.

One row is one fact, with its validity, its source and the confidence of our reading. A table that
does not hold together is refused as a whole (`BadTable`), never half read.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from iprof_kit.base.calendar import Axis, date_text, to_axis
from iprof_kit.base.errors import BadTable, LawError, PeriodNotCovered
from iprof_kit.base.paths import REFERENCE
from iprof_kit.law.tables.schema import Schema, check
from iprof_kit.law.tables.shapes import SCHEMAS
from iprof_kit.law.tables.verified import verified_until

CAREER_TABLES = ("durees_echelon", "grilles", "point_indice", "reclassement", "decideurs")
"""The dated tables that a projection reads."""

NO_END = np.iinfo(np.int64).max


def load_reference(name: str) -> pd.DataFrame:
    """Load a reference table, typed and checked.

    Parameters
    ----------
    name : str
        Name of the table, without extension.

    Returns
    -------
    DataFrame
        A copy that the caller may change: dates as datetime64, whole numbers as nullable Int64,
        the rest as text (empty where nothing is written).

    Raises
    ------
    LawError
        No such table.
    BadTable
        A column misses, a date is not one, a corps is unknown, or two rows overlap.

    Examples
    --------
    The value of the point since 1 July 2023 (décret 2023-519).

    >>> import iprof_kit
    >>> points = iprof_kit.load_reference("point_indice").set_index("valide_du")
    >>> float(points.loc["2023-07-01", "valeur_mensuelle_point"])
    4.92278
    """
    return table(name).copy()


@lru_cache(maxsize=512)
def at(name: str, day: date) -> pd.DataFrame:
    """Return the rows of a dated table in force on a day; kept, so never changed by a caller.

    Raises
    ------
    PeriodNotCovered
        The day is before the first row of the table.
    """
    frame = table(name)
    if SCHEMAS[name].validity is None:
        raise LawError(f"la table {name} n’est pas datée.", where=name)
    since, until = SCHEMAS[name].validity or ("", "")
    if frame.empty:
        raise PeriodNotCovered("période non couverte : la table est vide.", where=name)
    refuse_before(name, first_day(name), day)
    moment = pd.Timestamp(day)
    return frame[(frame[since] <= moment) & (frame[until].isna() | (frame[until] >= moment))]


@cache
def first_day(name: str) -> date:
    """Return the first day that a dated table covers.

    Raises
    ------
    BadTable
        It has no row.
    """
    since, _ = SCHEMAS[name].validity or ("", "")
    rows = table(name)
    if rows.empty:
        raise BadTable("cette table est vide.", where=name)
    first: date = rows[since].min().date()
    return first


def refuse_before(name: str, first: date, day: date, key: str = "") -> None:
    """Refuse a day that comes before what a table covers, or before the first row of a key."""
    if day < first:
        of_key = f", pour {key}," if key else ""
        raise PeriodNotCovered(
            f"période non couverte. La table {name}{of_key} commence le {date_text(first)} ; "
            f"la date demandée est le {date_text(day)}.",
            where=name,
            remedy=f"Choisissez une date à partir du {date_text(first)}.",
        )


def named_refusal(error: LawError) -> str:
    """Return why the law does not answer, the table named where the words do not name it.

    Examples
    --------
    >>> named_refusal(LawError("« 2 » : clé inconnue.", where="sft"))
    '« 2 » : clé inconnue (table sft)'
    """
    reason = error.message.rstrip(".")
    return f"{reason} (table {error.where})" if error.where in SCHEMAS else reason


def carried_forward(name: str, day: date) -> bool:
    """Tell whether a day lies after the last verification: then the last known values are used."""
    return day > verified_until(name)


@cache
def change_days() -> Axis:
    """Return the axis days at which any table read by a projection changes, in order.

    Inside a period between two of them, the law is constant.
    """
    return np.unique(np.concatenate([breaks(table(name), name) for name in CAREER_TABLES]))


def breaks(frame: pd.DataFrame, name: str) -> Axis:
    """Return the axis days at which rows of a dated table begin or have just ended."""
    since, until = SCHEMAS[name].validity or ("", "")
    ends = ends_of(frame[until])
    return np.unique(np.concatenate([to_axis(frame[since].to_numpy()), ends[ends < NO_END]]))


def ends_of(until: pd.Series) -> Axis:
    """Return the axis day after each last day, `NO_END` where a row is still in force."""
    days = until.to_numpy().astype("datetime64[D]")
    after = to_axis(np.array(days + np.timedelta64(1, "D"), dtype="datetime64[D]"))
    return np.where(np.isnat(days), NO_END, after)


@cache
def table(name: str) -> pd.DataFrame:
    """Return the shared copy of a table; only the law reads it, and never writes in it."""
    schema = SCHEMAS.get(name)
    if schema is None:
        raise LawError(
            f"il n’y a pas de table de référence « {name} ».",
            remedy=f"Tables connues : {', '.join(sorted(SCHEMAS))}.",
        )
    known = frozenset() if name == "corps" else frozenset(table("corps")["corps"])
    return read_table(REFERENCE / f"{name}.csv", schema, known)


def read_table(path: Path, schema: Schema, known_corps: frozenset[str]) -> pd.DataFrame:
    """Read and check one file.

    Raises
    ------
    BadTable
        The file cannot be read or does not hold together; the message names file and line.
    """
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise BadTable("la table ne peut pas être lue.", where=path.name) from error
    return check(frame, schema, known_corps, path.name)
