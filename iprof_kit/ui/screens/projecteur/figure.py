"""The figure of a séance on the wall: the board's own, in the two widths of a projector."""

from __future__ import annotations

from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class Projected:
    """A figure on the wall, in the two widths of a projector, and who each line is."""

    widths: tuple[str, str]
    names: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=_REMEMBERED)
def projected(letters: str) -> Projected:
    """Return the figure of the letters of a séance: its two scenarios, named.

    Raises
    ------
    InputError, LawError
        These are not the letters of a séance, or the law does not answer about it.
    """
    pair = pair_of(unpacked(letters))
    career = described(pair, others=False)
    # Nobody points at a wall: no year is read on it, and no table follows it.
    career = replace(career, readings=(), read_first=None, desc=career.title)
    names = dict(zip(pair.keys, (one.nom for one in pair.scenarios), strict=True))
    return Projected(
        (written(career, SIZES["projected"]), written(career, SIZES["projected_small"])),
        tuple(names.items()),
    )
