"""`masquer`: a table already counted, its cells that say too much hidden."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from iprof_kit.analytics.columns import require
from iprof_kit.analytics.publication.people import People
from iprof_kit.analytics.publication.protection import shown
from iprof_kit.analytics.publication.request import cube_of, refuse_reserved, texts_of
from iprof_kit.analytics.publication.rules import SECRET, rules
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import options_in_french
from iprof_kit.base.words import NBSP


@options_in_french
def masquer(
    table: pd.DataFrame,
    par: str | Sequence[str],
    effectif: str = "effectif",
    parts: Sequence[str] = (),
    *,
    seuil: int | None = None,
    marque: str | None = SECRET,
) -> pd.DataFrame:
    """Return a table of counts with its secret cells hidden, as if its margins were published too.

    It knows nothing of other tables nor of filters: what leaves the desk goes through `publier`.

    Parameters
    ----------
    table : DataFrame
        One row a cell, without totals.
    par : str or sequence of str
        Columns that name a cell.
    effectif : str
        Column of the people that it holds.
    parts : sequence of str
        Columns that count some of these people (promoted among promouvables).
    seuil : int, optional
        By default the usual threshold.
    marque : str, optional
        What a hidden cell reads; None for a missing whole number (`pd.NA`).

    Returns
    -------
    DataFrame
        A copy. A part is hidden where it holds nobody, everybody, or fewer people than the
        threshold on either side. `attrs["raisons"]` says how many cells are hidden for what.

    Raises
    ------
    InputError
        A column misses, a count is none, a part is larger than its cell, a cell comes twice.

    Examples
    --------
    >>> import pandas as pd
    >>> import iprof_kit
    >>> counts = pd.DataFrame({"corps": ["pe", "plp", "cpe"], "effectif": [30, 3, 4]})
    >>> iprof_kit.masquer(counts, "corps")["effectif"].tolist()
    [30, 'secret', 'secret']
    """
    asked = rules(seuil)
    names = (par,) if isinstance(par, str) else tuple(par)
    require(table, [*names, effectif, *parts])
    counts = _counts(table, effectif)
    cube, code = cube_of(table, names)
    refuse_reserved(cube)
    if pd.Series(code).duplicated().any():
        raise InputError(
            "une case vient deux fois.",
            where=", ".join(names),
            remedy=f"Une ligne par case{NBSP}: additionnez d’abord.",
        )
    people = np.repeat(code, counts)
    shares = {name: _yes(table, name, effectif, counts) for name in parts}
    visible = shown(
        People(np.arange(len(people), dtype=np.uint64), cube, people, shares), {}, asked, []
    )
    masked = table.copy()
    cell = _cell_of(cube.labels(), masked, names)
    for name, layer in [(effectif, "effectif"), *((name, f"part:{name}") for name in parts)]:
        hidden = ~visible.published[layer][cell]
        column = masked[name].astype("Int64" if marque is None else object)
        masked[name] = column.mask(hidden, pd.NA if marque is None else marque)
    masked.attrs["raisons"] = list(visible.reasons)
    return masked


def _counts(table: pd.DataFrame, name: str) -> np.ndarray:
    counts = pd.to_numeric(table[name], errors="coerce").to_numpy("float64", na_value=np.nan)
    wrong = np.flatnonzero(~((counts >= 0) & (counts == np.floor(counts))))
    if wrong.size:
        raise InputError(
            f"«{NBSP}{table[name].iloc[wrong[0]]}{NBSP}» n’est pas un nombre de personnes.",
            where=f"{name}, ligne {wrong[0] + 1}",
            remedy="Donnez des nombres entiers, zéro compris, avant tout masquage.",
        )
    return counts.astype("int64")


def _yes(table: pd.DataFrame, name: str, whole: str, counts: np.ndarray) -> np.ndarray:
    part = _counts(table, name)
    if (part > counts).any():
        raise InputError(
            f"une part dépasse {whole}.",
            where=f"{name}, ligne {int(np.argmax(part > counts)) + 1}",
            remedy="Corrigez l’un des deux nombres.",
        )
    return np.concatenate(
        [np.zeros(0, np.int8), *(np.arange(n) < k for n, k in zip(counts, part, strict=True))]
    ).astype("int8")


def _cell_of(
    labels: list[tuple[str, ...]], table: pd.DataFrame, names: tuple[str, ...]
) -> np.ndarray:
    place = {label: n for n, label in enumerate(labels)}
    rows = zip(*(texts_of(table[name]) for name in names), strict=True)
    return np.array([place[row] for row in rows], np.int64)
