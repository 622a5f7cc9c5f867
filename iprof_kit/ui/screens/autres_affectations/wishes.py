"""The ranked wishes: one line each, and why a wish has its points."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.calculate.mobility.answer import (
    Barre,
    Extension,
    MobilityAnswer,
    VoeuNote,
    points_words,
)
from iprof_kit.calculate.mobility.places import Destination, points
from iprof_kit.ui.kit.parts import Why, discreet, why_of
from iprof_kit.ui.screens.autres_affectations.place_map import (
    bar_said,
    distance,
    gap_said,
    points_said,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, placed, worded


@dataclass(frozen=True)
class Line:
    """Points of one criterion, as they are read under the wish."""

    label: str
    points: str
    count: str


@dataclass(frozen=True)
class BarSaid:
    """One comparison with a bar: short in the line of the wish, whole under it."""

    kind: str
    short: str
    sentence: str
    note: str = ""


@dataclass(frozen=True)
class WishRow:
    """One wish, in its rank."""

    id: str
    key: str
    rank: int
    name: str
    first: bool
    last: bool
    total: str = ""
    least: bool = False
    """The total is a minimum: a criterion has no known value."""
    why: Why | None = None
    """Why it has its points, once it was opened."""
    bars: tuple[BarSaid, ...] = ()
    """Only those that are published: without a bar there is no number."""


def wish_rows(
    wishes: Sequence[str],
    places: Mapping[str, Destination],
    answer: MobilityAnswer | None,
    reasons: Mapping[str, Explanation],
) -> tuple[WishRow, ...]:
    """Return a row a wish; without an answer, only its name and what can be done with it."""
    rows = []
    for rank, key in enumerate(wishes, 1):
        place, last = places[key], rank == len(wishes)
        plain = WishRow(place.short, key, rank, _name(place), rank == 1, last)
        rows.append(_scored(plain, answer.voeux[rank - 1], reasons.get(key)) if answer else plain)
    return tuple(rows)


def _name(place: Destination) -> str:
    return place.name if place.key == place.name else f"{place.key} {place.name}"


def _scored(row: WishRow, scored: VoeuNote, reason: Explanation | None) -> WishRow:
    return replace(
        row,
        total=figure(points_words(scored.total), f"points.{scored.voeu}", scored.total),
        least=not scored.complet,
        why=discreet(why_of(reason)) if reason else None,
        bars=tuple(_bar(bar, scored) for bar in scored.barres if bar.bareme is not None),
    )


def lines_of(note: VoeuNote) -> tuple[Line, ...]:
    """Return the criteria that give points to a wish; the same count is said once."""
    counts = [line.calcul for line in note.lignes]
    return tuple(
        Line(line.libelle, points(line.points), "" if line.calcul in counts[:rank] else line.calcul)
        for rank, line in enumerate(note.lignes)
    )


def compared(words: str, bar: Barre, note: VoeuNote) -> Worded:
    """Return a sentence that compares a wish with a bar, its points and those of the bar as facts.

    Parameters
    ----------
    words : str
        The sentence of the bar, with what follows it.
    note : VoeuNote
        The wish.
    """
    figures, place = [points_said(note.total, note.voeu)], _place(bar, note)
    if bar.bareme is not None:
        figures.append(bar_said(bar.bareme, bar.annee, place))
    if bar.ecart is not None:
        figures.append(gap_said(bar.ecart, place, bar.annee))
    return placed(words, *figures)


def _place(bar: Barre, note: VoeuNote) -> str:
    """Return the place whose bar it is: that of the wish to enter; "" for one's own, to leave."""
    return note.voeu if bar.sens == "entree" else ""


def _bar(bar: Barre, note: VoeuNote) -> BarSaid:
    kind = "entrée" if bar.sens == "entree" else "sortie"
    place = _place(bar, note)
    gap = distance(bar.ecart, place, bar.annee) if bar.ecart is not None else ""
    return BarSaid(
        kind,
        worded(f"{kind} {bar.annee} : {{}}", gap),
        compared(bar.phrase, bar, note),
        text.sentence(bar.note),
    )


def unknown_bars(answer: MobilityAnswer) -> tuple[str, ...]:
    """Return, in French, which bars no source publishes: the exit one once, entries by name."""
    missing = [bar for wish in answer.voeux for bar in wish.barres if bar.bareme is None]
    exits = dict.fromkeys(bar.lieu for bar in missing if bar.sens == "sortie")
    entries = dict.fromkeys(bar.lieu for bar in missing if bar.sens == "entree")
    sentences = [
        f"Barre de sortie : aucune n’est publiée dans nos sources pour {place}, donc aucun "
        "nombre n’est donné."
        for place in exits
    ]
    if entries:
        sentences.append(
            "Barre d’entrée : aucune n’est publiée dans nos sources pour "
            f"{', '.join(entries)}, donc aucun nombre n’est donné."
        )
    return tuple(sentences)


@dataclass(frozen=True)
class ExtensionView:
    """The extension, and what each wish does to it; rows only where it concerns this person."""

    answer: Extension
    rows: tuple[tuple[str, float, float, bool], ...] = ()
    """A wish, its own points, the score of the list up to it, whether the wish lowers it."""
    sentences: tuple[str, ...] = ()


def extension_view(extension: Extension, names: Sequence[str]) -> ExtensionView:
    """Return the extension: the smallest score of the wishes counts, so one more may lower it."""
    if extension.points is None:
        return ExtensionView(extension)
    rows, sentences, least = [], [], math.inf
    for rank, (name, own) in enumerate(zip(names, extension.par_voeu, strict=True), 1):
        lowers = own < least < math.inf
        if lowers:
            sentences.append(
                f"Le vœu {rank} ({name}) abaisse le barème d’extension : de {points(least)} à "
                f"{points(own)} points."
            )
        least = min(least, own)
        rows.append((f"{rank} {name}", own, least, lowers))
    if not sentences and len(rows) > 1:
        sentences.append("Aucun vœu ajouté après le premier n’abaisse le barème d’extension.")
    return ExtensionView(extension, tuple(rows), tuple(sentences))
