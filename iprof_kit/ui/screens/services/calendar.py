"""The year of a campaign as bars: from September to August, in hundredths of its length."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from iprof_kit.base.calendar import rentree_day
from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.ui.kit.parts import Shade

_MONTHS = (
    "sept.", "oct.", "nov.", "déc.", "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.",
    "août",
)  # fmt: skip
_NARROW, _ROOM = 1.4, 9.0
"""Least width of a bar; room that a label takes, under which the next one is not written."""


@dataclass(frozen=True)
class Bar:
    """One bar: « o » open, « a » announced, « c » done, « q » past years, « k » a single day."""

    kind: str
    left: float
    width: float
    label: str = ""


def months(year: int) -> tuple[Shade, ...]:
    """Return the twelve months of the school year before the rentrée of `year`."""
    starts = [date(year - 1 + (n >= 4), (n + 8) % 12 + 1, 1) for n in range(12)]
    return tuple(Shade(_at(day, year), 0, name) for day, name in zip(starts, _MONTHS, strict=True))


def today_mark(today: date, year: int) -> float | None:
    """Return where today is; None outside of the year."""
    return _at(today, year) if rentree_day(year - 1) <= today < rentree_day(year) else None


def bars(campaign: CampagneVue) -> tuple[Bar, ...]:
    """Return a bar a stair, with its label under it where there is room."""
    drawn: list[Bar] = []
    free = 0.0
    for stair in campaign.marches:
        steps = [one for one in campaign.etapes if one.etape in stair.etapes]
        bar = _bar(steps, campaign.annee)
        if bar is None:
            continue
        label = stair.titre.split(" ")[0].lower() if bar.left >= free else ""
        if label:
            free = bar.left + _ROOM
        drawn.append(Bar(bar.kind, bar.left, bar.width, label))
    return tuple(drawn)


def _bar(steps: list[EtapeVue], year: int) -> Bar | None:
    dated = [one for one in steps if one.du or one.au]
    days = [day for one in dated for day in (one.du, one.au) if day]
    kind = ""
    if dated:
        states = {one.etat for one in dated}
        begun = "ouverte" in states or {"close", "a_venir"} <= states
        kind = "o" if begun else "c" if states == {"close"} else "a"
    else:
        usual = [one.habitude for one in steps if one.habitude]
        days, kind = [day for one in usual for day in (one.du, one.au)], "q"
    if not days:
        return None
    first, last = min(days), max(days)
    if first == last and kind != "q":
        return Bar("k" if kind != "o" else "o", _at(first, year), _NARROW)
    begins, ends = _at(first, year), _at(last + timedelta(days=1), year)
    return Bar(kind, begins, max(_NARROW, round(ends - begins, 2)))


def _at(day: date, year: int) -> float:
    start = rentree_day(year - 1)
    length = (rentree_day(year) - start).days
    return round(min(100.0, max(0.0, (day - start).days * 100 / length)), 2)
