"""The figure of the board: the net pay of every scenario, and a lane each on the same axis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.calendar import rentree_day
from iprof_kit.calculate.atelier.model import LETTERS
from iprof_kit.calculate.atelier.sentences import horizon_day
from iprof_kit.calculate.et_si.answer import ScenarioCalcule, Tranche
from iprof_kit.calculate.et_si.events import start_of
from iprof_kit.calculate.et_si.naming import event_text
from iprof_kit.calculate.et_si.question import Evenement
from iprof_kit.ui.figures.charts import Career, Point, Series, place
from iprof_kit.ui.figures.charts_svg import career_charts
from iprof_kit.ui.screens.atelier.pair import Pair
from iprof_kit.ui.screens.et_si.words import flag_words
from iprof_kit.ui.shared import text

_A_YEAR = 12


def months_between(begin: date, end: date) -> int:
    """Return the months from the month of a day to that of another.

    Examples
    --------
    >>> months_between(date(2026, 8, 31), date(2027, 9, 1))
    13
    """
    return (end.year - begin.year) * _A_YEAR + end.month - begin.month


YOU = "jour figé"
_FAR, _OF_A_LETTER = 72, 2.1
"""Per cent of the axis: from where words stand at the left; what a letter covers on a phone."""


@dataclass(frozen=True)
class Band:
    """A time at one échelon, as a share of the lane in per cent."""

    words: str
    width: str
    kind: str


@dataclass(frozen=True)
class Flag:
    """An event on a lane: a slider of months, or a fixed mark for a decision that is past."""

    of: str
    id: str
    words: str
    title: str
    at: str
    months: int
    says: str
    movable: bool
    far: bool
    """Whether its words stand at its left: it is near the end of the axis."""


@dataclass(frozen=True)
class Lane:
    """One scenario under the figure."""

    key: str
    name: str
    bands: tuple[Band, ...]
    rows: tuple[tuple[Flag, ...], ...]
    """Its events, in rows where no words touch others."""
    compared: bool


def read_days(pair: Pair) -> tuple[date, ...]:
    """Return each rentrée that may be read."""
    begin = pair.answer.aujourdhui
    days = (rentree_day(year) for year in range(begin.year, pair.horizon + 1))
    return tuple(day for day in days if begin < day < pair.until)


def read_first(pair: Pair) -> date | None:
    """Return the rentrée read at first: one on which they differ, some way along."""
    days = read_days(pair)
    apart = [day for day in days for run in pair.runs if run[0].begin <= day < run[-1].end]
    inside = apart or days
    return inside[len(inside) // 3] if inside else None


def figures(pair: Pair) -> tuple[str, ...]:
    """Return the figure for wide screens, then for phones."""
    return career_charts(described(pair), wide="instrument")


def described(pair: Pair) -> Career:
    """Return what the figure shows: the two compared first, the others behind them."""
    answer, end = pair.answer, end_of(pair)
    order = [*dict.fromkeys((*pair.keys, *LETTERS[: len(answer.scenarios)]))]
    every = {key: answer.scenarios[LETTERS.index(key)] for key in order}
    series = tuple(_series(key, one, end) for key, one in every.items())
    first = every[pair.keys[0]]
    parted = [_first_apart(first, one, end) for one in every.values()]
    days = [day for day in parted if day is not None]
    title = f"Net d’un mois moyen, de {answer.aujourdhui.year} à {pair.horizon}"
    return Career(
        series,
        today=answer.aujourdhui,
        end=end,
        split=min(days) if days else None,
        gap=text.signed_euros(pair.gap.net) if pair.runs else "",
        title=title,
        desc=f"{title}. Les mêmes périodes sont dans le tableau qui suit.",
        unit="",
        you=YOU,
        readings=read_days(pair),
        read_first=read_first(pair),
        unrolled=True,
    )


def end_of(pair: Pair) -> date:
    """Return the day on which the figure ends: the horizon, or the last departure before it."""
    last = max(one.depart for one in pair.answer.scenarios)
    return min(horizon_day(pair.horizon), last)


def lanes(pair: Pair) -> tuple[Lane, ...]:
    """Return a lane for each scenario."""
    end = end_of(pair)
    return tuple(
        Lane(
            key,
            one.nom,
            _bands(one, pair.answer.aujourdhui, end),
            _in_rows(_flags(pair, rank, one, end)),
            key in pair.keys,
        )
        for rank, (key, one) in enumerate(zip(LETTERS, pair.answer.scenarios, strict=False))
    )


def months_shown(pair: Pair) -> int:
    """Return the months of the axis, from the month of the day to that of its end."""
    return months_between(pair.answer.aujourdhui, end_of(pair))


def _series(key: str, one: ScenarioCalcule, end: date) -> Series:
    pieces = [piece for piece in one.tranches if piece.debut < end]
    amount = text.euros(pieces[-1].net)
    return Series(
        key,
        tuple(Point(piece.debut, piece.net, "", piece.a_verifier) for piece in pieces),
        f"{key} : {amount}",
        "",
        last=one.depart if one.depart < end else None,
    )


def _first_apart(first: ScenarioCalcule, second: ScenarioCalcule, end: date) -> date | None:
    """Return the first day on which two are not paid the same."""
    days = sorted({p.debut for one in (first, second) for p in one.tranches if p.debut < end})
    for day in days:
        if _net(first, day) != _net(second, day):
            return day
    left = min(first.depart, second.depart)
    return left if first.depart != second.depart and left < end else None


def _net(one: ScenarioCalcule, day: date) -> float | None:
    if day >= one.depart:
        return None
    return [piece.net for piece in one.tranches if piece.debut <= day][-1]


def _bands(one: ScenarioCalcule, begin: date, end: date) -> tuple[Band, ...]:
    whole = place(end) - place(begin)
    runs: list[list[Tranche]] = []
    for piece in one.tranches:
        if piece.debut >= end:
            break
        if runs and band_of(runs[-1][-1]) == band_of(piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    ends = [*(run[0].debut for run in runs[1:]), min(end, one.depart)]
    bands = []
    for run, last in zip(runs, ends, strict=True):
        share = 100 * (place(last) - place(max(run[0].debut, begin))) / whole
        words, kind = band_of(run[0])
        bands.append(Band(words, f"{share:.2f}%", kind))
    return tuple(bands)


_GRADES = {"hors_classe": "HC ", "classe_exceptionnelle": "CE "}


def band_of(piece: Tranche) -> tuple[str, str]:
    """Return what a band says, and how it is drawn."""
    if piece.quotite == 0:
        return "non payé", "unpaid"
    words = _GRADES.get(piece.grade, "") + (piece.chevron or text.nth(piece.echelon))
    return words, "upper" if piece.grade in _GRADES else "first"


def _flags(pair: Pair, rank: int, one: ScenarioCalcule, end: date) -> tuple[Flag, ...]:
    begin, refused = pair.answer.aujourdhui, {refusal.rang for refusal in one.refus}
    past = {cover.rang for cover in one.couvertures if cover.contrefactuel}
    flags = []
    for number, event in enumerate(one.evenements):
        day = _day_of(event, one)
        if number in refused or day is None or day >= end:
            continue
        movable = event.debut is not None and number not in past
        at = max(day, begin)
        share = 100 * (place(at) - place(begin)) / (place(end) - place(begin))
        words = flag_words(event)
        if number in past:
            words = f"{day.year}, pour comparer"
        flags.append(
            Flag(
                f"{rank}:{number}",
                f"drapeau-{rank}-{number}",
                words,
                event_text(event),
                f"{share:.2f}%",
                months_between(begin, at),
                text.month(at),
                movable,
                share > _FAR,
            )
        )
    return tuple(flags)


def _in_rows(flags: Iterable[Flag]) -> tuple[tuple[Flag, ...], ...]:
    rows: list[list[Flag]] = []
    for flag in sorted(flags, key=lambda one: one.months):
        begin, end = _span(flag)
        free = (row for row in rows if all(end < _span(o)[0] or _span(o)[1] < begin for o in row))
        row = next(free, None)
        if row is None:
            rows.append([flag])
        else:
            row.append(flag)
    return tuple(map(tuple, rows))


def _span(flag: Flag) -> tuple[float, float]:
    """Return the part of the axis that the words of a flag cover, in per cent."""
    at, long = float(flag.at.removesuffix("%")), 4 + len(flag.words) * _OF_A_LETTER
    return (at - long, at) if flag.far else (at, at + long)


def _day_of(event: Evenement, one: ScenarioCalcule) -> date | None:
    """Return the day on which an event counts; that of a bonification is when it is gained."""
    if event.nature == "droit_du":
        return None
    if event.debut is not None:
        return start_of(event)
    return next((step.date for step in one.etapes if step.nature == "bonification"), None)
