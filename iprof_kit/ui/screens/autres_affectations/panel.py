"""The answer for the place looked at: its bar, its year, the exit, the points, « Ajouter »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from iprof_kit.base.words import counted
from iprof_kit.calculate.mobility.answer import Barre, Ligne, VoeuNote
from iprof_kit.calculate.mobility.places import Destination, points
from iprof_kit.ui.kit.filters import share
from iprof_kit.ui.kit.parts import Option
from iprof_kit.ui.screens.autres_affectations.place_map import (
    OWN,
    Movement,
    bar_said,
    distance,
    points_said,
)
from iprof_kit.ui.screens.autres_affectations.scores import Scored
from iprof_kit.ui.screens.autres_affectations.wishes import compared
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, kept_of, worded

_ROOM = 1.15
"""How much longer than the larger of the two the scale of a bar is drawn."""


@dataclass(frozen=True)
class PlacePanel:
    """What is said of the place looked at; without one, only the choice and the points."""

    options: tuple[Option, ...]
    key: str = ""
    name: str = ""
    headline: str = ""
    kind: str = ""
    scale: tuple[float, float] | None = None
    """The points and the bar, in hundredths of the line that shows them."""
    sentences: tuple[str, ...] = ()
    add: str = ""
    """The words of the button; empty where the place cannot be one wish more."""
    closed: str = ""
    """Why it cannot."""
    points_title: str = ""
    lines: tuple[Ligne, ...] = ()


def place_panel(movement: Movement, full: str) -> PlacePanel:
    """Return the answer for one place, and the points that make it."""
    scored, looked = movement.scored, movement.looked
    note = scored.noted(looked) if looked else _usual(scored)
    title = _points_title(movement, note) if note else ""
    every = PlacePanel(_options(movement), points_title=title, lines=note.lignes if note else ())
    if not looked:
        return every
    closed = _closed(movement, full)
    gap, bars, total = scored.gap(looked), scored.bars[looked], scored.total(looked)
    return replace(
        every,
        key=looked,
        name=movement.places[looked].name,
        headline=worded("{}", _headline(movement)),
        kind="" if gap is None else "up" if gap >= 0 else "down",
        scale=_scale(total, bars.entree.bareme) if total is not None and bars.entree else None,
        sentences=_sentences(movement, note),
        add="" if closed else f"Ajouter en vœu {len(movement.wishes) + 1}",
        closed=closed,
    )


def _options(movement: Movement) -> tuple[Option, ...]:
    """Return every place, with its gap: the list says what the map shows."""
    looked = movement.looked
    listed = (Option(p.key, _labelled(p, movement), p.key == looked) for p in movement.listed)
    return (Option("", "choisir", not looked), *listed)


def _labelled(place: Destination, movement: Movement) -> str:
    name, gap = movement.name(place), movement.scored.gap(place.key)
    if movement.kind(place.key) == OWN:
        return f"{name} (votre poste)"
    if gap is None:
        return name
    sign = "+" if gap >= 0 else text.MINUS
    return f"{name} ({sign}{points(abs(gap))})"


def _headline(movement: Movement) -> str:
    looked = movement.looked
    if movement.kind(looked) == OWN:
        return "Votre poste actuel"
    gap, entry = movement.scored.gap(looked), movement.scored.bars[looked].entree
    if gap is not None:
        return distance(gap, looked, entry.annee if entry else None)
    if entry:
        bar = bar_said(entry.bareme, entry.annee, looked)
        return worded(f"{{}} en {entry.annee}", bar)
    return "Barre non publiée"


def _scale(total: float, bar: float) -> tuple[float, float] | None:
    longest = max(total, bar) * _ROOM
    return (share(max(0.0, total), longest), share(bar, longest)) if longest > 0 else None


def _sentences(movement: Movement, note: VoeuNote | None) -> tuple[str, ...]:
    """Return what the bars say of this wish, their years in the words; what is not published."""
    if note is None:
        return _bars_alone(movement)
    return tuple(_of_bar(bar, note) for bar in note.barres)


def _of_bar(bar: Barre, note: VoeuNote) -> str:
    if bar.bareme is None:
        kind = "d’entrée" if bar.sens == "entree" else "de sortie"
        return f"Barre {kind}, {bar.lieu} : aucune n’est publiée dans nos sources."
    came = f" {counted(bar.nb_entrants, 'entrant')} cette année-là." if bar.nb_entrants else ""
    return compared(f"{bar.phrase}{came}", bar, note)


def _bars_alone(movement: Movement) -> tuple[str, ...]:
    """Return the bars of a place that is not scored: the own one, or all without échelon."""
    start, looked, name = movement.start, movement.looked, movement.places[movement.looked].name
    bars, lines = movement.scored.bars[looked], list[str]()
    for kind, bar in (("d’entrée", bars.entree), ("de sortie", bars.sortie)):
        if bar:
            of = looked if bar is bars.entree or looked != start.lieu else ""
            lines.append(
                worded(
                    f"Barre {kind} de {bar.annee} pour {name} : {{}}.",
                    bar_said(bar.bareme, bar.annee, of),
                )
            )
    if not lines:
        lines.append(f"Aucune barre n’est publiée dans nos sources pour {name}.")
    elif start.degre == "1d" and looked == start.lieu and not bars.sortie:
        lines.append("Barre de sortie : aucune n’est publiée dans nos sources.")
    return tuple(lines)


def _closed(movement: Movement, full: str) -> str:
    wishes, looked = movement.wishes, movement.looked
    if looked in wishes:
        return f"C’est votre vœu {wishes.index(looked) + 1}."
    if movement.start.own_place(looked):
        return "Vous y êtes déjà : ce ne peut être un vœu."
    return full


def _usual(scored: Scored) -> VoeuNote | None:
    """Return the score of a place whose points are those of most places."""
    if scored.elsewhere is None:
        return None
    totals = {key: score.total for key, score in scored.elsewhere.scores.items()}
    most = Counter(totals.values()).most_common(1)
    return next((scored.noted(key) for key, total in totals.items() if total == most[0][0]), None)


def _points_title(movement: Movement, note: VoeuNote) -> str:
    """Return the title of the points of a place, or of most places."""
    least = "" if note.complet else "au moins "
    own = movement.looked if movement.same_points is None else ""
    where = f" pour {movement.places[own].name}" if own else ""
    return worded(f"Vos {least}{{}}{where}", points_said(note.total, own))


_NO_SCORE = ("Aucun barème calculé.", "Ce qui l’empêche est dit ci-dessus.")
_NO_BAR = "Aucune barre n’est publiée dans nos sources, et l’administration décide."
_CHANGES = "Elle change chaque année"


def lead_of(movement: Movement) -> tuple[str, str]:
    """Return the strong part of the sentence, and the rest; 25 words in all."""
    start, scored, places = movement.start, movement.scored, movement.places
    if scored.elsewhere is None:
        return _NO_SCORE
    if scored.answer is not None:
        return _first_wish(scored.answer.voeux[0], movement)
    gaps = {key: gap for key in places if (gap := scored.gap(key)) is not None}
    if not gaps:
        return worded(f"{{}} en {start.campagne}.", _range(movement)), _NO_BAR
    opened = [key for key, gap in gaps.items() if gap >= 0]
    strong = _opened(opened, movement) if opened else _closest(gaps, movement)
    return worded("{}", strong), worded("{}", _exit(movement, opened))


def _first_wish(first: VoeuNote, movement: Movement) -> tuple[str, str]:
    least = "" if first.complet else "au moins "
    name = movement.places[first.voeu].name
    strong = worded(f"Vœu 1, {name} : {least}{{}}", points_said(first.total, first.voeu))
    bars = movement.scored.bars[first.voeu]
    if bars.entree:
        entry, year = bars.entree.bareme, bars.entree.annee
        bar = kept_of(bar_said(entry, year, first.voeu), points(entry))
        strong = worded(f"{{}} ; barre de {year} : {{}}.", strong, bar)
        return strong, f"{_CHANGES} ; l’administration décide."
    rest = f"Barre non publiée, campagne {movement.start.campagne}. L’administration décide."
    return worded("{}.", strong), rest


def _range(movement: Movement) -> str:
    """Return « 109 points pour chaque vœu », « De 109 à 259 points selon le vœu »."""
    same, elsewhere = movement.same_points, movement.scored.elsewhere
    if same is not None:
        return worded("Vous auriez {} pour chaque vœu", points_said(same))
    totals = [score.total for score in elsewhere.scores.values()] if elsewhere else []
    low, high = min(totals), max(totals)
    both = figure(f"de {points(low)} à {points(high)} points", "points.every", (low, high))
    return worded("Vous auriez {} selon le vœu", both)


def _opened(opened: Sequence[str], movement: Movement) -> str:
    same, scored, what = movement.same_points, movement.scored, movement.place_word
    own_points = "vos points" if same is None else worded("vos {}", points_said(same))
    one = len(opened) == 1
    years = sorted({bar.annee for key in opened if (bar := scored.bars[key].entree)})
    when = str(years[0]) if len(years) == 1 else f"{years[0]} à {years[-1]}"
    return worded(
        f"Avec {{}}, {{}} {what}{'' if one else 's'} "
        f"s’ouvrai{'t' if one else 'ent'} à la dernière barre ({when}).",
        own_points,
        figure(str(len(opened)), "places.open", len(opened)),
    )


def _closest(gaps: Mapping[str, float], movement: Movement) -> str:
    key = max(gaps, key=lambda one: gaps[one])
    bar = movement.scored.bars[key].entree
    year = f", {bar.annee}" if bar else ""
    of = f"{bar.annee}" if bar else ""
    lacking = figure(f"{points(-gaps[key])} points", f"points.gap.{key}", gaps[key], of)
    where = f"pour la barre la plus proche ({movement.places[key].name}{year})"
    return worded(f"Il vous manquait {{}} {where}.", lacking)


def _exit(movement: Movement, opened: Sequence[str]) -> str:
    """Return what is to be said of the exit: a bar that is published, or that there is one."""
    start, scored = movement.start, movement.scored
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
