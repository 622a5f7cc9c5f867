"""A table of questions: one row refused does not stop the others, and nothing is defaulted."""

import numpy as np
import pandas as pd
import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface import columns
from iprof_kit.calculate.interface.columns import chunks, run_columns
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.subjects import subject


class Question(Plain):
    nombre: int = 100
    note: str | None = None


class Answer(Plain):
    double: int
    liste: tuple[int, ...] = ()


def double(question):
    if question.nombre < 0:
        raise InputError("un nombre positif est attendu.", where="nombre")
    return Answer(double=2 * question.nombre, liste=(question.nombre,))


def many(questions):
    return [double(question) for question in questions]


ONE = Subject("double", "Double.", Question, Answer, double)
BOTH = [ONE, Subject("double", "Double.", Question, Answer, double, many)]


@pytest.mark.parametrize("doubling", BOTH, ids=["one", "many"])
def test_a_bad_row_is_reported_and_the_others_are_computed(doubling):
    frame = pd.DataFrame({"nombre": [1.0, np.nan, -3.0, 4.0]}, index=[10, 11, 12, 13])
    found = run_columns(doubling, frame)
    assert found.index.tolist() == [10, 11, 12, 13]
    assert found["double"].tolist() == [2, pd.NA, pd.NA, 8]
    assert "valeur manquante" in found["erreur"][11]
    assert "un nombre positif" in found["erreur"][12]
    assert (found["erreur"][[10, 13]] == "").all()


def test_an_empty_cell_is_not_the_default():
    found = run_columns(ONE, pd.DataFrame({"nombre": ["", "7"], "note": ["", "x"]}))
    assert found["double"].tolist() == [pd.NA, 14]


def test_lists_are_written_in_json():
    assert run_columns(ONE, pd.DataFrame({"nombre": [5]}))["liste"].tolist() == ["[5]"]


def test_nested_fields_are_written_with_dots():
    frame = pd.DataFrame(
        {
            "situation.corps": ["pe", "pe"],
            "situation.grade": ["classe_normale", "classe_normale"],
            "situation.echelon": [7, 12],
            "situation.date_effet": pd.to_datetime(["2024-09-01", "2024-09-01"]),
            "aujourdhui": ["2026-11-25", "2026-11-25"],
        }
    )
    found = run_columns(subject("career"), frame)
    assert "2027-09-01" in found["scenarios"][0]
    assert "1, 2, 3" in found["erreur"][1]


def test_work_comes_chunk_by_chunk(monkeypatch):
    monkeypatch.setattr(columns, "CHUNK", 2)
    parts = chunks(ONE, pd.DataFrame({"nombre": range(5)}))
    assert [part["double"].tolist() for part in parts] == [[0, 2], [4, 6], [8]]


def test_an_empty_table_has_no_answer():
    assert len(run_columns(ONE, pd.DataFrame({"nombre": []}))) == 0
