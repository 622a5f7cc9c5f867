"""A value that a rule read leads to its row: the line of the file that holds it."""

import csv
from datetime import date

import numpy as np
import pytest

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.explanation import Parameter, explain
from iprof_kit.base.paths import REFERENCE
from iprof_kit.calculate.interface.why import rows_of
from iprof_kit.law.career.advancement import echelon_duration
from iprof_kit.law.career.traitement import indice_majore, part_time_fraction, point_value
from iprof_kit.law.payroll.taxation import withheld_tax
from iprof_kit.law.pension.amounts import children_increase
from iprof_kit.law.tables.cells import cell_code
from iprof_kit.law.tables.rows import RowPlace, row_at, row_read

DAY = date(2026, 9, 1)
CELL = np.array([cell_code("pe", "classe_normale", 7)])
EFFECT = np.array([DAY], dtype="datetime64[D]")
READ = {
    "durees_echelon": (
        lambda: echelon_duration(CELL, axis_of(DAY)),
        {"corps": "pe", "grade": "classe_normale", "echelon": "7", "duree_mois": "36"},
    ),
    "grilles": (
        lambda: indice_majore(CELL, axis_of(DAY)),
        {"corps": "pe", "grade": "classe_normale", "echelon": "7"},
    ),
    "point_indice": (
        lambda: point_value(axis_of(date(2022, 9, 1))),
        {"valide_du": "2022-07-01", "valide_au": "2023-06-30"},
    ),
    "temps_partiel": (
        lambda: part_time_fraction(80, "sur_autorisation"),
        {"quotite_travaillee_pct": "80", "fraction_remuneree": "6/7"},
    ),
    "retraite_parametres": (
        lambda: children_increase([2000.0], [4], [3000.0], EFFECT),
        {"code": "majoration_pension_3_enfants"},
    ),
    "parametres_paie": (
        lambda: withheld_tax(np.array([2000.0]), 5.0, DAY),
        {"cle": "pas"},
    ),
}


def line_of_the_file(row):
    with (REFERENCE / f"{row.table}.csv").open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    return dict(zip(names, rows[row.ligne - 2], strict=True))


@pytest.mark.parametrize("name", READ)
def test_a_value_leads_to_the_line_of_the_file_that_holds_it(name):
    calculation, wanted = READ[name]
    with explain() as trace:
        calculation()
    rows = [line_of_the_file(row) for row in rows_of(trace) if row.table == name]
    assert any(wanted.items() <= row.items() for row in rows)


def test_a_value_that_two_rows_may_hold_leads_to_none():
    papers = row_at(RowPlace("demandes_delais", 2))
    alike = [
        n
        for n in range(2, 17)
        if row_at(RowPlace("demandes_delais", n))["source"] == papers["source"]
    ]
    value = Parameter("x", 2, papers["source"], confidence=papers["confiance"])
    read = row_read(value, ("demandes_delais",))
    assert (read == RowPlace("demandes_delais", 2)) == (len(alike) == 1)
    assert row_read(Parameter("x", 2, "aucun texte"), ("demandes_delais",)) is None


@pytest.mark.parametrize(
    "row", [RowPlace("aucune", 2), RowPlace("sft", 1), RowPlace("sft", 0), RowPlace("sft", 10**6)]
)
def test_a_line_that_no_table_has_is_no_row(row):
    assert row_at(row) is None
