"""The projector: a lesson that phones answer, one without phones, or the board, on a wall."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.played_lesson import LeconJouee
from iprof_kit.services.contract.lecons import LECON_ETAT
from iprof_kit.ui.kit.parts import Page, failed
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.screens.projecteur.led import Led
from iprof_kit.ui.screens.projecteur.of_board import lesson_of
from iprof_kit.ui.screens.projecteur.view import wall_of
from iprof_kit.ui.shared.messages import Intent

PATH, LESSONS, BOARD = "/atelier/projecteur", "/atelier/lecons", "/atelier"
_WAITS = "La salle verra ici ce que vous aurez choisi."
Play = Callable[[str], LeconJouee]
"""Returns a lesson of the kit by its id, ready to be played; raises `InputError` for none."""


class Projecteur:
    """What a trainer projects.

    Parameters
    ----------
    visit : Visit
    play : callable
        Returns the lesson of an id, ready to be played.
    """

    def __init__(self, visit: Visit, play: Play) -> None:
        self._visit, self._play = visit, play
        self._led: Led | None = None
        self._letters = ""
        self._origin = ""
        self._opened = 0

    def receive(self, intent: Intent) -> None:
        """Do what a key asks; what is no key of ours changes nothing."""
        origin = intent.values.get("origin", "")
        self._origin = origin or self._origin
        led = self._led
        if led is None:
            return
        match intent.name:
            case "pj_suite":
                led.move(1)
            case "pj_avant":
                led.move(-1)
            case "pj_ecran" if (number := intent.values.get("of", "")).isdecimal():
                led.go_to_screen(int(number[:2]))
            case "pj_chrono":
                led.clock()
            case "pj_etat":
                led.look()
            case "pj_fermer":
                led.close()

    def show(self, path: str) -> Shown:  # noqa: ARG002  # it has one address
        """Return the step that the room sees."""
        if self._opened != self._visit.openings:
            self._opened = self._visit.openings
            try:
                self._open()
            except KitError as error:
                self._led = None
                return "projecteur_rien", _nothing(failed(error).title, failed(error).text)
        led = self._led
        if led is None:
            return "projecteur_rien", _nothing("Aucune leçon n’est ouverte.", _WAITS)
        if led.closed:
            self._led = None
            closed = "La leçon est fermée. Son code et les réponses sont effacés."
            return "projecteur_rien", _nothing(closed)
        leave, words = (LESSONS, "les leçons")
        if self._letters:
            leave, words = f"{BOARD}?{urlencode({'s': self._letters})}", "le tableau"
        return "projecteur", wall_of(led, self._origin, self._address(led), leave, words)

    def _open(self) -> None:
        """Find what the address names: a séance, a lesson without phones, else the one open."""
        query = self._visit.query
        self._letters = query.get("s", "")
        if self._letters:
            self._led = Led(lesson_of(self._letters))
        elif alone := query.get("lecon"):
            self._led = Led(self._play(alone))
        else:
            self._led = self._live(query.get("direct", ""))
        if self._led is not None and (at := query.get("e", "")).isdecimal():
            self._led.restore(int(at[:3]))

    def _live(self, known: str) -> Led | None:
        """Return the lesson that the server has open; while it is silent, the one of the address.

        Raises
        ------
        KitError
            The server is silent, and the address names no lesson.
        """
        try:
            state = self._visit.ask(LECON_ETAT)
        except KitError as error:
            if not known:
                raise
            led = Led(self._play(known), self._visit)
            led.silence = error
            return led
        return Led(state.lecon, self._visit, state) if state.lecon and state.code else None

    def _address(self, led: Led) -> str:
        """Return the address that gives this very step back, on a page that was lost."""
        if self._letters:
            what = {"s": self._letters}
        else:
            what = {"direct" if led.live else "lecon": led.lecon.id}
        return f"{PATH}?{urlencode({**what, 'e': str(led.at)})}"


def _nothing(why: str, how: str = "") -> Page:
    """Return the page of a projector that has nothing to show: why, and what to do."""
    return Page("Projecteur", lead=how, lead_strong=why)
