"""A subject over columns: one row, one question; a row that is refused does not stop the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import pandas as pd

from iprof_kit.base.errors import KitError
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.interface.subject import Subject

ERROR = "erreur"
CHUNK = 1 << 12


def run_columns(subject: Subject[Any, Any], frame: pd.DataFrame) -> pd.DataFrame:
    """Answer one question a row.

    Parameters
    ----------
    subject : Subject
    frame : DataFrame
        Columns are the fields of the question; a nested field is written « situation.corps », a
        list or an object is written in JSON. An empty cell or a NaN is a value not given: it is
        accepted only where the field may be absent, and never replaced by a default.

    Returns
    -------
    DataFrame
        One row for each row of `frame`, with its index: the fields of the answer (lists in JSON)
        and `erreur`, empty where the row was computed.
    """
    return pd.concat([frame.head(0)[[]], *chunks(subject, frame)])


def chunks(subject: Subject[Any, Any], frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the answers of `run_columns` chunk after chunk: progress is told, work can stop."""
    for begin in range(0, len(frame), CHUNK):
        part = frame.iloc[begin : begin + CHUNK]
        results = _answers(subject, [_nested(row) for row in part.to_dict("records")])
        table = pd.DataFrame([_flat(result) for result in results]).convert_dtypes()
        table.index = part.index
        yield table


def _answers(subject: Subject[Any, Any], rows: Sequence[dict[str, Any]]) -> list[Plain | KitError]:
    """Answer the rows that ask a question; the others keep their error."""
    asked = [_try(partial(question_of, subject.question, row)) for row in rows]
    good = [question for question in asked if isinstance(question, Plain)]
    computed = iter(_computed(subject, good))
    return [next(computed) if isinstance(question, Plain) else question for question in asked]


def _computed(subject: Subject[Any, Any], questions: list[Plain]) -> list[Plain | KitError]:
    """Compute in one pass over columns where the subject can; else, or if refused, one by one."""
    if subject.many is not None and questions:
        with suppress(KitError):
            return list(subject.many(questions))
    return [_try(partial(subject.one, question)) for question in questions]


def _try(run: Callable[[], Any]) -> Any:
    try:
        return run()
    except KitError as error:
        return error


def _nested(row: dict[Any, Any]) -> dict[str, Any]:
    """Return the mapping that dotted columns describe."""
    nested: dict[str, Any] = {}
    for name, value in row.items():
        *outer, last = str(name).split(".")
        place = nested
        for part in outer:
            place = place.setdefault(part, {})
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
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
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
