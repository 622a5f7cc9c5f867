"""Every place in one table: what the map shows, and what it has no room for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.base.words import counted
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.places import Destination, points
from iprof_kit.ui.screens.autres_affectations.scores import Scored
from iprof_kit.ui.screens.autres_affectations.start import Start
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class BarRow:
    """One place: points, bars with their years, the gap, what it is for the person."""

    name: str
    total: str
    entry: str
    gap: str
    exit: str
    sign: str


@dataclass(frozen=True)
class BarsView:
    """Every place; what the line of the fold says; what is missing and how to add it."""

    rows: tuple[BarRow, ...]
    answer: str
    missing: str = ""


def bars_view(
    start: Start, places: Mapping[str, Destination], wishes: Sequence[str], scored: Scored
) -> BarsView:
    """Return the table of a campaign, in the order of the codes or of the names."""
    near = (
        mobility_places.bordering(start.degre, start.campagne, start.lieu)
        if start.lieu in places
        else ()
    )
    listed = sorted(places.values(), key=lambda p: p.key if start.degre == "1d" else p.name)
    rows = tuple(_row(place, start, wishes, scored, near) for place in listed)
    years = sorted({bars.entree.annee for bars in scored.bars.values() if bars.entree})
    count = sum(bars.entree is not None for bars in scored.bars.values())
    when = str(years[0]) if len(years) == 1 else f"{years[0]} à {years[-1]}" if years else ""
    answer = f"{counted(count, 'publiée')}, {when}" if count else "aucune publiée"
    return BarsView(rows, answer, "" if count == len(places) else _missing(start, count))


def _missing(start: Start, count: int) -> str:
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


def _row(
    place: Destination,
    start: Start,
    wishes: Sequence[str],
    scored: Scored,
    near: Collection[str],
) -> BarRow:
    key, bars = place.key, scored.bars[place.key]
    total, gap = scored.total(key), scored.gap(key)
    sign = "+" if gap is not None and gap >= 0 else text.MINUS
    return BarRow(
        f"{key} {place.name}" if start.degre == "1d" else place.name,
        points(total) if total is not None else "",
        f"{points(bars.entree.bareme)} en {bars.entree.annee}" if bars.entree else "non publiée",
        f"{sign}{points(abs(gap))}" if gap is not None else "",
        f"{points(bars.sortie.bareme)} en {bars.sortie.annee}" if bars.sortie else "",
        _sign(key, start, wishes, near),
    )


def _sign(key: str, start: Start, wishes: Sequence[str], near: Collection[str]) -> str:
    if key == start.lieu:
        return "Ici : votre poste"
    beside = "limitrophe du vôtre" if key in near else ""
    wish = f"vœu {wishes.index(key) + 1}" if key in wishes else ""
    return ", ".join(filter(None, (wish, beside)))
