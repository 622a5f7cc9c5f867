"""What a form about pay may offer, and the rule behind each line of a payslip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import KitError
from iprof_kit.base.explanation import unexplained
from iprof_kit.base.words import folded
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.law.career import traitement as law_pay
from iprof_kit.law.career.advancement import next_cell
from iprof_kit.law.payroll import allowances, health, overseas
from iprof_kit.law.payroll.sick_leave import leave_rate
from iprof_kit.law.payroll.tables import (
    PARAMETERS,
    RATES,
    line_label,
    parameter,
    variant_label,
)
from iprof_kit.law.payroll.taxation import taxable
from iprof_kit.law.tables.cells import CELLS, cell_code
from iprof_kit.law.tables.loading import load_reference, table
from iprof_kit.law.tables.rules import RULES
from iprof_kit.law.tables.verified import verified_until

_ELSEWHERE = ("REP", "REP_PLUS_FIXE", "PACTE", "PRIME_ATTRACTIVITE")
_DIRECTION, _HEADS = "DIR_", "DIR_ISS_FIXE"


@dataclass(frozen=True)
class PrimeChoice:
    """A prime that a person may say she receives: what a question holds, what she reads."""

    code: str
    variant: str | None
    label: str
    condition: str


@dataclass(frozen=True)
class Zone:
    """A zone of the indemnité de résidence and its rate in per cent."""

    number: int
    percent: float


def taxable_sentence(on: date) -> str:
    """Return what the law says, on a day, of the net imposable."""
    return RULES[taxable.__name__][-1].sentence_on(on)


@cache
def zones(on: date) -> tuple[Zone, ...]:
    """Return the zones of the indemnité de résidence in force on a day."""
    frame = table("indemnite_residence")
    day = np.datetime64(on)
    started = frame["valide_du"].to_numpy("datetime64[D]") <= day
    ends = frame["valide_au"].to_numpy("datetime64[D]")
    rows = frame[started & (np.isnat(ends) | (ends >= day))]
    pairs = zip(rows["zone"], rows["taux_pct"], strict=True)
    return tuple(sorted((Zone(int(z), float(p)) for z, p in pairs), key=lambda zone: zone.number))


@cache
def network_paid(network: str, corps: str, on: date) -> bool:
    """Tell whether a corps is paid for a network of education prioritaire.

    Examples
    --------
    >>> network_paid("REP", "certifie", date(2026, 11, 1))
    True
    >>> network_paid("REP", "chaire_sup", date(2026, 11, 1))
    False
    """
    try:
        with unexplained():
            allowances.find_allowance(allowances.REP_CODES[network], None, corps, on)
    except KitError:
        return False
    return True


def heads_schools(corps: str | None, on: date) -> bool:
    """Tell whether a corps is paid for heading a school on a day.

    Examples
    --------
    >>> heads_schools("pe", date(2026, 11, 1)), heads_schools("certifie", date(2026, 11, 1))
    (True, False)
    """
    return allowances.paid_to(_HEADS, corps or "", on)


def territory_of(departement: str | None) -> str:
    """Return the territory whose pay differs where a département is; "" in most of them.

    Parameters
    ----------
    departement : str or None
        Its code as a file writes it: « 974 », « 02A », « 063 ».
    """
    code = (departement or "").upper().lstrip("0")
    if not code:
        return ""
    for name in overseas.territories():
        if f"{code}," in f"{name.partition('(')[2]}," or f" {code})" in name:
            return name
    plain = {_plain(name): name for name in overseas.territories()}
    return plain.get(_plain(_departements().get(code, "")), "")


@cache
def _departements() -> dict[str, str]:
    """Return the name of each département, by its code without zeros before it."""
    frame = load_reference("departements")
    return dict(zip(frame["code_insee"].str.lstrip("0"), frame["nom"], strict=True))


def _plain(name: str) -> str:
    return folded(name).replace("-", " ")


@cache
def usual_primes(corps: str, on: date) -> tuple[PrimeChoice, ...]:
    """Return the primes that everybody of a corps receives in an ordinary post."""
    return tuple(
        PrimeChoice(code, None, line_label(code), "")
        for code in allowances.usual_codes(corps, on)
        if allowances.variants(code, on)
    )


@cache
def other_primes(corps: str, on: date) -> tuple[PrimeChoice, ...]:
    """Return the primes of a corps on a day which no other question of the form implies."""
    usual = {choice.code for choice in usual_primes(corps, on)}
    choices = []
    for code in allowances.allowance_codes():
        if code in usual or code in _ELSEWHERE or code.startswith(_DIRECTION):
            continue
        known = allowances.variants(code, on)
        for variant in known:
            choice = _choice(code, variant, corps, on, several=len(known) > 1)
            choices += [choice] if choice else []
    return tuple(choices)


def _choice(code: str, variant: str, corps: str, on: date, *, several: bool) -> PrimeChoice | None:
    try:
        row = allowances.find_allowance(code, variant, corps, on)
    except KitError:
        return None
    label = line_label(code) + (f" : {variant_label(code, variant)}" if several else "")
    return PrimeChoice(code, variant if several else None, label, str(row.values["condition"]))


def neighbours(where: Standing, on: date) -> tuple[Standing | None, Standing | None]:
    """Return the positions just before and just after one, by seniority alone."""
    cell = cell_code(where.corps, where.grade, where.echelon, where.chevron)
    same = np.flatnonzero((CELLS.corps == where.corps) & (CELLS.grade == where.grade))
    after = next_cell(np.append(same, cell), axis_of(on))
    before = same[after[:-1] == cell]
    coming = int(after[-1])
    return (
        _standing(int(before[0])) if before.size else None,
        _standing(coming) if coming >= 0 else None,
    )


def _standing(cell: int) -> Standing:
    chevron = str(CELLS.chevron[cell]) or None
    return Standing(
        str(CELLS.corps[cell]), str(CELLS.grade[cell]), str(CELLS.echelon[cell]), chevron
    )


def point_value(on: date) -> float:
    """Return the annual value of the point on a day, in euros with four decimals."""
    return float(law_pay.point_value(axis_of(on)))


def tax_is_withheld(on: date) -> bool:
    """Tell whether the income tax is withheld on the pay of a month."""
    return PARAMETERS.find(on, "pas") is not None


def cover_is_withheld(on: date) -> bool:
    """Tell whether the compulsory health cover is withheld on the pay of a month."""
    return health.in_force(on)


@dataclass(frozen=True)
class SickLeave:
    """What a sick leave is paid: waiting days, months and rates, and when it was verified."""

    waiting: int
    first_months: int
    first_percent: float
    next_months: int
    next_percent: float
    verified: date


def sick_leave(on: date) -> SickLeave | None:
    """Return what an ordinary sick leave of a month is paid, None where no waiting day existed."""
    waiting = PARAMETERS.find(on, "carence_trentiemes")
    if waiting is None:
        return None
    return SickLeave(
        round(waiting.number("valeur")),
        round(parameter(on, "cmo_plein_mois")),
        leave_rate(on).number("taux_pct"),
        round(parameter(on, "cmo_demi_mois")),
        parameter(on, "cmo_demi_traitement"),
        verified_until("cotisations"),
    )


def compensated_since(on: date) -> date | None:
    """Return the day since which the rise of the CSG is made up for, None before: who was in post.

    Examples
    --------
    >>> compensated_since(date(2026, 12, 1)).isoformat()
    '2018-01-01'
    """
    row = RATES.find(on, "IC_CSG_AVANT_2018")
    return row.papers.since if row else None


def point_verified() -> date:
    """Return the day on which the value of the point was last compared with the texts."""
    return verified_until("point_indice")


def transport_is_refunded(on: date) -> bool:
    """Tell whether the tables hold the refund of a season ticket in a month."""
    return PARAMETERS.find(on, "transport_taux") is not None
