"""The payslip of this month in a few numbers: what the first screen says is what Ma paie says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iprof_kit.calculate.career.question import CareerAnswer
from iprof_kit.calculate.pay.question import PayTotaux
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.own_situation.pay.entry import PLACE, Values, answered, month_of
from iprof_kit.ui.own_situation.pay.start import lacking, pay_start
from iprof_kit.ui.own_situation.positions import is_uncounted, unpaid_position
from iprof_kit.ui.screens.ma_paie.slip import doubtful_total


@dataclass(frozen=True)
class MonthPay:
    """The pay of one month; `unpaid` is the position in which no service is paid.

    `uncounted`: the kit does not count what is paid in the position held. `lacks` is what the file
    says that she receives and that nobody typed the measure of.
    """

    month: date
    totals: PayTotaux
    share: float
    """Per cent of a full service."""
    doubtful: bool = False
    unpaid: str = ""
    uncounted: bool = False
    lacks: str = ""


def month_pay(
    dossier: Dossier, career: CareerAnswer, typed: Values, today: date
) -> MonthPay | None:
    """Return the pay of this month, None where it could not be calculated.

    Parameters
    ----------
    career : CareerAnswer
        Where seniority leads.
    typed : mapping of str
        What the person typed in Ma paie. What she chose for another month does not hold here.
    """
    this = today.replace(day=1)
    dropped = {"mois", "annee"} | (set() if month_of(typed, today) == this else set(PLACE))
    own = {name: value for name, value in typed.items() if name not in dropped}
    start = pay_start(dossier, career.scenarios[0].etapes, this, today)
    payslip, entry = answered(own, start)
    if payslip is None:
        return None
    return MonthPay(
        this,
        payslip.totaux,
        entry.question.quotite,
        doubtful_total(payslip.lignes, "net_avant_impot"),
        unpaid_position(dossier, today),
        is_uncounted(dossier, today),
        lacking(start, entry.question),
    )
