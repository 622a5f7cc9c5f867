"""The twelve months of a civil year: due dates, cap of the RAFP, transfert regularised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from iprof_kit.base.money import sum_in_euros
from iprof_kit.calculate.pay.question import PaySituation
from iprof_kit.calculate.pay.sheet import Sheet, sheet
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.deductions import transfer_adjustment
from iprof_kit.law.payroll.payslip import Payslip, payslip
from iprof_kit.law.payroll.people import Habits
from iprof_kit.law.payroll.tables import PARAMETERS

_DECEMBER = 12


def months_of_year(who: PaySituation, year: int) -> list[tuple[Sheet, Payslip]]:
    """Return the payslips of a year, the position staying the same.

    The cap of the retraite additionnelle and the limit of exempted overtime are applied to what
    was paid since January; December regularises the transfert primes/points.
    """
    months: list[tuple[Sheet, Payslip]] = []
    for month in range(1, _DECEMBER + 1):
        on = date(year, month, 1)
        before = [slip for _, slip in months]
        habits = Habits(
            capped=who.rafp_plafonnee,
            base_before=_sum(before, "base"),
            pay_before=_sum(before, "pay"),
            exempted_before=_sum(before, "exempted"),
        )
        made = sheet([who], on, smoothed=False, habits=habits)
        slip = payslip(made.payees)
        if month == _DECEMBER:
            made, slip = _december(who, before, made, slip, habits)
        months.append((made, slip))
    return months


def _sum(slips: list[Payslip], name: str) -> Euros:
    return sum_in_euros(0.0, *(getattr(slip, name) for slip in slips))


def _december(
    who: PaySituation, before: list[Payslip], made: Sheet, slip: Payslip, habits: Habits
) -> tuple[Sheet, Payslip]:
    people = made.payees
    if PARAMETERS.find(people.on, "tpp_annuel") is None:
        return made, slip
    everything = [*before, slip]
    added = transfer_adjustment(
        _sum(everything, "transfer"), _sum(everything, "bonuses"), people.on, people.num, people.den
    )
    again = replace(habits, transfer_added=added)
    made = sheet([who], people.on, smoothed=False, habits=again)
    return made, payslip(made.payees)
