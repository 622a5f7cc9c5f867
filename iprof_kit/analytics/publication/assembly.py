"""The sums that a new table would publish, beside those already published of the same people.

Everyone is put in a group: the same cell of the new table and of each earlier one. A sum published
is then a sum of groups, whatever filters were used, and whatever changed in the source between two
publications.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array, vstack

from iprof_kit.analytics.publication.cube import OUTSIDE
from iprof_kit.analytics.publication.people import Earlier, People
from iprof_kit.analytics.publication.rules import COUNT
from iprof_kit.analytics.publication.suppression import Problem


def counting(
    new: People, hidden: dict[str, np.ndarray], earlier: Sequence[Earlier], width: int
) -> Problem:
    """Return the problem of the counts and of the shares.

    Parameters
    ----------
    new : People
    hidden : mapping of layer to array of bool
        Cells hidden for themselves: « effectif », then « part:COLONNE » for each share.
    earlier : sequence of Earlier
    width : int
        People that the bounds of what is hidden must span.
    """
    groups = _groups(new, earlier)
    cells = new.cube.membership(groups["new"].to_numpy())
    size = new.cube.size
    loss = _cost(new, cells @ groups["people"].to_numpy())
    rows, second, cost = [cells], [csr_array(cells.shape)], [loss + loss.max()]
    follows = [np.arange(size)]
    for name in new.shares:
        yes = groups[f"new:{name}"].to_numpy()
        rows.append(_only(cells, yes == 1))
        second.append(_only(cells, yes == 0))
        cost.append(loss)  # always less than a count, which would take every share with it
        follows.append(np.arange(size))
    fixed, others, widths = _already(groups, earlier)
    if earlier:
        small = _small(groups, width)
        others.append(small)
        widths.append(np.full(small.shape[0], float(width)))
    wide = len(groups)
    return Problem(
        groups["people"].to_numpy("float64"),
        _stack(rows, wide),
        np.concatenate([hidden[COUNT], *(hidden[f"part:{name}"] for name in new.shares)]),
        np.concatenate(cost).astype("float64"),
        np.concatenate(follows),
        (_stack(rows, wide), _stack(second, wide)),
        _stack(fixed, wide),
        _stack(others, wide),
        width,
        np.concatenate([*widths, np.zeros(0)]),
    )


def adding(
    new: People, column: str, hidden: np.ndarray, earlier: Sequence[Earlier], width: int
) -> Problem:
    """Return the problem of the sums of a column: whose amount can be told from the others'.

    Sums of amounts are cut out by the same subtractions as counts; the bounds are counted in
    people, so that no amount of fewer than `width` people can be isolated.
    """
    layer = f"valeur:{column}"
    with_sums = [one for one in earlier if layer in one.published]
    frame = _joined(
        _restricted(new, column),
        [
            Earlier(e.name, _restricted(e.people, column), e.threshold, {COUNT: e.published[layer]})
            for e in with_sums
        ],
    )
    groups = frame.groupby(list(frame.columns), sort=False).size().rename("people").reset_index()
    old = [Earlier(e.name, e.people, e.threshold, {COUNT: e.published[layer]}) for e in with_sums]
    cells = new.cube.membership(groups["new"].to_numpy())
    fixed, others, widths = _already(groups, old)
    if with_sums:
        small = _small(groups, width)
        others.append(small)
        widths.append(np.full(small.shape[0], float(width)))
    people, wide = groups["people"].to_numpy("float64"), len(groups)
    return Problem(
        people,
        cells,
        hidden,
        _cost(new, cells @ people),
        np.arange(len(hidden)),
        (cells,),
        _stack(fixed, wide),
        _stack(others, wide),
        width,
        np.concatenate([*widths, np.zeros(0)]),
    )


def _cost(people: People, sizes: np.ndarray) -> np.ndarray:
    """Return what is lost by hiding each cell: a margin is missed more than any inner cell."""
    return np.asarray(sizes + people.cube.margins() * len(people.ids))


def _restricted(people: People, column: str) -> People:
    """Return people without shares, out of the table where the column gives nothing."""
    return People(people.ids, people.cube, np.where(people.known[column], people.code, OUTSIDE))


def _joined(new: People, earlier: Sequence[Earlier]) -> pd.DataFrame:
    """Return a row a person: its cell in each table, and what each share says of it."""
    columns: dict[str, pd.Series] = {}
    for name, people in [("new", new), *((f"old{n}", e.people) for n, e in enumerate(earlier))]:
        index = pd.Index(people.ids)
        columns[name] = pd.Series(people.code, index=index)
        for share, yes in people.shares.items():
            columns[f"{name}:{share}"] = pd.Series(yes.astype("int64"), index=index)
    return pd.DataFrame(columns).fillna(OUTSIDE).astype("int64")


def _groups(new: People, earlier: Sequence[Earlier]) -> pd.DataFrame:
    frame = _joined(new, earlier)
    shares: list[list[str]] = []
    for name in frame.columns:
        if ":" in name:
            _pool(frame, name, shares)
    groups = frame.groupby(list(frame.columns), sort=False).size().rename("people").reset_index()
    for same in shares:
        groups = _with_opposites(groups, same)
    return groups


def _pool(frame: pd.DataFrame, name: str, shares: list[list[str]]) -> None:
    """Put a column of a share with an earlier one that says the same of everybody."""
    share = name.partition(":")[2]
    for same in shares:
        if same[0].partition(":")[2] != share:
            continue
        known = (frame[same[0]] != OUTSIDE) & (frame[name] != OUTSIDE)
        if (frame.loc[known, same[0]] == frame.loc[known, name]).all():
            same.append(name)
            whole = frame[same[0]].where(frame[same[0]] != OUTSIDE, frame[name])
            for each in same:
                frame[each] = whole
            return
    shares.append([name])


def _with_opposites(groups: pd.DataFrame, same: list[str]) -> pd.DataFrame:
    """Add the empty groups that say the contrary: a reader does not know that they are empty."""
    inside = groups[groups[same[0]] != OUTSIDE]
    contrary = inside.assign(people=0, **{name: 1 - inside[name] for name in same})
    both = pd.concat([groups, contrary])
    keys = [name for name in groups.columns if name != "people"]
    return both.groupby(keys, sort=False)["people"].sum().reset_index()


def _already(
    groups: pd.DataFrame, earlier: Sequence[Earlier]
) -> tuple[list[csr_array], list[csr_array], list[np.ndarray]]:
    """Return the sums already published, the cells that they hid, and how wide these must stay."""
    fixed, hidden, widths = [], [], []
    for n, one in enumerate(earlier):
        cells = one.people.cube.membership(groups[f"old{n}"].to_numpy())
        for layer, shown in one.published.items():
            kind, _, column = layer.partition(":")
            if kind == COUNT:
                parts = [cells]
            elif kind == "part":
                yes = groups[f"old{n}:{column}"].to_numpy()
                parts = [_only(cells, yes == 1), _only(cells, yes == 0)]
            else:
                continue
            fixed.append(parts[0][np.flatnonzero(shown)])
            for part in parts:
                hidden.append(part[np.flatnonzero(~shown)])
                widths.append(np.full(hidden[-1].shape[0], float(one.threshold)))
    return fixed, hidden, widths


def _small(groups: pd.DataFrame, width: int) -> csr_array:
    """Return the crossings of tables that hold fewer people than the threshold."""
    codes = [name for name in groups.columns if name != "people" and ":" not in name]
    shares = [name for name in groups.columns if ":" in name]
    place = groups.groupby(codes, sort=False).ngroup().to_numpy()
    people = groups["people"].to_numpy()
    parts = [_indicators(place, np.ones(len(groups), bool), people, width, least=1)]
    for name in shares:
        for answer in (0, 1):
            of_answer = groups[name].to_numpy() == answer
            parts.append(_indicators(place, of_answer, people, width, least=0))
    return _stack(parts, len(groups))


def _indicators(
    place: np.ndarray, chosen: np.ndarray, people: np.ndarray, width: int, least: int
) -> csr_array:
    number = int(place.max()) + 1 if len(place) else 0
    size = np.bincount(place, weights=people * chosen, minlength=number)
    occupied = np.bincount(place, weights=chosen, minlength=number) > 0
    whole = csr_array(
        coo_array(
            (chosen.astype("float64"), (place, np.arange(len(place)))), shape=(number, len(place))
        )
    )
    whole.eliminate_zeros()
    return whole[np.flatnonzero(occupied & (size < width) & (size >= least))]


def _only(cells: csr_array, kept: np.ndarray) -> csr_array:
    of_kept = csr_array(cells.multiply(kept.astype("float64")[None, :]))
    of_kept.eliminate_zeros()
    return of_kept


def _stack(parts: Sequence[csr_array], width: int) -> csr_array:
    return csr_array(vstack([csr_array((0, width)), *parts], format="csr"))
