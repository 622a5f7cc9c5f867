"""People and months drawn at random, and our payslip of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.money import sum_in_euros
from iprof_kit.law.career.traitement import Euros, paid_fraction
from iprof_kit.law.payroll.compensation import compensation_since_2018
from iprof_kit.law.payroll.family import opens_supplement
from iprof_kit.law.payroll.lines import PayLine
from iprof_kit.law.payroll.payslip import payslip
from iprof_kit.law.payroll.people import Payees
from iprof_kit.law.payroll.tables import RATES
from iprof_kit.law.tables.cells import Cell

YEARS = range(2017, 2027)
QUOTITES, WEIGHTS = (100, 90, 80, 70, 60, 50), (0.5, 0.1, 0.1, 0.1, 0.1, 0.1)
LOWEST, HIGHEST = 300, 1100
"""Indices drawn: below and above what the law bounds."""
FIRST_BIRTH, DAYS = np.datetime64("1995-01-01"), 11_600


@dataclass(frozen=True)
class People:
    """Columns of equal length: who is paid, the same from 2017 to 2026."""

    births: tuple[tuple[str, ...], ...]
    indice: Cell
    num: Cell
    den: Cell
    zone: Cell
    nbi: Cell
    primes: Euros

    def children(self, on: date) -> Cell:
        """Return the number of children that open the supplément familial in a month."""
        return np.array(
            [int(opens_supplement(np.array(one, "datetime64[D]"), on).sum()) for one in self.births]
        )


@dataclass(frozen=True)
class Month:
    """A month of these people, and each line of our payslips (zeros where there is none)."""

    on: date
    who: People
    lines: dict[str, Euros]

    def __getitem__(self, code: str) -> Euros:
        return self.lines.get(code, np.zeros(len(self.who.indice)))

    @property
    def others(self) -> Euros:
        """What is paid beside traitement, residence and family, less the transfert."""
        return sum_in_euros(self["PRIMES"], self["IND_DIFFERENTIELLE"], -self["TPP"])


def people(seed: int, number: int) -> People:
    """Return people drawn at random."""
    draw = np.random.default_rng(seed)
    quotites = draw.choice(QUOTITES, number, p=WEIGHTS).tolist()
    fractions = np.array([paid_fraction(quotite, "sur_autorisation") for quotite in quotites])
    births = tuple(
        tuple(sorted(str(FIRST_BIRTH + int(day)) for day in draw.integers(0, DAYS, count)))
        for count in draw.integers(0, 6, number)
    )
    return People(
        births,
        draw.integers(LOWEST, HIGHEST, number),
        fractions[:, 0],
        fractions[:, 1],
        draw.integers(1, 4, number),
        np.where(draw.random(number) < 0.3, draw.integers(1, 50, number), 0),
        np.round(np.where(draw.random(number) < 0.9, draw.uniform(0, 1500, number), 0), 2),
    )


def months(who: People) -> Iterator[Month]:
    """Give our payslip of each month."""
    for on in (date(year, month, 1) for year in YEARS for month in range(1, 13)):
        slip = payslip(
            Payees(
                on,
                who.indice,
                who.num,
                who.den,
                who.zone,
                who.children(on),
                np.zeros_like(who.nbi),
                who.nbi,
                gains=(PayLine("PRIMES", "Primes", "gain", who.primes),),
                health=False,
            )
        )
        lines = {line.code: line.amount for line in slip.lines}
        if RATES.find(on, "IC_CSG_DEPUIS_2018") is not None:
            pay = sum_in_euros(lines["TIB"], lines.get("NBI", 0.0))
            whole = np.ones_like(who.num)
            lines["IC_CSG"] = compensation_since_2018(pay, on, whole, whole)
        yield Month(on, who, lines)


def question(drawn: list[Month]) -> dict[str, Any]:
    """Return what OpenFisca-France is asked: their variables that ours give, in columns."""
    who = drawn[0].who
    shared: dict[str, npt.NDArray[Any]] = {
        "indice": who.indice,
        "nbi": who.nbi,
        "part": who.num / who.den,
        "zone": who.zone,
    }
    return {
        "naissances": who.births,
        "mois": [
            {"mois": f"{month.on:%Y-%m}"}
            | {name: column.tolist() for name, column in shared.items()}
            | {"tib": month["TIB"].tolist(), "nbi_euros": month["NBI"].tolist()}
            | {"primes": month.others.tolist(), "IR": month["IR"].tolist()}
            | {"SFT": month["SFT"].tolist(), "IC_CSG": [0.0] * len(who.indice)}
            for month in drawn
        ],
    }
