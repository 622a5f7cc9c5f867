"""Several columns seen as one: the distinct combinations of a table, and where each row is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd


def combinations(
    table: pd.DataFrame, names: tuple[str, ...]
) -> tuple[npt.NDArray[np.int64], list[tuple[str, ...]]]:
    """Return, for each row, the place of its combination, and the distinct combinations."""
    whole = np.zeros(len(table), np.int64)
    for name in names:
        codes, distinct = pd.factorize(table[name])
        whole = whole * max(len(distinct), 1) + codes
        whole = pd.factorize(whole)[0]
    _, first = np.unique(whole, return_index=True)
    rows = table[list(names)].iloc[first]
    return whole, [tuple(row) for row in rows.itertuples(index=False)]
