"""The people of a publication: one pseudonym, one finest cell, the values told of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from iprof_kit.analytics.publication.cube import Cube


@dataclass(frozen=True)
class People:
    """Who a table counts.

    Attributes
    ----------
    ids : array of uint64
        Pseudonyms, each once.
    code : array of int
        Finest cell of each one.
    shares : mapping of column to array of int8
        0 or 1.
    known : mapping of column to array of bool
        Whether the value whose mean or sum is told is given.
    """

    ids: np.ndarray
    cube: Cube
    code: np.ndarray
    shares: dict[str, np.ndarray] = field(default_factory=dict)
    known: dict[str, np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class Earlier:
    """A publication already made of the same source.

    Attributes
    ----------
    name : str
        Its number and its day, in French.
    published : mapping of layer to array of bool
        « effectif », « part:COLONNE », « valeur:COLONNE »: which cells were shown.
    """

    name: str
    people: People
    threshold: int
    published: dict[str, np.ndarray]


def about(ids: np.ndarray, earlier: Sequence[Earlier]) -> list[Earlier]:
    """Return the publications that count any of some people, or share people with one that does.

    The others say nothing of them: no subtraction leads from one to the other.
    """
    kept: set[int] = set()
    reached = ids
    while True:
        near = [
            n
            for n, one in enumerate(earlier)
            if n not in kept and np.isin(one.people.ids, reached).any()
        ]
        if not near:
            return [one for n, one in enumerate(earlier) if n in kept]
        kept.update(near)
        reached = np.union1d(reached, np.concatenate([earlier[n].people.ids for n in near]))
