"""The schematic map that answers: each place against the last bar published for it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from iprof_kit.base.words import counted
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.everywhere import PlaceBars
from iprof_kit.calculate.mobility.places import Destination, points
from iprof_kit.ui.screens.autres_affectations.scores import Scored
from iprof_kit.ui.screens.autres_affectations.start import MovementFacts
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, worded

OWN, OVER, NEAR, BELOW, UNKNOWN = "own", "over", "near", "below", "unknown"
CLOSE = 200
"""Points below a bar that are still drawn apart: a measure of the figure, not of the law."""


@dataclass(frozen=True)
class Movement:
    """A movement as it stands for her: her file, the places, her wishes, what they score."""

    start: MovementFacts
    places: Mapping[str, Destination]
    wishes: Sequence[str]
    scored: Scored
    looked: str
    """The place looked at; "" for none."""

    @property
    def place_word(self) -> str:
        """What a place is called."""
        return "département" if self.start.degre == "1d" else "académie"

    @property
    def listed(self) -> list[Destination]:
        """The places in the order of the codes or of the names."""
        first = self.start.degre == "1d"
        return sorted(self.places.values(), key=lambda p: p.key if first else p.name)

    def name(self, place: Destination) -> str:
        """Return a place as a list names it."""
        return f"{place.key} {place.name}" if self.start.degre == "1d" else place.name

    def kind(self, key: str) -> str:
        """Return how a place is drawn."""
        if key == self.start.lieu and self.start.own_place(key):
            return OWN
        gap = self.scored.gap(key)
        if gap is None:
            return UNKNOWN
        if gap >= 0:
            return OVER
        return NEAR if gap > -CLOSE else BELOW

    @cached_property
    def years(self) -> list[int]:
        """The year of each entry bar that is known."""
        return [bars.entree.annee for bars in self.scored.bars.values() if bars.entree]

    @cached_property
    def same_points(self) -> float | None:
        """The points of every place that is no wish, where they are the same everywhere."""
        elsewhere = self.scored.elsewhere
        totals = {score.total for score in elsewhere.scores.values()} if elsewhere else ()
        return next(iter(totals)) if len(totals) == 1 else None


@dataclass(frozen=True)
class Tile:
    """One place: where it is drawn, what it shows, what a screen reader says of it."""

    place: Destination
    kind: str
    shown: str
    words: str
    rank: int
    looked: bool

    @property
    def id(self) -> str:
        """Return its key as the id of an element."""
        return f"lieu-{self.place.key.replace(' ', '_')}"

    @property
    def cell(self) -> tuple[int, int]:
        """Return its column and its line on the map, from one."""
        column, line = self.place.tile or (0, 0)
        return column + 1, line + 1

    @property
    def long(self) -> bool:
        """Tell whether the code of a département needs smaller letters on a phone."""
        code = self.place.short
        return code.isdigit() and len(code) > len("63")


@dataclass(frozen=True)
class MapView:
    """The tiles in the order of reading, their title and their legend."""

    title: str
    tiles: tuple[Tile, ...]
    legend: tuple[tuple[str, str], ...]
    """What each kind of tile means."""
    verify: bool
    without_bars: tuple[str, ...] = ()
    """Where no bar is known: why, and what can be read instead."""


def place_map(movement: Movement) -> MapView:
    """Return the map of a campaign, coloured by one's points minus the last entry bar."""
    drawn = sorted(
        (place for place in movement.places.values() if place.tile),
        key=lambda place: (place.tile or (0, 0))[::-1],
    )
    tiles = tuple(_tile(place, movement) for place in drawn)
    answer = movement.scored.answer
    bars = [bar for bar in movement.scored.bars.values() if bar.entree]
    return MapView(
        _title(movement),
        tiles,
        tuple(_legend(tiles, movement.start)),
        any(bar.doubtful for bar in bars) or bool(answer and answer.a_verifier),
        () if bars else _without_bars(movement),
    )


def _without_bars(movement: Movement) -> tuple[str, ...]:
    """Return why no place is coloured, and what the points can be compared with."""
    if movement.scored.elsewhere is None:
        return ()
    whose = (
        "de chaque département"
        if movement.start.degre == "1d"
        else "de chaque académie et discipline"
    )
    why = (
        f"Pourquoi aucune couleur ? La barre {whose} est connue après le mouvement, et nos "
        "sources n’en publient aucune ici."
    )
    instead = (
        "À lire en attendant : vos points, ligne par ligne, et la barre que votre académie ou un "
        "syndicat publie ; elle se compare à ces points."
    )
    return why, instead


def _tile(place: Destination, movement: Movement) -> Tile:
    key, wishes = place.key, movement.wishes
    rank = wishes.index(key) + 1 if key in wishes else 0
    ranked = f", votre vœu {rank}" if rank else ""
    words = f"{movement.name(place)} : {_said_of(key, movement)}{ranked}"
    looked = key == movement.looked
    return Tile(place, movement.kind(key), _shown(key, movement), words, rank, looked)


def _shown(key: str, movement: Movement) -> str:
    """Return the few signs of a tile: the gap in whole points, never kinder than it is."""
    if movement.kind(key) == OWN:
        return "ici"
    gap = movement.scored.gap(key)
    if gap is not None:
        whole = math.floor(gap)
        return f"{'+' if whole >= 0 else text.MINUS}{abs(whole)}"
    bars, total = movement.scored.bars.get(key), movement.scored.total(key)
    if bars and bars.entree:
        return points(bars.entree.bareme)
    differs = movement.same_points is None  # the same number on each place would say nothing
    return points(total) if total is not None and differs and not movement.years else ""


