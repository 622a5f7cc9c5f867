"""The projector: a lesson that phones answer, one without phones, or the board, on a wall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.played_lesson import LeconJouee
from iprof_kit.services.contract.lecons import LECON_ALLER, LECON_ETAT, LECON_FERMER
from iprof_kit.ui.kit.parts import Page, failed
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.screens.projecteur.led import Led
from iprof_kit.ui.screens.projecteur.of_board import lesson_of
from iprof_kit.ui.screens.projecteur.view import wall_of
from iprof_kit.ui.shared.messages import Intent

PATH, LESSONS, BOARD = "/atelier/projecteur", "/atelier/lecons", "/atelier"
_WAITS = "La salle verra ici ce que vous aurez choisi."
Play = Callable[[str], LeconJouee]
"""Returns a lesson of the kit by its id, ready to be played; raises `InputError` for none."""


@dataclass
class WallState(State):
    """What is on the wall, and where its page stands."""

    led: Led | None = None
    letters: str = ""
    """The séance whose board is projected."""
    origin: str = ""
    """What stands before the path in the address of the page; "" until the page has told it."""
    silence: KitError | None = None
    """Why nothing is on the wall, where the address names something."""


class Projecteur(KitScreen[WallState]):
    """What a trainer projects.

    Parameters
    ----------
    play : callable
        Returns the lesson of an id, ready to be played.
    """

    def __init__(self, visit: Visit, play: Play) -> None:
        super().__init__(visit)
        self._play = play

    def arrive(self) -> None:
        """Find what the address names: a séance, a lesson without phones, else the one open."""
        query = self._visit.query
        self.state.led, self.state.letters = None, query.get("s", "")
        self.state.silence = None
        try:
            led = self._named(query)
        except KitError as error:
            self.state.silence = error
            return
        if led is not None and (at := query.get("e", "")).isdecimal():
            led.restore(int(at[:3]))
        self.state.led = led

    def page(self) -> Shown:
        """Return the step that the room sees."""
        led = self.state.led
        if led is None:
            if (silence := self.state.silence) is None:
                return "projecteur_rien", _nothing("Aucune leçon n’est ouverte.", _WAITS)
            why = failed(silence)
            return "projecteur_rien", _nothing(why.title, why.text)
        if led.closed:
            self.state.led = None
            closed = "La leçon est fermée. Son code et les réponses sont effacés."
            return "projecteur_rien", _nothing(closed)
        leave, words = (LESSONS, "les leçons")
        if self.state.letters:
            leave, words = f"{BOARD}?{urlencode({'s': self.state.letters})}", "le tableau"
        return "projecteur", wall_of(led, self.state.origin, self._address(led), leave, words)

    def before(self, asked: Intent) -> None:
        """Learn where the page stands."""
        self.state.origin = asked.values.get("origin", "") or self.state.origin
        self.state.silence = None

    @intent("pj_suite", "pj_avant")
    def move(self, asked: Intent) -> None:
        """Go a step on, or back."""
        if (led := self.state.led) and led.follow_key(1 if asked.name == "pj_suite" else -1):
            self._tell(led)

    @intent("pj_ecran")
    def go_to_screen(self, asked: Intent) -> None:
        """Show the nth screen, from 1."""
        led, number = self.state.led, asked.values.get("of", "")
        at = led.screen(int(number[:2])) if led and number.isdecimal() else None
        if led and at is not None and led.go(at):
            self._tell(led)

    @intent("pj_chrono")
    def clock(self, _asked: Intent) -> None:
        """Start the clock of the question, or close its answers where it runs."""
        led = self.state.led
        if led is not None and led.question is not None:
            self._tell(led, led.clock(led.question))

    @intent("pj_etat")
    def look(self, _asked: Intent) -> None:
        """Ask who is there and who answered; a lesson that another page leads is followed."""
        led = self.state.led
        if led is None or not led.live:
            return
        silent = not led.heard
        try:
            led.take(self._visit.ask(LECON_ETAT))
        except KitError as error:
            led.silence = error
            return
        if silent and led.heard and not led.closed and led.go(led.at):
            self._tell(led)  # the room went on meanwhile: the phones join it

    @intent("pj_fermer")
    def close(self, _asked: Intent) -> None:
        """End the lesson: its code, its answers and the marks of its phones are erased."""
        if (led := self.state.led) is None:
            return
        if led.live and led.state is not None:
            self._visit.ask(LECON_FERMER, code=led.state.code)
        led.closed = True

    def _tell(self, led: Led, seconds: int | None = None) -> None:
        """Tell the server where the room stands; while it is silent, the page goes on alone."""
        if not led.live or led.state is None:
            return
        (ecran, revealed), code = led.step.where, led.state.code
        try:
            state = self._visit.ask(
                LECON_ALLER, code=code, ecran=ecran, revele=revealed, chrono=seconds
            )
            led.take(state)
        except KitError as error:
            led.silence = error

    def _named(self, query: Mapping[str, str]) -> Led | None:
        """Return what an address names; while the server is silent, the lesson of the address.

        Raises
        ------
        KitError
            The lesson cannot be played, or the server is silent and the address names none.
        """
        if letters := query.get("s", ""):
            return Led(lesson_of(letters))
        if alone := query.get("lecon"):
            return Led(self._play(alone))
        try:
            state = self._visit.ask(LECON_ETAT)
        except KitError as error:
            if not (known := query.get("direct", "")):
                raise
            return Led(self._play(known), live=True, silence=error)
        return Led.of(state.lecon, state) if state.lecon and state.code else None

    def _address(self, led: Led) -> str:
        """Return the address that gives this very step back, on a page that was lost."""
        if self.state.letters:
            what = {"s": self.state.letters}
        else:
            what = {"direct" if led.live else "lecon": led.lecon.id}
        return f"{PATH}?{urlencode({**what, 'e': str(led.at)})}"


def _nothing(why: str, how: str = "") -> Page:
    """Return the page of a projector that has nothing to show: why, and what to do."""
    return Page("Projecteur", lead=how, lead_strong=why)
