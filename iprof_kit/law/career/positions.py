"""Les positions: how much of the time spent in each counts for advancement.

Part-time is no position: it counts as full time (CGFP L612-4). A position that the table does not
know is counted, and said to be unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.base.calendar import MONTH, Axis, date_of, duration_text, to_axis
from iprof_kit.base.explanation import Parameter, explaining, note
from iprof_kit.base.sources import Source, to_verify
from iprof_kit.base.words import folded
from iprof_kit.law.tables.loading import NO_END, breaks, carried_forward, ends_of, table
from iprof_kit.law.tables.lookups import confidence_letter, day_or_none
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

Bools = npt.NDArray[np.bool_]
UNKNOWN = -1
_TABLE = "positions_avancement"


@dataclass(frozen=True)
class Stays:
    """Positions held, one row a stay, sorted by person then first day when they are made.

    A person holds one position: a stay ends at the latest where her next one begins.

    Attributes
    ----------
    person : array of int
        Any numbers.
    code : array of int
        See `position_code`; `UNKNOWN` where the table does not know the position.
    begin, end : array of int
        Axis days, `end` exclusive.
    order : array of int
        Place of each row in the columns as they were given.
    """

    person: Axis
    code: Axis
    begin: Axis
    end: Axis
    order: Axis = field(init=False)

    def __post_init__(self) -> None:
        order = np.lexsort((self.begin, self.person))
        for name in ("person", "code", "begin", "end"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), np.int64)[order])
        object.__setattr__(self, "order", order)
        same = self.person[1:] == self.person[:-1]
        limit = np.append(np.where(same, self.begin[1:], NO_END), NO_END)[: len(order)]
        object.__setattr__(self, "end", np.maximum(np.minimum(self.end, limit), self.begin))


@dataclass(frozen=True)
class Counted:
    """The stays cut where the law changes: each piece counts at one rate, from begin to end.

    Attributes
    ----------
    stay : array of int
        Row of the stay.
    begin, end : array of int
        Axis days, `end` exclusive.
    days : array of int
        Days of the piece that count.
    row : array of int
        Row of the table applied, `UNKNOWN` where there is none: then everything counts.
    """

    stay: Axis
    begin: Axis
    end: Axis
    days: Axis
    row: Axis

    @property
    def lost(self) -> Axis:
        """Days of each piece that do not count."""
        return self.end - self.begin - self.days


def position_code(position: str, motif: str | None = None) -> int:
    """Return the code of a position as an administration writes it, `UNKNOWN` if none.

    Case, accents and the shape of apostrophes do not matter; a motif decides between the positions
    of one name (« Disponibilité », « élever un enfant »).
    """
    return _code(position, motif or "")


def label(code: int) -> str:
    """Return the French name of a position: « disponibilité pour élever un enfant »."""
    return _names()[code][1]


def position_name(code: int) -> str:
    """Return the name of a position in the tables: « conge_parental »."""
    return _names()[code][0]


def usual_names() -> tuple[str, ...]:
    """Return how each position is usually written, once each."""
    return tuple(dict.fromkeys(cell.split(";")[0] for cell in _rows()["positions"]))


@cache
def always_counts(code: int) -> bool:
    """Tell whether all the time in a position counts, without limit and without doubt."""
    if code == UNKNOWN:
        return False
    rows = _rows()[_codes() == code]
    whole = (rows["part_pct"] == 100) & rows["plafond_mois"].isna()
    return bool((whole & ~rows["confiance"].map(to_verify)).all())


def interrupts_asa(code: int) -> bool | None:
    """Tell whether a position resets the years of ASA (law/career/bonifications.py).

    None for a position that the table does not know, or of which it does not say it.
    """
    resets = _rows()["interrompt_asa"][_codes() == code]
    if code == UNKNOWN or resets.isna().any():
        return None
    return bool((resets == 1).any())


@rule(
    sentence="Le temps passé en disponibilité ne compte pas pour l’avancement. Celui d’un congé "
    "parental, d’une disponibilité pour élever un enfant ou avec activité professionnelle compte "
    "dans la limite de {plafond:an}.",
    source="CGFP, art. L514-1, L514-2 et L515-7 à L515-9",
    since="2017-09-01",
    tables=(_TABLE,),
    values={
        "plafond": value(
            "positions_avancement",
            "plafond_mois",
            "mois",
            code="conge_parental",
            plafond_commun="cinq_ans",
        )
    },
)
def counted_time(stays: Stays) -> Counted:
    """Return how much of each stay counts for advancement.

    A ceiling is shared by the stays of a person that have the same `plafond_commun`, whole career;
    the months of `mois_du` and `mois_au` run from the first day of an uninterrupted stay.

    Parameters
    ----------
    stays : Stays
        All the stays of each person: earlier ones use up the ceilings.
    """
    first = _first_days(stays)
    marks = np.concatenate(
        [np.tile(_changes(), (len(first), 1)), first[:, None] + _ranks()[None, :]], axis=1
    )
    stay, begin, end = cut(stays.begin, stays.end, marks)
    row = _row_of(stays.code[stay], begin, begin - first[stay])
    part = np.where(row == UNKNOWN, 100, _column("part_pct")[row])
    whole = Counted(stay, begin, end, (end - begin) * part // 100, row)
    counted = _within_ceilings(stays, whole)
    if explaining():
        _note(counted)
    return counted


def cut(begin: Axis, end: Axis, marks: Axis) -> tuple[Axis, Axis, Axis]:
    """Cut intervals at marks.

    Parameters
    ----------
    begin, end : array of int [interval]
    marks : array of int [interval, mark]
        Those outside an interval do not cut it.

    Returns
    -------
    tuple of array
        Interval of each piece, its begin and its end; no piece is empty.
    """
    edges = np.concatenate([begin[:, None], marks, end[:, None]], axis=1)
    edges = np.sort(np.clip(edges, begin[:, None], end[:, None]), axis=1)
    interval, place = np.nonzero(edges[:, 1:] > edges[:, :-1])
    return interval, edges[interval, place], edges[interval, place + 1]


@cache
def source_of(row: int) -> Source:
    """Return the papers of a row of the table."""
    papers = _rows().iloc[row]
    return Source(
        str(papers["source"]),
        day_or_none(papers["valide_du"]),
        day_or_none(papers["valide_au"]),
        confidence_letter(papers["confiance"]),
    )


@cache
def uncertain(row: int) -> bool:
    """Tell whether what was applied must be verified: no row, or a doubtful one."""
    return row == UNKNOWN or to_verify(str(_rows()["confiance"].iloc[row]))


def _first_days(stays: Stays) -> Axis:
    """Return the first day of the uninterrupted stay that each one continues."""
    if not len(stays.begin):
        return stays.begin
    follows = (
        (stays.person[1:] == stays.person[:-1])
        & (stays.code[1:] == stays.code[:-1])
        & (stays.begin[1:] == stays.end[:-1])
    )
    rows = np.arange(len(stays.begin))
    starts = np.where(np.append(False, follows), 0, rows)
    first_days: Axis = stays.begin[np.maximum.accumulate(starts)]
    return first_days


def _row_of(code: Axis, day: Axis, since: Axis) -> Axis:
    """Return the row in force for each code, on a day, so many days after the first."""
    (first, last), (low, high) = _validity(), _months()
    fits = (
        (code[:, None] == _codes())
        & (day[:, None] >= first)
        & (day[:, None] < last)
        & (since[:, None] >= low)
        & (since[:, None] < high)
    )
    return np.where(fits.any(axis=1), fits.argmax(axis=1), UNKNOWN)


def _within_ceilings(stays: Stays, whole: Counted) -> Counted:
    """Stop counting where a ceiling is reached, and cut the piece there."""
    ceiling = np.where(whole.row == UNKNOWN, 0, _column("plafond_mois")[whole.row]) * MONTH
    shared = np.where(ceiling > 0, _groups()[whole.row], UNKNOWN)
    person = stays.person[whole.stay]
    order = np.lexsort((whole.begin, shared, person))
    used = np.cumsum(whole.days[order])
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(person[order]) != 0) | (np.diff(shared[order]) != 0)
    before = used - whole.days[order]
    before -= np.maximum.accumulate(np.where(new, before, 0))
    left = np.empty_like(before)
    left[order] = np.maximum(ceiling[order] - before, 0)
    reached = whole.begin + np.where(shared == UNKNOWN, whole.end - whole.begin, left)
    piece, begin, end = cut(whole.begin, whole.end, reached[:, None])
    beyond = begin >= reached[piece]
    share = whole.days[piece] * (end - begin) // (whole.end - whole.begin)[piece]
    return Counted(whole.stay[piece], begin, end, np.where(beyond, 0, share), whole.row[piece])


def _note(counted: Counted) -> None:
    for row, begin, end, days in zip(
        counted.row.tolist(),
        counted.begin.tolist(),
        counted.end.tolist(),
        counted.days.tolist(),
        strict=True,
    ):
        if row == UNKNOWN:
            continue
        paper = source_of(row)
        code = int(_codes()[row])
        name = f"jours comptés sur {end - begin} ({label(code)})"
        later = carried_forward(_TABLE, date_of(begin))
        words = (f"Compté sur {duration_text(end - begin)} de {label(code)}", duration_text(days))
        note(
            Parameter(
                name, days, paper.text, paper.since, paper.until, paper.confidence, later, words
            )
        )


@cache
def _rows() -> pd.DataFrame:
    return table(_TABLE).reset_index(drop=True)


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Return (code, label) of each position; a code's number is its place."""
    frame = _rows()
    return tuple(dict.fromkeys(zip(frame["code"], frame["libelle"], strict=True)))


