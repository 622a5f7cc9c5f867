"""The complaints that a campaign would bring: each a fact of the list, calculated, never written.

None says that somebody was wronged: it says what a person may read in the list, and ask about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import YEAR, rentree
from iprof_kit.base.words import NBSP, appreciation_label, counted, nth
from iprof_kit.calculate.campaign_game.campaign import Campaign, sentence
from iprof_kit.careers.criteria import Numbers
from iprof_kit.careers.places import BY_BALANCE, GAVE_WAY
from iprof_kit.law.promotion.bareme import APPRECIATIONS

EQUALS, OPINION, LONGER, PART_TIME, WAITING, GIVEN_WAY = (
    "egalite",
    "appreciation",
    "anciennete",
    "temps_partiel",
    "attente",
    "equilibre",
)
_TIMES = 2
"""Campaigns already waited from which one more is told: the third time."""
Pairs = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Complaint:
    """One kind of complaint: how many could make it, and the strongest case.

    Attributes
    ----------
    kind : str
        « egalite », « appreciation », « anciennete », « temps_partiel », « attente »,
        « equilibre ».
    who : int
        Row of the person who would make it.
    against : int or None
        Row of the promoted person whom she would name.
    count : int
        People in the same case.
    """

    kind: str
    who: int
    against: int | None
    count: int
    sentence: str


def complaints(played: Campaign) -> tuple[Complaint, ...]:
    """Return the complaints that a campaign would bring, one a kind.

    Examples
    --------
    >>> from iprof_kit.calculate.campaign_game.campaign import play
    >>> from iprof_kit.calculate.campaign_game.rules import law_rules
    >>> [one.kind for one in complaints(play(law_rules()))]
    ['appreciation', 'anciennete', 'attente']
    """
    if not played.taken.any() or played.taken.all():
        return ()
    kinds = (_equals, _better_opinion, _longer, _part_time, _waiting, _gave_way)
    return tuple(one for kind in kinds for one in kind(played))


def _equals(played: Campaign) -> Iterator[Complaint]:
    """Yield who is equal to a promoted person to the last criterion."""
    out, promoted = _sides(played)
    same = np.ones((out.size, promoted.size), bool)
    for values in played.result.values:
        same &= values[out][:, None] == values[promoted][None, :]
    for who, against, count in _strongest(played, same, np.zeros(same.shape, np.int64)):
        name, other = played.people.name(who), played.people.name(against)
        words = f"{name} et {other} sont à égalité jusqu’au dernier critère : le numéro de "
        words += f"dossier, seul, promeut {other}."
        yield Complaint(EQUALS, who, against, count, sentence(words))


def _better_opinion(played: Campaign) -> Iterator[Complaint]:
    """Yield who has a better appréciation than a promoted person."""
    out, promoted = _sides(played)
    codes = played.people.of().column("appreciation")
    gap = codes[promoted][None, :] - codes[out][:, None]
    for who, against, count in _strongest(played, gap > 0, gap):
        own, other = (
            f"{played.people.name(row)}, « "
            f"{appreciation_label(APPRECIATIONS[int(codes[row])]).lower()} »,"
            for row in (who, against)
        )
        words = f"{own} n’est pas {_promoted(played, who)} ; {other} l’est."
        yield Complaint(OPINION, who, against, count, sentence(words))


def _longer(played: Campaign) -> Iterator[Complaint]:
    """Yield who has the same appréciation as a promoted person, and years more in the corps."""
    out, promoted = _sides(played)
    people = played.people.of()
    codes = people.column("appreciation")
    years = (rentree(people.year) - people.column("entree_corps")) // YEAR
    gap = years[out][:, None] - years[promoted][None, :]
    alike = codes[out][:, None] == codes[promoted][None, :]
    for who, against, count in _strongest(played, alike & (gap > 0), gap):
        more = counted(int(years[who] - years[against]), "an")
        words = f"Même appréciation, {more} de plus dans le corps : {played.people.name(who)} n’est"
        words += f" pas {_promoted(played, who)}, {played.people.name(against)} l’est."
        yield Complaint(LONGER, who, against, count, sentence(words))


def _part_time(played: Campaign) -> Iterator[Complaint]:
    """Yield who works part-time and has, by the first criterion, no less than a full-timer."""
    out, promoted = _sides(played)
    part, women = played.people.flags("temps_partiel"), played.people.flags("femme")
    first, name = played.result.values[0], played.criteria[0]
    cases = first[out][:, None] >= first[promoted][None, :]
    cases &= (part[out] > 0)[:, None] & (part[promoted] == 0)[None, :]
    weight = np.broadcast_to(women[out][:, None], cases.shape)
    for who, against, count in _strongest(played, cases, weight):
        share = played.people.rows[who]["quotite"]
        words = f"À {share}{NBSP}% ({played.text(name, who)}), {played.people.name(who)} n’est pas "
        words += f"{_promoted(played, who)} ; à temps complet ({played.text(name, against)}), "
        words += f"{played.people.name(against)} l’est."
        yield Complaint(PART_TIME, who, against, count, sentence(words))


def _waiting(played: Campaign) -> Iterator[Complaint]:
    """Yield who is not promoted for the third time, or more."""
    waited, rank = played.people.waited, played.result.rank
    long = np.flatnonzero(~played.taken & (waited >= _TIMES))
    if long.size:
        who = int(long[np.lexsort((rank[long], -waited[long]))[0]])
        words = f"{played.people.name(who)} n’est pas {_promoted(played, who)} pour la "
        words += f"{nth(str(int(waited[who]) + 1))} fois."
        yield Complaint(WAITING, who, None, int(long.size), sentence(words))


def _gave_way(played: Campaign) -> Iterator[Complaint]:
    """Yield who gave a place to the balance though better ranked."""
    order, how, rank = played.result.order, played.result.how, played.result.rank
    left, entered = (order[how[order] == code] for code in (GAVE_WAY, BY_BALANCE))
    if left.size and entered.size:
        who, against = int(left[0]), int(entered[-1])
        better = "Mieux classée" if played.people.woman(who) else "Mieux classé"
        words = f"{better} (rang {int(rank[who])}), {played.people.name(who)} laisse, pour "
        words += f"l’équilibre, sa place à {played.people.name(against)} "
        words += f"(rang {int(rank[against])})."
        yield Complaint(GIVEN_WAY, who, against, int(left.size), sentence(words))


def _sides(played: Campaign) -> tuple[Numbers, Numbers]:
    """Return the rows of who is not promoted, and of who is."""
    return np.flatnonzero(~played.taken), np.flatnonzero(played.taken)


def _strongest(
    played: Campaign, cases: Pairs, weight: npt.NDArray[np.int64]
) -> Iterator[tuple[int, int, int]]:
    """Yield who complains, against whom, and how many could: the greatest weight, then the ranks.

    `cases` says, for each person not promoted and each promoted, whether the complaint is true.
    """
    if not cases.any():
        return
    (out, promoted), rank = _sides(played), played.result.rank
    first, second = np.nonzero(cases)
    best = np.lexsort((-rank[promoted[second]], rank[out[first]], -weight[first, second]))[0]
    count = int(cases.any(axis=1).sum())
    yield int(out[first[best]]), int(promoted[second[best]]), count


def _promoted(played: Campaign, row: int) -> str:
    return "promue" if played.people.woman(row) else "promu"
