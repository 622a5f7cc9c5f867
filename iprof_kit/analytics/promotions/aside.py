"""Who is left out of what is proposed, whatever her rank, and why: one table for every reason."""

from __future__ import annotations

import pandas as pd

from iprof_kit.analytics.standing import DECISIONS, TO_VERIFY
from iprof_kit.careers.places import ASIDE, HOW, OPPOSED, TAKEN_BY_RANK, WHY_NOT

UNREAD, UNRANKED = "ligne non lue", "non classée"
NOT_PROPOSED = (WHY_NOT[OPPOSED], WHY_NOT[ASIDE])
"""Those who are on the list and are not proposed, whatever their rank."""
BY_RANK = HOW[TAKEN_BY_RANK]
"""How those are proposed whom their rank alone proposes."""
KEPT = DECISIONS[TO_VERIFY]
"""The one decision that leaves a person on the list."""
COLUMNS = ("numero", "decision", "position", "pourquoi")


def left_out(positions: pd.DataFrame, ranking: pd.DataFrame, unread: pd.DataFrame) -> pd.DataFrame:
    """Return who is left out, and who is kept in doubt: `COLUMNS`.

    Parameters
    ----------
    positions : DataFrame
        See `Campagne.positions`.
    ranking : DataFrame
        See `Campagne.classement`.
    unread : DataFrame
        See `Campagne.non_lues`.
    """
    opposed = ranking[ranking["motif"].isin(NOT_PROPOSED)]
    unranked = ranking[ranking["erreur"] != ""]
    parts = [
        positions[positions["decision"] != KEPT],
        opposed.assign(
            decision=opposed["motif"],
            position="",
            pourquoi="sur la liste, non proposée, quel que soit son rang",
        ),
        unranked.assign(decision=UNRANKED, position="", pourquoi=unranked["erreur"]),
        unread.assign(decision=UNREAD, position="", pourquoi=unread["erreur"]),
        positions[positions["decision"] == KEPT],
    ]
    return pd.concat(
        [part[[*COLUMNS]] for part in parts if len(part)] or [_NOBODY], ignore_index=True
    )


_NOBODY = pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
