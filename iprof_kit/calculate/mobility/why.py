"""Why a wish has its points: its score calculated again under `explain()`, told from its trace."""

from __future__ import annotations

from collections.abc import Callable, Collection

from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.why import explain_or_refusal, refuse_another
from iprof_kit.calculate.mobility.answer import VoeuNote, points_words
from iprof_kit.law.mobility.score import WishScore

Again = Callable[[int], WishScore]
"""Calculates the score of one wish again, by its rank, in the list that it is in."""


def explain_wishes(
    notes: tuple[VoeuNote, ...], ranks: Collection[int], again: Again
) -> tuple[VoeuNote, ...]:
    """Return the scores, those of some ranks with their reason."""
    return tuple(
        note.model_copy(update={"explication": explain_wish(note, again)})
        if note.rang in ranks
        else note
        for note in notes
    )


def explain_wish(note: VoeuNote, again: Again) -> Explanation:
    """Return why a wish has its points; a result that is not found again refuses the reason."""
    question = f"Pourquoi {points_words(note.total)} pour {note.libelle} ?"
    return explain_or_refusal(question, lambda: _scored(again, note), _total)


def _scored(again: Again, note: VoeuNote) -> WishScore:
    score = again(note.rang)
    refuse_another((score.total, score.complet), (note.total, note.complet))
    return score


def _total(score: WishScore) -> Line:
    label = "Barème du vœu" if score.complet else "Barème du vœu, au moins"
    return Line(libelle=label, valeur=points_words(score.total), a_verifier=not score.complet)
