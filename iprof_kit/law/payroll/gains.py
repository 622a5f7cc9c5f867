"""The lines of gains: from rows of the tables to amounts of a month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.money import percent_in_euros, share_in_euros, sum_in_euros
from iprof_kit.law.career.traitement import Euros, point_value
from iprof_kit.law.payroll.allowances import (
    ATTRACTIVITY,
    DAILY,
    attractivity,
    attractivity_fact,
    due_amount,
    due_share,
    follows_part_time,
    installation_bonus,
    written_amount,
)
from iprof_kit.law.payroll.lines import PayLine
from iprof_kit.law.payroll.overtime import (
    Scale,
    effective_hour,
    first_degree_rate,
    overtime_hour,
)
from iprof_kit.law.payroll.tables import PARAMETERS, family_of, line_label, parameter
from iprof_kit.law.payroll.transport import TRANSPORT, transport_refund
from iprof_kit.law.tables.cells import Cell
from iprof_kit.law.tables.facts import Fact

_MONTHLY, NINTHS = "mensuel", "neuvieme_oct_juin"
_DECIMALS = 100


@dataclass(frozen=True)
class PaidMonth:
    """A month that is paid: a day of it, and the fraction paid of each person.

    `smoothed`: what is yearly is paid by twelfths, whatever its periodicity (published tables).
    """

    on: date
    num: Cell
    den: Cell
    smoothed: bool = False


def allowance_line(
    row: Fact,
    paid: PaidMonth,
    *,
    count: float = 1,
    part: float = 100,
    coefficient: float = 1,
    month: int | None = None,
) -> PayLine | None:
    """Return the line of a prime, None where nothing falls due this month.

    Parameters
    ----------
    row : Fact
        See `allowances.find_allowance`.
    count : float
        Missions, students, days.
    part : float
        Per cent of the service that opens the right (time in REP, service before pupils).
    coefficient : float
        See `allowances.direction_coefficient`.
    month
        See `allowances.due_share`.
    """
    code, periodicity = str(row.values["code"]), row.text("periodicite", "périodicité")
    label, family, size = line_label(code), family_of(code), len(paid.num)
    if periodicity == DAILY:
        unit = np.full(size, written_amount(row))
        amount = share_in_euros(unit, round(count), 1, 1)
        return PayLine(code, label, "gain", amount, family, unit=unit, facts=(row,))
    yearly = written_amount(row)
    annual = np.full(
        size,
        round(yearly * count * coefficient * part) / 100
        if part != 100
        else yearly * count * coefficient,
    )
    return yearly_line(
        code,
        label,
        annual,
        (row,),
        paid,
        periodicity=periodicity,
        follows=follows_part_time(row),
        month=month,
    )


def attractivity_line(cell: Cell, paid: PaidMonth) -> PayLine | None:
    """Return the line of the prime d'attractivité, None where nobody of the column has one.

    It is monthly: `paid.smoothed` changes nothing.
    """
    annual = attractivity(cell, paid.on)
    if not annual.any():
        return None
    facts = {code: attractivity_fact(code, paid.on) for code in set(cell.tolist())}
    own = {code: (row,) for code, row in facts.items() if row is not None}
    follows = follows_part_time(next(iter(own.values()))[0])
    line = yearly_line(
        ATTRACTIVITY,
        line_label(ATTRACTIVITY),
        annual,
        (),
        replace(paid, smoothed=False),
        periodicity=_MONTHLY,
        follows=follows,
    )
    return None if line is None else replace(line, own=own, own_key=cell)


def yearly_line(
    code: str,
    label: str,
    annual: Euros,
    facts: tuple[Fact, ...],
    paid: PaidMonth,
    *,
    periodicity: str,
    follows: bool,
    month: int | None = None,
) -> PayLine | None:
    """Return the line of an annual amount, None where nothing falls due this month."""
    due = due_share(periodicity, paid.on, smoothed=paid.smoothed, month=month)
    if not due.numerator:
        return None
    amount = due_amount(annual, due, paid.num, paid.den, follows=follows)
    return PayLine(
        code,
        label,
        "gain",
        amount,
        family_of(code),
        follows=periodicity == _MONTHLY,
        annual=annual,
        facts=(*facts, due.fact),
    )


def overtime_lines(
    scale: Scale, paid: PaidMonth, *, annual_hours: float = 0, single_hours: float = 0
) -> list[PayLine]:
    """Return the lines of heures année (from October to June) and of heures effectives.

    Parameters
    ----------
    scale : Scale
        See `overtime.scale_of`.
    paid : PaidMonth
        Its fraction changes no amount: heures follow the service done.
    annual_hours : float
        HSA of the week; the first hour is paid more.
    single_hours : float
        HSE of the month.
    """
    on = paid.on
    ends, point = np.full(len(paid.num), scale.first + scale.last), point_value(axis_of(on))
    usual = overtime_hour(ends, point, scale.hours, scale.promoted, on)
    lines: list[PayLine | None] = []
    if annual_hours:
        best = overtime_hour(ends, point, scale.hours, scale.promoted, on, first=True)
        one = min(annual_hours, 1)
        annual = sum_in_euros(
            percent_in_euros(best, one * 100), percent_in_euros(usual, (annual_hours - one) * 100)
        )
        lines.append(
            yearly_line(
                "HSA",
                line_label("HSA"),
                annual,
                scale.facts,
                paid,
                periodicity=NINTHS,
                follows=False,
            )
        )
    if single_hours:
        unit = effective_hour(usual, on)
        amount = share_in_euros(unit, round(single_hours * _DECIMALS), 1, _DECIMALS)
        lines.append(
            PayLine(
                "HSE",
                "Heures supplémentaires effectives",
                "gain",
                amount,
                "heures",
                unit=unit,
                facts=scale.facts,
            )
        )
    return [line for line in lines if line is not None]


def hourly_line(row: Fact, hours: float, size: int) -> PayLine:
    """Return the line of hours of the first degree.

    Parameters
    ----------
    row : Fact
        See `overtime.first_degree_hour`.
    hours : float
        Hours of the month.
    size : int
        Number of people.
    """
    code = str(row.values["code"])
    unit = np.full(size, first_degree_rate(row))
    amount = share_in_euros(unit, round(hours * _DECIMALS), 1, _DECIMALS)
    return PayLine(code, line_label(code), "gain", amount, family_of(code), unit=unit, facts=(row,))


def installation_line(row: Fact, zone: Cell, on: date, month: int | None) -> PayLine | None:
    """Return the line of the prime spéciale d'installation, None where nothing falls due.

    Parameters
    ----------
    row : Fact
        See `allowances.find_allowance`.
    zone : array of int
        Zone of the post, one for each person.
    month : int, optional
        Month in which it is paid: no text says it.
    """
    due = due_share(row.text("periodicite", "périodicité"), on, smoothed=False, month=month)
    if not due.numerator:
        return None
    amount, code = installation_bonus(row, zone, on), str(row.values["code"])
    return PayLine(code, line_label(code), "gain", amount, family_of(code), facts=(row, due.fact))


def transport_line(ticket: Euros, worked: Euros, on: date) -> PayLine:
    """Return the line of the refund of a season ticket; see `transport_refund`."""
    facts = tuple(PARAMETERS.read(on, key) for key in ("transport_taux", "transport_plafond"))
    return PayLine(
        TRANSPORT,
        line_label(TRANSPORT),
        "gain",
        transport_refund(ticket, worked, on),
        family_of(TRANSPORT),
        base=ticket,
        rate=parameter(on, "transport_taux"),
        facts=facts,
    )
