"""A lesson as it is led: where the room stands, told to the server as long as it answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.played_lesson import LeconJouee, Question
from iprof_kit.services.contract.lecons import LECON_ALLER, LECON_ETAT, LECON_FERMER, EtatLecon
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.projecteur.steps import Step, first_of, starts, steps_of


class Led:
    """A lesson on the wall.

    The state of a lesson with phones is the server's; without code, or while the server is silent,
    the page goes on with its own.

    Parameters
    ----------
    lecon : LeconJouee
    visit : Visit, optional
        Asks the operations of lessons; None for a lesson shown without phones.
    state : EtatLecon, optional
        The lesson as the server has it.
    """

    def __init__(
        self, lecon: LeconJouee, visit: Visit | None = None, state: EtatLecon | None = None
    ) -> None:
        self._visit = visit
        self.lecon, self.state = lecon, state
        self.silence: KitError | None = None
        """Why the server did not lead the lesson last time."""
        self.closed = False
        """Whether the server says that this lesson is over."""
        self._until: datetime | None = None
        self.steps = steps_of(lecon, live=visit is not None)
        self.at = self._where_they_are()

    @property
    def live(self) -> bool:
        """Whether phones may answer."""
        return self._visit is not None

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
        return self._until

    def restore(self, at: int) -> None:
        """Stand again where the address says, unless the lesson has gone elsewhere since."""
        if not 0 <= at < len(self.steps):
            return
        own = self.steps[at].kind == "join" or self.steps[at].where == self._theirs()
        if own or not self.live or not self.heard:
            self.at = at

    def move(self, by: int) -> None:
        """Go some steps on, or back; from the code, the room goes on where the phones are."""
        later = self.step.kind == "join" and by > 0 and self._theirs() is not None
        self.go(self._where_they_are() if later else self.at + by)

    def go(self, at: int) -> None:
        """Show a step; the phones follow, but where the code alone is shown again."""
        before, self.at = self.step, min(max(at, 0), len(self.steps) - 1)
        if self.step.where != before.where:
            self._until = None
        if self.step.kind != "join" and self.step.where != self._theirs():
            self._tell()

    def go_to_screen(self, number: int) -> None:
        """Show the nth screen, from 1."""
        places = starts(self.steps)
        if 1 <= number <= len(places):
            self.go(places[number - 1])

    def clock(self) -> None:
        """Start the clock of the question, or close its answers where it runs."""
        if self.question is None:
            return
        now = utc_now()
        running = self.until is not None and self.until > now
        seconds = 0 if running else self.question.secondes
        self._until = now + timedelta(seconds=seconds)
        self._tell(seconds)

    def look(self) -> None:
        """Ask who is there and who answered; a lesson that another page leads is followed."""
        if self._visit is None:
            return
        silent = not self.heard
        try:
            state = self._visit.ask(LECON_ETAT)
        except KitError as error:
            self.silence = error
            return
        self._take(state)
        if silent and self.heard and not self.closed:
            self.go(self.at)  # the room went on meanwhile: the phones join it

    def close(self) -> None:
        """End the lesson: its code, its answers and the marks of its phones are erased."""
        if self._visit is not None and self.state is not None:
            self._visit.ask(LECON_FERMER, code=self.state.code)
        self.closed = True

    def _tell(self, seconds: int | None = None) -> None:
        if self._visit is None or self.state is None:
            return
        ecran, revealed = self.step.where
        try:
            state = self._visit.ask(
                LECON_ALLER, code=self.state.code, ecran=ecran, revele=revealed, chrono=seconds
            )
        except KitError as error:
            self.silence = error
            return
        self._take(state)

    def _take(self, state: EtatLecon) -> None:
        """Take what the server says; where it stands elsewhere, so does the room."""
        self.closed = not state.code or state.lecon is None
        if self.closed or state.lecon is None:
            self.silence = None
            return
        follows, before = self.heard, self._theirs()
        if state.lecon != self.lecon:
            self.lecon, self.steps = state.lecon, steps_of(state.lecon, live=True)
            self.at, follows = 0, True
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
