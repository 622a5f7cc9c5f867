"""Who is paid in one run, and what the year already holds for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from iprof_kit.base.explanation import AppliedRule
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.lines import PayLine
from iprof_kit.law.payroll.sick_leave import Absence
from iprof_kit.law.tables.cells import Cell
from iprof_kit.law.tables.facts import Fact


@dataclass(frozen=True)
class Habits:
    """How the year is taken into account; the defaults are those of one month alone.

    Attributes
    ----------
    capped : bool
        Cap of the retraite additionnelle; False is the habit of published tables.
    limited_transfer : bool
        The primes received bound the transfert primes/points.
    base_before, pay_before, exempted_before : arrays of float64
        Since 1 January, this month excluded: base of the retraite additionnelle, traitement,
        exempted overtime.
    transfer_added : array of float64
        Regularisation of the transfert this month.
    """

    capped: bool = True
    limited_transfer: bool = True
    base_before: Euros | float = 0.0
    pay_before: Euros | float = 0.0
    exempted_before: Euros | float = 0.0
    transfer_added: Euros | float = 0.0


@dataclass(frozen=True)
class Payees:
    """The people of one payslip run: columns of equal length, one month.

    Attributes
    ----------
    on : date
        First day of the month.
    indice : array of int
        Indice majoré.
    num, den : arrays of int
        Fraction paid.
    zone, children : arrays of int
    bi, nbi : arrays of int
        Index points.
    bi_facts, nbi_facts : tuples of Fact
        Rows that give the points, for the papers of the lines.
    cell : array of int, optional
        Position of each, −1 where unknown (an index alone), for the papers of its index.
    cell_facts : mapping of int to tuple of Fact
        Row of the grid of each position.
    uncertain_fraction : array of bool, optional
        Whose fraction paid is not confirmed by the texts read.
    gains : tuple of PayLine
        Every other gain, see `gains`.
    territory : str
        « » in metropolitan France.
    worked : float, optional
        Quotité worked, in per cent, of whoever chose the surcotisation.
    asked : date, optional
        When the surcotisation was asked for; by default, the month.
    health : bool
        Member of the compulsory health cover.
    health_reference, health_ceiling : float, optional
        Reference pay, which no table holds, and ceiling instead of the table's.
    tax : float, optional
        Own rate of income tax, in per cent.
    steps : mapping of str to tuple of AppliedRule
        By line (TIB, BI, NBI, IR, SFT): what was read of each before the run, where somebody asked
        why.
    """

    on: date
    indice: Cell
    num: Cell
    den: Cell
    zone: Cell
    children: Cell
    bi: Cell
    nbi: Cell
    cell: Cell | None = None
    cell_facts: Mapping[int, tuple[Fact, ...]] = field(default_factory=dict)
    uncertain_fraction: npt.NDArray[np.bool_] | None = None
    bi_facts: tuple[Fact, ...] = ()
    nbi_facts: tuple[Fact, ...] = ()
    gains: tuple[PayLine, ...] = ()
    territory: str = ""
    worked: float | None = None
    asked: date | None = None
    absence: Absence | None = None
    health: bool = True
    health_reference: float | None = None
    health_ceiling: float | None = None
    tax: float | None = None
    habits: Habits = Habits()
    steps: Mapping[str, tuple[AppliedRule, ...]] = field(default_factory=dict)
