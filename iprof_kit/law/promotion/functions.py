"""The functions of the first vivier, 2017 to 2023: which school years count, and why others do not.

A function runs from one day to another. A school year counts where one function fills it, in a
post that the person was appointed to; years are counted, never days.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, auto

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import YEAR, rentree
from iprof_kit.base.errors import InputError
from iprof_kit.base.sources import Confidence, Source, worst
from iprof_kit.law.promotion.rows import EXCEPTIONNELLE_ROWS as ROWS
from iprof_kit.law.tables.facts import Fact
from iprof_kit.law.tables.rules import rule

Numbers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
FUNCTION = "fonction"


class Verdict(IntEnum):
    """Why a function counts, or does not."""

    COUNTED = auto()
    ALREADY = auto()
    """Its years are those of another function, counted once."""
    NOT_WHOLE = auto()
    """It fills no school year."""
    ACTING = auto()
    """« faisant fonction »: nobody was appointed."""
    SHARE = auto()
    """Too small a part of the service."""


@dataclass(frozen=True)
class Served:
    """Functions that people served, as columns of equal length.

    Attributes
    ----------
    person : array of int
        Row of who served it.
    first, end : array of int
        Axis days: the first one, and the one after the last.
    share, least : arrays of int
        Per cent of the service given to it, which part-time does not lower, and the least one that
        `least_share` asks.
    acting : array of bool
        Whether it was held as « faisant fonction ».
    """

    person: Numbers
    first: Numbers
    end: Numbers
    share: Numbers
    least: Numbers
    acting: Bools


@dataclass(frozen=True)
class Counted:
    """Years by person, then years, verdict and years shared with another, by function served.

    Attributes
    ----------
    years : array of int
        By person: school years that count.
    of_each : array of int
        By function: the years that it adds to those of the functions before it.
    verdict : array of int
        By function: a `Verdict`.
    joined : array of int
        By person: more years that two functions fill one after the other, which no text that was
        read counts nor leaves out.
    """

    years: Numbers
    of_each: Numbers
    verdict: Numbers
    joined: Numbers


@rule(
    sentence="Les années de fonctions du premier vivier se comptent par années scolaires "
    "complètes, une seule fonction à la fois ; le temps partiel compte plein, faire fonction ne "
    "compte pas.",
    source="notes de service 2017-175 à 2017-178 du 24-11-2017, relevées par "
    "versailles.sgen-cfdt.fr, reims.snes.edu, snuipp.fr et snuep.fr",
    since="2017-09-01",
    until="2023-09-01",
    tables=("bareme_classe_exceptionnelle",),
)
def function_years(served: Served, people: int, year: int) -> Counted:
    """Count the school years of functions of each person up to a campaign.

    Parameters
    ----------
    people : int
        How many persons there are.
    year : int
        Campaign: years are counted up to its 31 August.

    Examples
    --------
    A head of SEGPA in a school of priority education, one school year: one year, not two.

    >>> begin, end = np.array([rentree(2015)] * 2), np.array([rentree(2016)] * 2)
    >>> one, no = np.zeros(2, np.int64), np.zeros(2, bool)
    >>> both = Served(one, begin, end, one + 100, one, no)
    >>> function_years(both, 1, 2019).years.tolist()
    [1]
    """
    _refuse_disorder(served)
    enough = served.share >= served.least
    kept = enough & ~served.acting
    first, last = _whole_years(served.first, served.end, year)
    length = np.where(kept, np.maximum(last - first, 0), 0)
    of_each, years = _each_once(served.person, first, length, people)
    joined = _joined(served, kept, people, year) - years
    verdict = np.where(of_each > 0, Verdict.COUNTED, Verdict.ALREADY)
    verdict = np.where(last > first, verdict, Verdict.NOT_WHOLE)
    verdict = np.where(enough, verdict, Verdict.SHARE)
    verdict = np.where(served.acting, Verdict.ACTING, verdict).astype(np.int64)
    return Counted(years, of_each, verdict, joined)


def _refuse_disorder(served: Served) -> None:
    wrong = np.flatnonzero(served.end <= served.first)
    if wrong.size:
        raise InputError(
            f"une fonction finit avant d’avoir commencé (ligne {int(wrong[0]) + 1}).",
            where="fonctions",
            remedy="Vérifiez ses deux dates.",
        )


def _whole_years(first: Numbers, end: Numbers, year: int) -> tuple[Numbers, Numbers]:
    """Return the first whole school year of each span, and the one after its last."""
    origin = rentree(0)
    begins = -((origin - np.asarray(first, np.int64)) // YEAR)
    ends = (np.minimum(np.asarray(end, np.int64), rentree(year)) - origin) // YEAR
    return begins, ends


def _each_once(
    person: Numbers, first: Numbers, length: Numbers, people: int
) -> tuple[Numbers, Numbers]:
    """Return the years that each span adds to those before it, and the years of each person."""
    span = np.repeat(np.arange(len(length)), length)
    within = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    pairs = np.column_stack([person[span], first[span] + within])
    _, new = np.unique(pairs, axis=0, return_index=True)
    of_each = np.bincount(span[new], minlength=len(length)).astype(np.int64)
    years = np.bincount(person, weights=of_each, minlength=people).astype(np.int64)
    return of_each, years


def _joined(served: Served, kept: Bools, people: int, year: int) -> Numbers:
    """Return the whole years of each person, functions that touch or overlap made one."""
    order = np.lexsort((served.first, served.person))
    order = order[kept[order]]
    total = np.zeros(people, np.int64)
    if not order.size:
        return total
    person, first, end = served.person[order], served.first[order], served.end[order]
    # each person's days stand apart from the next one's, so that one running maximum serves all
    apart = person * (int(end.max()) + YEAR)
    reached = np.maximum.accumulate(end + apart)
    begins = np.concatenate([[True], (first + apart)[1:] > reached[:-1]])
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], len(order)) - 1
    spans = _whole_years(first[starts], reached[ends] - apart[starts], year)
    np.add.at(total, person[starts], np.maximum(spans[1] - spans[0], 0))
    return total


def least_share(year: int, corps: str, code: str) -> int:
    """Return the least part of the service, in per cent, that a function must fill; 0: any."""
    row = ROWS.find(year, corps, "part_service_min_pct", code)
    return 0 if row is None else row.whole("valeur", "part du service")


def functions_of(year: int, corps: str) -> dict[str, Fact]:
    """Return the functions that count in a campaign: code → its row."""
    return {str(row.values["cle"]): row for row in ROWS.all(year, corps, FUNCTION)}


def function_of(year: int, corps: str, code: str) -> Fact:
    """Return the row of one function.

    Raises
    ------
    InputError
        The arrêté does not list it, or not for this campaign.
    """
    known = functions_of(year, corps)
    if code not in known:
        raise InputError(
            f"la fonction « {code} » n’est pas de la liste de la campagne {year}.",
            where="fonctions",
            remedy=f"Fonctions : {', '.join(known)}.",
        )
    return known[code]


@dataclass(frozen=True)
class Admissibility:
    """What is known of the decision of a campaign on the first vivier.

    `again` says what becomes of a former « recevable », `after` of a refusal; `days` is the time to
    complete it, None where no text that was read gives one.
    """

    again: str
    after: str
    days: int | None
    sources: tuple[Source, ...]

    @property
    def confidence(self) -> Confidence:
        """The weakest confidence of its rows."""
        return worst(one.confidence for one in self.sources)


def admissibility(year: int, corps: str) -> Admissibility:
    """Return what is known of the decisions of a campaign."""
    rows = {str(row.values["cle"]): row for row in ROWS.all(year, corps, "recevabilite")}

    def text(key: str) -> str:
        return rows[key].text("valeur") if key in rows else ""

    days = rows["pieces_jours"].whole("valeur", "jours") if "pieces_jours" in rows else None
    return Admissibility(
        text("deja_recevable"),
        text("apres_refus"),
        days,
        tuple(row.papers for row in rows.values()),
    )
