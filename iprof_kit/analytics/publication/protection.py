"""A table of people under statistical secrecy: what is shown, what is hidden, why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iprof_kit.analytics.needs import scipy_sparse
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
from iprof_kit.base.words import NBSP, counted

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
    sums : Sums
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
    people : People
    values : mapping of column to array of float
        What is summed or averaged, NaN where nothing is given.
    rules : Rules
    earlier : sequence of Earlier
        What was already published of the same source.
    places : iterable, optional
        Establishment of each person, where the table is « au lieu de travail ».
    """
    scipy_sparse()
    from iprof_kit.analytics.publication.assembly import adding, counting
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
