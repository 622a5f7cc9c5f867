"""The schematic map of places as SVG, and the table that says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from iprof_kit.base.words import NBSP
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.places import Destination
from iprof_kit.ui.screens.autres_affectations.start import Degree
from iprof_kit.ui.shared import text

OWN, WISH, NEAR, PLAIN = "own", "wish", "near", "plain"


@dataclass(frozen=True)
class Size:
    """Width and height of a tile, and how its words are set, at one width of the screen."""

    width: int
    height: int
    named: bool
    """The whole name is written, on two lines where it has two parts."""


@dataclass(frozen=True)
class MapRow:
    """One place of the table: what the map says of it."""

    sign: str
    name: str
    academie: str
    bar: str = ""
    bar_verify: bool = False


@dataclass(frozen=True)
class MapView:
    """Two drawings, wide and narrow, their title and note, the same as rows."""

    title: str
    figures: tuple[str, str]
    note: str
    own_name: str
    rows: tuple[MapRow, ...]
    bars: bool
    """Whether a column of published bars is shown."""


_SIZES = {
    "1d": (Size(46, 44, named=False), Size(27, 36, named=False)),
    "2d": (Size(112, 58, named=True), Size(58, 44, named=False)),
}
_PAD = 2
_LONGEST_LINE = 11


def place_map(degre: Degree, campagne: int, own: str, wishes: Sequence[str]) -> MapView:
    """Return the map of a campaign: own place, its neighbours, the wishes with their rank."""
    found = {place.key: place for place in mobility_places.places(degre, campagne)}
    near = mobility_places.bordering(degre, campagne, own) if own in found else ()
    ranks = {key: rank for rank, key in enumerate(wishes, 1)}
    what = "départements" if degre == "1d" else "académies"
    title = f"Carte schématique des {what}, campagne {campagne}"
    own_name = found[own].name if own in found else ""
    desc = _description(found, own_name, near, ranks)
    wide, narrow = (
        _drawn(tuple(found.values()), own, near, ranks, size, title, desc, f"m{degre}{place}")
        for place, size in enumerate(_SIZES[degre])
    )
    return MapView(
        title,
        (wide, narrow),
        text.sentence(mobility_places.map_source(degre)),
        own_name,
        _rows(degre, found, own, near, ranks),
        degre == "1d",
    )


def _description(
    found: Mapping[str, Destination], own: str, near: Sequence[str], ranks: Mapping[str, int]
) -> str:
    listed = ", ".join(f"{rank} {found[key].name}" for key, rank in ranks.items() if key in found)
    here = f"Vous êtes en {own}. " if own else ""
    around = ", ".join(found[key].name for key in near)
    beside = f"Limitrophes{NBSP}: {around}. " if around else ""
    return f"{here}{beside}Vœux{NBSP}: {listed or 'aucun'}. Le tableau dit la même chose."


def _drawn(
    places: Sequence[Destination],
    own: str,
    near: Sequence[str],
    ranks: Mapping[str, int],
    size: Size,
    title: str,
    desc: str,
    prefix: str,
) -> str:
    """Return one drawing; each sign has its own shape and words, whatever its colour."""
    tiles = [
        _tile(place, _kind(place.key, own, near, ranks), ranks.get(place.key), size)
        for place in places
        if place.tile
    ]
    across = max(place.tile[0] for place in places if place.tile) + 1
    down = max(place.tile[1] for place in places if place.tile) + 1
    return (
        f'<svg viewBox="0 0 {across * size.width + _PAD} {down * size.height + _PAD}" role="img" '
        f'focusable="false" class="place-map" aria-labelledby="{prefix}t {prefix}d">'
        f'<title id="{prefix}t">{escape(title)}</title><desc id="{prefix}d">{escape(desc)}</desc>'
        + "".join(tiles)
        + "</svg>"
    )


def _kind(key: str, own: str, near: Sequence[str], ranks: Mapping[str, int]) -> str:
    if key == own:
        return OWN
    if key in ranks:
        return WISH
    return NEAR if key in near else PLAIN


def _tile(place: Destination, kind: str, rank: int | None, size: Size) -> str:
    column, line = place.tile or (0, 0)
    x, y = column * size.width + _PAD, line * size.height + _PAD
    wide, high = size.width - 3, size.height - 3
    middle = x + wide / 2
    box = f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="2"/>'
    sign = {OWN: "ici", WISH: str(rank)}.get(kind, "")
    names = _names(place, size)
    words = [*names, sign] if sign else names
    lines = "".join(
        f'<text x="{middle:g}" y="{_height(y, high, rank_of, len(words)):g}"'
        f' class="{_class(size, is_sign=word == sign and rank_of == len(words) - 1)}">'
        f"{escape(word)}</text>"
        for rank_of, word in enumerate(words)
    )
    return f'<g class="pm-{kind}">{box}{lines}</g>'


def _names(place: Destination, size: Size) -> list[str]:
    if not size.named:
        return [place.short]
    first, dash, rest = place.name.partition("-")
    long = len(place.name) > _LONGEST_LINE
    return [f"{first}{dash}", rest] if rest and long else [place.name]


def _height(top: float, high: float, line: int, lines: int) -> float:
    """Return the baseline of a line of words, all of them centred in the tile."""
    step = 16
    return top + high / 2 - step * (lines - 1) / 2 + step * line + 4.5


def _class(size: Size, *, is_sign: bool) -> str:
    if is_sign:
        return "pm-sign"
    return "pm-name" if size.named else "pm-code"


def _rows(
    degre: Degree,
    found: Mapping[str, Destination],
    own: str,
    near: Sequence[str],
    ranks: Mapping[str, int],
) -> tuple[MapRow, ...]:
    rows = [_row(degre, found[own], "Ici : votre poste")] if own in found else []
    for key, rank in ranks.items():
        beside = ", limitrophe du vôtre" if key in near else ""
        if key in found:
            rows.append(_row(degre, found[key], f"{rank}{NBSP}: vœu {rank}{beside}"))
    rows += [_row(degre, found[key], "Limitrophe du vôtre") for key in near if key not in ranks]
    return tuple(rows)


def _row(degre: Degree, place: Destination, sign: str) -> MapRow:
    name = f"{place.key} {place.name}" if degre == "1d" else place.name
    if degre == "2d":
        return MapRow(text.french(sign), name, place.academie)
    bar = mobility_places.entry_bar(place.key)
    if bar is None:
        return MapRow(text.french(sign), name, place.academie, "non trouvée")
    points = mobility_places.points(bar.bareme)
    return MapRow(
        text.french(sign),
        name,
        place.academie,
        f"{points} points en {bar.annee}",
        mobility_places.bar_to_verify(bar),
    )
