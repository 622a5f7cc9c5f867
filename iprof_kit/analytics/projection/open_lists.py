"""Who is on the lists of a projected campaign, by the rule of positions of `campagne`."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.standing import ASKED, Positions
from iprof_kit.base.calendar import rentree
from iprof_kit.base.names import words_in
from iprof_kit.careers.agents import Flags
from iprof_kit.careers.deciders import Decider
from iprof_kit.careers.lists import Campaign

POSITION = words_in("position position_motif position_debut position_fin periodes date_sortie")
"""Columns of a population table that say a position."""


@dataclass(frozen=True)
class OpenLists:
    """A decider that is shown those whose position opens the lists, and nobody else.

    Parameters
    ----------
    closed : mapping of year to array of bool
        See `closed_lists`: the first rows of the agents; who enters later is in activity.
    """

    decider: Decider
    closed: dict[int, Flags]

    def decide(self, campaign: Campaign) -> Flags:
        """Let the other decide of those who are on the lists; nobody else is taken."""
        closed = self.closed.get(campaign.year)
        if closed is None or not closed.any():
            return self.decider.decide(campaign)
        known = campaign.rows < len(closed)
        shut = known & closed[np.where(known, campaign.rows, 0)]
        taken: npt.NDArray[np.bool_] = np.zeros(len(campaign), bool)
        if not shut.all():
            taken[~shut] = self.decider.decide(_only(campaign, ~shut))
        return taken


def closed_lists(people: pd.DataFrame, years: range) -> dict[int, Flags]:
    """Return, for each campaign, whose position on 31 August closes the lists, or is unknown.

    A position without an end is supposed to last.
    """
    if people.columns.empty:
        return {}
    positions = Positions.of(people)
    return {year: positions.kinds(rentree(year) - 1) >= ASKED for year in years}


def _only(campaign: Campaign, kept: Flags) -> Campaign:
    return replace(
        campaign,
        rows=campaign.rows[kept],
        ids=campaign.ids[kept],
        cell=campaign.cell[kept],
        days=campaign.days[kept],
        list_code=campaign.list_code[kept],
    )
