"""The share of a salary that may be taken back each month: la fraction saisissable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from itertools import count, takewhile
from math import lcm

import numpy as np

from iprof_kit.base.calendar import MONTH, YEAR
from iprof_kit.base.errors import LawError, PeriodNotCovered
from iprof_kit.base.explanation import Words
from iprof_kit.base.money import CENTS
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.tables.cells import Cell
from iprof_kit.law.tables.facts import UNTOLD, Fact, Facts
from iprof_kit.law.tables.reading import in_euros
from iprof_kit.law.tables.rules import rule

_FRACTION = ("numerateur", "denominateur")
_MONTHS = YEAR // MONTH
_SCALE = Facts("fraction_saisissable", ("cle",))
_PER_PERSON, _ALWAYS_LEFT = "personne_a_charge", "minimum"


def seizure_rows(on: date) -> tuple[Fact, ...]:
    """Return the rows of the scale in force on a day: its brackets, then what a dependant adds.

    Raises
    ------
    PeriodNotCovered
        The scale of that year has not been read.
    """
    return (*_brackets(on), _SCALE.read(on, _PER_PERSON), _SCALE.read(on, _ALWAYS_LEFT))


def _brackets(on: date) -> list[Fact]:
    known = {str(key) for (key,) in _SCALE.keys()}  # noqa: SIM118
    names = takewhile(known.__contains__, (f"tranche_{rank}" for rank in count(1)))
    try:
        return [_SCALE.read(on, name) for name in names]
    except LawError as error:
        raise PeriodNotCovered(
            f"le barème de {on.year} n’a pas été lu.", where=_SCALE.name
        ) from error


@rule(
    sentence="Une retenue ne prend chaque mois qu’une fraction du net, par tranches du net de "
    "l’année que chaque personne à charge relève ; le montant du revenu de solidarité active "
    "d’une personne seule reste toujours.",
    source="code du travail, art. R3252-2, R3252-3 et R3252-5",
    since="2026-01-01",
    tables=("fraction_saisissable",),
    reads=in_euros(net="Net du mois", result="Part saisissable du mois"),
)
def seizable(net: Euros, dependants: Cell, on: date) -> Euros:
    """Return the share of a month's net pay that may be taken back.

    Parameters
    ----------
    net : array of float64
        Net of a month, after contributions and, since 2019, what is withheld for income tax.
    dependants : array of int64
        Persons in charge.

    Returns
    -------
    array of float64
        Euros a month, rounded once to the cent.

    Raises
    ------
    PeriodNotCovered
        The scale of that year has not been read.

    Examples
    --------
    >>> seizable(np.array([2111.42]), np.array([0]), date(2026, 12, 1)).tolist()
    [545.99]
    """
    brackets = _brackets(on)
    more = _cents(_SCALE.read(on, _PER_PERSON)) * np.asarray(dependants, np.int64)
    year = np.rint(np.asarray(net, np.float64) * CENTS).astype(np.int64) * _MONTHS
    taken, whole = _taken(year, more, brackets)
    bottom = whole * _MONTHS
    monthly = (2 * taken + bottom) // (2 * bottom)
    above = np.maximum(year // _MONTHS - _cents(_SCALE.read(on, _ALWAYS_LEFT)), 0)
    euros: Euros = np.minimum(monthly, above) / CENTS
    return euros


def _taken(year: Cell, more: Cell, brackets: Sequence[Fact]) -> tuple[Cell, int]:
    """Return what a year's net, in cents, gives bracket by bracket, and the whole it is counted in.

    Fractions are brought to one denominator, so that no tranche is rounded on its own.
    """
    parts = [tuple(int(row.number(name, reads=_untold)) for name in _FRACTION) for row in brackets]
    whole = reduce(lcm, (bottom for _, bottom in parts))
    taken, low = np.zeros_like(year), np.zeros_like(year)
    for row, (top, bottom) in zip(brackets, parts, strict=True):
        row.tell(row.text("libelle", untold=True), f"{top}/{bottom}")
        high = _cents(row) + more if row.has("montant") else np.maximum(year, low)
        taken += np.clip(year - low, 0, high - low) * top * (whole // bottom)
        low = high
    return taken, whole


def _cents(row: Fact) -> int:
    """Return a threshold of the scale in cents."""
    label = row.text("libelle", untold=True)
    shown = f"{label}, jusqu’à" if row.has("numerateur") else label
    return round(row.number("montant", label, "euros", shown=shown) * CENTS)


def _untold(value: float) -> Words:
    """Tell nothing of a half of a fraction: the fraction is told whole."""
    del value
    return UNTOLD
