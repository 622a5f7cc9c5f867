"""A replacement zone: the preferences of a place, and the extension of wishes inside an academy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.law.mobility.territories.known import NATIONAL, Known, elsewhere, of_place, rows_of
from iprof_kit.law.tables.rules import rule

PREFERENCES, EXTENSION = "preferences_remplacement", "extension_intra"
POSTS_FIRST, PLACE_BY_PLACE = "etablissements_puis_zones", "lieu_par_lieu"
"""The two ways in which an academy may walk its places."""


@dataclass(frozen=True)
class OwnRules:
    """What a place says, by key, and what others say."""

    own: Known
    others: tuple[Known, ...]
    values: Mapping[str, str]

    def number(self, key: str) -> int | None:
        """Return a whole number of the place; None where it says none."""
        written = self.values.get(key, "")
        return int(written) if written.isascii() and written.isdigit() else None


def preferences(places: Sequence[str], year: int) -> OwnRules:
    """Return what a place says of the preferences of its replacement teachers.

    Examples
    --------
    >>> preferences(("Nice",), 2027).number("nombre"), preferences(("Lyon",), 2027).values
    (5, {})
    """
    return _rules(PREFERENCES, places, year)


def extension_rules(places: Sequence[str], year: int) -> OwnRules:
    """Return what a place says of its extension; see `national_extension` for what all have."""
    return _rules(EXTENSION, places, year)


def national_extension(year: int) -> OwnRules:
    """Return what is said of the extension everywhere."""
    return _rules(EXTENSION, (NATIONAL,), year)


@dataclass(frozen=True)
class Stop:
    """One stop of the walk: posts of a place, or its replacement zones."""

    rank: int
    place: str
    kind: str


@rule(
    name="intra_2d_extension_parcours",
    sentence="Quand aucun vœu n’est satisfait, l’extension parcourt les lieux de l’académie à "
    "partir du vœu 1, dans l’ordre de sa table ; selon l’académie, tous les établissements puis "
    "toutes les zones de remplacement, ou lieu par lieu.",
    source="SNES (procédure d’affectation et extension) ; SNES Besançon, 2023",
    since="2023-09-01",
    tables=(EXTENSION,),
)
def walk(places: Sequence[str], way: str) -> tuple[Stop, ...]:
    """Return the stops of an extension over places, in the order that is given.

    Parameters
    ----------
    places : sequence of str
        Places in the order of the academy's table, the first being that of wish 1.
    way : str
        `POSTS_FIRST` or `PLACE_BY_PLACE`.

    Examples
    --------
    >>> [(one.place, one.kind) for one in walk(("Doubs", "Jura"), POSTS_FIRST)][1:3]
    [('Jura', 'etablissements'), ('Doubs', 'zones')]
    """
    if way == POSTS_FIRST:
        pairs = [(place, kind) for kind in ("etablissements", "zones") for place in places]
    else:
        pairs = [(place, kind) for place in places for kind in ("etablissements", "zones")]
    return tuple(Stop(rank, place, kind) for rank, (place, kind) in enumerate(pairs, start=1))


@rule(
    name="intra_2d_extension_bareme",
    sentence="Le barème de l’extension est le plus petit de ceux des vœux, sans les points qui "
    "tiennent à un vœu précis.",
    source="SNES (procédure d’affectation et extension) ; SNES Besançon, campagnes 2023 et 2024",
    since="2023-09-01",
    tables=(EXTENSION,),
)
def least_score(totals: Sequence[float], tied: Sequence[float]) -> tuple[int, float] | None:
    """Return the place and the points of the least score, without what is tied to a wish.

    Examples
    --------
    >>> least_score((174.3, 164.2, 14.0), (10.0, 0.0, 0.0))
    (2, 14.0)
    """
    kept = [total - part for total, part in zip(totals, tied, strict=True)]
    if not kept:
        return None
    least = min(kept)
    return kept.index(least), least


def _rules(name: str, places: Sequence[str], year: int) -> OwnRules:
    frame = rows_of(name)
    own = of_place(frame, places, year)
    values = dict(zip(own.rows["cle"], own.rows["valeur"], strict=True))
    return OwnRules(own, elsewhere(frame, places, year), values)
