"""One payslip for the tests of pay: a person is a column of length one."""

from datetime import date

import numpy as np
import pytest

from iprof_kit.calculate.pay.calculation import answer
from iprof_kit.calculate.pay.question import PayQuestion
from iprof_kit.law.payroll.payslip import payslip
from iprof_kit.law.payroll.people import Payees


def column(*values):
    return np.array(values, dtype=np.int64)


@pytest.fixture
def slip():
    """Payslip of an index, everything else as asked."""

    def make(day, indice, *, num=1, den=1, zone=3, children=0, bi=0, nbi=0, **more):
        return payslip(
            Payees(
                date.fromisoformat(day),
                column(indice),
                column(num),
                column(den),
                column(zone),
                column(children),
                column(bi),
                column(nbi),
                **more,
            )
        )

    return make


@pytest.fixture
def pay():
    """Answer about a professeur des écoles, changed as asked."""

    def make(day="2024-01-01", **changes):
        question = {"corps": "pe", "grade": "classe_normale", "echelon": "7", "zone": 3}
        return answer(PayQuestion(date=day, **(question | changes)))

    return make


@pytest.fixture
def amounts():
    """Amounts of an answer or of a payslip, by code."""

    def read(found):
        lines = found.lignes if hasattr(found, "lignes") else found.lines
        return {
            line.code: line.montant if hasattr(line, "montant") else float(line.amount[0])
            for line in lines
        }

    return read
