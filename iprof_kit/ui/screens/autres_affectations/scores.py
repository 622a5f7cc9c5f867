"""What is calculated for one moment of the screen: the wishes, every other place, the bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.base.sources import Source, worst
from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.calculate.interface.in_full import in_full
from iprof_kit.calculate.interface.reading import question_of as asked
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.added_bars import BarreAjoutee
from iprof_kit.calculate.mobility.answer import Ligne, MobilityAnswer, VoeuNote
from iprof_kit.calculate.mobility.calculation import SUBJECT
from iprof_kit.calculate.mobility.everywhere import Everywhere, PlaceBars, bars_of, everywhere
from iprof_kit.ui.kit.fields import Read
from iprof_kit.ui.kit.parts import Notice, failed
from iprof_kit.ui.screens.autres_affectations.reading import Priority, discipline_of, question_of
from iprof_kit.ui.screens.autres_affectations.start import MovementFacts

Ask = Callable[[Mapping[str, Any]], MobilityAnswer]


def ask_mobility(question: Mapping[str, Any]) -> MobilityAnswer:
    """Return the answer of the kit."""
    answer: MobilityAnswer = SUBJECT.one(asked(SUBJECT.question, question))
    return answer


@dataclass(frozen=True, eq=False)
class Scored:
    """The scores of the wishes and of the places that are none, or why there are none.

    Attributes
    ----------
    answer : MobilityAnswer or None
        Of the wishes; None without wish.
    elsewhere : Everywhere or None
        Each other place, as the next wish; None where no score can be calculated.
    bars : mapping of key to PlaceBars
        Whatever can be scored: bars are known without it.
    """

    answer: MobilityAnswer | None = None
    elsewhere: Everywhere | None = None
    bars: Mapping[str, PlaceBars] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    reasons: Mapping[str, Explanation] = field(default_factory=dict)
    """Why a wish has its points, by key: those that were opened."""

    def total(self, key: str) -> float | None:
        """Return the points of a place; None where they are not calculated."""
        return self._totals.get(key)

    @cached_property
    def _totals(self) -> dict[str, float]:
        scores = self.elsewhere.scores if self.elsewhere else {}
        others = {key: score.total for key, score in scores.items()}
        return others | {key: wish.total for key, wish in self._wishes.items()}

    def gap(self, key: str) -> float | None:
        """Return the points of a place minus its last published entry bar; None without either."""
        return self._gaps.get(key)

    @cached_property
    def _gaps(self) -> dict[str, float]:
        return {
            key: total - bars.entree.bareme
            for key, total in self._totals.items()
            if (bars := self.bars.get(key)) is not None and bars.entree is not None
        }

    def noted(self, key: str) -> VoeuNote | None:
        """Return the score of a place line by line, wish or not."""
        return self._wish(key) or (self.elsewhere.noted(key) if self.elsewhere else None)

    def _wish(self, key: str) -> VoeuNote | None:
        return self._wishes.get(key)

    @cached_property
    def _wishes(self) -> dict[str, VoeuNote]:
        return {wish.voeu: wish for wish in self.answer.voeux} if self.answer else {}


class Scorer:
    """Calculates once for the same question: looking at a place changes no score."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._last: tuple[object, Scored] | None = None
        self._reasons: dict[str, Explanation] = {}

    def scored(
        self,
        start: MovementFacts,
        wishes: Sequence[str],
        places: Sequence[str],
        read: Read,
        priority: Priority,
        added: Sequence[BarreAjoutee],
        opened: Collection[str] = (),
    ) -> Scored:
        """Return the scores; `places` are all those of the movement, `added` further bars.

        The reasons of the wishes `opened` are calculated, once each.
        """
        bars = bars_of(start.degre, places, discipline_of(start), added)
        others = tuple(key for key in places if key not in wishes and not start.own_place(key))
        try:
            question = {**question_of(start, others, read, priority), "barres": tuple(added)}
        except KitError as error:
            return Scored(bars=bars, notices=(failed(error),))
        of = (question, tuple(wishes))
        if self._last is None or self._last[0] != of:
            self._last, self._reasons = (of, self._calculated(question, wishes, bars)), {}
        scored = self._last[1]
        if scored.answer is not None:
            self._explain(question, wishes, opened)
        return replace(scored, reasons=self._reasons)

    def _explain(
        self, question: Mapping[str, Any], wishes: Sequence[str], opened: Collection[str]
    ) -> None:
        """Have the reasons calculated that were opened and are not known yet."""
        ranks = [
            rank for rank, key in enumerate(wishes, 1) if key in opened and key not in self._reasons
        ]
        if not ranks:
            return
        answer = self._ask({**question, "voeux": tuple(wishes), "raisons": tuple(ranks)})
        known = zip(wishes, answer.voeux, strict=True)
        self._reasons |= {key: one.explication for key, one in known if one.explication}

    def _calculated(
        self, question: Mapping[str, Any], wishes: Sequence[str], bars: Mapping[str, PlaceBars]
    ) -> Scored:
        try:
            elsewhere = everywhere(asked(SUBJECT.question, question), wishes)
            answer = self._ask({**question, "voeux": tuple(wishes)}) if wishes else None
        except KitError as error:
            return Scored(bars=bars, notices=(failed(error),))
        return Scored(answer, elsewhere, bars)


def sources_of(start: MovementFacts, scored: Scored, looked: str) -> tuple[str, ...]:
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


def _line(start: MovementFacts, line: Ligne) -> str:
    """Return the text of a criterion, and the oldest campaign of our tables with it."""
    since = mobility_places.known_since(start.degre, line.critere, line.sous_critere)
    known = f", valeur connue de nos tables depuis la campagne {since}" if since else ""
    return f"{line.libelle} : {in_full(line.source)} (confiance {line.confiance}{known})."


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
