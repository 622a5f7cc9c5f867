"""Two shares and their gap in points: among promouvables, and among those retained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.model import refuse_nobody
from iprof_kit.analytics.analyses.people import ALL, PER_CENT, percent
from iprof_kit.analytics.analyses.promotions.proposals import RETAINED, Retained
from iprof_kit.analytics.columns import is_empty
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP

WORDS = {"promus": "promus", "proposes": "proposés"}
"""Who is retained, as a person reads it."""


def points(
    part: npt.ArrayLike, whole: npt.ArrayLike, of: npt.ArrayLike, total: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """Return how many points a share is above another, rounded once; missing without a whole."""
    top, under, base, below = (np.asarray(x, float) for x in (part, whole, of, total))
    with np.errstate(invalid="ignore", divide="ignore"):
        gap: npt.NDArray[np.float64] = PER_CENT * (top / under - base / below)
    return np.where(np.isfinite(gap), gap, np.nan).round(1)


def spread(people: pd.DataFrame, word: str, column: str, order: Sequence[str]) -> pd.DataFrame:
    """Return how promouvables and retained are spread over the values of a column.

    Returns
    -------
    DataFrame
        The column, in an order, then « Ensemble »; `promouvables` and who is retained, the share
        of each value among them (per cent), `ecart` (points), `taux` (retained for a hundred
        promouvables).
    """
    refuse_nobody(people, column)
    counts = _counts(people, people[column], order, word)
    whole = counts.loc[ALL]
    for name in ("promouvables", word):
        counts[f"part_{name}"] = percent(counts[name], whole[name])
    counts["ecart"] = points(
        counts[word], whole[word], counts["promouvables"], whole["promouvables"]
    )
    counts["taux"] = percent(counts[word], counts["promouvables"])
    return counts.rename_axis(column).reset_index()


def group_shares(
    who: Retained, inside: pd.Series, by: str, order: Sequence[str], group: str
) -> pd.DataFrame:
    """Return the share of a group among promouvables and retained, a row a value of a column.

    Returns
    -------
    DataFrame
        `by`, then « Ensemble »; the people and those of the group, the two shares (per cent),
        `ecart` (points), `{group}_a_part_egale`: how many would be retained at the same share.
    """
    people, word = who.people, who.word
    refuse_nobody(people, by)
    everybody = _counts(people, people[by], order, word)
    of_group = _counts(people[inside], people.loc[inside, by], order, word)
    by_value = pd.DataFrame(index=everybody.index)
    for name in ("promouvables", word):
        by_value[name], by_value[f"{group}_{name}"] = everybody[name], of_group[name]
    for name in ("promouvables", word):
        by_value[f"part_{group}_{name}"] = percent(of_group[name], everybody[name])
    by_value["ecart"] = points(
        of_group[word], everybody[word], of_group["promouvables"], everybody["promouvables"]
    )
    shares = of_group["promouvables"] / everybody["promouvables"]
    by_value[f"{group}_a_part_egale"] = (everybody[word] * shares).round(1)
    return by_value.rename_axis(by).reset_index()


def draw_shares(
    table: pd.DataFrame, word: str, *, group: str = "", labels: Mapping[str, str] | None = None
) -> Figure:
    """Draw the two shares side by side, a row a value of the first column, its gap written."""
    prefix = f"part_{group}_" if group else "part_"
    shown = table if group else table[table.iloc[:, 0] != ALL]
    names = [(labels or {}).get(str(name), drawing.code_label(name)) for name in shown.iloc[:, 0]]
    parts = pd.DataFrame(
        {
            f"parmi les {text}": shown[f"{prefix}{name}"].to_numpy(float)
            for name, text in (("promouvables", "promouvables"), (word, WORDS[word]))
        },
        index=[f"{name}\n{gap_text(gap)}" for name, gap in zip(names, shown["ecart"], strict=True)],
    )
    return drawing.grouped(parts, unit=f"{NBSP}%", decimals=1)


def gathered(values: pd.Series, least: int, name: str) -> pd.Series:
    """Return values with those that fewer people than the least have under one name."""
    counts = values.map(values.value_counts())
    return values.where(counts >= least, name)


def refuse_unknown(people: pd.DataFrame, column: str, allowed: Iterable[str]) -> None:
    """Refuse a code that a column does not have; a row without a code is not refused.

    Raises
    ------
    InputError
    """
    codes = tuple(allowed)
    wrong = people.loc[~is_empty(people[column]) & ~people[column].isin(codes), column]
    if not wrong.empty:
        raise InputError(
            f"code inconnu{NBSP}: «{NBSP}{min(map(str, wrong))}{NBSP}».",
            where=column,
            remedy=f"Possibles{NBSP}: {', '.join(codes)}.",
        )


def _counts(
    people: pd.DataFrame, values: pd.Series, order: Sequence[str], word: str
) -> pd.DataFrame:
    """Return the promouvables and the retained of each value, then of all."""
    grouped = people[RETAINED].groupby(values.astype(str))
    counts = pd.DataFrame({"promouvables": grouped.size(), word: grouped.sum()})
    counts = counts.reindex([*order], fill_value=0).astype("int64")
    counts.loc[ALL] = counts.sum()
    return counts


def gap_text(value: float) -> str:
    """« écart −3,2 pt », nothing where no gap is known."""
    if np.isnan(value):
        return ""
    return (
        f"écart {'+' if value > 0 else '−' if value < 0 else ''}{drawing.number(abs(value), 1)} pt"
    )
