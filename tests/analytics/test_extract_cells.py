"""One cell read: what each column accepts, mends and empties."""

from datetime import date

import pandas as pd
import pytest

from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.imports.values.cells import Outcome, date_reader, number_of, read_column
from iprof_kit.analytics.imports.values.durations import duration_reader, unit_of
from iprof_kit.analytics.imports.values.grades import read_echelon, read_grade
from iprof_kit.analytics.imports.values.readers import reader_of

DAY = date(2026, 8, 31)
TOGETHER = {"numero", "corps", "grade", "echelon", "chevron"}
SAMPLES = {"date": "01/09/2024", "entier": "1", "nombre": "1,5", "texte": "mot"}
OWN = {"uai": "0631234A", "discipline": "L1300", "quotite": "80"}


@pytest.mark.parametrize("name", sorted(set(COLUMNS) - TOGETHER))
def test_every_column_has_a_reader_of_its_kind(name):
    column = COLUMNS[name]
    text = OWN.get(name) or (column.allowed() or (SAMPLES[column.kind],))[0]
    read = read_column(pd.Series([text, ""]), reader_of(name, DAY))
    assert read.cells[0].value is not None
    assert read.cells[0].outcome <= Outcome.A_VERIFIER
    assert read.values(column).dtype == pd.Series(dtype=column.dtype).dtype


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01/09/2024", "2024-09-01"), ("2024-09-01", "2024-09-01"), ("20240901", "2024-09-01"),
        ("01.09.2024", "2024-09-01"), ("01092024", "2024-09-01"), ("1 sept. 2024", "2024-09-01"),
        ("01/09/2024 00:00:00", "2024-09-01"), ("1/9/24", "2024-09-01"), ("45536", "2024-09-01"),
        ("01/09/68", "1968-09-01"),
    ],
)  # fmt: skip
def test_a_date_is_read_in_each_usual_writing(text, expected):
    assert str(date_reader(DAY)(text).value) == expected


@pytest.mark.parametrize("text", ["30/02/2024", "13/13/2024", "hier", "00001", "01/09/0204"])
def test_what_is_no_date_is_emptied(text):
    assert date_reader(DAY)(text).outcome == Outcome.VIDEE


@pytest.mark.parametrize(
    ("text", "unit", "days"),
    [
        ("02a06m12j", "jours", 912), ("2 ans 6 mois", "jours", 900), ("15,5", "ans", 5580),
        ("18", "mois", 540), ("020612", "aammjj", 912), ("912", "jours", 912),
    ],
)  # fmt: skip
def test_a_seniority_is_read_in_days_of_the_year_of_360_days(text, unit, days):
    # regles_avancement.md: months of 30 days, years of 360
    assert duration_reader(unit)(text).value == days


def test_the_unit_of_a_seniority_is_that_of_its_heading_then_of_its_values():
    assert unit_of("AGS (ans)", ["900"]) == "ans"
    assert unit_of("ags", ["15,5", "3,25"]) == "ans"
    assert unit_of("ags", ["020612", "150000"]) == "aammjj"
    assert unit_of("ags", ["912"]) == "jours"


@pytest.mark.parametrize(
    ("text", "value", "outcome"),
    [("8/10", 80, Outcome.REPAREE), ("4/5", 80, Outcome.REPAREE), ("=B2*2", None, Outcome.VIDEE),
     ("1/3", None, Outcome.VIDEE)],
)  # fmt: skip
def test_a_share_of_service_is_a_fraction_and_a_formula_is_none(text, value, outcome):
    (cell,) = read_column(pd.Series([text]), reader_of("quotite", DAY)).cells
    assert (cell.value, cell.outcome) == (value, outcome)


def test_a_lost_zero_of_a_department_is_put_back_with_its_name():
    # departements.csv: 01, Ain
    (cell,) = read_column(pd.Series(["1"]), reader_of("departement", DAY)).cells
    assert cell.value == "001"
    assert cell.why.endswith("Ain")


def test_numbers_are_french_or_not():
    assert number_of("1\u202f234,5") == number_of("1234.5") == 1234.5
    assert number_of("85,7 %") == 85.7
    assert number_of("abc") is None


@pytest.mark.parametrize(
    ("text", "corps", "grade"),
    [
        ("6152", "pe", "hors_classe"), ("5512", "agrege", "classe_normale"),
        ("4534", "certifie", "classe_exceptionnelle"), ("PE CN", "pe", "classe_normale"),
        ("Professeur des écoles hors classe", "pe", "hors_classe"),
        ("CERTIFIÉ CL. EXC", "certifie", "classe_exceptionnelle"),
        ("6151 - PE CL N", "pe", "classe_normale"), ("550", "chaire_sup", "grade_unique"),
        ("HC", "", "hors_classe"), ("CE EPS", "", ""), ("5671", "", ""),
    ],
)  # fmt: skip
def test_a_grade_is_read_by_code_label_or_abbreviation(text, corps, grade):
    # codes: nomenclatures.csv, grade_public and grade_prive
    found = read_grade(text)
    assert (found.corps, found.grade) == (corps, grade)


@pytest.mark.parametrize(
    ("text", "place"),
    [("07", ("7", "")), ("7e", ("7", "")), ("HEA 2", ("", "HEA2")), ("4 HEA2", ("4", "HEA2")),
     ("ES", ("special", "")), ("abc", ("", ""))],
)  # fmt: skip
def test_an_echelon_is_a_number_a_chevron_or_special(text, place):
    assert read_echelon(text)[:2] == place
