"""How long something takes when it has not happened yet to everybody: Kaplan and Meier."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.needs import WORKSHOP
from iprof_kit.base.errors import Unavailable
from iprof_kit.base.words import NBSP

QUARTERS = {"premier_quartile": 1 / 4, "mediane": 2 / 4, "troisieme_quartile": 3 / 4}
"""To which share of the people it has then happened."""
_ROUNDING = 1e-9


def still_waiting(durations: npt.NDArray[np.float64], happened: npt.NDArray[np.bool_]) -> pd.Series:
    """Return the share to whom it has not happened, by duration (Kaplan–Meier).

    Parameters
    ----------
    durations : array of float
        Until it happens, or until the person is seen no more.
    happened : array of bool
        False: seen no more, it had not happened.

    Returns
    -------
    Series
        Share, by duration, in increasing order.
    """
    stats = scipy_stats()
    data = stats.CensoredData(uncensored=durations[happened], right=durations[~happened])
    curve = stats.ecdf(data).sf
    return pd.Series(curve.probabilities, index=curve.quantiles)


def quartiles(waiting: pd.Series) -> dict[str, float]:
    """Return the durations after which it has happened to each quarter; NaN: not reached."""
    durations = {}
    for name, share in QUARTERS.items():
        reached = waiting.index[waiting <= 1 - share + _ROUNDING]
        durations[name] = round(float(reached[0]), 1) if len(reached) else np.nan
    return durations


def scipy_stats() -> Any:
    """Return the statistics of scipy.

    Raises
    ------
    Unavailable
        It is not installed.
    """
    try:
        from scipy import stats
    except ImportError as error:
        raise Unavailable(
            f"scipy n’est pas installé{NBSP}: il le faut pour cette analyse.",
            remedy=WORKSHOP,
        ) from error
    return stats
