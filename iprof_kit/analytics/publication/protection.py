"""A table of people under statistical secrecy: what is shown, what is hidden, why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array, vstack

from iprof_kit.analytics.needs import scipy_sparse
from iprof_kit.analytics.publication.cube import OUTSIDE
from iprof_kit.analytics.publication.people import Earlier, People
from iprof_kit.analytics.publication.primary import (
    Sums,
    contributors,
    dominated,
    few,
    few_establishments,
    sums,
    telling_share,
)
from iprof_kit.analytics.publication.rules import COUNT, CROSSING, MARGINS, Rules
from iprof_kit.analytics.publication.suppression import Problem
from iprof_kit.base.words import NBSP, counted


def counting(
    new: People, hidden: dict[str, np.ndarray], earlier: Sequence[Earlier], width: int
) -> Problem:
    """Return the problem of the counts and of the shares.

    Parameters
    ----------
    hidden : mapping of layer to array of bool
        Cells hidden for themselves: « effectif », then « part:COLONNE » for each share.
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


if TYPE_CHECKING:
    from iprof_kit.analytics.publication.suppression import Protected

_SUM = "moyenne ou somme"
_SAID = {
    "few": ("case", "de moins de {threshold} personnes"),
    "share": (
        "part",
        f"à 0{NBSP}%, à 100{NBSP}%, ou de moins de {{threshold}} personnes d’un côté",
    ),
    "dominance": (_SUM, f"qu’une personne domine à plus de {{dominance:.0f}}{NBSP}%"),
    "contributors": (
        _SUM,
        "que moins de {threshold} personnes font, les autres ayant toutes zéro ou la même valeur",
    ),
    "places": (
        _SUM,
        "que moins de {establishments} établissements font, ou que l’un d’eux domine",
    ),
    MARGINS: ("case masquée", "pour que les marges n’en révèlent pas d’autres"),
    CROSSING: (
        "case masquée",
        "dont le recoupement avec un tableau déjà publié isolerait moins de {threshold} personnes",
    ),
}


@dataclass(frozen=True)
class Shown:
    """What each cell holds, which are published by layer, and how many were hidden for what.

    Attributes
    ----------
    published : mapping of layer to array of bool
        « effectif », « part:COLONNE », « valeur:COLONNE ».
    reasons : tuple of str
        In French, by kind; never by cell, which would say how few it holds.
    given_away : int
        Groups that earlier publications give away, whatever is hidden now.
    """

    sums: Sums
    published: dict[str, np.ndarray]
    reasons: tuple[str, ...]
    given_away: int


def shown(
    people: People,
    values: dict[str, np.ndarray],
    rules: Rules,
    earlier: Sequence[Earlier],
    places: Iterable[object] | None = None,
) -> Shown:
    """Return what may be published of a table.

    Parameters
    ----------
    values : mapping of column to array of float
        What is summed or averaged, NaN where nothing is given.
    earlier : sequence of Earlier
        What was already published of the same source.
    places : iterable, optional
        Establishment of each person, where the table is « au lieu de travail ».
    """
    scipy_sparse()
    from iprof_kit.analytics.publication.protection import adding, counting
    from iprof_kit.analytics.publication.suppression import protect

    totals, why = sums(people, values), dict.fromkeys(_SAID, 0)
    hidden = {COUNT: few(totals, rules)}
    why["few"] = int(hidden[COUNT].sum())
    for name in people.shares:
        telling = telling_share(totals, name, rules)
        hidden[f"part:{name}"] = telling | hidden[COUNT]
        why["share"] += int((telling & ~hidden[COUNT]).sum())
    counts = protect(counting(people, hidden, earlier, rules.threshold))
    _count(counts, why)
    layers = dict(zip(hidden, np.split(counts.hidden, len(hidden)), strict=True))
    given_away = counts.given_away
    where = None if places is None else list(places)
    for name in people.known:
        alone = _alone(people, values[name], totals, name, rules, where, layers[COUNT], why)
        if not (_follows_counts(people, name, alone, layers[COUNT], earlier)):
            added = protect(adding(people, name, alone, earlier, rules.threshold))
            _count(added, why)
            given_away += added.given_away
            alone = added.hidden
        layers[f"valeur:{name}"] = alone
    published = {layer: ~rows for layer, rows in layers.items()}
    return Shown(totals, published, _reasons(why, rules), given_away)


def _alone(
    people: People,
    values: np.ndarray,
    totals: Sums,
    name: str,
    rules: Rules,
    where: list[object] | None,
    counts: np.ndarray,
    why: dict[str, int],
) -> np.ndarray:
    """Return the cells whose sum is hidden for itself, or because its count is."""
    known = totals.known[name]
    hidden = counts | ((known > 0) & (known < rules.threshold))
    alone = (known > 0) & (contributors(people, values) < rules.threshold) & ~hidden
    why["contributors"] += int(alone.sum())
    hidden |= alone
    heavy = dominated(people, values, rules) & ~hidden
    why["dominance"] += int(heavy.sum())
    hidden |= heavy
    if where is not None:
        local = few_establishments(people, where, values, rules) & ~hidden
        why["places"] += int(local.sum())
        hidden |= local
    return hidden


def _follows_counts(
    people: People, name: str, hidden: np.ndarray, counts: np.ndarray, earlier: Sequence[Earlier]
) -> bool:
    """Tell whether the sums are cut out just as the counts, which are protected already."""
    same = bool(people.known[name].all()) and bool((hidden == counts).all())
    layer = f"valeur:{name}"
    return same and all(
        bool(one.people.known[name].all())
        and bool((one.published[layer] <= one.published[COUNT]).all())
        for one in earlier
        if layer in one.published
    )


def _count(protected: Protected, why: dict[str, int]) -> None:
    for reason in protected.why.values():
        why[reason] += 1


def _reasons(why: dict[str, int], rules: Rules) -> tuple[str, ...]:
    numbers = {
        "threshold": rules.threshold,
        "dominance": 100 * rules.dominance,
        "establishments": rules.establishments,
    }
    return tuple(
        f"{counted(n, _SAID[key][0])} {_SAID[key][1].format(**numbers)}"
        for key, n in why.items()
        if n
    )
