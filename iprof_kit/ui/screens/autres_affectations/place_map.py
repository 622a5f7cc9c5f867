"""The schematic map that answers: each place against the last bar published for it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

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
class Tile:
    """One place: where it is drawn, what it shows, what a screen reader says of it."""

    id: str
    key: str
    code: str
    kind: str
    column: int
    line: int
    shown: str
    words: str
    rank: int = 0
    looked: bool = False

    @property
    def long(self) -> bool:
        """Tell whether the code of a département needs smaller letters on a phone."""
        return self.code.isdigit() and len(self.code) > len("63")


@dataclass(frozen=True)
class Legend:
    """What one kind of tile means."""

    kind: str
    words: str


@dataclass(frozen=True)
class MapView:
    """The tiles in the order of reading, their title and their legend."""

    degree: str
    title: str
    tiles: tuple[Tile, ...]
    legend: tuple[Legend, ...]
    verify: bool
    without_bars: tuple[str, ...] = ()
    """Where no bar is known: why, and what can be read instead."""


def place_map(
    start: MovementFacts,
    places: Mapping[str, Destination],
    wishes: Sequence[str],
    scored: Scored,
    looked: str,
) -> MapView:
    """Return the map of a campaign, coloured by one's points minus the last entry bar."""
    ranks = {key: rank for rank, key in enumerate(wishes, 1)}
    drawn = sorted(
        (place for place in places.values() if place.tile),
        key=lambda place: (place.tile or (0, 0))[::-1],
    )
    tiles = tuple(_tile(place, start, scored, ranks.get(place.key, 0), looked) for place in drawn)
    bars = [bar for bar in scored.bars.values() if bar.entree]
    return MapView(
        start.degre,
        _title(start, scored, bool(bars)),
        tiles,
        _legend(tiles, start),
        any(bar.doubtful for bar in bars) or _doubtful_lines(scored),
        () if bars else _without_bars(start, scored),
    )


def _without_bars(start: MovementFacts, scored: Scored) -> tuple[str, ...]:
    """Return why no place is coloured, and what the points can be compared with."""
    if scored.elsewhere is None:
        return ()
    whose = "de chaque département" if start.degre == "1d" else "de chaque académie et discipline"
    why = (
        f"Pourquoi aucune couleur ? La barre {whose} est connue après le mouvement, et nos "
        "sources n’en publient aucune ici."
    )
    instead = (
        "À lire en attendant : vos points, ligne par ligne, et la barre que votre académie ou un "
        "syndicat publie ; elle se compare à ces points."
    )
    return why, instead


def _doubtful_lines(scored: Scored) -> bool:
    return bool(scored.answer and scored.answer.a_verifier)


def kind_of(key: str, start: MovementFacts, scored: Scored) -> str:
    """Return how a place is drawn."""
    if key == start.lieu and start.own_place(key):
        return OWN
    gap = scored.gap(key)
    if gap is None:
        return UNKNOWN
    if gap >= 0:
        return OVER
    return NEAR if gap > -CLOSE else BELOW


def _tile(place: Destination, start: MovementFacts, scored: Scored, rank: int, looked: str) -> Tile:
    kind = kind_of(place.key, start, scored)
    column, line = place.tile or (0, 0)
    name = f"{place.key} {place.name}" if start.degre == "1d" else place.name
    return Tile(
        f"lieu-{place.key.replace(' ', '_')}",
        place.key,
        place.short,
        kind,
        column + 1,
        line + 1,
        _shown(place.key, kind, scored),
        (f"{name} : {said_of(place.key, kind, scored)}" + _ranked(rank)),
        rank,
        place.key == looked,
    )


def _ranked(rank: int) -> str:
    return f", votre vœu {rank}" if rank else ""


def _shown(key: str, kind: str, scored: Scored) -> str:
    """Return the few signs of a tile: the gap in whole points, never kinder than it is."""
    if kind == OWN:
        return "ici"
    gap = scored.gap(key)
    if gap is not None:
        whole = math.floor(gap)
        return f"{'+' if whole >= 0 else text.MINUS}{abs(whole)}"
    bars, total = scored.bars.get(key), scored.total(key)
    if bars and bars.entree:
        return points(bars.entree.bareme)
    differs = same_points(scored) is None  # the same number on each place would say nothing
    return points(total) if total is not None and differs and not any_bar(scored) else ""


def any_bar(scored: Scored) -> bool:
    """Tell whether one entry bar at least is known in this movement."""
    return any(bars.entree for bars in scored.bars.values())


def said_of(key: str, kind: str, scored: Scored) -> str:
    """Return, in a few words, where the points stand against the last entry bar."""
    if kind == OWN:
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


def _title(start: MovementFacts, scored: Scored, bars: bool) -> str:
    same = same_points(scored)
    what = points_said(same) if same is not None else "Vos points"
    if scored.elsewhere is None:
        return "La dernière barre d’entrée publiée"
    if bars:
        return worded("{}, moins la dernière barre d’entrée", what)
    places = "département" if start.degre == "1d" else "académie"
    if same is not None:
        return worded(f"{{}} pour chaque {places}, sans barre à comparer", what)
    return f"Vos points, {places} par {places}"


def same_points(scored: Scored) -> float | None:
    """Return the points of every place that is no wish, where they are the same everywhere."""
    totals = {score.total for score in scored.elsewhere.scores.values()} if scored.elsewhere else ()
    return next(iter(totals)) if len(totals) == 1 else None


def _legend(tiles: Iterable[Tile], start: MovementFacts) -> tuple[Legend, ...]:
    close = figure(f"{CLOSE} points", "map.close", CLOSE)
    words: dict[str, str] = {
        OWN: "votre poste",
        OVER: "barre atteinte",
        NEAR: worded("il manquait moins de {}", close),
        BELOW: worded("{} ou plus", close),
        UNKNOWN: "barre non publiée" if start.echelon else "non calculé",
    }
    kinds = [tile.kind for tile in tiles]
    return tuple(
        Legend(kind, label if kind == OWN else worded(f"{{}} ({kinds.count(kind)})", label))
        for kind, label in words.items()
        if kind in kinds
    )


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


def bars_view(
    start: MovementFacts, places: Mapping[str, Destination], wishes: Sequence[str], scored: Scored
) -> BarsView:
    """Return the table of a campaign, in the order of the codes or of the names."""
    near = (
        mobility_places.bordering(start.degre, start.campagne, start.lieu)
        if start.lieu in places
        else ()
    )
    listed = sorted(places.values(), key=lambda p: p.key if start.degre == "1d" else p.name)
    rows = tuple(
        BarRow(
            f"{one.key} {one.name}" if start.degre == "1d" else one.name,
            scored.total(one.key),
            scored.bars[one.key],
            scored.gap(one.key),
            _is_for_her(one.key, start, wishes, near),
        )
        for one in listed
    )
    years = sorted({bars.entree.annee for bars in scored.bars.values() if bars.entree})
    count = sum(bars.entree is not None for bars in scored.bars.values())
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


def _is_for_her(
    key: str, start: MovementFacts, wishes: Sequence[str], near: Collection[str]
) -> str:
    if key == start.lieu:
        return "Ici : votre poste"
    beside = "limitrophe du vôtre" if key in near else ""
    wish = f"vœu {wishes.index(key) + 1}" if key in wishes else ""
    return ", ".join(filter(None, (wish, beside)))
