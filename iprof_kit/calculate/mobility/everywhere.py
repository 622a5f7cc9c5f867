"""Every place at once: what each would score as the next wish, and its last published bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType

from iprof_kit.base.errors import InputError
from iprof_kit.base.sources import to_verify
from iprof_kit.calculate.mobility import first, second
from iprof_kit.calculate.mobility.added_bars import BarreAjoutee, by_place
from iprof_kit.calculate.mobility.answer import VoeuNote
from iprof_kit.calculate.mobility.question import MobilityQuestion
from iprof_kit.law.mobility.bars import Bar, last_bar
from iprof_kit.law.mobility.calendar import Degree
from iprof_kit.law.mobility.criteria import academie
from iprof_kit.law.mobility.first import score as first_law
from iprof_kit.law.mobility.score import WishScore
from iprof_kit.law.mobility.second import score as second_law


@dataclass(frozen=True)
class PlaceBars:
    """The last published bars of one place."""

    entree: Bar | None
    sortie: Bar | None = None

    @property
    def doubtful(self) -> bool:
        """Tell whether one of them rests on one source, or none."""
        return any(to_verify(bar.papers.confidence) for bar in (self.entree, self.sortie) if bar)


@dataclass(frozen=True)
class Everywhere:
    """The score of each place asked, as the one wish that would follow those already ranked."""

    scores: Mapping[str, WishScore]
    note: Callable[[WishScore], VoeuNote]

    def noted(self, key: str) -> VoeuNote | None:
        """Return the score of a place line by line, beside its bars; None where not asked."""
        score = self.scores.get(key)
        return None if score is None else self.note(score)


def bars_of(
    degre: Degree, keys: Iterable[str], discipline: str = "", bars: Iterable[BarreAjoutee] = ()
) -> Mapping[str, PlaceBars]:
    """Return the last published bars of some places, whoever asks; `bars` are added to them."""
    return _bars_of(degre, tuple(keys), discipline, tuple(bars))


@lru_cache
def _bars_of(
    degre: Degree, keys: tuple[str, ...], discipline: str, bars: tuple[BarreAjoutee, ...]
) -> Mapping[str, PlaceBars]:
    added = by_place(degre, bars)
    if degre == "1d":
        both = {
            key: PlaceBars(
                last_bar("1d", "entree", departement=key, added=added),
                last_bar("1d", "sortie", departement=key, added=added),
            )
            for key in keys
        }
        return MappingProxyType(both)
    codes = {key: str(academie(key).values["code_academie"]) for key in keys}
    entries = {
        key: PlaceBars(last_bar("2d", "entree", academie=code, discipline=discipline, added=added))
        for key, code in codes.items()
    }
    return MappingProxyType(entries)


def everywhere(question: MobilityQuestion, ranked: Sequence[str]) -> Everywhere:
    """Score every place of a question as if it alone followed the wishes already ranked.

    Parameters
    ----------
    question : MobilityQuestion
        Its `voeux` are the places, none of them ranked already.
    ranked : sequence of str
        Wishes already ranked, in their order.

    Raises
    ------
    KitError
        As the subject, but for the number of wishes.
    """
    return _first(question, ranked) if question.degre == "1d" else _second(question, ranked)


def _first(question: MobilityQuestion, ranked: Sequence[str]) -> Everywhere:
    asked, campagne = question.premier_degre, question.campagne
    if asked is None:
        raise InputError(
            "la situation manque.", where="premier_degre", remedy="Donnez-la pour ce degré."
        )
    person = first.person_of(asked, campagne)
    scores = first_law.score_as_next(person, ranked, question.voeux, campagne)
    note = partial(
        first.noted,
        origin=person.departement,
        annee=question.annee_barre,
        added=by_place("1d", question.barres),
    )
    return Everywhere({score.voeu: score for score in scores}, note)


def _second(question: MobilityQuestion, ranked: Sequence[str]) -> Everywhere:
    asked, campagne = question.second_degre, question.campagne
    if asked is None:
        raise InputError(
            "la situation manque.", where="second_degre", remedy="Donnez-la pour ce degré."
        )
    person = second.person_of(asked)
    scores = second_law.score_as_next(person, ranked, question.voeux, campagne)
    note = partial(
        second.noted,
        discipline=asked.discipline,
        annee=question.annee_barre,
        added=by_place("2d", question.barres),
    )
    return Everywhere({score.voeu: score for score in scores}, note)
