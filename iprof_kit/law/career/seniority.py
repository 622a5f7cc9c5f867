"""Les anciennetés: services, corps, grade, échelon, poste, département.

What each one counts is in three tables: `anciennetes` (rule, use, unit), `anciennetes_positions`
(effect of each position) and `anciennetes_affectations` (of what an affectation makes one titular).
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.explanation import Parameter, explaining, note
from iprof_kit.base.sources import Source, to_verify
from iprof_kit.base.words import folded
from iprof_kit.law.career.positions import UNKNOWN, Counted, Stays, position_name, source_of
from iprof_kit.law.tables.loading import NO_END, table
from iprof_kit.law.tables.lookups import confidence_letter, day_or_none
from iprof_kit.law.tables.rules import rule

NO_STAY = -1
"""Stay of a piece of time of which the file says no position."""
POST, ZONE, YEARLY, ATTACHED = "poste", "zone", "annee", "rattachement"
TITULAR = (POST, ZONE)
"""Effects of an affectation of which one is titular."""
_LETTERS = re.compile(r"[a-z0-9]+")
_Row = dict[Hashable, Any]
_AS_ADVANCEMENT, _COUNTS = "avancement", "compte"


@dataclass(frozen=True)
class Kind:
    """One sort of seniority, in the words of the table."""

    code: str
    label: str
    rule: str
    used_for: str
    unit: str
    """« jours », « mois » (whole months) or « annees » (whole years): what the law keeps of it."""
    counts_untold: bool
    """Whether the time that no position of the file covers counts."""
    source: Source


@dataclass(frozen=True)
class Piece:
    """A span of one position, and how much of it counts.

    `begin` and `end` (exclusive) are axis days, `days` those that count, `stay` the row of the
    stays or `NO_STAY`, `sources` what decides, none where the tables do not know the position.
    """

    begin: int
    end: int
    days: int
    stay: int
    sources: tuple[Source, ...]

    @property
    def uncertain(self) -> bool:
        """Tell whether the effect of the position is not sure, or not known."""
        return not self.sources or any(to_verify(paper.confidence) for paper in self.sources)

    def _continues(self, other: Piece) -> bool:
        """Tell whether this piece follows another and counts like it, wholly or not at all."""
        whole = {self.days == self.end - self.begin, other.days == other.end - other.begin}
        alike = whole == {True} or self.days == other.days == 0
        return self.stay == other.stay and self.begin == other.end and alike


@cache
def kinds() -> tuple[Kind, ...]:
    """Return the seniorities in the order of the table."""
    return tuple(
        Kind(
            row["code"],
            row["libelle"],
            row["regle"],
            row["sert_a"],
            row["compte_en"],
            row["sans_position"] == _COUNTS,
            _paper(row),
        )
        for row in table("anciennetes").to_dict("records")
    )


@lru_cache(maxsize=256)
def effect_of(affectation: str) -> tuple[str, Source] | None:
    """Return what a type of affectation gives its holder, None for words that no row has.

    « poste » or « zone », of which one is titular ; « annee », « provisoire » or « rattachement »,
    of which one is not. The first row whose words are all there, in their order, decides.

    Examples
    --------
    >>> effect_of("Affectation à l’année (titulaire de zone de remplacement)")[0]
    'annee'
    >>> effect_of("Titulaire sur zone de remplacement")[0], effect_of("Intérim")
    ('zone', None)
    """
    words = f" {_spelled(affectation)} "
    return next((effect for mots, effect in _of_postings() if mots in words), None)


def holds_the_post(affectation: str) -> Source | None:
    """Return why a type of affectation makes its holder titular of a post or a zone, else None."""
    effect = effect_of(affectation)
    return effect[1] if effect and effect[0] in TITULAR else None


@cache
def _of_postings() -> tuple[tuple[str, tuple[str, Source]], ...]:
    return tuple(
        (
            f" {_spelled(row['mots'])} ",
            (
                str(row["effet"]),
                Source(row["source"], confidence=confidence_letter(row["confiance"])),
            ),
        )
        for row in table("anciennetes_affectations").to_dict("records")
    )


def _spelled(words: str) -> str:
    return " ".join(_LETTERS.findall(folded(words)))


@rule(
    sentence="Une ancienneté est un temps compté en années de 360 jours et en mois de 30 jours, du "
    "premier au dernier jour compris ; chaque position y compte selon le texte qui l’emploie.",
    source="CGFP, art. L514-1, L514-2, L515-7 à L515-9 et L612-4",
    since="1984-01-12",
    tables=("anciennetes", "anciennetes_positions", "anciennetes_affectations"),
)
def seniority(
    kind: Kind, stays: Stays, counted: Counted, begin: int, end: int
) -> tuple[Piece, ...]:
    """Return the time between two days, a piece a position, with what counts of each.

    Parameters
    ----------
    stays : Stays
        The positions of one person.
    counted : Counted
        The same, counted for advancement (`law.positions.counted_time`): ceilings and changes of
        the law included.
    begin, end : int
        Axis days, `end` exclusive.
    """
    pieces: list[Piece] = []
    here = begin
    for place in range(len(counted.begin)):
        first, last = max(int(counted.begin[place]), here), min(int(counted.end[place]), end)
        if last <= first:
            continue
        if first > here:
            pieces.append(_untold(kind, here, first))
        pieces.append(_piece(kind, stays, counted, place, first, last))
        here = last
    if end > here:
        pieces.append(_untold(kind, here, end))
    if explaining():
        _note(kind, pieces)
    return _joined(pieces)


def _note(kind: Kind, pieces: list[Piece]) -> None:
    """Record the rule of the table, in its own words, and what decides of each position."""
    note(_read(kind.label, kind.rule, kind.source))
    for paper in dict.fromkeys(paper for piece in pieces for paper in piece.sources):
        note(_read("position", "", paper))


def _read(name: str, sentence: str, paper: Source) -> Parameter:
    words = ("", sentence)
    return Parameter(
        name, sentence, paper.text, paper.since, paper.until, paper.confidence, words=words
    )


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return the pieces, those that only a change of the law without effect parted as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and piece._continues(joined[-1]):
            last = joined.pop()
            papers = tuple(dict.fromkeys((*last.sources, *piece.sources)))
            piece = Piece(last.begin, piece.end, last.days + piece.days, piece.stay, papers)
        joined.append(piece)
    return tuple(joined)


def _untold(kind: Kind, begin: int, end: int) -> Piece:
    return Piece(begin, end, end - begin if kind.counts_untold else 0, NO_STAY, ())


def _piece(kind: Kind, stays: Stays, counted: Counted, place: int, begin: int, end: int) -> Piece:
    stay, row = int(counted.stay[place]), int(counted.row[place])
    whole = end - begin
    effect, papers = _effect(kind.code, int(stays.code[stay]), int(counted.begin[place]))
    if effect != _AS_ADVANCEMENT:
        return Piece(begin, end, whole if effect == _COUNTS else 0, stay, papers)
    length = int(counted.end[place] - counted.begin[place])
    days = int(counted.days[place]) * whole // length
    return Piece(begin, end, days, stay, () if row == UNKNOWN else (source_of(row),))


def _effect(kind: str, code: int, day: int) -> tuple[str, tuple[Source, ...]]:
    """Return how a position counts for a kind on a day; one that no row names counts, unsure."""
    name = "" if code == UNKNOWN else position_name(code)
    for position in (name, "*"):
        for row, first, last in _effects().get((kind, position), ()):
            if first <= day < last:
                return row["effet"], (_paper(row),)
    return _COUNTS, ()


@cache
def _effects() -> dict[tuple[str, str], list[tuple[_Row, int, int]]]:
    effects: dict[tuple[str, str], list[tuple[_Row, int, int]]] = {}
    for row in table("anciennetes_positions").to_dict("records"):
        paper = _paper(row)
        first = axis_of(paper.since) if paper.since else 0
        last = axis_of(paper.until) + 1 if paper.until else int(np.int64(NO_END))
        effects.setdefault((row["anciennete"], row["position"]), []).append((row, first, last))
    return effects


def _paper(row: _Row) -> Source:
    return Source(
        str(row["source"]),
        day_or_none(row["valide_du"]),
        day_or_none(row["valide_au"]),
        confidence_letter(str(row["confiance"])),
    )
