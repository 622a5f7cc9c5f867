"""A request as data: its steps, the delays between them, its place, its letters."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.base.sources import Source

START, ACT, SILENCE, ANSWER, MARK = "depart", "acte", "silence", "reponse", "repere"
"""Kinds of steps: a day that is wished or lived, what she does, what silence does, what she is
answered, a day that follows from another."""
REFUSAL, AGREEMENT = "refus", "accord"
"""What a silence or an answer is worth; `REFUSAL` also names the day from which a recours runs."""


@dataclass(frozen=True)
class Step:
    """One step of a request.

    Attributes
    ----------
    key, kind, title
    asks : str
        What the field of its day is called; "" where nothing is noted.
    default : str
        The day that a « depart » has before it is noted: « rentree », « plus_ancienne »…
    delay : str
        Row of demandes_delais.csv that gives its last day, or the day on which it happens.
    after : tuple of str
        Steps from which the delay runs: the first one whose day is known.
    paused : tuple of two str, or empty
        The step that interrupts the delay, and the one whose day makes it run anew.
    worth : str
        Of a silence: `REFUSAL` or `AGREEMENT`.
    optional : bool
        Whether the next steps do not wait for it.
    missed : str
        What is said once its last day is past.
    note : str
    doubt : str
        Of a silence: why what it is worth is not sure; "" where it is.
    settled : str
        The step whose day, once noted, takes that doubt away.
    earlier : str
        Who may close before its last day, on a day that no source gives.
    """

    key: str
    kind: str
    title: str
    asks: str = ""
    default: str = ""
    delay: str = ""
    after: tuple[str, ...] = ()
    paused: tuple[str, ...] = ()
    worth: str = ""
    optional: bool = False
    missed: str = ""
    note: str = ""
    doubt: str = ""
    settled: str = ""
    earlier: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter that is ready, and the step at which it serves."""

    key: str
    step: str
    title: str
    to: str
    subject: str
    body: str
    articles: tuple[str, ...]
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fold:
    """What is there to understand: a question, its answer in a few words, sentences."""

    question: str
    answer: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where the act is officially made."""

    name: str
    detail: str
    papers: Source


@dataclass(frozen=True)
class Request:
    """One request: one file of data/demandes.

    Attributes
    ----------
    id, rank, title, question
    opening : str
        What is said first where nothing was noted; {…} names a delay or a step.
    statuses : tuple of str
        Whom it concerns; `others` says what the rest may do.
    paths : tuple of str
        Codes of parcours.csv whose conditions are its own.
    rules : tuple of str
        Rules of the registry that it rests on.
    decides : str
        Who decides, where no path says it.
    unknown : str
        What no source gives: « dates inconnues de ce kit ».
    guide, instrument : str
        Addresses of the guide and of the screen that calculates.
    already : tuple of two str
        The situation of who has it already, and what is then said.
    """

    id: str
    rank: int
    title: str
    question: str
    statuses: tuple[str, ...]
    rules: tuple[str, ...]
    place: Place
    steps: tuple[Step, ...]
    letters: tuple[Letter, ...] = ()
    folds: tuple[Fold, ...] = ()
    opening: str = ""
    others: str = ""
    paths: tuple[str, ...] = ()
    decides: str = ""
    unknown: str = ""
    guide: str = ""
    instrument: str = ""
    already: tuple[str, str] = ("", "")

    def step(self, kind: str) -> Step | None:
        """Return its first step of a kind."""
        return next((one for one in self.steps if one.kind == kind), None)