def _said_of(key: str, movement: Movement) -> str:
    """Return, in a few words, where the points stand against the last entry bar."""
    scored = movement.scored
    if movement.kind(key) == OWN:
        return "votre poste actuel"
    bars, gap, total = scored.bars.get(key), scored.gap(key), scored.total(key)
    if bars is None or bars.entree is None:
        own = f"{points(total)} points, " if total is not None else ""
        return f"{own}barre non publiée"
    if gap is None:
        return f"barre de {points(bars.entree.bareme)} points en {bars.entree.annee}"
    return f"{distance(gap, key, bars.entree.annee)} de la barre de {bars.entree.annee}"


def points_said(value: float, place: str = "") -> Worded:
    """Return the score of a wish with its fact; without a place, that of any wish at least."""
    quantity = f"points.{place}" if place else "points"
    return figure(f"{points(value)} points", quantity, value)


def bar_said(value: float, year: int | None, place: str = "") -> Worded:
    """Return the points of a published bar, of its year, with their fact: exit without a place."""
    quantity = f"bar.entry.{place}" if place else "bar.exit"
    return figure(f"{points(value)} points", quantity, value, f"{year or ''}")


def distance(gap: float, place: str, year: int | None) -> Worded:
    """Return « 311 points au-dessous », « 34 points au-dessus », « à égalité », with its fact.

    Parameters
    ----------
    gap : float
        Points minus the bar.
    place : str
        Whose bar it is.
    year : int or None
        Of the bar.
    """
    way = " au-dessus" if gap > 0 else " au-dessous" if gap < 0 else ""
    return worded(f"{{}}{way}", gap_said(gap, place, year))


def gap_said(gap: float, place: str, year: int | None) -> Worded:
    """Return « 311 points », or « à égalité »: the same gap without its way."""
    plural = "s" if abs(gap) >= 2 else ""
    words = f"{points(abs(gap))} point{plural}" if gap else "à égalité"
    return figure(words, f"points.gap.{place or 'exit'}", gap, f"{year or ''}")


def _title(movement: Movement) -> str:
    same = movement.same_points
    what = points_said(same) if same is not None else "Vos points"
    if movement.scored.elsewhere is None:
        return "La dernière barre d’entrée publiée"
    if movement.years:
        return worded("{}, moins la dernière barre d’entrée", what)
    places = movement.place_word
    if same is not None:
        return worded(f"{{}} pour chaque {places}, sans barre à comparer", what)
    return f"Vos points, {places} par {places}"


def _legend(tiles: Iterable[Tile], start: MovementFacts) -> Iterator[tuple[str, str]]:
    """Yield each kind that is drawn, what it means, how many places are so."""
    close = figure(f"{CLOSE} points", "map.close", CLOSE)
    words: dict[str, str] = {
        OWN: "votre poste",
        OVER: "barre atteinte",
        NEAR: worded("il manquait moins de {}", close),
        BELOW: worded("{} ou plus", close),
        UNKNOWN: "barre non publiée" if start.echelon else "non calculé",
    }
    kinds = Counter(tile.kind for tile in tiles)
    for kind, label in words.items():
        if kind in kinds:
            yield kind, label if kind == OWN else worded(f"{{}} ({kinds[kind]})", label)


@dataclass(frozen=True)
class BarRow:
    """One place: its points, its bars, the gap, what it is for the person."""

    name: str
    total: float | None
    bars: PlaceBars
    gap: float | None
    is_for_her: str


@dataclass(frozen=True)
class BarsView:
    """Every place; what the line of the fold says; what is missing and how to add it."""

    rows: tuple[BarRow, ...]
    answer: str
    missing: str = ""


def bars_view(movement: Movement) -> BarsView:
    """Return the table of a campaign, in the order of the codes or of the names."""
    start, scored, places = movement.start, movement.scored, movement.places
    near = (
        mobility_places.bordering(start.degre, start.campagne, start.lieu)
        if start.lieu in places
        else ()
    )
    rows = tuple(
        BarRow(
            movement.name(one),
            scored.total(one.key),
            scored.bars[one.key],
            scored.gap(one.key),
            _is_for_her(one.key, movement, near),
        )
        for one in movement.listed
    )
    years, count = sorted(set(movement.years)), len(movement.years)
    when = str(years[0]) if len(years) == 1 else f"{years[0]} à {years[-1]}" if years else ""
    answer = f"{counted(count, 'publiée')}, {when}" if count else "aucune publiée"
    return BarsView(rows, answer, "" if count == len(places) else _missing(start, count))


def _missing(start: MovementFacts, count: int) -> str:
    """Return what is missing, and who can add it."""
    what = "du premier degré" if start.degre == "1d" else "du second degré"
    nothing = (
        f"Aucune barre {what} n’est publiée dans nos sources."
        if not count
        else (f"Les autres barres {what} ne sont pas dans nos sources.")
    )
    return (
        f"{nothing} Une académie ou un syndicat qui a les siennes peut les donner à "
        "l’administrateur de ce kit, qui les ajoute (commande « iprof import barres »)."
    )


def _is_for_her(key: str, movement: Movement, near: Collection[str]) -> str:
    if key == movement.start.lieu:
        return "Ici : votre poste"
    wishes = movement.wishes
    wish = f"vœu {wishes.index(key) + 1}" if key in wishes else ""
    return ", ".join(filter(None, (wish, "limitrophe du vôtre" if key in near else "")))
