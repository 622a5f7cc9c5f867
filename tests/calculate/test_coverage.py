"""The covered periods of tables and rules: computed from the rows, holes named with their key."""

import csv
import shutil
import subprocess
import sys
from datetime import date

import pytest

from iprof_kit.base.paths import REFERENCE
from iprof_kit.calculate.guides.coverage import (
    Period,
    edges,
    holes_of,
    rules_covered,
    tables_covered,
)
from iprof_kit.law.tables.rules import rule_names
from iprof_kit.law.tables.shapes import SCHEMAS

TABLES = {one.name: one for one in tables_covered()}
OF_A_COPY = """
import sys
from pathlib import Path
from iprof_kit.base import paths
paths.REFERENCE = Path(sys.argv[1])
from iprof_kit.calculate.guides.coverage import tables_covered
for one in tables_covered():
    for hole in one.holes:
        print(one.name, hole.key, hole.since, hole.until, sep="|")
"""


def test_every_table_and_every_rule_has_its_periods():
    assert set(TABLES) == set(SCHEMAS) - {"verifie"}
    assert {one.name for one in rules_covered()} == rule_names()


def test_the_seventh_echelon_of_the_hors_classe_is_a_hole_until_it_was_created():
    """Décrets PPCR: the échelon of 2017 was taken away, that of 1 January 2021 came later."""
    of_pe = [hole for hole in TABLES["grilles"].holes if hole.key.startswith("pe,")]
    assert [(hole.since, hole.until) for hole in of_pe] == [(date(2017, 9, 1), date(2020, 12, 31))]


def test_a_missing_campaign_is_a_year_without_a_row():
    assert TABLES["mouvement_interacademique_2d"].missing_years == (2022, 2023)


def test_a_rule_is_readable_when_the_last_of_its_tables_begins():
    rule = next(one for one in rules_covered() if one.name == "overtime_hour")
    assert (rule.waits_for, rule.readable) == ("heures_supplementaires", date(2017, 2, 1))


@pytest.mark.parametrize(
    ("periods", "holes"),
    [
        ([(2018, 2019), (2020, None)], []),
        ([(2018, 2018), (2020, None)], [(2019, 2019)]),
        ([(2018, 2024), (2019, 2020), (2022, 2023)], []),
        ([(2018, None), (2020, None)], []),
        ([(None, 2016), (2018, 2018)], [(2017, 2017)]),
    ],
)
def test_holes_are_the_days_that_no_period_covers(periods, holes):
    whole = [Period(a and date(a, 1, 1), b and date(b, 12, 31)) for a, b in periods]
    assert [(hole.since.year, hole.until.year) for hole in holes_of(whole)] == holes


def test_the_edges_of_the_point_are_its_rises():
    """Décrets 2016-670, 2022-994 and 2023-519."""
    rises = {date(2016, 7, 1), date(2017, 2, 1), date(2022, 7, 1), date(2023, 7, 1)}
    assert rises <= set(edges("point_indice"))


def test_a_row_taken_from_a_copy_is_a_hole_there(tmp_path):
    folder = shutil.copytree(REFERENCE, tmp_path / "reference")
    rows = list(csv.DictReader((REFERENCE / "point_indice.csv").open(encoding="utf-8")))
    kept = [row for row in rows if row["valide_du"] != "2022-07-01"]
    assert len(kept) == len(rows) - 1
    with (folder / "point_indice.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(kept)
    seen = subprocess.run(
        [sys.executable, "-c", OF_A_COPY, str(folder)], check=True, capture_output=True, text=True
    )
    assert "point_indice||2022-07-01|2023-06-30" in seen.stdout.splitlines()
