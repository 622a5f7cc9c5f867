"""From gross to net: CSG, CRDS and CASA, whose rates depend on the revenu fiscal de référence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.explanation import Words, unexplained
from iprof_kit.base.money import TEN_THOUSANDTHS, share_in_euros
from iprof_kit.base.words import euros_text
from iprof_kit.law.pension.parameters import amount, find, number
from iprof_kit.law.tables.rules import rule

BANDS = ("exonere", "reduit", "median", "plein")
_RANKS = range(1, len(BANDS))
_SAYS = ("exonérée", "réduit", "médian", "plein")
_UP_TO = ("", "de l’exonération", "du taux réduit", "du taux médian")


@dataclass(frozen=True)
class Levies:
    """Monthly levies on a gross pension, in euros."""

    band: str
    csg: float
    csg_deductible: float
    crds: float
    casa: float
    net: float


def threshold(rank: int, parts: float, day: date) -> float | None:
    """Return a threshold of the RFR for a number of parts, None where the year has none."""
    code = f"csg_seuil_rfr_{rank}"
    if find(code, day) is None:
        return None
    half_parts = 2 * (parts - 1)
    return number(code, day) + half_parts * number(f"{code}_demi_part", day)


def _band_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    limits = ((rank, threshold(rank, given["parts"], given["day"])) for rank in _RANKS)
    read = tuple(
        (f"Revenu maximal {_UP_TO[rank]}, pour ces parts", euros_text(limit))
        for rank, limit in limits
        if limit is not None
    )
    return (*read, ("Taux de CSG d’après ce revenu", _SAYS[BANDS.index(result)]))


@rule(
    sentence="Le taux de CSG dépend du revenu fiscal de référence de l’avant-dernière année et du "
    "nombre de parts ; passer du taux réduit à un taux supérieur suppose d’avoir dépassé le seuil "
    "l’année d’avant aussi.",
    source="CSS L136-8",
    since="2017-01-01",
    tables=("retraite_parametres",),
    reads=_band_read,
)
def csg_band(rfr: float, parts: float, rfr_precedent: float | None, day: date) -> str:
    """Return the band of the CSG.

    Parameters
    ----------
    rfr : float
        Revenu fiscal de référence of the year before last, euros.
    parts : float
        Parts of the household, from 1.
    rfr_precedent : float or None
        The RFR of the year before that one; None: the two-year rule is not applied.
    day : date
        Day of payment.

    Raises
    ------
    PeriodNotCovered
        Before 2017-01-01.
    """
    amount("csg_seuil_rfr_1", day)
    first, second, third = (threshold(rank, parts, day) for rank in _RANKS)
    if first is not None and rfr <= first:
        return "exonere"
    if second is not None and rfr <= second:
        return "reduit"
    if rfr_precedent is not None and _below_before(rfr_precedent, parts, day):
        return "reduit"
    return "plein" if third is None or rfr > third else "median"


def _below_before(rfr: float, parts: float, day: date) -> bool:
    """Tell whether the year before was at most at the second threshold of its own year."""
    before = threshold(2, parts, date(day.year - 1, day.month, 1))
    return before is not None and rfr <= before


def _levies_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del given
    taken = (("CSG", result.csg), ("CRDS", result.crds), ("CASA", result.casa))
    lines = tuple((name, euros_text(-amount)) for name, amount in taken if amount)
    return lines or (("CSG, CRDS et CASA", "aucune, par exonération"),)


@rule(
    sentence="La pension supporte la CSG au taux de sa tranche, la CRDS sauf exonération, et la "
    "CASA au-dessus du taux réduit de CSG ({csg_taux_reduit:%}).",
    source="CSS L136-8 et L137-41 ; ordonnance 96-50",
    since="2017-01-01",
    tables=("retraite_parametres",),
    reads=_levies_read,
)
def levies(brut: float, band: str, day: date) -> Levies:
    """Return the levies on a gross monthly pension.

    Parameters
    ----------
    brut : float
        Gross monthly pension, euros.
    band : str
        See `csg_band`.
    day : date
        Day of payment.
    """
    if band == "exonere":
        return Levies(band, 0.0, 0.0, 0.0, 0.0, brut)
    csg = _part(brut, f"csg_taux_{band}", day, "taux de la CSG")
    deductible = csg
    if find(f"csg_deductible_{band}", day) is not None:
        with unexplained():  # a part of the CSG, of which the net does not depend
            deductible = _part(brut, f"csg_deductible_{band}", day)
    crds = _part(brut, "crds_taux", day, "taux de la CRDS")
    casa = 0.0 if band == "reduit" else _part(brut, "casa_taux", day, "taux de la CASA")
    net = float(np.round(brut - csg - crds - casa, 2))
    return Levies(band, csg, deductible, crds, casa, net)


def _part(brut: npt.ArrayLike, code: str, day: date, label: str = "") -> float:
    rate = _ten_thousandths(code, day, label)
    return float(share_in_euros(brut, rate, 1, TEN_THOUSANDTHS)[()])


def _ten_thousandths(code: str, day: date, label: str) -> int:
    """Return a rate in ten-thousandths, so that no binary fraction moves a cent."""
    return round(number(code, day, label) * TEN_THOUSANDTHS)
