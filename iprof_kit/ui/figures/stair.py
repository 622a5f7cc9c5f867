"""The stair of a career: one step an échelon, its height that of the index; said before drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iprof_kit.ui.figures.charts import YOU

PAST, NOW, COMING = "past", "now", "coming"
_BELOW = 0.3
"""How much of the height between the lowest and the highest step the lowest one rises."""


@dataclass(frozen=True)
class StairStep:
    """One échelon: from this day to that one, its index, what is written in it."""

    begin: date
    end: date
    index: int
    label: str
    state: str


@dataclass(frozen=True)
class Higher:
    """One échelon of the grade that a decision would open."""

    begin: date
    index: int
    label: str


@dataclass(frozen=True)
class Stair:
    """A career from its entry to its last day.

    Parameters
    ----------
    steps : tuple of Step
        Oldest first; each ends where the next one begins.
    begin, end : date
        First and last day drawn; before the first step, the file says nothing.
    higher : tuple of Higher
        The steps of a promotion, from its first day; `higher_words` names it, wide then narrow.
    meetings : tuple of (date, date)
        The school years in which a rendez-vous de carrière is foreseen, with `meetings_words`.
    leaving : date, optional
        The day from which one may leave, with its two lines.
    """

    steps: tuple[StairStep, ...]
    today: date
    begin: date
    end: date
    title: str
    desc: str
    begin_words: str = ""
    higher: tuple[Higher, ...] = ()
    higher_words: tuple[str, str] = ("", "")
    meetings: tuple[tuple[date, date], ...] = ()
    meetings_words: tuple[str, str] = ("", "")
    leaving: date | None = None
    leaving_words: tuple[str, str, str] = ("", "", "")
    """The first line, the second one, and both in few words."""
    you: str = YOU

    @property
    def bounds(self) -> tuple[float, float]:
        """The index of the ground and that of the highest step."""
        known = [one.index for one in self.steps] + [one.index for one in self.higher]
        low, high = min(known), max(known)
        return low - max(high - low, low / 10) * _BELOW, high

    def index_on(self, day: date) -> int:
        """Return the index of seniority alone on a day."""
        past = [one.index for one in self.steps if one.begin <= day]
        return past[-1] if past else self.steps[0].index

    def between(self) -> tuple[tuple[date, int, int], ...]:
        """Return seniority's index and the promotion's on each day on which one of them changes."""
        if not self.higher:
            return ()
        first = self.higher[0].begin
        days = {one.begin for one in self.steps} | {one.begin for one in self.higher}
        shown = sorted(day for day in days if first <= day < self.end)
        return tuple((day, self.index_on(day), self._promoted(day)) for day in shown)

    def _promoted(self, day: date) -> int:
        return [one.index for one in self.higher if one.begin <= day][-1]
