"""The annual net pay of projected careers: by distinct profile first, then gathered.

The net before tax of one year is twelve times the month of a person in an ordinary post of her
corps, primes by twelfths, at the law of 1 September of that year (the last known values for the
years to come) and at the position held on the eve, 31 August: what a projection keeps. The cap of
the retraite additionnelle, which is annual, is then exactly that of the year. The compulsory health
cover and the indemnité compensatrice of the CSG depend on facts that no table holds: they are left
out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import axis_of, date_of, rentree
from iprof_kit.base.errors import InputError
from iprof_kit.careers.agents import CellColumn, Whole
from iprof_kit.law.career.traitement import UNKNOWN, majore
from iprof_kit.law.payroll.allowances import ATTRACTIVITY as _ATTRACTIVITY
from iprof_kit.law.payroll.allowances import (
    REP_CODES,
    find_allowance,
    usual_codes,
    variants,
)
from iprof_kit.law.payroll.gains import allowance_line, attractivity_line
from iprof_kit.law.payroll.lines import PayLine
from iprof_kit.law.payroll.payslip import payslip
from iprof_kit.law.payroll.people import Payees
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.verified import verified_until

PRIORITY = ("aucune", "REP", "REP+")
"""What the numbers of the column `priority` mean."""
Net = npt.NDArray[np.float32]
_MONTHS = 12
_VARIANTS = {"PSYEN_FONCTIONS": "EDO"}
"""Primes of a whole corps whose amount depended on a speciality, the same for both since 2024."""


@dataclass(frozen=True)
class Households:
    """What a payslip depends on beside the position, one row an agent.

    Parameters
    ----------
    zone : array of int
        Zone of residence, 1 to 3.
    children : array of int
    num, den : arrays of int
        Fraction paid (`law.career.traitement.part_time_fraction`).
    priority : array of int
        0 none, 1 REP, 2 REP+.

    Raises
    ------
    InputError
        Columns of different lengths, an unknown priority.
    """

    zone: Whole
    children: Whole
    num: Whole
    den: Whole
    priority: Whole

    def __post_init__(self) -> None:
        columns = {name: np.asarray(getattr(self, name)) for name in self.__dataclass_fields__}
        if len({len(column) for column in columns.values()}) != 1:
            raise InputError("Les colonnes n’ont pas la même longueur.", where="agents")
        for name, column in columns.items():
            if not np.issubdtype(column.dtype, np.integer):
                raise InputError(
                    "la colonne doit contenir des nombres entiers, sans valeur absente.", where=name
                )
        priority = columns["priority"]
        if priority.size and not 0 <= int(priority.min()) <= int(priority.max()) < len(PRIORITY):
            raise InputError(
                "éducation prioritaire inconnue.",
                where="priority",
                remedy="0 (aucune), 1 (REP) ou 2 (REP+).",
            )

    def __len__(self) -> int:
        return len(self.zone)


def annual_net(states: CellColumn, years: npt.NDArray[np.int64], households: Households) -> Net:
    """Return the annual net pay before tax of projected careers.

    Parameters
    ----------
    states : array of int16 [year, agent]
        Cells held on 31 August, as `Projection.states`; −1 where the agent is not in the career.
    years : array of int [year]
        Civil year of each 31 August, as `Projection.years`.
    households : Households
        One row an agent.

    Returns
    -------
    array of float32 [year, agent]
        Euros a year, net before tax; NaN where the cell is −1 or the grid of that year has no
        index for it. Memory: the result (4 bytes a cell) and one row of indices.

    Raises
    ------
    InputError
        Shapes that do not agree, an unknown zone.
    PeriodNotCovered
        A year before the tables.
    """
    states = np.asarray(states)
    if states.shape != (len(years), len(households)):
        raise InputError("états, années et agents n’ont pas la même longueur.", where="states")
    profiles, of_agent = _profiles(households)
    count = len(profiles)
    found: Net = np.empty(states.shape, np.float32)
    tables: dict[date, Net] = {}
    for row, year in enumerate(years.tolist()):
        on = min(date_of(rentree(year)), _last_known())
        if on not in tables:
            tables[on] = _net_table(profiles, on)
        index = states[row].astype(np.int32)
        index[index < 0] = CELLS.count
        index *= count
        index += of_agent
        np.take(tables[on], index, out=found[row])
    return found


def _last_known() -> date:
    return verified_until().replace(day=1)


def _profiles(households: Households) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Return the distinct households [profile, field], and the profile of each agent."""
    fields = (households.zone, households.children, households.num, households.den,
              households.priority)  # fmt: skip
    code = np.zeros(len(households), np.int64)
    for field in fields:
        if field.size and int(field.min()) < 0:
            raise InputError("une valeur est négative.", where="households")
        code = code * (int(field.max(initial=0)) + 1) + field
    _, first, of_agent = np.unique(code, return_index=True, return_inverse=True)
    profiles = np.stack([np.asarray(field, np.int64)[first] for field in fields], axis=1)
    return profiles, of_agent.astype(np.int32)


def _net_table(profiles: npt.NDArray[np.int64], on: date) -> Net:
    """Return [cell × profile] the annual net of a day's law, NaN for the row of « no cell »."""
    table = np.full((CELLS.count + 1, len(profiles)), np.nan, np.float32)
    known = np.flatnonzero(majore(axis_of(on)) != UNKNOWN)
    for corps in dict.fromkeys(CELLS.corps[known]):
        cells = known[CELLS.corps[known] == corps]
        for priority in np.unique(profiles[:, -1]):
            mine = np.flatnonzero(profiles[:, -1] == priority)
            month = _month(str(corps), cells, profiles[mine], PRIORITY[priority], on)
            table[np.ix_(cells, mine)] = (month * _MONTHS).reshape(len(cells), len(mine))
    return table.ravel()


def _month(
    corps: str, cells: Cell, profiles: npt.NDArray[np.int64], priority: str, on: date
) -> npt.NDArray[np.float64]:
    """Return the net of a month for each cell × profile of one corps and one kind of post."""
    cell = np.repeat(cells, len(profiles))
    zone, children, num, den, _ = np.tile(profiles, (len(cells), 1)).T
    codes = [code for code in (*usual_codes(corps), *_VARIANTS) if variants(code, on)]
    codes += [REP_CODES[priority]] if priority in REP_CODES else []
    lines: list[PayLine | None] = []
    for code in codes:
        if code == _ATTRACTIVITY:
            lines.append(attractivity_line(cell, on, num, den))
            continue
        row = find_allowance(code, _VARIANTS.get(code), None, on)
        if corps in str(row.values["corps"]).split(";"):
            lines.append(allowance_line(row, on, num, den, smoothed=True))
    nothing = np.zeros(len(cell), np.int64)
    who = Payees(
        on,
        majore(axis_of(on))[cell],
        num,
        den,
        zone,
        children,
        nothing,
        nothing,
        gains=tuple(line for line in lines if line is not None),
        health=False,
    )
    return payslip(who).net
