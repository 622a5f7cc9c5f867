"""One writer of tables: what a cell holds is never run by who opens it."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.base.spreadsheets import TableWriter, as_texts, inert, inert_table

KIT = Path(__file__).parents[2] / "iprof_kit"
OWN = {
    "base/spreadsheets.py": "the writer itself",
    "commands/law.py": "a table of the law, that the kit reads again as it is",
    "analytics/storage.py": "people handed over to a process of ours, which reads them at once",
    "commands/generate.py": "places of the defects of a fictitious extract",
    "analytics/population/dirty.py": "a fictitious extract as an office spoils it",
}
"""What writes tables beside the one writer, and why."""
INERT = {
    "analytics/population/report.py", "analytics/promotions/writing.py", "commands/calculate.py",
}  # fmt: skip
"""What has pandas write a table that `inert_table` or `as_texts` has made inert."""
LIVE = ["=1+1", "+1+cmd|'/C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"]


@pytest.mark.parametrize("text", LIVE)
def test_w16_what_a_spreadsheet_would_run_is_a_text_in_cells_headings_and_notes(text):
    out = io.StringIO(newline="")
    table = TableWriter(out)
    table.note("source", f"extrait.xlsx;{text}")
    table.row([text, "nom"])
    table.row(["Dupont", text])
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=";"))
    assert len(rows[0]) == 1
    assert rows[1:] == [[f"'{text}", "nom"], ["Dupont", f"'{text}"]]
    shown = inert_table(pd.DataFrame({text: [text]}))
    assert (list(shown), shown.iloc[0, 0]) == ([f"'{text}"], f"'{text}")


@pytest.mark.parametrize("number", ["-12", "+3,5", "-1 204,50 €", "-8 %", "-0.25"])
def test_w16_a_number_stays_a_number(number):
    assert inert(number) == number


@given(st.text())
def test_w16_no_cell_begins_as_a_formula(text):
    cell = inert(text)
    assert not cell.startswith(("=", "@", "\t", "\r", "\n"))
    assert not cell.startswith(("+", "-")) or any(sign.isdigit() for sign in cell)


@given(st.text(max_size=30))
def test_w16_a_note_is_one_cell_of_one_line(text):
    out = io.StringIO(newline="")
    TableWriter(out).note("source", text)
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=";"))
    assert [len(row) for row in rows] == [1]


def test_w16_a_workbook_holds_texts_and_no_formula():
    page = openpyxl.Workbook().active
    page.append(LIVE)
    as_texts(page[1])
    assert {cell.data_type for cell in page[1]} == {"s"}


def test_a_workbook_leaves_with_hard_spaces_and_its_numbers_as_they_were():
    page = openpyxl.Workbook().active
    page.append(["Places : 3 %", 3])
    as_texts(page[1])
    assert [cell.value for cell in page[1]] == ["Places\u00a0: 3\u00a0%", 3]


def test_w16_no_table_is_written_by_hand():
    by_hand = {
        path.relative_to(KIT).as_posix()
        for path in KIT.rglob("*.py")
        if re.search(
            r"csv\.(Dict)?[wW]riter\(|\.to_(csv|excel)\(", path.read_text(encoding="utf-8")
        )
    }
    assert by_hand == OWN.keys() | INERT
