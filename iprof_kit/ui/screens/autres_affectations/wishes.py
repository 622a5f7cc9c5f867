"""The ranked wishes: one line each, and why a wish has its points."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.calculate.mobility.answer import (
    Barre,
    Extension,
    MobilityAnswer,
    VoeuNote,
    points_words,
)
from iprof_kit.calculate.mobility.places import Destination, points
from iprof_kit.ui.screens.autres_affectations.place_map import (
    bar_said,
    distance,
    gap_said,
    points_said,
)
from iprof_kit.ui.screens.autres_affectations.scores import Scored
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, placed, worded


@dataclass(frozen=True)
class BarSaid:
    """One comparison with a bar: short in the line of the wish, whole under it."""

    short: str
    sentence: str
    note: str


@dataclass(frozen=True)
class WishRow:
    """One wish, in its rank; without an answer, only its name and what can be done with it."""

    place: Destination
    note: VoeuNote | None
    bars: tuple[BarSaid, ...]
    """Only those that are published: without a bar there is no number."""
    reason: Explanation | None
    """Why it has its points, once it was opened."""

    @property
    def name(self) -> str:
        """Return what the place is called."""
        key, name = self.place.key, self.place.name
        return name if key == name else f"{key} {name}"

    @property
    def total(self) -> str:
        """Return its score."""
        note = self.note
        return figure(points_words(note.total), f"points.{note.voeu}", note.total) if note else ""


def wish_rows(
    wishes: Sequence[str], places: Mapping[str, Destination], scored: Scored
) -> tuple[WishRow, ...]:
    """Return a row a wish."""
    answer = scored.answer
    rows = []
    for rank, key in enumerate(wishes):
        note = answer.voeux[rank] if answer else None
        bars = [bar for bar in note.barres if bar.bareme is not None] if note else []
        shown = tuple(_bar(bar, note) for bar in bars if note)
        rows.append(WishRow(places[key], note, shown, scored.reasons.get(key)))
    return tuple(rows)


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