@cache
def _codes() -> Axis:
    """Return the number of the position of each row of the table."""
    places = {code: place for place, (code, _) in enumerate(_names())}
    return np.array([places[code] for code in _rows()["code"]], np.int64)


@cache
def _groups() -> Axis:
    """Return the number of each row's shared ceiling."""
    return pd.factorize(_rows()["plafond_commun"])[0].astype(np.int64)


@cache
def _column(name: str) -> Axis:
    numbers: Axis = _rows()[name].fillna(0).to_numpy(np.int64)
    return numbers


@cache
def _validity() -> tuple[Axis, Axis]:
    """Return the first day of each row of the table, and the day after its last."""
    rows = _rows()
    return to_axis(rows["valide_du"].to_numpy()), ends_of(rows["valide_au"])


@cache
def _months() -> tuple[Axis, Axis]:
    """Return the days of an uninterrupted stay between which each row applies."""
    until = _column("mois_au") * MONTH
    return _column("mois_du") * MONTH, np.where(_rows()["mois_au"].isna(), NO_END, until)


@cache
def _changes() -> Axis:
    return breaks(_rows(), _TABLE)


@cache
def _ranks() -> Axis:
    """Return the days of an uninterrupted stay after which it may count otherwise."""
    return np.unique(_column("mois_du")) * MONTH


