"""The figure of a séance on the wall: the board's own, in the two widths of a projector."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from iprof_kit.calculate.atelier.seance import Seance, unpacked
from iprof_kit.ui.figures.charts_svg import SIZES, written
from iprof_kit.ui.screens.atelier.figure import described
from iprof_kit.ui.screens.atelier.pair import Pair
from iprof_kit.ui.screens.et_si.essais import compare

_REMEMBERED = 32


def pair_of(seance: Seance) -> Pair:
    """Return the two scenarios that a séance compares, as the engine answers them.

    Raises
    ------
    InputError, LawError
        The law does not answer about this person on this day.
    """
    answer = compare(seance.persona.question(seance.scenarios, seance.jour))
    return Pair(answer, seance.compares, seance.horizon)


@lru_cache(maxsize=_REMEMBERED)
def projected(letters: str) -> tuple[str, str]:
    """Return the figure of the letters of a séance as inline SVG: wide, then for a small projector.

    Raises
    ------
    InputError, LawError
        These are not the letters of a séance, or the law does not answer about it.
    """
    career = described(pair_of(unpacked(letters)), others=False)
    # Nobody points at a wall: no year is read on it, and no table follows it.
    career = replace(career, readings=(), read_first=None, desc=career.title)
    return written(career, SIZES["projected"]), written(career, SIZES["projected_small"])
