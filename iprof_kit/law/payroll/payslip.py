"""The payslip of a month: gains, bases, deductions, net, taxable, employer, in the legal order.

One call computes the same month for a column of people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.explanation import datum
from iprof_kit.base.money import TEN_THOUSANDTHS, percent_in_euros, sum_in_euros
from iprof_kit.base.words import NBSP, number_text
from iprof_kit.law.career.traitement import Euros, gross_monthly, point_value
from iprof_kit.law.payroll import contributions, deductions, health, taxation
from iprof_kit.law.payroll.deductions import EMPLOYER, day_of_rate, surcotisation_rate
from iprof_kit.law.payroll.gross import gross_lines
from iprof_kit.law.payroll.lines import (
    PayLine,
    explained_lines,
    lines_or_reason,
    recorded,
    subject_to,
    total,
    weak_family,
)
from iprof_kit.law.payroll.people import Payees
from iprof_kit.law.payroll.sick_leave import apply_absence
from iprof_kit.law.payroll.tables import (
    PARAMETERS,
    PENSIONS,
    RATES,
    enters,
)

_COVER = "Complémentaire santé"
_BASE_UNSURE = (
    "assiette non confirmée pour une indemnité de ce bulletin (majoration, indemnité "
    "compensatrice, indemnité différentielle ou remboursement)"
)
_PSC_UNKNOWN = (
    "complémentaire santé, part solidaire : non calculée, rémunération de référence inconnue "
    "(ce que le bulletin retient permet de la déduire)"
)
_PSC_CSG_UNKNOWN = (
    "complémentaire santé : CSG et CRDS sur la participation de l’employeur non calculées (règle "
    "non confirmée)"
)


@dataclass(frozen=True)
class Payslip:
    """The lines and totals of a month, for everybody of the column (euros).

    `base`, `pay`, `bonuses`, `transfer` and `exempted` are what the following months need;
    `allowances` are the primes, indemnités and hours of the gross.
    """

    lines: tuple[PayLine, ...]
    gross: Euros
    net: Euros
    taxable: Euros
    paid: Euros | None
    cost: Euros
    base: Euros
    pay: Euros
    bonuses: Euros
    transfer: Euros
    exempted: Euros
    allowances: Euros
    unknown: tuple[str, ...]


def payslip(who: Payees) -> Payslip:
    """Return the payslip of one month.

    Raises
    ------
    PeriodNotCovered
        The month is before what the tables cover.
    InputError
        Unknown zone or territory, absence longer than the month.
    """
    unknown: list[str] = []
    gains = gross_lines(who, unknown)
    lines = list(gains)
    if who.absence is not None:
        gains, absences = apply_absence(gains, who.absence, who.on)
        lines += absences
    gross = total(gains)
    pay = sum_in_euros(*(line.paid for line in gains if line.family == "traitement"))
    tib = gains[0].paid
    with explained_lines(lines):
        transfer, bonuses = _transfer(who, gains, lines)
    with explained_lines(lines):
        pension = _pension(who, pay, lines)
    with explained_lines(lines):
        base, capped, additional = _additional(who, gains, transfer, lines)
    social = _social(who.on, gains, transfer, lines)
    retained = sum_in_euros(pension, additional)
    with explained_lines(lines):
        solidarity = _solidarity(who.on, gains, transfer, retained, lines)
    overtime = _sum([line.paid for line in gains if line.family == "heures"], gross)
    with explained_lines(lines):
        credit = _credit(who.on, overtime, lines)
    cover = _health(who, gross, lines, unknown)
    net = sum_in_euros(
        gross,
        -transfer,
        -pension,
        -additional,
        *(-part for part in social),
        -solidarity,
        credit,
        -cover,
    )
    with explained_lines(lines):
        exempted = _exempted(who, overtime)
        costs = _sum([line.paid for line in gains if not enters(line.family, "impot")], gross)
        taxed = taxation.taxable(net, social[1], social[2], exempted, costs)
        paid = _tax(who, net, taxed, lines)
    employer = _employer(who, pay, capped, lines, unknown)
    cost = sum_in_euros(gross, -transfer, employer)
    return Payslip(
        tuple(lines),
        gross,
        net,
        taxed,
        paid,
        cost,
        base,
        tib,
        bonuses,
        transfer,
        exempted,
        subject_to(gains, "indemnite"),
        tuple(unknown),
    )


def _sum(amounts: list[Euros], like: Euros) -> Euros:
    return sum_in_euros(np.zeros(len(like)), *amounts)


def _add(
    lines: list[PayLine],
    code: str,
    label: str,
    amount: Euros,
    base: Euros,
    on: date,
    doubt: str = "",
    doubtful: npt.NDArray[np.bool_] | None = None,
) -> None:
    """Add a retenue whose rate is in cotisations."""
    if amount.any():
        row = RATES.read(on, code)
        rate = float(row.values["taux_pct"])
        lines.append(
            PayLine(
                code,
                label,
                "retenue",
                amount,
                base=base,
                rate=rate,
                facts=(row,),
                doubt=doubt,
                doubtful=doubtful,
            )
        )


def _transfer(who: Payees, gains: list[PayLine], lines: list[PayLine]) -> tuple[Euros, Euros]:
    """Return the transfert primes/points and the primes that bound it."""
    bonuses = subject_to(gains, "tpp")
    if RATES.find(who.on, "TPP") is None:
        return bonuses * 0.0, bonuses
    habits = who.habits
    due = deductions.bonus_transfer(
        bonuses, who.on, who.num, who.den, limited=habits.limited_transfer
    )
    due = sum_in_euros(due, habits.transfer_added)
    if due.any():
        lines.append(
            PayLine(
                "TPP",
                "Transfert primes/points",
                "a_deduire",
                due,
                base=bonuses,
                facts=(PARAMETERS.read(who.on, "tpp_annuel"),),
            )
        )
    return due, bonuses


def _pension(who: Payees, pay: Euros, lines: list[PayLine]) -> Euros:
    if who.worked is None:
        amount = deductions.pension_contribution(pay, who.on)
        _add(lines, "PENSION_CIVILE", "Retenue pour pension", amount, pay, who.on)
        return amount
    asked = who.asked or who.on
    rate = float(surcotisation_rate([who.worked], asked, month=who.on)[0])
    percent = round(rate * 100 * TEN_THOUSANDTHS) / TEN_THOUSANDTHS
    point = point_value(axis_of(who.on))
    full = sum_in_euros(gross_monthly(who.indice, point), gross_monthly(who.bi + who.nbi, point))
    amount = percent_in_euros(full, percent)
    rows = (PENSIONS.read(day_of_rate(asked), EMPLOYER), RATES.read(who.on, "PENSION_CIVILE"))
    lines.append(
        PayLine(
            "SURCOTISATION",
            "Retenue pour pension, avec surcotisation",
            "retenue",
            amount,
            base=full,
            rate=percent,
            facts=rows,
        )
    )
    return amount


def _additional(
    who: Payees, gains: list[PayLine], transfer: Euros, lines: list[PayLine]
) -> tuple[Euros, Euros, Euros]:
    """Return the base of the retraite additionnelle, what its cap leaves, and the retenue."""
    base, habits = sum_in_euros(subject_to(gains, "rafp"), -transfer), who.habits
    capped = deductions.additional_base(
        base,
        gains[0].paid,
        who.on,
        capped=habits.capped,
        base_before=habits.base_before,
        pay_before=habits.pay_before,
    )
    amount = deductions.additional_contribution(capped, who.on)
    _add(
        lines,
        "RAFP",
        "Retraite additionnelle (RAFP)",
        amount,
        capped,
        who.on,
        doubt=_BASE_UNSURE,
        doubtful=weak_family(gains),
    )
    return base, capped, amount


def _social(
    on: date, gains: list[PayLine], transfer: Euros, lines: list[PayLine]
) -> tuple[Euros, Euros, Euros]:
    """Return deductible CSG, non-deductible CSG, CRDS."""
    with recorded() as shared:
        base = sum_in_euros(subject_to(gains, "csg"), -transfer)
    shown = deductions.abated_base(base, on)
    contributions = []
    for code, label in (
        ("CSG_DED", "CSG déductible"),
        ("CSG_NON_DED", "CSG non déductible"),
        ("CRDS", "CRDS"),
    ):
        with explained_lines(lines, *shared.steps):
            amount = deductions.social_contribution(base, code, on)
            _add(lines, code, label, amount, shown, on)
        contributions.append(amount)
    return contributions[0], contributions[1], contributions[2]


def _solidarity(
    on: date, gains: list[PayLine], transfer: Euros, retained: Euros, lines: list[PayLine]
) -> Euros:
    """Return the contribution de solidarité; `retained` is what goes to pensions."""
    if RATES.find(on, "CES") is None:
        return retained * 0.0
    base = sum_in_euros(subject_to(gains, "csg"), -transfer, -retained)
    compared = sum_in_euros(subject_to(gains, "ces_seuil"), -retained)
    amount = deductions.solidarity_contribution(base, compared, on)
    _add(lines, "CES", "Contribution exceptionnelle de solidarité", amount, base, on)
    return amount


def _credit(on: date, overtime: Euros, lines: list[PayLine]) -> Euros:
    if RATES.find(on, "REDUC_HS") is None or not overtime.any():
        return overtime * 0.0
    amount, row = deductions.overtime_credit(overtime, on), RATES.read(on, "REDUC_HS")
    rate = float(row.values["taux_pct"])
    lines.append(
        PayLine(
            "REDUC_HS",
            "Réduction de cotisations sur les heures",
            "credit",
            amount,
            base=overtime,
            rate=rate,
            facts=(row,),
        )
    )
    return amount


def _health(who: Payees, gross: Euros, lines: list[PayLine], unknown: list[str]) -> Euros:
    """Return what the agent pays for the compulsory cover, as far as it is known."""
    if not who.health or not health.in_force(who.on):
        return gross * 0.0
    cover = lines_or_reason(_COVER, lambda: _cover(who, gross, unknown), unknown)
    lines += cover
    return _sum([line.amount for line in cover], gross)


def _cover(who: Payees, gross: Euros, unknown: list[str]) -> list[PayLine]:
    facts = (
        RATES.read(who.on, "PSC_SANTE_AGENT_FIXE"),
        PARAMETERS.read(who.on, "psc_cotisation_equilibre"),
    )
    cover: list[PayLine] = []
    with explained_lines(cover):
        amount = gross * 0.0 + health.health_share(who.on)
        cover.append(PayLine("PSC_FIXE", f"{_COVER}, part fixe", "retenue", amount, facts=facts))
    unknown.append(_PSC_CSG_UNKNOWN)
    ceiling = who.health_ceiling or health.ceiling_of(who.on)
    if who.health_reference is None or ceiling is None:
        unknown.append(_PSC_UNKNOWN)
        return cover
    facts = (RATES.read(who.on, "PSC_SANTE_AGENT_VARIABLE"), facts[1])
    label = f"{_COVER}, part solidaire"
    with explained_lines(cover):
        shared = health.health_solidarity(gross, who.health_reference, ceiling, who.on)
        cover.append(PayLine("PSC_SOLIDAIRE", label, "retenue", shared, base=gross, facts=facts))
    return cover


def _exempted(who: Payees, overtime: Euros) -> Euros:
    if not overtime.any() or PARAMETERS.find(who.on, "exo_ir_hs_plafond") is None:
        return overtime * 0.0
    share = deductions.social_contribution(overtime, "CSG_DED", who.on)
    return taxation.exempt_overtime(overtime, share, who.on, who.habits.exempted_before)


def _tax(who: Payees, net: Euros, taxed: Euros, lines: list[PayLine]) -> Euros | None:
    if who.tax is None:
        return None
    datum("Taux du foyer", f"{number_text(who.tax)}{NBSP}%")
    amount = taxation.withheld_tax(taxed, who.tax, who.on)
    lines.append(
        PayLine(
            "PAS",
            "Prélèvement à la source",
            "retenue",
            amount,
            base=taxed,
            rate=who.tax,
            facts=(PARAMETERS.read(who.on, "pas"),),
        )
    )
    return sum_in_euros(net, -amount)


def _employer(
    who: Payees, pay: Euros, capped: Euros, lines: list[PayLine], unknown: list[str]
) -> Euros:
    parts = [(code, label, pay) for code, label in contributions.ON_PAY]
    parts.append(("RAFP_EMPLOYEUR", "Retraite additionnelle, part de l’employeur", capped))
    amounts = [pay * 0.0]
    for code, label, base in parts:
        row = RATES.find(who.on, code)
        if row is None:
            unknown.append(
                f"coût employeur, {label} : non compté, taux de la date absent des tables"
            )
            continue
        rate = float(row.values["taux_pct"])
        with explained_lines(lines):
            amount = contributions.employer_contribution(base, code, who.on)
            lines.append(
                PayLine(code, label, "patronal", amount, base=base, rate=rate, facts=(row,))
            )
        amounts.append(amount)
    if who.health and health.in_force(who.on):
        name = f"{_COVER}, participation"
        with explained_lines(lines):
            share = lines_or_reason(name, lambda: [_employer_cover(who.on, name, pay)], unknown)
            lines += share
        amounts += [line.amount for line in share]
    return sum_in_euros(*amounts)


def _employer_cover(on: date, name: str, like: Euros) -> PayLine:
    amount = like * 0.0 + health.health_share(on, employer=True)
    row = RATES.read(on, "PSC_SANTE_EMPLOYEUR")
    return PayLine("PSC_EMPLOYEUR", name, "patronal", amount, facts=(row,))