@cache
def _code(position: str, motif: str) -> int:
    """Return the position of this name whose motif is the one given, else the one without."""
    name, reason = folded(position), folded(motif)
    position_read = UNKNOWN
    for (names, motifs), code in zip(_entries(), _codes().tolist(), strict=True):
        if name not in names:
            continue
        if motifs is None:
            position_read = code
        elif motifs.search(reason):
            return int(code)
    return position_read


@cache
def _entries() -> list[tuple[tuple[str, ...], re.Pattern[str] | None]]:
    """Return the names of each row, and what its motifs look like (None: any)."""
    frame = _rows()
    return [
        (_words(names), _pattern(_words(motifs)))
        for names, motifs in zip(frame["positions"], frame["motifs"], strict=True)
    ]


def _pattern(motifs: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the pattern of any of the motifs, unless denied: « sans activité professionnelle »."""
    if not motifs:
        return None
    return re.compile(rf"(?<!sans )(?<!aucune )(?:{'|'.join(map(re.escape, motifs))})")


def _words(cell: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in cell.split(";") if word)


def papers(position: str, motif: str | None, day: date) -> tuple[Source, ...]:
    """Return the papers of a position on a day; none where the table does not know it."""
    code = position_code(position, motif)
    sources = [source_of(row) for row in np.flatnonzero(_codes() == code).tolist()]
    return tuple(
        source
        for source in sources
        if (source.since or date.min) <= day <= (source.until or date.max)
    )[:1]
