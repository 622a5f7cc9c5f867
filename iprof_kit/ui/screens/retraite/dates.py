"""The departure dates as one looks at them: results, bars from zero, one line of a table each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.ui.kit.parts import Result
from iprof_kit.ui.screens.retraite.table import Departure
from iprof_kit.ui.screens.retraite.words import Nets, gap_words, nets_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, kept_of, worded

_INSIDE = 62
"""Per cent of the width from which a bar holds its own words, on a phone too."""
_RESULTS = 3
_AT_ANY_AGE = "Une retraite pour invalidité s’ouvre à tout âge ; l’administration la prononce."


@dataclass(frozen=True)
class DateBar:
    """One bar: parts in per cent of the longest, words inside it or above."""

    head: str
    when: str
    words: str
    note: str = ""
    kind: str = ""
    solid: float = 0.0
    maybe: float = 0.0
    lost: float = 0.0
    gained: float = 0.0

    @property
    def inside(self) -> bool:
        """Tell whether the words stand on the bar."""
        return self.solid + self.gained >= _INSIDE


@dataclass(frozen=True)
class DatesView:
    """The instrument of the screen."""

    strong: str = ""
    rest: str = ""
    results: tuple[Result, ...] = ()
    bars: tuple[DateBar, ...] = ()
    pay_mark: float = 0.0
    caption: str = ""
    verify: bool = False
    rows: tuple[tuple[Departure, Nets | None, str], ...] = ()
    """One departure, its net, and what it loses or gains."""

    @staticmethod
    def share(line: Departure, net: Nets | None) -> str:
        """Return the net in per cent of that of the last pay."""
        if net is None or line.pay is None or line.pay.net <= 0:
            return ""
        low, high = (round(100 * amount / line.pay.net) for amount in (net.low, net.high))
        return f"{low} %" if low == high else f"{low} à {high} %"


def dates_view(lines: Sequence[Departure], today: date) -> DatesView:
    """Return the departures side by side, net beside net; what is past on a day is said so."""
    nets = {line.key: nets_of(line) for line in lines}
    pay = next((line.pay for line in lines if line.pay is not None), None)
    share = "" if pay is None or pay.quotite == 100 else f", à {pay.quotite} %"
    most = max([*(_top(n) for n in nets.values() if n), pay.net if pay else 0, 1.0])
    left = next((line.depart.date_cessation for line in lines if line.pay is not None), today)
    bars = [_pay_bar(pay.net, share, most, left)] if pay else []
    bars += [_bar(line, nets[line.key], most) for line in lines]
    strong, rest = _sentence(lines, nets, today)
    return DatesView(
        strong=strong,
        rest=rest,
        results=_results(lines, nets),
        bars=tuple(bars),
        pay_mark=_percent(pay.net, most) if pay else 0.0,
        caption=f"Net par mois avant impôt{share}, euros d’aujourd’hui",
        verify=any(line.depart.a_verifier for line in lines),
        rows=tuple((line, nets[line.key], _change(line, nets[line.key])) for line in lines),
    )


def _top(net: Nets) -> float:
    return net.high + net.lost


def _percent(amount: float, most: float) -> float:
    return round(min(max(amount / most * 100, 0), 100), 2)


def _sentence(
    lines: Sequence[Departure], nets: dict[str, Nets | None], today: date
) -> tuple[str, str]:
    """Return when the right opens, and what the last date adds to the first that has a net."""
    opening = next((line.depart for line in lines if line.depart.date_ouverture), None)
    if opening is None or opening.date_ouverture is None:
        return "Le droit à pension ne peut pas être daté.", ""
    age = text.age_of_months(opening.age_ouverture or 0)
    day = figure(text.day(opening.date_ouverture), "departure.opens", opening.date_ouverture)
    opens = "s’ouvre le" if opening.date_ouverture > today else "est ouvert depuis le"
    strong = worded(f"Votre droit à pension {opens} {{}}, à {{}}.", day, age)
    if lines[0].question.invalidite:
        strong = worded(_AT_ANY_AGE)
    with_net = [(line, net) for line in lines if (net := nets[line.key])]
    if not with_net:
        return strong, ""
    (first, least), (last, most) = with_net[0], with_net[-1]
    if first is last:
        return strong, worded("Net par mois à {} : {}.", first.age, least.words)
    gap = gap_words(least, most)
    more = worded("{} nets par mois", gap)
    if gap.startswith("+"):
        more = worded("{} nets de plus par mois", kept_of(gap, gap.lstrip("+").strip()))
    return strong, worded("À {} : {}.", last.age, more)


def _results(lines: Sequence[Departure], nets: dict[str, Nets | None]) -> tuple[Result, ...]:
    with_net = [(line, net) for line in lines if (net := nets[line.key])][:_RESULTS]
    if not with_net:
        return ()
    (first, least), others = with_net[0], with_net[1:]
    amounts = [Result(f"Net à {first.age}", least.words)]
    for line, net in others:
        gap = gap_words(least, net)
        more = "more" if net.low >= least.low else "b"
        label = f"En attendant {text.month(line.depart.date_cessation)}"
        amounts.append(Result(label, gap, kind=more))
    return tuple(amounts)


def _pay_bar(net: float, share: str, most: float, left: date) -> DateBar:
    words = worded("{} nets", figure(text.euros(net), "last_pay.net", net, left))
    when = f"fin de carrière{share}"
    return DateBar("Dernière paie", when, words, kind="pay", solid=_percent(net, most))


def _bar(line: Departure, net: Nets | None, most: float) -> DateBar:
    head, when = line.age, line.day
    if net is None:
        words = "droit non ouvert" if not line.depart.possible else "non calculée"
        return DateBar(head, when, words, kind="none")
    if not net.known:
        words = worded("de {} nets", net.words)
        maybe = _percent(net.high - net.low, most)
        note = "selon vos trimestres des autres régimes"
        return DateBar(head, when, words, note, "", _percent(net.low, most), maybe)
    return DateBar(
        head,
        when,
        worded("{} nets", net.words),
        _note(line, net),
        "lost" if line.depart.trimestres_decote else "gained" if line.extra else "",
        solid=_percent(net.low - net.gained, most),
        lost=_percent(net.lost, most),
        gained=_percent(net.gained, most),
    )


def _note(line: Departure, net: Nets) -> str:
    depart = line.depart
    if depart.minimum_garanti_applique:
        return "au minimum garanti"
    if depart.minimum_invalidite_applique:
        return "au minimum d’une invalidité"
    if depart.decote_ecartee and depart.trimestres_decote_age:
        return "décote écartée"
    if depart.trimestres_decote:
        name, quarters, gap = "decote", line.decote, -net.lost
    elif line.extra:
        name, quarters, gap = "surcote", line.surcote, net.gained
    else:
        return "ni décote ni surcote"
    words = worded("{}, {}", name.replace("decote", "décote"), quarters)
    if not gap:
        return words
    return worded("{} : {}", words, figure(text.signed_euros(gap), f"{name}.net", gap, net.left))


def _change(line: Departure, net: Nets | None) -> str:
    depart = line.depart
    if not depart.possible:
        return "droit non ouvert"
    if depart.trimestres_decote:
        return worded("décote de {}, {}", line.decote, text.percent(depart.taux_decote_pct))
    if line.extra:
        return worded("surcote de {}, {}", line.surcote, line.surcote_rate)
    if depart.decote_ecartee:
        return "décote écartée"
    return "aucune" if net and net.known else "à préciser"
