"""Money: exact cents, one rounding."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

TEN_THOUSANDTHS = 10_000
"""Decrees publish the value of the point with four decimals."""

CENTS = 100
"""In a euro."""


def share_in_euros(
    amount: npt.ArrayLike,
    times: npt.ArrayLike,
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
) -> npt.NDArray[np.float64]:
    """Return amount × times × numerator / denominator, rounded once to the cent, half up.

    The computation is made in whole ten-thousandths of a euro, so that no binary fraction can
    move a cent.

    Parameters
    ----------
    amount : array of float
        Euros with at most four decimals.
    times, numerator, denominator : arrays of int
        All broadcast together.

    Returns
    -------
    array of float64
        Euros with two decimals.
    """
    units = np.rint(np.asarray(amount, np.float64) * TEN_THOUSANDTHS).astype(np.int64)
    top = np.asarray(times, np.int64) * units * np.asarray(numerator, np.int64)
    bottom = np.asarray(denominator, np.int64) * (TEN_THOUSANDTHS // CENTS)
    cents = (2 * top + bottom) // (2 * bottom)
    euros: npt.NDArray[np.float64] = cents / CENTS
    return euros


def percent_in_euros(amount: npt.ArrayLike, *percents: float) -> npt.NDArray[np.float64]:
    """Return a percentage (of a percentage …) of an amount, rounded once to the cent, half up.

    Parameters
    ----------
    amount : array of float
        Euros with two decimals.
    percents : float
        Each in per cent with at most four decimals: `percent_in_euros(a, 98.25, 2.4)`.

    Returns
    -------
    array of float64
        Euros with two decimals.
    """
    top, bottom = _percent(amount, percents)
    euros: npt.NDArray[np.float64] = (2 * top + bottom) // (2 * bottom) / CENTS
    return euros


def percent_without_thousandths(amount: npt.ArrayLike, *percents: float) -> npt.NDArray[np.float64]:
    """Return a percentage of an amount, what comes after the cent left out.

    Same parameters and result as `percent_in_euros`.
    """
    top, bottom = _percent(amount, percents)
    euros: npt.NDArray[np.float64] = top // bottom / CENTS
    return euros


def _percent(
    amount: npt.ArrayLike, percents: tuple[float, ...]
) -> tuple[npt.NDArray[np.int64], int]:
    """Return a percentage of an amount in cents, as an exact fraction."""
    top = np.rint(np.asarray(amount, np.float64) * CENTS).astype(np.int64)
    bottom = 1
    for percent in percents:
        top = top * round(percent * TEN_THOUSANDTHS)
        bottom *= CENTS * TEN_THOUSANDTHS
    return top, bottom


def sum_in_euros(*amounts: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the sum of amounts to the cent, free of binary dust."""
    total: npt.NDArray[np.float64] = np.rint(sum(np.asarray(a) for a in amounts) * CENTS) / CENTS
    return total


def parts_in_euros(total: float, parts: int) -> tuple[float, ...]:
    """Return a sum cut in equal parts to the cent: the first ones hold what is left over.

    Examples
    --------
    >>> parts_in_euros(100.0, 3)
    (33.34, 33.33, 33.33)
    """
    share, left = divmod(round(total * CENTS), parts)
    return tuple((share + (rank < left)) / CENTS for rank in range(parts))
