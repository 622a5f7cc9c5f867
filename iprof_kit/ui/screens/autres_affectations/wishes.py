"""The ranked wishes: the score of each, line by line, what is set aside, published bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.answer import Barre, Ligne, MobilityAnswer, VoeuNote
from iprof_kit.calculate.mobility.places import Destination, points
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Pair, Why


@dataclass(frozen=True)
class Line:
    """Points of one criterion, as they are read beside the wish."""

    label: str
    points: str
    count: str
    verify: bool


@dataclass(frozen=True)
class BarSaid:
    """One comparison with a bar, or that none is published."""

    sentence: str
    note: str = ""
    verify: bool = False


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
    verify: bool = False
    lines: tuple[Line, ...] = ()
    asides: tuple[tuple[str, str], ...] = ()
    bars: tuple[BarSaid, ...] = ()
    """Only those that are published: without a bar there is no number."""
    why: Why | None = None


def wish_rows(
    wishes: Sequence[str], places: Mapping[str, Destination], answer: MobilityAnswer | None
) -> tuple[WishRow, ...]:
    """Return a row a wish; without an answer, only its name and what can be done with it."""
    rows = []
    for rank, key in enumerate(wishes, 1):
        place, last = places[key], rank == len(wishes)
        plain = WishRow(place.short, key, rank, _name(place), rank == 1, last)
        rows.append(_scored(plain, answer.voeux[rank - 1], answer) if answer else plain)
    return tuple(rows)


def _name(place: Destination) -> str:
    return place.name if place.key == place.name else f"{place.key} {place.name}"


def _scored(row: WishRow, scored: VoeuNote, answer: MobilityAnswer) -> WishRow:
    return WishRow(
        row.id,
        row.key,
        row.rank,
        row.name,
        row.first,
        row.last,
        total=_points(scored.total),
        least=not scored.complet,
        verify=any(line.a_verifier for line in scored.lignes),
        lines=tuple(
            Line(line.libelle, points(line.points), line.calcul, line.a_verifier)
            for line in scored.lignes
        ),
        asides=tuple((aside.libelle, text.sentence(aside.motif)) for aside in scored.ecartes),
        bars=tuple(_bar(bar) for bar in scored.barres if bar.bareme is not None),
        why=_why(scored, answer),
    )


def _points(total: float) -> str:
    return f"{points(total)} point{'s' if abs(total) >= 2 else ''}"


def _bar(bar: Barre) -> BarSaid:
    return BarSaid(text.french(bar.phrase), text.sentence(bar.note), bar.a_verifier)


def unknown_bars(answer: MobilityAnswer) -> tuple[str, ...]:
    """Return, in French, which bars no source publishes: the exit one once, entries by name."""
    missing = [bar for wish in answer.voeux for bar in wish.barres if bar.bareme is None]
    exits = dict.fromkeys(bar.lieu for bar in missing if bar.sens == "sortie")
    entries = dict.fromkeys(bar.lieu for bar in missing if bar.sens == "entree")
    told = [
        f"Barre de sortie : aucune n’est publiée dans nos sources pour {place}, donc aucun "
        "nombre n’est donné."
        for place in exits
    ]
    if entries:
        told.append(
            "Barre d’entrée : aucune n’est publiée dans nos sources pour "
            f"{', '.join(entries)}, donc aucun nombre n’est donné."
        )
    return tuple(map(text.french, told))


def _why(scored: VoeuNote, answer: MobilityAnswer) -> Why:
    pairs = [
        Pair(
            f"{line.libelle}, {line.calcul}" if line.calcul else line.libelle,
            points(line.points),
            line.a_verifier,
        )
        for line in scored.lignes
    ]
    return Why(
        f"Pourquoi {_points(scored.total)} pour {scored.libelle} ?",
        f"Le barème d’un vœu additionne, pour la campagne {answer.campagne}, les points des "
        "critères qui le concernent, sauf ceux qui ne se cumulent pas.",
        (*pairs, Pair("Barème du vœu", _points(scored.total), result=True)),
        tuple(dict.fromkeys(_source(line, answer) for line in scored.lignes)),
    )


def _source(line: Ligne, answer: MobilityAnswer) -> str:
    """Return the text of a line, its confidence, and the oldest campaign of our tables with it."""
    since = mobility_places.known_since(answer.degre, line.critere, line.sous_critere)
    known = f", valeur connue de nos tables depuis la campagne {since}" if since else ""
    return text.french(f"{line.libelle} : {line.source} (confiance {line.confiance}{known})")
