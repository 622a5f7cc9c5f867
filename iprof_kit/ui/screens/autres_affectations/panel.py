"""The answer for the place looked at: its bar, its year, the exit, the points, « Ajouter »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.base.words import counted
from iprof_kit.calculate.mobility.answer import Barre, VoeuNote
from iprof_kit.calculate.mobility.places import Destination, points
from iprof_kit.ui.kit.parts import Option
from iprof_kit.ui.screens.autres_affectations.place_map import (
    OWN,
    any_bar,
    bar_said,
    distance,
    kind_of,
    points_said,
    same_points,
)
from iprof_kit.ui.screens.autres_affectations.scores import Scored
from iprof_kit.ui.screens.autres_affectations.start import MovementFacts
from iprof_kit.ui.screens.autres_affectations.wishes import Line, compared, lines_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, kept_of, worded

_ROOM = 1.15
"""How much longer than the larger of the two the scale of a bar is drawn."""


@dataclass(frozen=True)
class Scale:
    """The points and the bar, in hundredths of the line that shows them."""

    points: str
    bar: str


@dataclass(frozen=True)
class PlacePanel:
    """What is said of the place looked at; without one, only the choice and the points."""

    options: tuple[Option, ...]
    key: str = ""
    name: str = ""
    headline: str = ""
    kind: str = ""
    scale: Scale | None = None
    sentences: tuple[str, ...] = ()
    add: str = ""
    """The words of the button; empty where the place cannot be one wish more."""
    closed: str = ""
    """Why it cannot."""
    points_title: str = ""
    lines: tuple[Line, ...] = ()


def place_panel(
    start: MovementFacts,
    places: Mapping[str, Destination],
    wishes: Sequence[str],
    scored: Scored,
    looked: str,
    full: str,
) -> PlacePanel:
    """Return the answer for one place, and the points that make it."""
    options = _options(start, places, scored, looked)
    note = scored.noted(looked) if looked else _usual(scored)
    title, lines = _points(note, scored, looked, places)
    if not looked:
        return PlacePanel(options, points_title=title, lines=lines)
    closed = _closed(start, wishes, looked, full)
    gap, bars = scored.gap(looked), scored.bars[looked]
    total = scored.total(looked)
    return PlacePanel(
        options,
        looked,
        places[looked].name,
        worded("{}", _headline(start, scored, looked)),
        "" if gap is None else "up" if gap >= 0 else "down",
        _scale(total, bars.entree.bareme) if total is not None and bars.entree else None,
        _sentences(start, note, scored, looked, places),
        "" if closed else f"Ajouter en vœu {len(wishes) + 1}",
        closed,
        title,
        lines,
    )


def _options(
    start: MovementFacts, places: Mapping[str, Destination], scored: Scored, looked: str
) -> tuple[Option, ...]:
    """Return every place, with its gap: the list says what the map shows."""
    listed = sorted(places.values(), key=lambda p: p.key if start.degre == "1d" else p.name)
    return (
        Option("", "choisir", not looked),
        *(
            Option(place.key, _labelled(place, start, scored), place.key == looked)
            for place in listed
        ),
    )


def _labelled(place: Destination, start: MovementFacts, scored: Scored) -> str:
    name = f"{place.key} {place.name}" if start.degre == "1d" else place.name
    if kind_of(place.key, start, scored) == OWN:
        return f"{name} (votre poste)"
    gap = scored.gap(place.key)
    if gap is None:
        return name
    sign = "+" if gap >= 0 else text.MINUS
    return f"{name} ({sign}{points(abs(gap))})"


def _headline(start: MovementFacts, scored: Scored, looked: str) -> str:
    if kind_of(looked, start, scored) == OWN:
        return "Votre poste actuel"
    gap, entry = scored.gap(looked), scored.bars[looked].entree
    if gap is not None:
        return distance(gap, looked, entry.annee if entry else None)
    if entry:
        bar = bar_said(entry.bareme, entry.annee, looked)
        return worded(f"{{}} en {entry.annee}", bar)
    return "Barre non publiée"


def _scale(total: float, bar: float) -> Scale | None:
    longest = max(total, bar) * _ROOM
    if longest <= 0:
        return None
    return Scale(f"{100 * max(0.0, total) / longest:.1f}", f"{100 * bar / longest:.1f}")


def _sentences(
    start: MovementFacts,
    note: VoeuNote | None,
    scored: Scored,
    looked: str,
    places: Mapping[str, Destination],
) -> tuple[str, ...]:
    """Return what the bars say of this wish, their years in the words; what is not published."""
    if note is None:
        return _bars_alone(start, scored, looked, places)
    return tuple(line for bar in note.barres for line in _of_bar(bar, note))


def _of_bar(bar: Barre, note: VoeuNote) -> tuple[str, ...]:
    if bar.bareme is None:
        kind = "d’entrée" if bar.sens == "entree" else "de sortie"
        none = f"Barre {kind}, {bar.lieu} : aucune n’est publiée dans nos sources."
        return (none,)
    came = f" {counted(bar.nb_entrants, 'entrant')} cette année-là." if bar.nb_entrants else ""
    return (compared(f"{bar.phrase}{came}", bar, note),)


def _bars_alone(
    start: MovementFacts, scored: Scored, looked: str, places: Mapping[str, Destination]
) -> tuple[str, ...]:
    """Return the bars of a place that is not scored: the own one, or all without échelon."""
    bars, lines = scored.bars[looked], list[str]()
    for kind, bar in (("d’entrée", bars.entree), ("de sortie", bars.sortie)):
        if bar:
            of = looked if bar is bars.entree or looked != start.lieu else ""
            lines.append(
                worded(
                    f"Barre {kind} de {bar.annee} pour {places[looked].name} : {{}}.",
                    bar_said(bar.bareme, bar.annee, of),
                )
            )
    if not lines:
        none = f"Aucune barre n’est publiée dans nos sources pour {places[looked].name}."
        lines.append(none)
    elif start.degre == "1d" and looked == start.lieu and not bars.sortie:
        lines.append("Barre de sortie : aucune n’est publiée dans nos sources.")
    return tuple(lines)


def _closed(start: MovementFacts, wishes: Sequence[str], looked: str, full: str) -> str:
    if looked in wishes:
        return f"C’est votre vœu {wishes.index(looked) + 1}."
    if start.own_place(looked):
        return "Vous y êtes déjà : ce ne peut être un vœu."
    return full


def _usual(scored: Scored) -> VoeuNote | None:
    """Return the score of a place whose points are those of most places."""
    if scored.elsewhere is None:
        return None
    totals = {key: score.total for key, score in scored.elsewhere.scores.items()}
    most = Counter(totals.values()).most_common(1)
    return next((scored.noted(key) for key, total in totals.items() if total == most[0][0]), None)


def _points(
    note: VoeuNote | None, scored: Scored, looked: str, places: Mapping[str, Destination]
) -> tuple[str, tuple[Line, ...]]:
    """Return the title and the lines of the points of a place, or of most places."""
    if note is None:
        return "", ()
    least = "" if note.complet else "au moins "
    own = looked if looked and same_points(scored) is None else ""
    where = f" pour {places[own].name}" if own else ""
    return worded(f"Vos {least}{{}}{where}", points_said(note.total, own)), lines_of(note)


_NO_SCORE = ("Aucun barème calculé.", "Ce qui l’empêche est dit ci-dessus.")
_NO_BAR = "Aucune barre n’est publiée dans nos sources, et l’administration décide."
_CHANGES = "Elle change chaque année"


def lead_of(
    start: MovementFacts, places: Mapping[str, Destination], scored: Scored
) -> tuple[str, str]:
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
    first: VoeuNote, start: MovementFacts, places: Mapping[str, Destination], scored: Scored
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


def _opened(opened: Sequence[str], start: MovementFacts, scored: Scored) -> str:
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


def _exit(start: MovementFacts, scored: Scored, opened: Sequence[str]) -> str:
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
