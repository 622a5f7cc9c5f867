"""The steps of a campaign on one axis: published, or the weeks of past years, or unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from iprof_kit.base.calendar import rentree_day
from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.ui.kit.parts import Axis, Lane, Lanes, Look, Stretch
from iprof_kit.ui.screens.campaigns.page import Stair, when_of

_MONTHS = {9: "sept.", 11: "nov.", 1: "janv.", 3: "mars", 5: "mai", 7: "juil."}
_UNKNOWN = "dates inconnues : lire la note de service"


def lanes_of(campaign: CampagneVue, today: date, stairs: Sequence[Stair] = ()) -> Lanes:
    """Return the figure of a campaign: one lane a step, those without any date in one.

    Parameters
    ----------
    stairs : sequence of Stair
        Its steps as the page of any movement says them: what was noted of each.
    """
    axis = Axis(rentree_day(campaign.annee - 1), rentree_day(campaign.annee))
    rows, undated = [], []
    noted = [one.done for one in stairs] or [""] * len(campaign.marches)
    for stair, done in zip(campaign.marches, noted, strict=True):
        steps = [one for one in campaign.etapes if one.etape in stair.etapes]
        drawn = tuple(_drawn(axis, steps))
        if drawn:
            rows.append(Lane(stair.titre, drawn, done, when_of(steps)))
        else:
            undated.append(stair.titre)
    if undated:
        name = ", ".join([undated[0], *(f"{one[:1].lower()}{one[1:]}" for one in undated[1:])])
        rows.append(Lane(name, (axis.stretch("missing", axis.first, axis.last, _UNKNOWN),)))
    usual = any(bar.look == "usual" for row in rows for bar in row.stretches)
    hatched = " ; hachuré : les semaines d’années passées, qui n’annoncent rien" if usual else ""
    return Lanes(
        caption=f"Pour la rentrée {campaign.annee}{hatched}",
        marks=tuple(
            (axis.at(date(campaign.annee - (month > 8), month, 1)), name)
            for month, name in _MONTHS.items()
        ),
        rows=tuple(rows),
        today=axis.at(today) if axis.first <= today <= axis.last else None,
        spoken=" ; ".join(f"{row.name} : {row.end or _UNKNOWN}" for row in rows),
    )


def _drawn(axis: Axis, steps: list[EtapeVue]) -> Iterator[Stretch]:
    """Yield the days of the steps of one stair; where none is published, those of past years."""
    looks: dict[str, Look] = {"ouverte": "now", "close": "done"}
    for one in steps:
        days = [day for day in (one.du, one.au) if day]
        if days:
            yield axis.stretch(looks.get(one.etat, "coming"), min(days), max(days))
    if all(one.du is None and one.au is None for one in steps):
        for one in steps:
            if one.habitude:
                yield axis.stretch("usual", one.habitude.du, one.habitude.au)
