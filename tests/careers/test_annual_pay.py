"""The annual net of projected careers is that of the payslips, profile by profile."""

from datetime import date

import numpy as np
import pytest

from iprof_kit.base.errors import InputError, LawError
from iprof_kit.calculate.pay.calculation import answer
from iprof_kit.calculate.pay.question import PayQuestion
from iprof_kit.careers.annual_pay import PRIORITY, Households, annual_net
from iprof_kit.law.tables.cells import CELLS, cell_code


def households(*rows):
    return Households(*(np.array(column) for column in zip(*rows, strict=True)))


ROWS = [(3, 0, 1, 1, 0), (1, 2, 6, 7, 1), (2, 3, 1, 2, 2), (3, 0, 1, 1, 0)]
QUOTITE = {(1, 1): 100, (6, 7): 80, (1, 2): 50}


@pytest.mark.parametrize(("year", "on"), [(2024, date(2024, 9, 1)), (2050, date(2026, 11, 1))])
@pytest.mark.parametrize("words", [
    ("pe", "classe_normale", "5"), ("certifie", "hors_classe", "3"), ("cpe", "classe_normale", "8"),
    ("agrege", "classe_normale", "10"),
])  # fmt: skip
def test_a_cell_is_twelve_annualised_months(year, on, words):
    cells = np.full((1, len(ROWS)), cell_code(*words), np.int16)
    found = annual_net(cells, np.array([year]), households(*ROWS))
    for agent, (zone, children, num, den, priority) in enumerate(ROWS):
        month = answer(
            PayQuestion(
                date=on,
                mode="annualise",
                corps=words[0],
                grade=words[1],
                echelon=words[2],
                zone=zone,
                enfants=children,
                quotite=QUOTITE[num, den],
                education_prioritaire=PRIORITY[priority],
                primes_usuelles=True,
                psc=False,
            )
        )
        assert found[0, agent] == pytest.approx(12 * month.totaux.net_avant_impot, abs=0.01)


def test_equal_profiles_have_equal_pay_and_order_does_not_matter():
    cells = np.array([[3, 40, 60, 3], [4, 41, 61, 4]], np.int16)
    years = np.array([2026, 2027])
    found = annual_net(cells, years, households(*ROWS))
    assert found.dtype == np.float32
    assert found[:, 0].tolist() == found[:, 3].tolist()
    turned = annual_net(cells[:, ::-1], years, households(*ROWS[::-1]))
    assert np.array_equal(turned[:, ::-1], found)


def test_nobody_and_a_position_without_index_have_no_pay():
    gone = cell_code("chaire_sup", "grade_unique", "1")
    assert CELLS.count > gone
    cells = np.array([[-1, 3]], np.int16)
    found = annual_net(cells, np.array([2024]), households(*ROWS[:2]))
    assert np.isnan(found).tolist() == [[True, False]]


@pytest.mark.parametrize("rows", [
    [(3, 0, 1, 1, 5)], [(9, 0, 1, 1, 0)], [(3, -1, 1, 1, 0)], [(3, float("nan"), 1, 1, 0)],
])  # fmt: skip
def test_an_impossible_column_is_refused(rows):
    with pytest.raises(InputError):
        annual_net(np.array([[3]], np.int16), np.array([2024]), households(*rows))


def test_shapes_must_agree():
    with pytest.raises(InputError):
        annual_net(np.zeros((2, 1), np.int16), np.array([2024]), households(ROWS[0]))


def test_a_year_before_the_tables_is_not_covered():
    with pytest.raises(LawError):
        annual_net(np.array([[3]], np.int16), np.array([2001]), households(ROWS[0]))
