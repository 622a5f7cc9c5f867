"""The net of a departure, or its bounds; what the décote takes away and the surcote adds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.ui.screens.retraite.table import Departure
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Value, Worded, figure


@dataclass(frozen=True)
class Nets:
    """Euros a month before tax: bounds, the same twice where everything is known."""

    low: float
    high: float
    left: date
    """The day of the departure."""
    lost: float = 0.0
    gained: float = 0.0

    @property
    def known(self) -> bool:
        """Tell whether nothing is missing."""
        return self.low == self.high

    @property
    def words(self) -> str:
        """Return « 1 627 à 1 860 € », « 1 627 € »."""
        return self.in_words(span(self.low, self.high))

    def in_words(self, words: str) -> Worded:
        """Return the net in some words, with its fact."""
        return figure(words, "pension.net", (self.low, self.high), self.left)


def span(low: float, high: float) -> str:
    """Return two amounts to the euro as one range, one amount where they are the same."""
    if round(low) == round(high):
        return text.euros(low)
    return f"{text.euros(low).removesuffix('€').strip()} à {text.euros(high)}"


def nets_of(line: Departure) -> Nets | None:
    """Return the net of a departure, None where no gross pension is known.

    Without revenu fiscal de référence, the highest rate of the CSG is supposed.
    """
    depart, bounds = line.depart, line.depart.fourchette
    if not depart.possible:
        return None
    try:
        if depart.pension_brute is not None:
            return _known(line, depart.pension_brute)
        if bounds and bounds.sans_autre_trimestre is not None and bounds.duree_atteinte is not None:
            both = (_net(line, bounds.sans_autre_trimestre), _net(line, bounds.duree_atteinte))
            left = depart.date_cessation
            return Nets(min(both), max(both), left)
    except KitError:  # rates that the tables do not hold at this date
        return None
    return None


def gross_said(line: Departure, words: str, value: Value) -> Worded:
    """Return a gross pension in some words, with its fact."""
    return figure(words, "pension.gross", value, line.depart.date_cessation)


def _net(line: Departure, gross: float) -> float:
    return pension_choices.net_of(gross, line.question.foyer, line.depart.date_effet)


def _known(line: Departure, gross: float) -> Nets:
    depart, net = line.depart, _net(line, gross)
    nets = Nets(net, net, depart.date_cessation)
    least = depart.minimum_garanti_applique or depart.minimum_invalidite_applique
    plain = not least and not depart.majoration_enfants
    if depart.pension_avant_decote is None or not plain:
        return nets
    gap = round(net - _net(line, depart.pension_avant_decote), 2)
    return replace(nets, lost=max(-gap, 0.0), gained=max(gap, 0.0))


def gap_words(first: Nets, other: Nets) -> str:
    """Return what another date adds each month, as a range where one of them is one."""
    low, high = sorted((other.low - first.low, other.high - first.high))
    fact = ("pension.net_gap", (low, high), f"{first.left} {other.left}")
    return figure(_gap_words(low, high), *fact)


def _gap_words(low: float, high: float) -> str:
    if round(low) == round(high):
        return text.signed_euros(low)
    if low < 0 < high or high < 0:
        return f"{text.signed_euros(low)} à {text.signed_euros(high)}"
    return f"+ {span(low, high)}"
