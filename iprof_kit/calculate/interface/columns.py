"""A subject over columns: one row, one question; a row that is refused does not stop the others."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.batch import answered
from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.interface.subject import Subject

ERROR = "erreur"
CHUNK = 1 << 12
BEYOND = "au-delà des colonnes "


def run_columns(subject: Subject[Any, Any], frame: pd.DataFrame) -> pd.DataFrame:
    """Answer one question a row.

    Parameters
    ----------
    frame : DataFrame
        Columns are the fields of the question; a nested field is written « situation.corps », a
        list or an object is written in JSON. An empty cell or a NaN is a value not given: it is
        accepted only where the field may be absent, and never replaced by a default.

    Returns
    -------
    DataFrame
        One row for each row of `frame`, with its index: the fields of the answer (lists in JSON)
        and `erreur`, empty where the row was computed. Whatever a row holds, it is one row of the
        answer: none stops the others.
    """
    return pd.concat([frame.head(0)[[]], *chunks(subject, frame)])


def chunks(subject: Subject[Any, Any], frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the answers of `run_columns` chunk after chunk: progress is told, work can stop."""
    for begin in range(0, len(frame), CHUNK):
        part = frame.iloc[begin : begin + CHUNK]
        rows = part.to_dict("records")
        results = answered(subject, [partial(_asked, subject, row) for row in rows])
        table = pd.DataFrame([_flat(result) for result in results]).convert_dtypes()
        table.index = part.index
        yield table


def rows_of_csv(file: Path) -> pd.DataFrame:
    """Return the rows of a CSV, every cell a text; a row too long is kept, to be refused alone.

    Parameters
    ----------
    file : Path
        UTF-8, with or without byte order mark; the first line names the fields.

    Raises
    ------
    ValueError
        Two columns have one name: no row could say which it means.
    """
    with file.open(encoding="utf-8-sig", newline="") as source:
        head, *rows = [*csv.reader(source)] or [[]]
    if len(set(head)) != len(head):
        raise ValueError("two columns of one name")
    longest = max((len(row) - len(head) for row in rows if row), default=0)
    beyond = [f"{BEYOND}{number}" for number in range(1, longest + 1)]
    wide = [*head, *beyond]
    cells = [row + [""] * (len(wide) - len(row)) for row in rows if row]
    return pd.DataFrame(cells, columns=wide, dtype=str)


def _asked(subject: Subject[Any, Any], row: dict[Any, Any]) -> Plain:
    """Return the question of a row; a cell beyond the columns is no value of any of them."""
    kept = {name: value for name, value in row.items() if not str(name).startswith(BEYOND)}
    if any(value for name, value in row.items() if name not in kept):
        raise InputError(
            f"cette ligne a plus de cellules que la table n’a de colonnes ({len(kept)}).",
            remedy="Mettez entre guillemets le texte qui contient une virgule.",
        )
    question: Plain = question_of(subject.question, _nested(kept))
    return question


def _nested(row: dict[Any, Any]) -> dict[str, Any]:
    """Return the mapping that dotted columns describe."""
    nested: dict[str, Any] = {}
    for name, value in row.items():
        *outer, last = str(name).split(".")
        place = nested
        for part in outer:
            place = place.setdefault(part, {})
            if not isinstance(place, dict):
                raise InputError(
                    f"la colonne « {part} » est donnée entière et par parties.",
                    where=str(name),
                    remedy="Gardez l’une ou les autres.",
                )
        place[last] = _cell(value)
    return nested


def _cell(value: Any) -> Any:
    """Return a cell as JSON would give it: texts stay texts, NaN and empty are None."""
    if isinstance(value, str):
        text = value.strip()
        return json.loads(text) if text[:1] in ("[", "{") and _is_json(text) else text or None
    if isinstance(value, list | tuple | dict):
        return value
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _flat(result: Plain | KitError) -> dict[str, Any]:
    if isinstance(result, KitError):
        return {ERROR: str(result)}
    plain = result.model_dump(mode="json")
    return {ERROR: "", **{name: _written(value) for name, value in _leaves(plain)}}


def _leaves(plain: dict[str, Any], head: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in plain.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{head}{name}.")
        else:
            yield f"{head}{name}", value


def _written(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
