"""The sentence of the screen: how many places opened to these points, and what that leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iprof_kit.calculate.mobility.answer import VoeuNote
from iprof_kit.calculate.mobility.places import Destination, points
from iprof_kit.ui.screens.autres_affectations.place_map import (
    any_bar,
    bar_said,
    points_said,
    same_points,
)
from iprof_kit.ui.screens.autres_affectations.scores import Scored
from iprof_kit.ui.screens.autres_affectations.start import Start
from iprof_kit.ui.shared.worded import figure, kept_of, worded

_NO_SCORE = ("Aucun barème calculé.", "Ce qui l’empêche est dit ci-dessus.")
_NO_BAR = "Aucune barre n’est publiée dans nos sources, et l’administration décide."
_CHANGES = "Elle change chaque année"


def lead_of(start: Start, places: Mapping[str, Destination], scored: Scored) -> tuple[str, str]:
    """Return the strong part of the sentence, and the rest; 25 words in all."""
    if scored.elsewhere is None:
        return _NO_SCORE
    if scored.answer is not None:
        return _first_wish(scored.answer.voeux[0], start, places, scored)
    if not any_bar(scored):
        return worded(f"{{}} en {start.campagne}.", _range(scored)), _NO_BAR
    gaps = {key: gap for key in places if (gap := scored.gap(key)) is not None}
    if not gaps:
        return worded(f"{{}} en {start.campagne}.", _range(scored)), _NO_BAR
    opened = [key for key, gap in gaps.items() if gap >= 0]
    strong = _opened(opened, start, scored) if opened else _closest(gaps, places, scored)
    return worded("{}", strong), worded("{}", _exit(start, scored, opened))


def _first_wish(
    first: VoeuNote, start: Start, places: Mapping[str, Destination], scored: Scored
) -> tuple[str, str]:
    least = "" if first.complet else "au moins "
    name = places[first.voeu].name
    strong = worded(f"Vœu 1, {name} : {least}{{}}", points_said(first.total, first.voeu))
    bars = scored.bars[first.voeu]
    if bars.entree:
        entry, year = bars.entree.bareme, bars.entree.annee
        bar = kept_of(bar_said(entry, year, first.voeu), points(entry))
        strong = worded(f"{{}} ; barre de {year} : {{}}.", strong, bar)
        return strong, f"{_CHANGES} ; l’administration décide."
    rest = f"Barre non publiée, campagne {start.campagne}. L’administration décide."
    return worded("{}.", strong), rest


def _range(scored: Scored) -> str:
    """Return « 109 points pour chaque vœu », « De 109 à 259 points selon le vœu »."""
    same = same_points(scored)
    if same is not None:
        return worded("Vous auriez {} pour chaque vœu", points_said(same))
    totals = [score.total for score in scored.elsewhere.scores.values()] if scored.elsewhere else []
    low, high = min(totals), max(totals)
    both = figure(f"de {points(low)} à {points(high)} points", "points.every", (low, high))
    return worded("Vous auriez {} selon le vœu", both)


def _opened(opened: Sequence[str], start: Start, scored: Scored) -> str:
    same = same_points(scored)
    own_points = "vos points" if same is None else worded("vos {}", points_said(same))
    what = "département" if start.degre == "1d" else "académie"
    one = len(opened) == 1
    years = sorted({bar.annee for key in opened if (bar := scored.bars[key].entree)})
    when = str(years[0]) if len(years) == 1 else f"{years[0]} à {years[-1]}"
    return worded(
        f"Avec {{}}, {{}} {what}{'' if one else 's'} "
        f"s’ouvrai{'t' if one else 'ent'} à la dernière barre ({when}).",
        own_points,
        figure(str(len(opened)), "places.open", len(opened)),
    )


def _closest(gaps: Mapping[str, float], places: Mapping[str, Destination], scored: Scored) -> str:
    key = max(gaps, key=lambda one: gaps[one])
    bar = scored.bars[key].entree
    year = f", {bar.annee}" if bar else ""
    of = f"{bar.annee}" if bar else ""
    lacking = figure(f"{points(-gaps[key])} points", f"points.gap.{key}", gaps[key], of)
    where = f"pour la barre la plus proche ({places[key].name}{year})"
    return worded(f"Il vous manquait {{}} {where}.", lacking)


def _exit(start: Start, scored: Scored, opened: Sequence[str]) -> str:
    """Return what is to be said of the exit: a bar that is published, or that there is one."""
    if start.degre == "2d":
        return f"{_CHANGES}, et l’administration décide."
    own = scored.bars.get(start.lieu)
    if own is None or own.sortie is None:
        return f"{_CHANGES} ; il faut aussi franchir celle de sortie."
    needed = bar_said(own.sortie.bareme, own.sortie.annee)
    highest = max((t for key in opened if (t := scored.total(key)) is not None), default=None)
    reached = highest is not None and highest >= own.sortie.bareme
    whose = "votre" if reached else "mais votre"
    return worded(f"{_CHANGES} ; {whose} sortie demandait {{}} en {own.sortie.annee}.", needed)
