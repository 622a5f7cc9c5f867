"""Le temps partiel qui se demande: what each quotité would be paid."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.law.career.traitement import gross_monthly, part_time_fraction, possible_quotites
from iprof_kit.law.tables.rules import rule

KINDS = {"TP_AUTORISATION": "sur_autorisation", "TP_DROIT": "de_droit"}


@dataclass(frozen=True)
class Paid:
    """A quotité, the fraction of full pay it is paid, and the amount where the pay is known."""

    quotite: int
    numerator: int
    denominator: int
    amount: float | None


@rule(
    name="part_time_offers",
    sentence="Chaque quotité possible est payée selon la fraction fixée par la loi.",
    source="CGFP L612-1, L612-3 et L612-5",
    since="1984-01-12",
    tables=("temps_partiel",),
)
def part_time_offers(code: str, indice: int | None, point: float | None) -> tuple[Paid, ...]:
    """Return what each quotité of a kind of part-time would be paid, lowest last.

    Parameters
    ----------
    code : str
        « TP_AUTORISATION » or « TP_DROIT »; any other path has none.
    indice, point : int and float, optional
        Indice majoré and annual value of the point; without them, no amount.
    """
    kind = KINDS.get(code)
    if kind is None:
        return ()
    offers = []
    for quotite in possible_quotites(kind)[1:]:
        top, bottom = part_time_fraction(quotite, kind)
        amount = None
        if indice is not None and point is not None:
            amount = float(gross_monthly(indice, point, top, bottom))
        offers.append(Paid(quotite, int(top), int(bottom), amount))
    return tuple(offers)
