"""A lesson as it is led: where the room stands, and what the server said of it last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.played_lesson import Ecran, LeconJouee, Question
from iprof_kit.services.contract.lecons import EtatLecon

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


@dataclass
class Led:
    """A lesson on the wall.

    The state of a lesson with phones is the server's; without code, or while the server is silent,
    the page goes on with its own.
    """

    lecon: LeconJouee
    live: bool = False
    """Whether phones may answer."""
    state: EtatLecon | None = None
    """The lesson as the server has it."""
    silence: KitError | None = None
    """Why the server did not lead the lesson last time."""
    closed: bool = False
    """Whether the server says that this lesson is over."""
    at: int = 0
    own_clock: datetime | None = None
    """When the answers close, where the page leads the lesson by itself."""

    @staticmethod
    def of(lecon: LeconJouee, state: EtatLecon) -> Led:
        """Return a lesson with phones, where they are."""
        led = Led(lecon, True, state)
        led.at = led._where_they_are()
        return led

    @property
    def steps(self) -> tuple[Step, ...]:
        """All that the room sees, in order."""
        return steps_of(self.lecon, live=self.live)

    @property
    def heard(self) -> bool:
        """Whether the server answered last time."""
        return self.silence is None

    @property
    def step(self) -> Step:
        """What the room sees."""
        return self.steps[self.at]

    @property
    def question(self) -> Question | None:
        """The question that is open to answers."""
        one = self.lecon.ecrans[self.step.ecran]
        return one.question if self.step.kind == "question" else None

    @property
    def until(self) -> datetime | None:
        """When the answers close; None where no clock runs."""
        if self.live and self.heard and self.state is not None:
            return self.state.reponses_jusqua
        return self.own_clock

    def restore(self, at: int) -> None:
        """Stand again where the address says, unless the lesson has gone elsewhere since."""
        if not 0 <= at < len(self.steps):
            return
        own = self.steps[at].kind == "join" or self.steps[at].where == self._theirs()
        if own or not self.live or not self.heard:
            self.at = at

    def follow_key(self, by: int) -> bool:
        """Go some steps on, or back; from the code, the room goes on where the phones are."""
        later = self.step.kind == "join" and by > 0 and self._theirs() is not None
        return self.go(self._where_they_are() if later else self.at + by)

    def go(self, at: int) -> bool:
        """Show a step, and return whether the phones must follow: not where the code is shown."""
        before, self.at = self.step, min(max(at, 0), len(self.steps) - 1)
        if self.step.where != before.where:
            self.own_clock = None
        return self.step.kind != "join" and self.step.where != self._theirs()

    def screen(self, number: int) -> int | None:
        """Return the place of the nth screen, from 1; None where there is none."""
        places = starts(self.steps)
        return places[number - 1] if 1 <= number <= len(places) else None

    def clock(self, question: Question) -> int:
        """Start the clock of the question, or close its answers where it runs; return seconds."""
        now = utc_now()
        running = self.until is not None and self.until > now
        seconds = 0 if running else question.secondes
        self.own_clock = now + timedelta(seconds=seconds)
        return seconds

    def take(self, state: EtatLecon) -> None:
        """Take what the server says; where it stands elsewhere, so does the room."""
        self.closed = not state.code or state.lecon is None
        if self.closed or state.lecon is None:
            self.silence = None
            return
        follows, before = self.heard, self._theirs()
        if state.lecon != self.lecon:
            self.lecon, self.at, follows = state.lecon, 0, True
        self.state, self.silence = state, None
        if follows and self._theirs() not in (before, self.step.where):
            self.at = self._where_they_are()

    def _theirs(self) -> tuple[int, bool] | None:
        """Return what the phones see; None before the first screen."""
        state = self.state
        return (state.ecran, state.revele) if state is not None and state.lancee else None

    def _where_they_are(self) -> int:
        theirs = self._theirs()
        return 0 if theirs is None else first_of(self.steps, theirs)
