"""What is taken away, before any format: a title, séances and what the engine says, a lesson."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from iprof_kit.base.clock import paris_today
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.atelier.model import LETTERS
from iprof_kit.calculate.atelier.seance import Seance, unpacked
from iprof_kit.calculate.atelier.sentences import Lived, Statement
from iprof_kit.calculate.et_si.answer import EtSiAnswer
from iprof_kit.calculate.et_si.naming import event_text
from iprof_kit.calculate.interface.official_texts import named_text, officials
from iprof_kit.calculate.lessons.played import Ecran, LeconJouee, Revelation
from iprof_kit.ui.screens.atelier.pair import Pair, Row, leading, rows, why
from iprof_kit.ui.screens.et_si.essais import compare
from iprof_kit.ui.screens.et_si.reasons import Opened, Opening
from iprof_kit.ui.screens.et_si.table import motives
from iprof_kit.ui.screens.et_si.view import EventPapers, papers_of_events, sources_of_events
from iprof_kit.ui.shared import text

MOST_PEOPLE = 6
UNOFFICIAL = "Kit libre, non officiel. Le kit simule ; l’administration décide."
FICTITIOUS = "Personnes fictives, rien n’est envoyé."
_COUNTS = {2: "Deux", 3: "Trois", 4: "Quatre", 5: "Cinq", 6: "Six", 7: "Sept", 8: "Huit"}


@dataclass(frozen=True)
class Showing:
    """A séance and what the engine answers of its scenarios, in French."""

    seance: Seance

    @cached_property
    def answer(self) -> EtSiAnswer:
        """What the engine answers.

        Raises
        ------
        InputError, LawError
            The law does not answer about this person on this day.
        """
        seance = self.seance
        answered: EtSiAnswer = compare(seance.persona.question(seance.scenarios, seance.jour))
        return answered

    @cached_property
    def pair(self) -> Pair:
        """The two scenarios compared, up to the horizon."""
        return Pair(self.answer, self.seance.compares, self.seance.horizon)

    @property
    def first_name(self) -> str:
        """« Claire »."""
        return self.seance.persona.prenom

    @property
    def person(self) -> str:
        """« Claire Vasseur, certifiée, promouvable »."""
        return self.seance.persona.label

    @property
    def frozen(self) -> str:
        """« 31 août 2026 »: the day that counts as today."""
        return text.day(self.seance.jour)

    @property
    def lead(self) -> str:
        """The sentence that answers."""
        return f"{' '.join(leading(self.pair))}".strip()

    @property
    def why(self) -> tuple[str, ...]:
        """Why the gap begins, stops and comes back."""
        return tuple(one.text for one in why(self.pair))

    @cached_property
    def reasons(self) -> tuple[tuple[str, Opened], ...]:
        """Each day of these sentences, « 1er septembre 2026 », and the reasons of that day."""
        seance, sentences = self.seance, [one for one in why(self.pair) if one.day]
        question = seance.persona.question(seance.scenarios, seance.jour)
        opening = Opening.of(
            question, self.answer, self.pair.ranks, {one.asks for one in sentences}
        )
        return tuple((one.when, opening.day(one.day)) for one in sentences if one.day)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The times during which the two differ."""
        return rows(self.pair)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the file of the persona states, where these scenarios and this day bear it out."""
        persona, seance = self.seance.persona, self.seance
        if (seance.scenarios, seance.jour) != (persona.scenarios, persona.jour):
            return ()
        lived = Lived(persona, self.answer)
        stated = (Statement(lived, phrase) for phrase in persona.phrases)
        return tuple(one.text() for one in stated if not one.faults())

    @property
    def scenarios(self) -> tuple[tuple[str, str, str], ...]:
        """Each scenario: its letter, its name, what is supposed."""
        return tuple(
            (
                letter,
                one.nom,
                " ; ".join(map(event_text, one.evenements)) or "Tout continue comme au jour figé.",
            )
            for letter, one in zip(LETTERS, self.seance.scenarios, strict=False)
        )

    @property
    def papers(self) -> tuple[EventPapers, ...]:
        """What is computed of each event, what is not, and its texts."""
        return papers_of_events(self.answer)

    @property
    def texts(self) -> tuple[str, ...]:
        """The official texts on which it rests."""
        return officials(sources_of_events(self.answer))

    @property
    def doubts(self) -> tuple[str, ...]:
        """What is to verify, and why."""
        return motives(self.answer)


@dataclass(frozen=True)
class Taken:
    """What is taken away.

    Attributes
    ----------
    title : str
    showings : tuple of Showing
        The séances, one a person; none for a lesson that shows no figure.
    lesson : LeconJouee or None
    made : date
        The day on which it is written.
    """

    title: str
    showings: tuple[Showing, ...]
    lesson: LeconJouee | None
    made: date

    @cached_property
    def law(self) -> date:
        """The day of the law: until when the texts were verified, the oldest of what it holds."""
        days = [one.answer.textes_verifies_le for one in self.showings]
        days += [screen.revelation.droit_du for screen in self.screens if screen.revelation]
        return min(days, default=self.made)

    @property
    def verified(self) -> str:
        """« Textes vérifiés jusqu’au 24 novembre 2026. »; "" where nothing is calculated here."""
        days = [one.answer.textes_verifies_le for one in self.showings]
        return f"Textes vérifiés jusqu’au {text.day(min(days))}." if days else ""

    @property
    def day(self) -> date:
        """The frozen day of what it shows."""
        return self.lesson.jour if self.lesson else self.showings[0].seance.jour

    @property
    def screens(self) -> tuple[Ecran, ...]:
        """The screens of the lesson."""
        return self.lesson.ecrans if self.lesson else ()

    @property
    def questions(self) -> tuple[Ecran, ...]:
        """The screens that ask something."""
        return tuple(one for one in self.screens if one.question is not None)

    @property
    def how_many_questions(self) -> str:
        """« Une question », « Cinq questions », « 12 questions »."""
        count = len(self.questions)
        return "Une question" if count == 1 else f"{_COUNTS.get(count, count)} questions"

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What the lesson wants kept in mind."""
        return tuple(pair for one in self.screens for pair in one.retenir)

    def texts(self) -> tuple[str, ...]:
        """Return every official text on which it rests, each once."""
        return tuple(dict.fromkeys(self._texts()))

    def _texts(self) -> Iterator[str]:
        for one in self.showings:
            yield from (words for words in one.texts if named_text(words))
        for screen in self.questions:
            if screen.revelation:
                yield from sources_of(screen.revelation)

    def doubts(self) -> tuple[str, ...]:
        """Return what is to verify, and why, each once."""
        return tuple(dict.fromkeys(line for one in self.showings for line in one.doubts))

    def not_counted(self) -> tuple[str, ...]:
        """Return what the pay does not count, each once."""
        return tuple(
            dict.fromkeys(
                text.sentence(line) for one in self.showings for line in one.answer.non_calcules
            )
        )


