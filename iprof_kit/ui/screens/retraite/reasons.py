"""« Pourquoi ? » of each number of a departure: calculated when it is opened, never before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress

from iprof_kit.base.errors import LawError
from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.calculate.pension import why
from iprof_kit.calculate.pension.answer import Depart
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.ui.kit.parts import Reason, discreet, why_of
from iprof_kit.ui.screens.retraite.nets import gross_said
from iprof_kit.ui.screens.retraite.table import LETTERS, Departure
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, worded

_AMOUNTS = ("brut", "net", "rafp", "progressive")
ASKED_WHY = frozenset(
    ("droit", "limite", "effet", *(f"{kind}-{key}" for kind in _AMOUNTS for key in LETTERS))
)
"""What a reason may be asked by: anything else opens none."""
Explain = Callable[[PensionQuestion, Depart], Explanation]


def reasons_of_amounts(lines: Sequence[Departure], opened: Collection[str]) -> tuple[Reason, ...]:
    """Return the days of the right, then the amounts of each departure that has one."""
    every = (*_ages(lines), *_gross(lines), *_around(lines))
    return tuple(_made(opened, *one) for one in every)


def reasons_of_nets(lines: Sequence[Departure], opened: Collection[str]) -> tuple[Reason, ...]:
    """Return the net of each departure that has one."""
    return tuple(_made(opened, *one) for one in _nets(lines))


_Asked = tuple[str, str, Explain, Departure]


def _made(
    opened: Collection[str], label: str, asks: str, explain: Explain, line: Departure
) -> Reason:
    made = discreet(why_of(explain(line.question, line.depart))) if asks in opened else None
    return Reason(worded("Pourquoi {}", label), asks, made)


def _ages(lines: Sequence[Departure]) -> Iterator[_Asked]:
    """Yield the days that all departures share, of the first that has them."""
    first = next((one for one in lines if one.depart.date_ouverture), None)
    if first is not None and first.depart.date_ouverture:
        day = figure(text.day(opens := first.depart.date_ouverture), "departure.opens", opens)
        yield worded("le {} ? Ouverture du droit", day), "droit", why.explain_opening, first
    earliest = next((one for one in lines if one.depart.date_effet_au_plus_tot), None)
    if earliest is not None and earliest.depart.date_effet_au_plus_tot:
        effect, left = earliest.depart.date_effet_au_plus_tot, earliest.depart.date_cessation
        day = figure(text.day(effect), "departure.date_effet_au_plus_tot", effect, left)
        yield worded("le {} ? Effet au plus tôt", day), "effet", why.explain_earliest, earliest
    last = next((one for one in lines if one.depart.date_limite_age), None)
    if last is not None and last.depart.date_limite_age:
        day = figure(text.day(limit := last.depart.date_limite_age), "departure.limit", limit)
        yield worded("le {} ? Limite d’âge", day), "limite", why.explain_limit, last


def _gross(lines: Sequence[Departure]) -> Iterator[_Asked]:
    for line in lines:
        if bounds := why.gross_bounds(line.depart):
            amount = gross_said(line, why.bounds_text(bounds), bounds)
            label = worded("{} bruts ? {}", amount, _departure(line))
            yield label, f"brut-{line.key}", why.explain_gross, line


def _around(lines: Sequence[Departure]) -> Iterator[_Asked]:
    """Yield what is paid beside the pension, or before it, at each departure that has it."""
    for line in lines:
        if shown := why.rafp_text(line.depart.rafp):
            label = worded("{} ? RAFP, {}", shown, _departure(line))
            yield label, f"rafp-{line.key}", why.explain_rafp, line
        if shown := why.progressive_text(line.depart.retraite_progressive):
            label = worded("{} ? Retraite progressive, {}", shown, _departure(line))
            yield label, f"progressive-{line.key}", why.explain_progressive, line


def _nets(lines: Sequence[Departure]) -> Iterator[_Asked]:
    for line in lines:
        with suppress(LawError):  # rates that the tables do not hold at this date
            if bounds := why.net_bounds(line.question, line.depart):
                left = line.depart.date_cessation
                amount = figure(why.bounds_text(bounds), "pension.net", bounds, left)
                label = worded("{} nets ? {}", amount, _departure(line))
                yield label, f"net-{line.key}", why.explain_net, line


def _departure(line: Departure) -> Worded:
    left = line.depart.date_cessation
    day = figure(text.day(left), "departure.compared", left, line.key)
    return worded(f"Départ {line.key}, {{}}", day)
