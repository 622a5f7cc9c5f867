"""The sentence of the screen: how many places opened to these points, and what that leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iprof_kit.calculate.mobility.answer import VoeuNote
from iprof_kit.calculate.mobility.places import Destination, points
from iprof_kit.ui.screens.autres_affectations.place_map import any_bar, same_points
from iprof_kit.ui.screens.autres_affectations.scores import Scored
from iprof_kit.ui.screens.autres_affectations.start import Start
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, worded

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
    return worded("{}", strong), text.french(_exit(start, scored, opened))


def points_said(value: float) -> Worded:
    """Return the score that any wish would have at least, with its fact."""
    return figure(f"{points(value)} points", "points", value)


def _first_wish(
    first: VoeuNote, start: Start, places: Mapping[str, Destination], scored: Scored
) -> tuple[str, str]:
    least = "" if first.complet else "au moins "
    name = places[first.voeu].name
    strong = f"Vœu 1, {name} : {least}{points(first.total)} points"
    bars = scored.bars[first.voeu]
    if bars.entree:
        strong += f" ; barre de {bars.entree.annee} : {points(bars.entree.bareme)}"
        return text.french(f"{strong}."), f"{_CHANGES} ; l’administration décide."
    rest = f"Barre non publiée, campagne {start.campagne}. L’administration décide."
    return text.french(f"{strong}."), rest


def _range(scored: Scored) -> str:
    """Return « 109 points pour chaque vœu », « De 109 à 259 points selon le vœu »."""
    same = same_points(scored)
    if same is not None:
        return worded("Vous auriez {} pour chaque vœu", points_said(same))
    totals = [score.total for score in scored.elsewhere.scores.values()] if scored.elsewhere else []
    return f"Vous auriez de {points(min(totals))} à {points(max(totals))} points selon le vœu"


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
    return (
        f"Il vous manquait {points(-gaps[key])} points pour la barre la plus proche "
        f"({places[key].name}{year})."
    )


def _exit(start: Start, scored: Scored, opened: Sequence[str]) -> str:
    """Return what is to be said of the exit: a bar that is published, or that there is one."""
    if start.degre == "2d":
        return f"{_CHANGES}, et l’administration décide."
    own = scored.bars.get(start.lieu)
    if own is None or own.sortie is None:
        return f"{_CHANGES} ; il faut aussi franchir celle de sortie."
    needed = f"{points(own.sortie.bareme)} points en {own.sortie.annee}"
    highest = max((t for key in opened if (t := scored.total(key)) is not None), default=None)
    reached = highest is not None and highest >= own.sortie.bareme
    return f"{_CHANGES} ; {'votre' if reached else 'mais votre'} sortie demandait {needed}."