def sources_of(reveal: Revelation) -> tuple[str, ...]:
    """Return the official texts of an answer; its other sources are why it is to verify."""
    return tuple(words for words in officials(reveal.sources) if named_text(words))


def of_seances(seances: Sequence[Seance], made: date | None = None) -> Taken:
    """Return what is taken away of séances.

    Parameters
    ----------
    seances : sequence of Seance
        One a person.
    made : date, optional
        The day on which it is written; today in Paris.

    Raises
    ------
    InputError
        There are too many people, or none.
    """
    showings = tuple(Showing(one) for one in seances)
    if not 1 <= len(showings) <= MOST_PEOPLE:
        raise InputError(
            f"une à {MOST_PEOPLE} personnes s’emportent ensemble, pas {len(showings)}.",
            remedy="Choisissez-en moins.",
        )
    return Taken(_title(showings), showings, None, made or paris_today())


def of_lesson(lesson: LeconJouee, made: date | None = None) -> Taken:
    """Return what is taken away of a lesson: its questions, and the séances that it shows.

    Raises
    ------
    InputError
        A figure of the lesson is not that of a séance.
    """
    shown = {screen.figure: unpacked(screen.figure) for screen in lesson.ecrans if screen.figure}
    showings = tuple(Showing(one) for one in tuple(shown.values())[:MOST_PEOPLE])
    return Taken(lesson.titre, showings, lesson, made or paris_today())


def _title(showings: Sequence[Showing]) -> str:
    if len(showings) == 1:
        teaches = showings[0].seance.persona.enseigne.rstrip(".")
        return f"{showings[0].first_name} : {teaches[:1].lower()}{teaches[1:]}"
    return f"{_COUNTS[len(showings)]} carrières à comparer"
