"""Where each value of the screen comes from, with its letter: for « Règles et sources » alone."""

from __future__ import annotations

from collections import Counter

from iprof_kit.base.sources import Source, worst
from iprof_kit.calculate.interface.in_full import in_full
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.answer import Ligne
from iprof_kit.ui.screens.autres_affectations.scores import Scored
from iprof_kit.ui.screens.autres_affectations.start import Start
from iprof_kit.ui.shared import text


def sources_of(start: Start, scored: Scored, looked: str) -> tuple[str, ...]:
    """Return the texts of the points shown, those of the bars, and what the map is."""
    wishes = scored.answer.voeux if scored.answer else ()
    elsewhere = scored.noted(looked) if looked else None
    notes = (*wishes, elsewhere) if elsewhere else wishes
    lines = {(line.critere, line.sous_critere): line for note in notes for line in note.lignes}
    return tuple(
        dict.fromkeys(
            (
                *(_line(start, line) for line in lines.values()),
                *_bars(scored),
                f"Carte : {mobility_places.map_source(start.degre)}.",
            )
        )
    )


def _line(start: Start, line: Ligne) -> str:
    """Return the text of a criterion, and the oldest campaign of our tables with it."""
    since = mobility_places.known_since(start.degre, line.critere, line.sous_critere)
    known = f", valeur connue de nos tables depuis la campagne {since}" if since else ""
    return text.french(
        f"{line.libelle} : {in_full(line.source)} (confiance {line.confiance}{known})."
    )


def _bars(scored: Scored) -> tuple[str, ...]:
    """Return the sources of the bars, how many each gives, with the weakest letter."""
    papers = [
        bar.papers for place in scored.bars.values() for bar in (place.entree, place.sortie) if bar
    ]
    counts = Counter(paper.text for paper in papers)
    return tuple(_bar_source(name, count, papers) for name, count in counts.items())


def _bar_source(name: str, count: int, papers: list[Source]) -> str:
    letter = worst(paper.confidence for paper in papers if paper.text == name)
    plural = "s" if count > 1 else ""
    return f"{count} barre{plural} : {in_full(name)} (confiance {letter})."
