"""What departure dates give, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.errors import KitError, LawError
from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.calculate.pension import why
from iprof_kit.calculate.pension.answer import Depart
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.ui.kit.parts import Reason, discreet, why_of
from iprof_kit.ui.screens.retraite.table import LETTERS, Departure, span
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, worded

_RULE = "law_version"


def sentences(lines: Sequence[Departure]) -> tuple[str, ...]:
    """Return what each later date changes from the first one that has an amount."""
    with_amount = [line for line in lines if line.depart.pension_brute is not None]
    phrases: list[str] = []
    if with_amount:
        first = with_amount[0]
        amount = worded("{} bruts par mois", first.gross)
        words = _marked(amount, first)
        phrases.append(worded("{}{}{}.", _head(first), words, _why_short(first)))
    for line in with_amount[1:]:
        gap = (line.depart.pension_brute or 0) - (with_amount[0].depart.pension_brute or 0)
        between = f"{with_amount[0].left} {line.left}"
        more = figure(text.signed_money(gap), "pension.gross_gap", gap, between)
        words = worded("{} bruts par mois", more if round(gap, 2) else "le même montant")
        phrases.append(
            worded(
                f"{{}}{{}} par rapport au départ {with_amount[0].key}, soit {{}}{{}}.",
                _head(line),
                _marked(words, line, with_amount[0]),
                _marked(line.gross, line),
                _why_short(line),
            )
        )
    phrases += [_without_amount(line) for line in lines if line.depart.pension_brute is None]
    return tuple(phrases)


def _head(line: Departure) -> Worded:
    return worded(f"Départ {line.key}, {{}} : ", line.day)


def _marked(words: str, *lines: Departure) -> str:
    return text.marked(words, any(line.depart.a_verifier for line in lines))


def _why_short(line: Departure) -> str:
    depart = line.depart
    if depart.minimum_garanti_applique:
        return ", au minimum garanti"
    if depart.minimum_invalidite_applique:
        return ", au minimum d’une invalidité"
    if depart.decote_ecartee:
        return ", sans décote"
    if depart.trimestres_decote:
        return worded(", décote de {} comprise", line.decote)
    return worded(", surcote de {} comprise", line.surcote) if line.extra else ", sans décote"


def _without_amount(line: Departure) -> str:
    both = line.gross_range
    if both is None:
        return worded("{}{}.", _head(line), line.depart.motif.rstrip("."))
    return worded(
        "{}entre {} (aucun autre trimestre) et {} (durée requise atteinte) {}, faute des "
        "trimestres des autres régimes.",
        _head(line),
        *(line.gross_in(text.money(amount), both) for amount in both),
        _marked("bruts par mois", line),
    )


def version_text(lines: Sequence[Departure]) -> str:
    """Return which versions of the law were applied, from which effect date, by which texts."""
    names = {line.depart.version for line in lines}
    used = [v for v in pension_choices.law_versions() if v.name in names]
    effects = " ; ".join(f"pensions à effet du {text.day(v.effects)} ou après" for v in used)
    # The texts that chose between versions came later than a version that is supposed.
    old = [v.last_day for v in used if v.last_day]
    papers = f"connue jusqu’au {text.day(max(old))}" if old else pension_choices.rule_source(_RULE)
    return f"Version du droit : {effects} ({papers}). {pension_choices.rule_sentence(_RULE)}"


def hypothesis_text(law: date, today: date) -> str:
    """Return the notice of a law that is not today's, "" where it is."""
    if law == today:
        return ""
    return (
        f"Hypothèse : le droit connu le {text.day(law)}. Une loi plus récente s’applique "
        "aujourd’hui à ces départs."
    )


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


def nets_of(line: Departure) -> Nets | None:
    """Return the net of a departure, None where no gross pension is known.

    Without revenu fiscal de référence, the highest rate of the CSG is supposed.
    """
    if not line.depart.possible:
        return None
    with suppress(KitError):  # rates that the tables do not hold at this date
        if line.depart.pension_brute is not None:
            return _known(line, line.depart.pension_brute)
        if both := line.gross_range:
            nets = [_net(line, gross) for gross in both]
            return Nets(min(nets), max(nets), line.left)
    return None


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
            amount = line.gross_in(why.bounds_text(bounds), bounds)
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
                left = line.left
                amount = figure(why.bounds_text(bounds), "pension.net", bounds, left)
                label = worded("{} nets ? {}", amount, _departure(line))
                yield label, f"net-{line.key}", why.explain_net, line


def _departure(line: Departure) -> Worded:
    return worded(f"Départ {line.key}, {{}}", line.day)
