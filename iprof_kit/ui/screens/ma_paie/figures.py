"""The net and the gross of a month, as any screen writes them: with their fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from iprof_kit.calculate.pay.question import PayTotaux
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure

MEAN = "mois moyen"
"""The hypothesis of a month whose yearly primes are spread: it parts it from a payslip."""
ABSENT = "absences déduites"
"""The hypothesis of a month from which the absences typed are taken."""
FULL = "à service complet"
"""The hypothesis of a pay that no service earns today."""


def net_of(
    amount: float,
    month: date,
    given: Iterable[str] = (),
    write: Callable[[float], str] = text.euros,
) -> Worded:
    """Return the net of a month before tax, with its fact."""
    return figure(write(amount), "net", amount, pay_month(month), given)


def pay_figures(totals: PayTotaux, month: date, given: Iterable[str] = ()) -> tuple[Worded, Worded]:
    """Return net and gross of a month, to the euro."""
    gross = figure(text.euros(totals.brut), "gross", totals.brut, pay_month(month), given)
    return net_of(totals.net_avant_impot, month, given), gross


def pay_month(month: date) -> str:
    """Return « 2026-11 »: how the moment of a pay is written in a fact."""
    return f"{month:%Y-%m}"
