"""Two scenarios of the board, side by side up to a horizon: what parts them, when, why it stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from iprof_kit.base.words import the_place
from iprof_kit.calculate.atelier.model import LETTERS
from iprof_kit.calculate.atelier.sentences import horizon_day
from iprof_kit.calculate.et_si.answer import EtSiAnswer, ScenarioCalcule, Tranche
from iprof_kit.calculate.et_si.gap import Parts, Stretch, apart, stretches, summed
from iprof_kit.ui.shared import text

_A_DAY = timedelta(days=1)
_FULL = 100
_OFTEN = {1: "une fois", 2: "deux fois", 3: "trois fois", 4: "quatre fois", 5: "cinq fois"}


@dataclass(frozen=True)
class Pair:
    """Two scenarios and the year up to which they are compared; the gap is first minus second."""

    answer: EtSiAnswer
    keys: tuple[str, str]
    horizon: int

    @cached_property
    def scenarios(self) -> tuple[ScenarioCalcule, ScenarioCalcule]:
        """The two."""
        first, second = (self.answer.scenarios[LETTERS.index(key)] for key in self.keys)
        return first, second

    @property
    def ranks(self) -> tuple[int, int]:
        """Their places in the answer."""
        first, second = (LETTERS.index(key) for key in self.keys)
        return first, second

    @property
    def until(self) -> date:
        """The first day that is not compared."""
        return min(horizon_day(self.horizon), *(one.depart for one in self.scenarios))

    @cached_property
    def parted(self) -> tuple[Stretch, ...]:
        """Every stretch of both."""
        return stretches(*self.scenarios, self.until)

    @cached_property
    def runs(self) -> tuple[tuple[Stretch, ...], ...]:
        """The times during which they differ."""
        return apart(self.parted)

    @cached_property
    def gap(self) -> Parts:
        """What parts them in all."""
        return summed(self.parted)

    def gap_before(self, day: date) -> float:
        """Return what parts their net before a day, in all."""
        return summed(stretches(*self.scenarios, min(day, self.until))).net

    @property
    def past(self) -> bool:
        """Whether one of them supposes otherwise a decision that is past."""
        return any(step.contrefactuel for one in self.scenarios for step in one.etapes)


def leading(pair: Pair) -> tuple[str, str]:
    """Return the sentence that answers, its strong part first."""
    first, second = pair.keys
    gap, when = pair.gap.net, f"d’ici {pair.horizon}"
    if not pair.runs:
        return f"{first} et {second} donnent le même net {when}.", ""
    side = "plus" if gap >= 0 else "moins"
    verb = "aurait donné" if pair.past else "donne"
    strong = f"{first} {verb} {text.euros(abs(gap))} nets de {side} que {second} {when}."
    return strong, _when(pair)


def _when(pair: Pair) -> str:
    last = pair.runs[0][-1].end
    if last >= pair.until:
        return ""
    returns = len(pair.runs) - 1
    then = f", puis revient {_OFTEN.get(returns, f'{returns} fois')}" if returns else ""
    return f"L’écart s’arrête en {text.month(last)}{then}."


@dataclass(frozen=True)
class Told:
    """A sentence of what parts the two, and the day whose reasons it leads to; None: no day."""

    text: str
    day: date | None = None
    what: str = ""
    """What happens on it, in two words."""

    @property
    def asks(self) -> str:
        """How the reasons of its day are asked for."""
        return self.day.isoformat() if self.day else ""

    @property
    def when(self) -> str:
        """Its day in words."""
        return text.day(self.day) if self.day else ""


def why(pair: Pair) -> tuple[Told, ...]:
    """Return when the gap begins, stops and comes back, each day with what happens on it."""
    first, second = pair.keys
    if not pair.runs:
        return (Told(f"Jusqu’à la rentrée {pair.horizon}, rien ne les sépare."),)
    lines = [(_begins(pair, pair.runs[0]), pair.runs[0][0].begin, "l’écart commence")]
    end = pair.runs[0][-1].end
    if end >= pair.until:
        until = text.day(pair.until)
        lasts = Told(f"Il dure jusqu’à la fin de la comparaison, le {until}.")
        return (*_told(lines), lasts)
    lines.append((f"Il s’arrête le {text.day(end)} : {_together(pair, end)}.", end, "il s’arrête"))
    if len(pair.runs) > 1:
        again = pair.runs[1]
        comes = f"Il revient le {text.day(again[0].begin)}, quand {_moves(pair, again[0])}."
        others = len(pair.runs) - 2
        if others:
            comes += f" De même {_OFTEN.get(others, f'{others} fois')} encore."
        lines.append((comes, again[0].begin, "il revient"))
        last = pair.runs[-1][-1].end
        if last < pair.until:
            nothing = (
                f"Depuis le {text.day(last)}, plus rien ne sépare {first} et {second} : "
                f"{_together(pair, last)}."
            )
            lines.append((nothing, last, "il s’arrête pour de bon"))
    return _told(lines)


def why_text(pair: Pair) -> str:
    """Return the same in one paragraph, for what opens no reason."""
    return " ".join(one.text for one in why(pair))


def _told(lines: Sequence[tuple[str, date, str]]) -> tuple[Told, ...]:
    return tuple(Told(words, day, what) for words, day, what in lines)


def _begins(pair: Pair, run: Sequence[Stretch]) -> str:
    opening = run[0]
    if opening.begin == pair.answer.aujourdhui:
        return f"L’écart existe dès le jour figé : {_each(pair, opening)}."
    return f"L’écart commence le {text.day(opening.begin)}, quand {_moves(pair, opening)}."


def _moves(pair: Pair, stretch: Stretch) -> str:
    """Say which of the two changes on the first day of a stretch, and to what."""
    moved = [
        f"{key} passe {_where(piece)}"
        for key, piece in zip(pair.keys, (stretch.first, stretch.second), strict=True)
        if piece.debut == stretch.begin
    ]
    return " et ".join(moved) or _each(pair, stretch)


def _each(pair: Pair, stretch: Stretch) -> str:
    first, second = pair.keys
    return f"{first} est {_where(stretch.first)}, {second} est {_where(stretch.second)}"


def _together(pair: Pair, day: date) -> str:
    stretch = next(one for one in pair.parted if one.begin <= day < one.end)
    if place_of(stretch.first) == place_of(stretch.second):
        return f"tous deux sont {_where(stretch.first)}"
    return _each(pair, stretch)


def _where(piece: Tranche) -> str:
    """Return « au 4e échelon de la hors classe », « en congé parental »."""
    if piece.quotite == 0:
        return f"en {piece.situation.partition(' (')[0]}"
    place = the_place(piece.grade, piece.echelon, piece.chevron)
    place = f"au {place.removeprefix('le ')}" if place.startswith("le ") else f"à {place}"
    return place if piece.quotite == _FULL else f"{place}, à {piece.quotite}{text.NBSP}%"


def place_of(piece: Tranche) -> tuple[object, ...]:
    """Return what says where one stands and how one works."""
    return (piece.corps, piece.grade, piece.echelon, piece.chevron, piece.quotite)


@dataclass(frozen=True)
class Row:
    """One stretch during which they differ, in a line of the table."""

    period: str
    places: tuple[str, str]
    gross: str
    net: str
    months: str
    whole: str
    begin: date

    @property
    def asks(self) -> str:
        """How its reasons are asked for."""
        return self.begin.isoformat()


def rows(pair: Pair) -> tuple[Row, ...]:
    """Return the stretches during which the two differ."""
    return tuple(_row(one) for run in pair.runs for one in run)


def _row(one: Stretch) -> Row:
    return Row(
        period(one.begin, one.end),
        (standing(one.first), standing(one.second)),
        text.signed_money(one.month.brut),
        text.signed_money(one.month.net),
        months_text(one.months),
        text.signed_money(one.whole.net),
        one.begin,
    )


def months_text(months: float) -> str:
    """Return « 11 », « 0,5 »."""
    return f"{months:.1f}".removesuffix(".0").replace(".", ",")


def standing(piece: Tranche) -> str:
    """Return « hors classe, 4e échelon, 80 % », « congé parental »."""
    if piece.quotite == 0:
        return piece.situation.partition(" (")[0]
    place = text.position_label(piece.grade, piece.echelon, piece.chevron)
    return place if piece.quotite == _FULL else f"{place}, {piece.quotite}{text.NBSP}%"


def period(begin: date, end: date) -> str:
    """Return « septembre 2026 », « octobre 2026 à août 2027 », days where months are cut."""
    last = end - _A_DAY
    if begin.day != 1 or end.day != 1:
        return f"du {text.day(begin)} au {text.day(last)}"
    if (begin.year, begin.month) == (last.year, last.month):
        return text.month(begin)
    return f"{text.month(begin)} à {text.month(last)}"
