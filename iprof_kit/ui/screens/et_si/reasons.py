"""The reasons that stand open under the dates of scenarios: calculated when they are opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from iprof_kit.base.errors import LawError
from iprof_kit.calculate.et_si.answer import EtSiAnswer
from iprof_kit.calculate.et_si.question import EtSiQuestion
from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.ui.kit.parts import KEYS, Why, discreet, why_of
from iprof_kit.ui.shared import text

if TYPE_CHECKING:  # the whole law: loaded when the first reason is opened
    from iprof_kit.calculate.et_si.gap import Stretch
    from iprof_kit.calculate.et_si.why import Part, Reasons

TOTAL, PENSION = "total", "pension"
"""How the sum of all stretches and the pensions are asked for; a day is by its ISO form, a line by
« day/code »."""
MOST_OPEN = 500
"""More than a screen offers: each date of some twenty, with a score of lines of pay."""
_ASKED = re.compile(r"total|pension|\d{4}-\d{2}-\d{2}(/\w{1,40})?")


@dataclass(frozen=True)
class Line:
    """A line of pay under a gap: how its reasons are asked for, one a scenario once open."""

    id: str
    label: str
    asks: str
    whys: tuple[Why, ...] = ()


@dataclass(frozen=True)
class Opened:
    """What stands under one date: its reasons, then the lines of pay that lead to theirs."""

    whys: tuple[Why, ...]
    lines: tuple[Line, ...] = ()

    @property
    def amounts(self) -> tuple[tuple[str, str], ...]:
        """The lines of the last reason that are no datum: those of pay, and what they make."""
        return tuple((one.label, one.value) for one in self.whys[-1].pairs if not one.kind)


def askable(of: str) -> str:
    """Return what a page asks a reason of, "" where no page asks so."""
    return of if _ASKED.fullmatch(of) else ""


class Made:
    """The reasons made so far, kept while what they read is the same: the question, its answer."""

    def __init__(self) -> None:
        self._reasons: Reasons | None = None
        self.kept: dict[Hashable, tuple[Why, ...]] = {}
        """How a reason is asked for, with the scenarios that it compares → what was made."""

    def of(self, question: EtSiQuestion, answer: EtSiAnswer) -> Reasons:
        """Return what may be asked of an answer; the reasons of another one are forgotten."""
        from iprof_kit.calculate.et_si.why import Reasons

        known = self._reasons
        if known is None or (known.question, known.shown) != (question, answer):
            known = self._reasons = Reasons(question, answer)
            self.kept = {}
        return known


@dataclass(frozen=True)
class Opening:
    """What is open of the scenarios compared; `ranks` are the two, or the only one.

    The gap is that of the first rank minus the second.
    """

    reasons: Reasons
    ranks: tuple[int, ...]
    opened: Collection[str]
    kept: dict[Hashable, tuple[Why, ...]] = field(default_factory=dict)
    """The reasons already made of the same answer."""

    @staticmethod
    def of(
        question: EtSiQuestion,
        answer: EtSiAnswer,
        ranks: tuple[int, ...],
        opened: Collection[str],
        made: Made | None = None,
    ) -> Opening:
        """Return what is open of an answer; `made` keeps each reason for the next openings."""
        made = made or Made()
        return Opening(made.of(question, answer), ranks, opened, made.kept)

    def days(self, days: Sequence[date], stretches: Sequence[Stretch] = ()) -> dict[str, Opened]:
        """Return what stands under the days that are open, by their ISO form."""
        whole = {one.begin: one for one in stretches}
        return {
            day.isoformat(): self.day(day, whole.get(day))
            for day in dict.fromkeys(days)
            if day.isoformat() in self.opened
        }

    def day(self, day: date, stretch: Stretch | None = None) -> Opened:
        """Return the steps of a day, what is then paid, and the whole of its stretch."""
        until = stretch and stretch.end
        whys = self._once((day, until), lambda: self._of_day(day, stretch))
        return Opened(whys, tuple(self._lines(day)))

    def total(self, until: date, label: str) -> Opened | None:
        """Return what parts the two in all, where it is open."""
        if TOTAL not in self.opened or len(self.ranks) < 2:
            return None
        first, second = self.ranks

        def total() -> Iterator[Explanation]:
            yield self.reasons.sum(first, second, until, label)

        return Opened(self._once((TOTAL, until, label), total))

    def pensions(self) -> Opened | None:
        """Return why the scenarios compared have their pension, where it is open."""
        if PENSION not in self.opened:
            return None
        each = ((rank, self.reasons.pension(rank)) for rank in sorted(self.ranks))
        return Opened(self._once(PENSION, lambda: self._named(each)))

    def _once(self, asks: Hashable, make: Callable[[], Iterable[Explanation]]) -> tuple[Why, ...]:
        """Return reasons as they are shown, made at their first opening."""
        key = (asks, self.ranks)
        if key not in self.kept:
            self.kept[key] = tuple(map(_discreet, make()))
        return self.kept[key]

    def _of_day(self, day: date, stretch: Stretch | None) -> Iterator[Explanation]:
        yield from self._named((rank, self.reasons.steps(rank, day)) for rank in sorted(self.ranks))
        if len(self.ranks) == 1:
            yield self.reasons.net(self.ranks[0], day)
            return
        first, second = self.ranks
        yield self.reasons.gap(first, second, day)
        if stretch is not None:
            yield self.reasons.whole(first, second, stretch)

    def _lines(self, day: date) -> Iterator[Line]:
        with suppress(LawError):  # the reason above says why there is none
            for part in self.reasons.parts(self.ranks, day):
                asks = f"{day.isoformat()}/{part.code}"
                whys: tuple[Why, ...] = ()
                if asks in self.opened:
                    whys = self._once(asks, partial(self._of_line, day, part))
                label = f"{part.label}, {text.signed_money(part.gap / 100)} : pourquoi ?"
                yield Line(f"l-{asks.replace('/', '-')}", label, asks, whys)

    def _of_line(self, day: date, part: Part) -> Iterator[Explanation]:
        ranks = sorted(self.ranks)
        lines = ((rank, self.reasons.line(rank, day, part.code)) for rank in ranks)
        yield from self._named(lines)

    def _named(self, every: Iterable[tuple[int, tuple[Explanation, ...]]]) -> Iterator[Explanation]:
        """Yield reasons that say of which scenario they are, that of both once."""
        whose: dict[str, tuple[Explanation, list[str]]] = {}
        for rank, reasons in every:
            for reason in reasons:
                _, keys = whose.setdefault(reason.model_dump_json(), (reason, []))
                keys.append(KEYS[rank])
        for reason, keys in whose.values():
            plain = f"{reason.question[:1].lower()}{reason.question[1:]}"
            named = f"{' et '.join(keys)} : {plain}"
            alone = len(self.ranks) == 1
            yield reason if alone else reason.model_copy(update={"question": named})


def _discreet(reason: Explanation) -> Why:
    return discreet(why_of(reason))
