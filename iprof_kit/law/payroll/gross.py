"""The gross: traitement, points, indemnité de résidence, supplément familial, overseas."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.money import sum_in_euros
from iprof_kit.law.career.traitement import Euros, gross_monthly, point_value
from iprof_kit.law.payroll.base_pay import (
    below_known_minimum,
    bonus_points_pay,
    differential_indemnity,
)
from iprof_kit.law.payroll.deductions import pension_contribution
from iprof_kit.law.payroll.family import children_fact, family_base, family_supplement
from iprof_kit.law.payroll.lines import PayLine, explained_lines, lines_or_reason
from iprof_kit.law.payroll.overseas import (
    correction_index,
    overseas_fact,
    overseas_increase,
    pay_coefficient,
)
from iprof_kit.law.payroll.people import Payees
from iprof_kit.law.payroll.residence import residence_base, residence_indemnity, zone_fact
from iprof_kit.law.payroll.tables import PARAMETERS, POINT
from iprof_kit.law.tables.cells import Cell
from iprof_kit.law.tables.facts import Fact

_RESIDENCE, _FAMILY = "Indemnité de résidence", "Supplément familial de traitement"
_FRACTION = "fraction payée d’une quotité intermédiaire : formule non confirmée"
_SMIC_UNKNOWN = (
    "indemnité différentielle : non calculée, salaire minimum de la date absent des tables"
)


def gross_lines(who: Payees, unknown: list[str]) -> list[PayLine]:
    """Return every gain, the traitement first; what cannot be computed is added to `unknown`."""
    on, num, den, before = who.on, who.num, who.den, who.steps
    gains: list[PayLine] = []
    with explained_lines(gains, *before.get("TIB", ())):
        point = point_value(axis_of(on))
        full = gross_monthly(who.indice, point)
        tib = gross_monthly(who.indice, point, num, den)
        gains.append(_traitement(who, full, tib))
    whole, pay = full, tib
    for code, label, points, facts in (
        ("BI", "Bonification indiciaire", who.bi, who.bi_facts),
        ("NBI", "Nouvelle bonification indiciaire", who.nbi, who.nbi_facts),
    ):
        if points.any():
            with explained_lines(gains, *before.get(code, ())):
                amount = bonus_points_pay(points, on, num, den)
                gains.append(
                    PayLine(code, label, "gain", amount, "traitement", follows=True, facts=facts)
                )
            whole = sum_in_euros(whole, gross_monthly(points, point))
            pay = sum_in_euros(pay, amount)
    with explained_lines(gains, *before.get("IR", ())):
        gains += lines_or_reason(_RESIDENCE, lambda: _residence(who, pay), unknown)
    with explained_lines(gains, *before.get("SFT", ())):
        gains += lines_or_reason(_FAMILY, lambda: _family(who, whole), unknown)
    with explained_lines(gains):
        gains += _minimum(full, who, unknown)
    gains += who.gains
    return gains + _overseas(who, gains)


def _traitement(who: Payees, full: Euros, tib: Euros) -> PayLine:
    return PayLine(
        "TIB",
        "Traitement indiciaire brut",
        "gain",
        tib,
        "traitement",
        base=full,
        rate=_percent(who.num, who.den),
        follows=True,
        facts=(POINT.read(who.on),),
        own=who.cell_facts,
        own_key=who.cell,
        doubt=_FRACTION,
        doubtful=_or_nobody(who.uncertain_fraction, who.num),
    )


def _residence(who: Payees, pay: Euros) -> list[PayLine]:
    base = residence_base(pay, who.zone, who.on, who.num, who.den)
    residence = residence_indemnity(base, who.zone, who.on)
    if not residence.any():
        return []
    own = {zone: (zone_fact(zone, who.on),) for zone in set(who.zone.tolist())}
    rate = np.array([float(own[zone][0].values["taux_pct"]) for zone in who.zone.tolist()])
    return [
        PayLine(
            "IR",
            _RESIDENCE,
            "gain",
            residence,
            "residence",
            base=base,
            rate=rate,
            own=own,
            own_key=who.zone,
        )
    ]


def _family(who: Payees, whole: Euros) -> list[PayLine]:
    on, num, den = who.on, who.num, who.den
    if not who.children.any():
        return []
    supplement = family_supplement(whole, who.children, on, num, den)
    own = {n: (children_fact(n, on),) for n in set(who.children.tolist()) if n > 0}
    bounded, share = family_base(whole, who.children, on, num, den)
    return [
        PayLine(
            "SFT",
            _FAMILY,
            "gain",
            supplement,
            "sft",
            base=bounded,
            rate=share,
            own=own,
            own_key=who.children,
        )
    ]


def _or_nobody(mask: npt.NDArray[np.bool_] | None, like: Cell) -> npt.NDArray[np.bool_]:
    return np.zeros(len(like), bool) if mask is None else mask


def _percent(num: Cell, den: Cell) -> Euros:
    return np.round(100 * num / den, 2)


def _minimum(full: Euros, who: Payees, unknown: list[str]) -> list[PayLine]:
    below = below_known_minimum(full, who.on)
    if below is None:
        unknown.append(_SMIC_UNKNOWN)
    if not below:
        return []
    amount = differential_indemnity(full, who.on, who.num, who.den)
    return [
        PayLine(
            "IND_DIFFERENTIELLE",
            "Indemnité différentielle (salaire minimum)",
            "gain",
            amount,
            "differentielle",
            base=full,
            follows=True,
            facts=(PARAMETERS.read(who.on, "smic_mensuel"),),
        )
    ]


def _overseas(who: Payees, gains: list[PayLine]) -> list[PayLine]:
    if not who.territory:
        return []
    lines: list[PayLine] = []
    row = overseas_fact("MAJORATION_TRAITEMENT", who.territory, who.on)
    if row is not None:
        with explained_lines(lines):
            lines.append(_increase(gains[0].amount, row))
        index = overseas_fact("INDEX_CORRECTION", who.territory, who.on)
        if index is not None:
            with explained_lines(lines):
                lines.append(_index(sum_in_euros(gains[0].amount, lines[0].amount), index))
    row = overseas_fact("COEFFICIENT_MAJORATION", who.territory, who.on)
    if row is not None:
        with explained_lines(lines):
            lines.append(_coefficient(who, gains, row))
    return lines


def _increase(tib: Euros, row: Fact) -> PayLine:
    return PayLine(
        "MAJORATION",
        "Majoration de traitement outre-mer",
        "gain",
        overseas_increase(tib, row),
        "majoration",
        base=tib,
        rate=float(row.values["taux_pct"]),
        follows=True,
        facts=(row,),
    )


def _index(base: Euros, row: Fact) -> PayLine:
    return PayLine(
        "INDEX",
        "Index de correction",
        "gain",
        correction_index(base, row),
        "majoration",
        base=base,
        follows=True,
        facts=(row,),
    )


def _coefficient(who: Payees, gains: list[PayLine], row: Fact) -> PayLine:
    pay, extra = _sum(gains, "traitement"), _sum(gains, "residence", "sft")
    pension = pension_contribution(pay, who.on)
    return PayLine(
        "COEFFICIENT",
        "Coefficient de majoration",
        "gain",
        pay_coefficient(pay, pension, extra, row),
        "majoration",
        base=sum_in_euros(pay, extra, -pension),
        follows=True,
        facts=(row,),
    )


def _sum(gains: list[PayLine], *families: str) -> Euros:
    nothing = np.zeros(len(gains[0].amount))
    return sum_in_euros(nothing, *(line.amount for line in gains if line.family in families))
