"""A post that is closed: which wishes carry the priority, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from iprof_kit.law.mobility.territories.known import NATIONAL, Known, elsewhere, of_place, rows_of
from iprof_kit.law.tables.rules import rule

TABLE = "carte_scolaire"
OTHER = "autre"
"""What a wish designates that is none of the priority."""


@dataclass(frozen=True)
class PriorityWish:
    """One wish of the priority: its level, its words, its points (None: not known)."""

    rank: int
    level: str
    title: str
    points: float | None


@dataclass(frozen=True)
class ClosedPost:
    """The rules of a place for a post that is closed.

    Attributes
    ----------
    own : Known
        Of the person's place; empty where none is known.
    others : tuple of Known
        Of other places: they rule nothing here.
    wishes : tuple of PriorityWish
        Those of her place; without them, the levels that every known place has, in their order.
    common : bool
        True where `wishes` are only those that the others share.
    """

    own: Known
    others: tuple[Known, ...]
    wishes: tuple[PriorityWish, ...]
    common: bool
    national: Known

    def sentences(self, nature: str) -> tuple[str, ...]:
        """Return what the place says of who is concerned, the order, what is kept, the return."""
        rows = self.own.rows
        return tuple(rows[rows["nature"] == nature].sort_values("rang")["libelle"])


@dataclass(frozen=True)
class Checked:
    """A list of wishes beside the priority.

    Attributes
    ----------
    points : tuple of float or None
        For each wish its points; None where it has no priority, or where they are not known.
    has : tuple of bool
        Whether each wish has the priority.
    missing : tuple of PriorityWish
        Wishes of the priority that are not asked for.
    disorder : tuple of int
        Ranks of the wishes that stand before one that should precede them.
    """

    points: tuple[float | None, ...]
    has: tuple[bool, ...]
    missing: tuple[PriorityWish, ...]
    disorder: tuple[int, ...]


@rule(
    name="carte_scolaire_voeux",
    sentence="Qui perd son poste par mesure de carte scolaire a une priorité sur une suite de vœux "
    "que chaque académie, ou chaque département, fixe ; un vœu d’un autre niveau n’en a pas.",
    source="décret n° 2018-303 du 25 avril 2018 ; circulaires académiques et départementales",
    since="2018-04-28",
    tables=(TABLE,),
)
def closed_post(degree: str, places: Sequence[str], year: int) -> ClosedPost:
    """Return the rules of the person's place; without them, what the known places share.

    Parameters
    ----------
    degree : str
        « 1d » or « 2d ».
    places : sequence of str
        Her département's code, her academy's name: the first that is known stands.
    year : int
        The campaign.

    Examples
    --------
    >>> [one.level for one in closed_post("2d", ("Dijon",), 2027).wishes][:3]
    ['etablissement', 'commune', 'departement']
    >>> closed_post("2d", ("Lyon",), 2027).common
    True
    """
    frame = rows_of(TABLE, degre=degree)
    own, others = of_place(frame, places, year), elsewhere(frame, places, year)
    national = of_place(frame, (NATIONAL,), year)
    wishes = _wishes(own.rows) if own.scope else _shared(others)
    return ClosedPost(own, others, wishes, bool(wishes) and not own.scope, national)


def checked(post: ClosedPost, levels: Sequence[str]) -> Checked:
    """Return what a list of wishes has of the priority, and what it lacks.

    Parameters
    ----------
    levels : sequence of str
        The level of each wish, in their order; `OTHER` for one that is none of the priority.
    """
    by_level = {one.level: one for one in post.wishes}
    priority = [by_level.get(level) for level in levels]
    asked = {one.level for one in priority if one}
    missing = tuple(one for one in post.wishes if one.level not in asked)
    disorder, furthest = [], 0
    for rank, one in enumerate(priority, start=1):
        if one is None:
            continue
        if one.rank < furthest:
            disorder.append(rank)
        furthest = max(furthest, one.rank)
    return Checked(
        tuple(one.points if one else None for one in priority),
        tuple(one is not None for one in priority),
        missing,
        tuple(disorder),
    )


def _wishes(rows: pd.DataFrame) -> tuple[PriorityWish, ...]:
    asked = rows[rows["nature"] == "voeu"].sort_values("rang")
    return tuple(
        PriorityWish(
            int(row["rang"]),
            str(row["niveau"]),
            str(row["libelle"]),
            None if pd.isna(row["points"]) else float(row["points"]),
        )
        for row in asked.to_dict("records")
    )


def _shared(others: Sequence[Known]) -> tuple[PriorityWish, ...]:
    """Return the levels that every known place has, in the order of the first; none for one place.

    Their points are each place's own: none is told.
    """
    known = [_wishes(one.rows) for one in others]
    if len(known) < 2:
        return ()
    levels = [one.level for one in known[0] if all(_has(one.level, each) for each in known[1:])]
    titles = {one.level: one.title for one in known[-1]} | {
        one.level: one.title for one in known[0]
    }
    return tuple(
        PriorityWish(rank, level, titles[level].split(",")[0], None)
        for rank, level in enumerate(levels, start=1)
    )


def _has(level: str, wishes: Sequence[PriorityWish]) -> bool:
    return any(one.level == level for one in wishes)


def designated(own: int, others: Sequence[int], volunteer: bool) -> str:
    """Return who would leave where a volunteer goes first, then the fewest years in the post.

    So the places whose rule is known do it; a circular may do otherwise.

    Returns
    -------
    str
        « volontaire », « elle », « egalite », « autre »; « inconnu » without a colleague.

    Examples
    --------
    >>> designated(4, [7, 11], False), designated(8, [7, 11], False), designated(7, [7], False)
    ('elle', 'autre', 'egalite')
    >>> designated(1, [9], True), designated(1, [], False)
    ('volontaire', 'inconnu')
    """
    if volunteer:
        return "volontaire"
    if not others:
        return "inconnu"
    fewest = min(others)
    return "elle" if own < fewest else "egalite" if own == fewest else "autre"
