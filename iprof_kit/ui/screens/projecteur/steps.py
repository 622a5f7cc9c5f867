"""The steps of a lesson on the wall: what one press of a key brings, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from iprof_kit.calculate.lessons.played import Ecran, LeconJouee

Kind = Literal["join", "words", "keep", "question", "revealed", "value", "figure", "end"]
_REVEALED = ("revealed", "value", "figure")


@dataclass(frozen=True)
class Step:
    """One step: of which screen of the lesson it is, and what it shows of it."""

    kind: Kind
    ecran: int
    revealed: bool = False
    """Whether the answer of its question is known in the room."""

    @property
    def where(self) -> tuple[int, bool]:
        """What phones follow: the screen of the lesson, and whether its answer is revealed."""
        return self.ecran, self.revealed


def steps_of(lecon: LeconJouee, *, live: bool) -> tuple[Step, ...]:
    """Return the steps of a lesson: a question, what was answered, its value, then its figure.

    Parameters
    ----------
    lecon : LeconJouee
    live : bool
        Whether phones answer: the room is then first told how to come.

    Examples
    --------
    >>> from datetime import date
    >>> words = Ecran(titre="Bonjour")
    >>> one = LeconJouee(id="x", titre="X", jour=date(2026, 11, 25), ecrans=(words,))
    >>> [step.kind for step in steps_of(one, live=True)]
    ['join', 'words', 'end']
    """
    inside = [
        Step(kind, n, kind in _REVEALED)
        for n, one in enumerate(lecon.ecrans)
        for kind in _kinds(one)
    ]
    end = Step("end", *inside[-1].where)
    return ((Step("join", 0),) if live else ()) + (*inside, end)


def first_of(steps: tuple[Step, ...], where: tuple[int, bool]) -> int:
    """Return the place of the first step that a screen and its reveal have; 0 where none has."""
    exact = (n for n, one in enumerate(steps) if one.where == where and one.kind != "join")
    near = (n for n, one in enumerate(steps) if one.ecran == where[0] and one.kind != "join")
    return next(exact, next(near, 0))


def starts(steps: tuple[Step, ...]) -> tuple[int, ...]:
    """Return the places where something else begins: what the figures of a keyboard lead to."""
    return tuple(n for n, one in enumerate(steps) if one.kind not in _REVEALED)


def _kinds(one: Ecran) -> tuple[Kind, ...]:
    if one.question is None or one.revelation is None:
        return ("keep",) if one.retenir else ("words",)
    explained = one.revelation.texte or not one.figure
    return (
        "question",
        "revealed",
        *(("value",) if explained else ()),
        *(("figure",) if one.figure else ()),
    )
