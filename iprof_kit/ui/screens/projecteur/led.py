"""A lesson as it is led: where the room stands, and what the server said of it last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.played_lesson import LeconJouee, Question
from iprof_kit.services.contract.lecons import EtatLecon
from iprof_kit.ui.screens.projecteur.steps import Step, first_of, starts, steps_of


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
