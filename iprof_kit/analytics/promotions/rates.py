"""The same lists at other ratios: how many places each gives, and who comes last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from iprof_kit.analytics.promotions.lists import Ranked, Settings
from iprof_kit.analytics.promotions.tables import places_of
from iprof_kit.careers.ranked_list import rank_list

COLUMNS = ("liste", "taux_pour_cent", "contingent", "proposes", "barre", "dernier", "rang")


def by_share(
    numbers: pd.Series, lists: Sequence[Ranked], settings: Settings, shares: Sequence[int]
) -> pd.DataFrame:
    """Return what several ratios give of each list: `COLUMNS`.

    Nobody is ranked again: only the steps that share the places are played at each ratio.

    Parameters
    ----------
    numbers : Series
        The people's numbers, by row.
    shares : sequence of int
        Ratios, in ten-thousandths.
    """
    rows = []
    for share in shares:
        for one in (_at_share(each, settings, share) for each in lists):
            number, rank = _last(one, numbers)
            rows.append({**places_of(one, share), "dernier": number, "rang": rank})
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"rang": "Int64"})


def _at_share(one: Ranked, settings: Settings, share: int) -> Ranked:
    """Return a list with the places of another ratio."""
    other = replace(settings, share=share, places=None)
    places, left, _ = other.contingent(one.name, one.listed)
    result = rank_list(one.people, settings.procedure, places)
    return replace(one, result=result, places=places, left=left)


def _last(one: Ranked, numbers: pd.Series) -> tuple[str, int | None]:
    """Return the number and the rank of the last one who is proposed."""
    order = one.result.order
    taken = one.result.taken[order].nonzero()[0]
    if not taken.size:
        return "", None
    place = int(taken[-1])
    return str(numbers.iloc[one.rows[order[place]]]), place + 1
