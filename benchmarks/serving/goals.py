"""The goals of the issue « Sessions that open at once »: reached or not, and by which step."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from browse import Met
from contenders import OWN, PANEL, SAME, SOLARA, STOCK
from growth import Step
from rush import OURS_AT_ONCE, Rush
from tables import say, table

_FORKED = "warm process: the kernel is forked, the page was made ahead"


@dataclass(frozen=True)
class Goal:
    """One line: what, the goal in its unit, whether less is better, and the step behind it."""

    what: str
    goal: float
    unit: str
    step: str
    digits: int = 1
    less: bool = True

    def row(self, stock: float | None, ours: dict[str, float | None]) -> list[str]:
        """Return the row: stock Voilà, then our two screens, each with its verdict."""
        cells = [self._verdict(value) for value in ours.values()]
        return [self.what, self._say(stock), f"{self.goal:g} {self.unit}", *cells, self.step]

    def _say(self, value: float | None) -> str:
        return "" if value is None else f"{value:.{self.digits}f} {self.unit}"

    def _verdict(self, value: float | None) -> str:
        if value is None:
            return ""
        reached = value <= self.goal if self.less else value >= self.goal
        return f"{self._say(value)}, {'reached' if reached else '**not reached**'}"


def measure(met: dict[str, Met], rushes: dict[tuple[str, int], Rush], steps: list[Step]) -> None:
    """Print the table, with what was measured."""
    say("## The goals\n")
    many = max((count for _name, count in rushes), default=0)
    header = ["", "stock Voilà", "goal", "ours, the same screen", "ours, promotions", "step"]
    rows = [_compared(goal, met, value) for goal, value in _OF_ONE if met]
    rows += [_rushed(goal, rushes, many, value) for goal, value in _OF_MANY if rushes]
    if steps:
        goal = Goal(
            f"{steps[-1].sessions} sessions open, control answered, 95th percentile",
            300,
            "ms",
            "charts drawn as SVG, one process a session",
            0,
        )
        rows.append(goal.row(None, {"same": None, "own": steps[-1].late * 1000}))
    say(table(header, rows).replace("---:", "---"))
    if met:
        _ahead(met)


def _ahead(met: dict[str, Met]) -> None:
    """Say whether we are ahead of the peers of the same run."""
    opened = {name: statistics.median(one.opened) for name, one in met.items()}
    words = []
    for ours in (SAME.name, OWN.name):
        for peer in (PANEL.name, SOLARA.name):
            ratio = opened[ours] / opened[peer]
            words.append(f"{ours}: {ratio:.2f} times the time of {peer}")
    say("Link to interactive, " + "; ".join(words) + ".\n")


def _compared(goal: Goal, met: dict[str, Met], value: Callable[[Met], float]) -> list[str]:
    ours: dict[str, float | None] = {name: value(met[name]) for name in (SAME.name, OWN.name)}
    return goal.row(value(met[STOCK.name]), ours)


def _rushed(
    goal: Goal, rushes: dict[tuple[str, int], Rush], many: int, value: Callable[[Rush], float]
) -> list[str]:
    ours: dict[str, float | None] = {
        name: value(rushes[name, many]) for name in (SAME.name, OWN.name)
    }
    return goal.row(None, ours)


_OF_ONE: tuple[tuple[Goal, Callable[[Met], float]], ...] = (
    (
        Goal(
            "link to interactive, new browser context, median",
            0.8,
            "s",
            f"light front end; {_FORKED}",
            2,
        ),
        lambda one: statistics.median(one.opened),
    ),
    (
        Goal(
            "memory a session after ten redraws (PSS)",
            25,
            "MB",
            "fork: pages shared with the warm process; given back when idle",
        ),
        lambda one: one.mega,
    ),
    (
        Goal(
            "second visit, bytes transferred",
            150,
            "kB",
            "immutable names, one compressed script",
            0,
        ),
        lambda one: one.visits[1].whole / 1000,
    ),
)
_OF_MANY: tuple[tuple[Goal, Callable[[Rush], float]], ...] = (
    (
        Goal(f"openings per second, {OURS_AT_ONCE} at once", 8, "/s", _FORKED, less=False),
        lambda one: one.rate,
    ),
    (
        Goal(f"{OURS_AT_ONCE} at once, interactive, 95th percentile", 6, "s", _FORKED),
        lambda one: one.late,
    ),
)
