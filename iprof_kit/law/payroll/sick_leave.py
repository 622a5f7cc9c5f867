"""Absences: leaves of health, carence, strike, taken back on lines of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from iprof_kit.base.calendar import MONTH
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import Words
from iprof_kit.base.money import percent_in_euros, share_in_euros, sum_in_euros
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.health_leave import (
    PRIMES,
    TRAITEMENT,
    LeaveDays,
    long_leave_withheld,
    share_fact,
)
from iprof_kit.law.payroll.lines import PayLine, explained_lines
from iprof_kit.law.payroll.tables import (
    PARAMETERS,
    RATES,
    absence_fact,
    line_label,
    parameter,
    takes,
)
from iprof_kit.law.tables.facts import Fact
from iprof_kit.law.tables.reading import in_euros, one_euros
from iprof_kit.law.tables.rules import rule

_LEAVE_CODE = "MALADIE_CMO"
SICK, WAITING, STRIKE, MATERNITY = "maladie", "carence", "greve", "maternite"
LONG = "conge_long"
"""Absences of absences_paie; a maternity keeps the pay whole."""


@dataclass(frozen=True)
class Absence:
    """Days of one month (thirtieths), the same for a whole column.

    Attributes
    ----------
    first_months : int
        Days of sick leave in the first three months of leave.
    next_months : int
        Days in the nine months that follow.
    waiting : int
        Waiting days (one for each leave that has one).
    prescribed : date, optional
        Day of the prescription, which fixes the rate; by default the day of the month.
    leaves : tuple of LeaveDays
        Days in long leaves, at the month that each has reached.
    completed : bool
        The ordinary leave has become a long one since: its traitement is whole, and what was paid
        of the primes stays.
    """

    first_months: int = 0
    next_months: int = 0
    waiting: int = 0
    strike: int = 0
    prescribed: date | None = None
    leaves: tuple[LeaveDays, ...] = ()
    completed: bool = False

    def __post_init__(self) -> None:
        long = (one.days for one in self.leaves)
        days = (self.first_months, self.next_months, self.waiting, self.strike, *long)
        if min(days) < 0 or sum(days) > MONTH:
            raise InputError(
                "le total des jours d’absence du mois doit être compris entre 0 et 30.",
                where="absence",
                remedy="Comptez les jours en trentièmes de mois.",
            )

    @property
    def short_days(self) -> int:
        """Thirtieths not worked, outside long leaves."""
        return self.first_months + self.next_months + self.waiting + self.strike


def leave_rate(day: date) -> Fact:
    """Return what is kept of the traitement in the first months of a leave prescribed on a day."""
    return RATES.read(day, _LEAVE_CODE)


@rule(
    sentence="En congé de maladie ordinaire, le traitement et les primes sont payés à "
    "{MALADIE_CMO:%} pendant {cmo_plein_mois:mois} (taux du jour de la prescription), puis à "
    "{cmo_demi_traitement:%} pendant {cmo_demi_mois:mois}. L’indemnité de résidence et le "
    "supplément familial restent entiers.",
    source="CGFP, art. L822-3 ; loi 2025-127, art. 189 ; décret 2010-997",
    since="1984-01-12",
    tables=("cotisations", "parametres_paie"),
    reads=in_euros(amount="Gain d’un mois entier", result="Retenu sur ce gain"),
)
def sick_leave_withheld(amount: Euros, absence: Absence, on: date) -> Euros:
    """Return what a sick leave takes back of a gain that follows the traitement.

    Parameters
    ----------
    amount : array of float64
        Euros of the month.

    Returns
    -------
    array of float64
        Euros of the month.
    """
    kept = leave_rate(absence.prescribed or on).number("taux_pct", "taux de maintien")
    half = parameter(on, "cmo_demi_traitement")
    return sum_in_euros(
        percent_in_euros(share_in_euros(amount, absence.first_months, 1, MONTH), 100 - kept),
        percent_in_euros(share_in_euros(amount, absence.next_months, 1, MONTH), 100 - half),
    )


@rule(
    sentence="Le premier jour d’un congé de maladie ordinaire (jour de carence) n’est pas payé, "
    "un jour de grève non plus : un trentième de la rémunération mensuelle est retenu pour "
    "chacun.",
    source="loi 2017-1837, art. 115 ; loi 61-825, art. 4 ; CGFP, art. L711-3",
    since="2018-01-01",
    tables=("parametres_paie",),
    reads=in_euros(amount="Gain d’un mois entier", result="Retenu sur ce gain"),
)
def day_withheld(amount: Euros, days: int, key: str, on: date) -> Euros:
    """Return what unpaid days take back of a gain.

    Parameters
    ----------
    amount : array of float64
        Euros of the month.
    key : str
        « carence_trentiemes » or « greve_trentiemes ».

    Returns
    -------
    array of float64
        Euros of the month.

    Raises
    ------
    PeriodNotCovered
        A waiting day before 2018.
    """
    return share_in_euros(amount, days * int(parameter(on, key)), 1, MONTH)


def _spared_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    touched = _codes(given["gains"], given["absence"])
    spared = [one.label for one in given["gains"] if one.code not in touched and one.amount.any()]
    base = ("Gains que cette absence touche, un mois entier", one_euros(result))
    if not spared:
        return (base,)
    named = " ; ".join(dict.fromkeys(spared))
    return ("Gains que cette absence ne touche pas", named), base


@rule(
    sentence="Un jour de grève ou de carence ne retire rien du supplément familial de traitement "
    "ni de ce qui rembourse des frais (transport, complémentaire santé) ; un congé de maladie ne "
    "retire rien non plus de l’indemnité de résidence.",
    source="CGFP, art. L711-3 et L822-3 ; circulaire du 15 février 2018 ; décret 2021-1164",
    since="1984-01-12",
    tables=("absences_paie",),
    reads=_spared_read,
)
def absence_base(gains: list[PayLine], absence: str) -> Euros:
    """Return what a whole month pays of the gains from which an absence takes.

    Parameters
    ----------
    absence : str
        « maladie », « carence » or « greve »: rows of absences_paie.

    Returns
    -------
    array of float64
        Euros of the month.
    """
    touched = _codes(gains, absence)
    whole = [line.amount for line in gains if line.code in touched]
    return sum_in_euros(np.zeros(len(gains[0].amount)), *whole)


@rule(
    sentence="Un jour d’absence retire 1/{isoe_modulable_jours} de la part modulable et "
    "1/{hsa_absence_jours} de l’heure supplémentaire année.",
    source="décret 50-1253, art. 4 ; notes de calcul de la paie, absences",
    since="2017-02-01",
    tables=("parametres_paie",),
    reads=in_euros(annual="Montant annuel", result="Retenu sur ce gain"),
)
def daily_withheld(annual: Euros, days: int, key: str, on: date) -> Euros:
    """Return what days of absence take back of an annual amount that counts by day.

    Parameters
    ----------
    annual : array of float64
        Euros a year.
    key : str
        « isoe_modulable_jours » or « hsa_absence_jours ».

    Returns
    -------
    array of float64
        Euros of the month.
    """
    return share_in_euros(annual, days, 1, int(parameter(on, key)))


_PARTS = (TRAITEMENT, PRIMES)
_OF_THE_PRIMES = "prime"
"""The family of the gains of which a long leave keeps the part of the primes."""
_BY_DAY = {"ISOE_MODULABLE": "isoe_modulable_jours", "HSA": "hsa_absence_jours"}


def apply_absence(
    gains: list[PayLine], absence: Absence, on: date
) -> tuple[list[PayLine], list[PayLine]]:
    """Return the gains with what is taken back, and the lines that say it."""
    lines: list[PayLine] = []
    sick, days = absence.first_months + absence.next_months, absence.short_days
    if sick:
        before = gains
        with explained_lines(lines):
            absence_base(gains, SICK)
            touched = _codes(gains, SICK)
            gains = [_sick(line, absence, on, days, touched) for line in gains]
            rows = (leave_rate(absence.prescribed or on), *_matrix(before, SICK))
            lines.append(_line("ABS_CMO", "Congé de maladie ordinaire", before, gains, rows))
    for leave in dict.fromkeys(one.leave for one in absence.leaves):
        before, spent = gains, [one for one in absence.leaves if one.leave == leave]
        with explained_lines(lines):
            absence_base(gains, LONG)
            for days_of_a_month in spent:
                gains = [_long(line, days_of_a_month, on) for line in gains]
            rows = (*_shares(spent, on), *_matrix(before, LONG))
            code = f"ABS_{leave}"
            lines.append(_line(code, line_label(code), before, gains, rows))
    for count, kind, key, code, label in (
        (absence.waiting, WAITING, "carence_trentiemes", "ABS_CARENCE", "Jour de carence"),
        (absence.strike, STRIKE, "greve_trentiemes", "ABS_GREVE", "Grève"),
    ):
        if count:
            before = gains
            with explained_lines(lines):
                absence_base(gains, kind)
                touched = _codes(gains, kind)
                if absence.completed and kind == WAITING:
                    touched = {one.code for one in gains if one.family == _OF_THE_PRIMES}
                gains = [
                    _unpaid(line, count, key, on) if line.code in touched else line
                    for line in gains
                ]
                rows = (PARAMETERS.read(on, key), *_matrix(before, kind))
                lines.append(_line(code, label, before, gains, rows))
    if not sick and days:
        before = gains
        with explained_lines(lines):
            gains = [_by_day(line, days, on) for line in gains]
            if any(line.code in _BY_DAY for line in gains):
                row = PARAMETERS.read(on, _BY_DAY["HSA"])
                lines.append(_line("ABS_JOURS", "Heures et part modulable", before, gains, (row,)))
    return gains, lines


def _unpaid(line: PayLine, days: int, key: str, on: date) -> PayLine:
    """Take whole days back of a monthly gain; hours and the part modulable count by day."""
    return line if line.code in _BY_DAY else line.less(day_withheld(line.amount, days, key, on))


def _codes(gains: list[PayLine], absence: str) -> set[str]:
    """Return the codes of the gains from which an absence takes."""
    return {line.code for line in gains if takes(absence, line.family)}


def _matrix(gains: list[PayLine], absence: str) -> tuple[Fact, ...]:
    """Return the rows that say what an absence takes of the gains of a payslip."""
    families = dict.fromkeys(line.family for line in gains if line.amount.any())
    return tuple(absence_fact(absence, family) for family in families)


def _sick(line: PayLine, absence: Absence, on: date, days: int, touched: set[str]) -> PayLine:
    if line.code in _BY_DAY:
        return _by_day(line, days, on)
    if line.code not in touched or not line.follows:
        return line
    if absence.completed and line.family != _OF_THE_PRIMES:
        return line
    return line.less(sick_leave_withheld(line.amount, absence, on))


def _long(line: PayLine, spent: LeaveDays, on: date) -> PayLine:
    if line.code in _BY_DAY:
        return _by_day(line, spent.days, on)
    if not line.follows or not takes(LONG, line.family):
        return line
    part = PRIMES if line.family == _OF_THE_PRIMES else TRAITEMENT
    return line.less(long_leave_withheld(line.amount, part, spent, on))


def _shares(spent: list[LeaveDays], on: date) -> tuple[Fact, ...]:
    """Return the rows that say what the months of a leave keep."""
    return tuple(share_fact(one.leave, part, one.month, on) for one in spent for part in _PARTS)


def _by_day(line: PayLine, days: int, on: date) -> PayLine:
    if line.code not in _BY_DAY or line.annual is None:
        return line
    return line.less(daily_withheld(line.annual, days, _BY_DAY[line.code], on))


def _line(
    code: str, label: str, before: list[PayLine], after: list[PayLine], rows: tuple[Fact, ...]
) -> PayLine:
    return PayLine(
        code, label, "a_deduire", sum_in_euros(_taken(after), -_taken(before)), facts=rows
    )


def _taken(gains: list[PayLine]) -> Euros:
    nothing = np.zeros(len(gains[0].amount))
    return sum_in_euros(nothing, *(g.withheld for g in gains if g.withheld is not None))
