"""The positions of one person: the days that do not count, in words and on the axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from iprof_kit.base.calendar import Axis, axis_of, date_of, date_text, duration_text, rentree
from iprof_kit.base.explanation import datum, explaining, hypothesis, kept_unless_explained
from iprof_kit.base.sources import Source
from iprof_kit.calculate.interface.explained import Line
from iprof_kit.calculate.interface.papers import DOUBT
from iprof_kit.calculate.interface.situation import Periode, Situation
from iprof_kit.careers.acts import Acts
from iprof_kit.careers.leaves import Spans, leave_acts, lost_time
from iprof_kit.law.career.positions import (
    UNKNOWN,
    Counted,
    Stays,
    counted_time,
    label,
    position_code,
    source_of,
    uncertain,
)

NOT_PROMOUVABLE = (
    "le temps passé dans cette position ne compte pas pour l’avancement, et n’ouvre pas les "
    "promotions de grade (CGFP, art. L514-1)"
)
_DECLARED = (
    "Une activité professionnelle déclarée, ou un enfant à élever, conserverait les droits dans "
    "cette limite (CGFP, art. L514-2)."
)


_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Positions:
    """What the positions held since the échelon's effect take away.

    `assumed` says what had to be supposed, "" where nothing was; `open_since` is the first day of a
    stay that does not count and has no end in the question, else None.
    """

    stays: Stays
    spans: Spans
    entry: int
    assumed: str
    open_since: date | None

    def lost(self, begin: int, end: int) -> int:
        """Return the days between two days that do not count."""
        return int(self._overlaps(begin, end).sum())

    def acts(self, rows: int) -> Acts | None:
        """Return the acts of this person for so many rows of the engine; None where none is."""
        size = len(self.spans)
        if not size:
            return None
        row = np.repeat(np.arange(rows), size)
        spans = self.spans
        copies = Spans(
            row,
            *(
                np.tile(getattr(spans, name), rows)
                for name in ("stay", "row", "begin", "end", "absent")
            ),
        )
        return leave_acts(copies, np.full(rows, self.entry))

    def away(self, day: int) -> str:
        """Return the position that closes the lists read on a day, "" where none does."""
        spans = self.spans
        here = np.flatnonzero(spans.absent & (spans.begin <= day) & (day < spans.end))
        return self._label(int(spans.stay[here[0]])) if here.size else ""

    def lines(self, begin: int, end: int) -> list[Line]:
        """Return what was lost between two days, a line a stay, in the words of a person."""
        lost = self._overlaps(begin, end)
        lines = []
        for stay in dict.fromkeys(self.spans.stay[lost > 0].tolist()):
            days = int(lost[self.spans.stay == stay].sum())
            first, last = (int(column[stay]) for column in (self.stays.begin, self.stays.end))
            when = f"Du {date_text(date_of(first))} au {date_text(date_of(last) - _A_DAY)}"
            words = f"{duration_text(days)} de {self._label(stay)} non comptés"
            lines.append(Line(libelle=when, valeur=words, a_verifier=bool(self.assumed)))
        return lines

    def sources(self, begin: int, end: int) -> tuple[Source, ...]:
        """Return the papers of what was lost between two days."""
        rows = self.spans.row[self._overlaps(begin, end) > 0].tolist()
        return tuple(source_of(row) for row in dict.fromkeys(rows))

    def taken_off(self, begin: int, end: int) -> tuple[int, ...]:
        """Return the periods of the question of which a part does not count between two days."""
        stays = self.spans.stay[self._overlaps(begin, end) > 0].tolist()
        return tuple(int(self.stays.order[stay]) for stay in dict.fromkeys(stays))

    def left_to_declare(self, begin: int, end: int) -> str:
        """Return what a plain disponibilité may hide, "" where none was lost between two days."""
        codes = self.stays.code[self.spans.stay[self._overlaps(begin, end) > 0]]
        return _DECLARED if (codes == position_code("Disponibilité")).any() else ""

    def _overlaps(self, begin: int, end: int) -> Axis:
        begins = np.maximum(self.spans.begin, max(begin, self.entry))
        overlaps: Axis = np.maximum(np.minimum(self.spans.end, end) - begins, 0)
        return overlaps

    def _label(self, stay: int) -> str:
        return label(int(self.stays.code[stay]))


def positions_of(situation: Situation, entry: int, today: date) -> Positions:
    """Count the positions of a situation.

    A stay without end is supposed to last until today: nothing says more. Where it does not count,
    the answer then supposes a return today, and `assumed` says so.

    Parameters
    ----------
    entry : int
        Axis day of the échelon's effect.
    """
    return _counted(situation.periodes, entry, today)


@kept_unless_explained(64)
def _counted(periods: tuple[Periode, ...], entry: int, today: date) -> Positions:
    """Count periods: screens ask of the same ones, and of none, many times."""
    now = axis_of(today)
    begin = np.array([axis_of(p.debut) for p in periods], np.int64)
    end = np.array([now if p.fin is None else axis_of(p.fin + _A_DAY) for p in periods], np.int64)
    code = np.array([position_code(p.position, p.motif) for p in periods], np.int64)
    stays = Stays(np.zeros_like(code), code, begin, end)
    counted = counted_time(stays)
    spans = lost_time(stays, counted)
    spans = spans.of(spans.end > entry)
    open_since = _open(periods, stays, spans, now)
    doubts = [_doubt_of_return(stays, open_since, today)] if open_since else []
    doubts += _doubts(periods, stays, counted, entry)
    return Positions(stays, spans, entry, " ; ".join(dict.fromkeys(doubts)), open_since)


def tell_lost(
    positions: Positions,
    situation: Situation,
    span: tuple[int, int],
    today: date,
    filed: int | None = None,
) -> None:
    """Record what did not count between two days: the rule, then a line a stay; nothing when off.

    Parameters
    ----------
    situation : Situation
        Whose positions they are.
    span : tuple of int
        The two days, on the axis.
    today : date
        As `positions_of` was asked.
    filed : int, optional
        How many of the periods are of the file: those after them are supposed.
    """
    if not explaining() or not positions.lost(*span):
        return
    stays = positions.taken_off(*span)
    only = situation.model_copy(update={"periodes": tuple(situation.periodes[i] for i in stays)})
    positions_of(only, positions.entry, today)
    declare = positions.left_to_declare(*span)
    for stay, line in zip(stays, positions.lines(*span), strict=True):
        supposed = positions.assumed or (filed is not None and stay >= filed)
        note = hypothesis if supposed else datum
        note(line.libelle, line.valeur, sentence=declare, doubtful=line.a_verifier)


def closed_by_position(positions: Positions, campaign: int) -> str | None:
    """Return why the position held closes a campaign, None where it does not.

    A stay without end closes it too, for as long as it lasts.
    """
    if positions.open_since:
        where = label(int(positions.stays.code[-1]))
        return (
            f"En {where} depuis le {date_text(positions.open_since)}, sans date de fin"
            f" : {NOT_PROMOUVABLE}."
        )
    away = positions.away(rentree(campaign) - 1)
    if not away:
        return None
    return on_leave(campaign, away)


def on_leave(campaign: int, away: str) -> str:
    """Return what refuses a campaign to who is away on its day.

    Examples
    --------
    >>> on_leave(2027, "disponibilité").partition(" :")[0]
    'Le 31 août 2027 est en disponibilité'
    """
    return f"Le 31 août {campaign} est en {away} : {NOT_PROMOUVABLE}."


def _open(periods: tuple[Periode, ...], stays: Stays, spans: Spans, now: int) -> date | None:
    """Return the first day of the last stay where it is open and does not count today."""
    if not periods:
        return None
    last = len(periods) - 1
    period = periods[int(stays.order[last])]
    lost = spans.absent & (spans.stay == last) & (spans.end == now)
    return period.debut if period.fin is None and lost.any() else None


def _doubt_of_return(stays: Stays, since: date, today: date) -> str:
    return (
        f"{label(int(stays.code[-1]))} depuis le {date_text(since)}, sans date de fin : les "
        f"dates supposent un retour le {date_text(today)}"
    )


def _doubts(periods: tuple[Periode, ...], stays: Stays, counted: Counted, entry: int) -> list[str]:
    """Say what the table does not know, or does not know surely, since the échelon's effect."""
    doubts = []
    for piece in np.flatnonzero(counted.end > entry).tolist():
        if not uncertain(row := int(counted.row[piece])):
            continue
        stay = int(counted.stay[piece])
        if row == UNKNOWN:
            name = periods[int(stays.order[stay])].position
            doubts.append(f"position « {name} » : effet sur l’avancement non connu, comptée")
        else:
            name = label(int(stays.code[stay]))
            doubts.append(f"{name} : {DOUBT[source_of(row).confidence]}")
    return doubts
