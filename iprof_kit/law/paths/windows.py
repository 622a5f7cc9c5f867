"""When a condition is met: from a day, until a day, or nobody knows; and how conditions combine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from iprof_kit.base.calendar import Axis
from iprof_kit.law.paths.people import NEVER, Bools


@dataclass(frozen=True)
class Window:
    """Columns: a condition is met on the days `since` ≤ day < `until`.

    `since` is 0 where the condition was met at an unknown date, `NEVER` where nothing will make it
    met. `unknown`: nobody told what would decide it. `not_yet`: it is not met on the day asked,
    and the day on which it will be is unknown (it is then `unknown` too).
    """

    since: Axis
    until: Axis
    unknown: Bools
    not_yet: Bools

    def met(self, day: int) -> Bools:
        """Tell where the condition is known to be met on a day."""
        met: Bools = ~self.unknown & (self.since <= day) & (day < self.until)
        return met

    def later(self, day: int) -> Axis:
        """Return the first day from `day` on which the condition is met, `NEVER` for none."""
        first = np.maximum(self.since, day)
        first_day: Axis = np.where(first < self.until, first, NEVER)
        return first_day


def window(
    count: int,
    since: Axis | int = 0,
    until: Axis | int = NEVER,
    unknown: Bools | bool = False,
    not_yet: Bools | bool = False,
) -> Window:
    """Return a window, each part broadcast to the column."""
    days = [_column(part, np.int64, count) for part in (since, until)]
    flags = [_column(part, np.bool_, count) for part in (unknown, not_yet)]
    return Window(days[0], days[1], flags[0], flags[1])


def _column(part: object, kind: type[np.generic], count: int) -> Any:
    """Return a part as a column; one that is a column already stays the same one."""
    column = np.asarray(part, kind)
    return column if column.shape == (count,) else np.full(count, column)


def either(windows: Sequence[Window], day: int) -> Window:
    """Combine alternatives: the one met first counts; unknown where an unknown one could be first.

    An alternative that is known to be met on the day asked settles the matter.
    """
    best = windows[0]
    for other in windows[1:]:
        here, there = best.met(day), other.met(day)
        longer = (other.until > best.until) & here & there
        sooner = ~here & ~other.unknown & ~best.unknown & (other.later(day) < best.later(day))
        takes = longer | (~here & there) | sooner
        settled = here | there
        unknown = ~settled & (best.unknown | other.unknown)
        not_yet = unknown & (best.not_yet | ~best.unknown) & (other.not_yet | ~other.unknown)
        best = Window(
            np.where(
                unknown,
                np.minimum(_known(best), _known(other)),
                np.where(takes, other.since, best.since),
            ),
            np.where(unknown, NEVER, np.where(takes, other.until, best.until)),
            unknown,
            not_yet,
        )
    return best


def _known(window: Window) -> Axis:
    """Return since where it is known, `NEVER` elsewhere."""
    since: Axis = np.where(window.unknown, NEVER, window.since)
    return since
