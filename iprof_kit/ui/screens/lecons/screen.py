"""The lessons that a trainer may play: opened with phones, shown without, come back to, closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlencode

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.lessons import lessons, played
from iprof_kit.calculate.played_lesson import LeconJouee
from iprof_kit.services.contract.lecons import LECON_ETAT, LECON_FERMER, LECON_OUVRIR, EtatLecon
from iprof_kit.ui.kit.filters import plural
from iprof_kit.ui.kit.parts import Notice, Page, failed
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.screens.atelier.takeaway.contents import of_lesson
from iprof_kit.ui.screens.atelier.takeaway.files import FORMATS, file_of
from iprof_kit.ui.shared.messages import Intent

PATH, WALL = "/atelier/lecons", "/atelier/projecteur"
Play = Callable[[str], LeconJouee]


@dataclass(frozen=True)
class Offer:
    """A lesson as it is offered, before anything of it is calculated."""

    id: str
    title: str
    teaches: str
    minutes: int

    @property
    def alone(self) -> str:
        """Where it is projected without phones."""
        return f"{WALL}?{urlencode({'lecon': self.id})}"


@dataclass(frozen=True, kw_only=True)
class LessonsView(Page):
    """The list of lessons; `state` is what the server says, None while it is silent."""

    offers: tuple[Offer, ...]
    formats: tuple[tuple[str, str], ...] = tuple((key, one.short) for key, one in FORMATS.items())
    state: EtatLecon | None
    goes: str
    wall: str = WALL
    turn: int


@dataclass
class LessonsState(State):
    """What the list keeps."""

    goes: str = ""
    """Where the page goes: to the wall, a lesson being opened."""


class Lecons(KitScreen[LessonsState]):
    """The list of lessons.

    Parameters
    ----------
    offers : tuple of Offer
        The lessons, in the order of the list.
    play : callable
        Returns the lesson of an id, ready to be played; raises `KitError` where the law refuses.
    """

    def __init__(self, visit: Visit, offers: tuple[Offer, ...], play: Play) -> None:
        super().__init__(visit)
        self._offers, self._play = offers, play

    @intent("lc_jouer")
    def open(self, asked: Intent) -> None:
        """Open a lesson with phones, and go to the wall."""
        lecon = self._play(asked.values.get("of", ""))
        self._visit.ask(LECON_OUVRIR, lecon=lecon.model_dump(mode="json"))
        self.state.goes = WALL

    @intent("lc_fermer")
    def close(self, asked: Intent) -> None:
        """Close the lesson that is open."""
        self._visit.ask(LECON_FERMER, code=asked.values.get("of", ""))
        self.state.turn += 1
        erased = "Son code et les réponses sont effacés."
        self.state.notices = (Notice("Leçon fermée.", erased, "ok"),)

    @intent("lc_emporter")
    def take_away(self, asked: Intent) -> None:
        """Make a file of a lesson, in this process: « hors_classe.html » names both."""
        known, _, vers = asked.values.get("of", "").partition(".")
        if vers in FORMATS:
            made = self._visit.download = file_of(of_lesson(self._play(known)), vers)
            self.state.notices = (Notice("Fichier fait.", f"{made.name}.", "ok"),)

    def page(self) -> Shown:
        """Return the list."""
        goes, self.state.goes = self.state.goes, ""  # once
        silent: tuple[Notice, ...] = ()
        state = None
        try:
            state = self._visit.ask(LECON_ETAT)
        except KitError as error:
            if not self.state.notices:
                words = f"{failed(error).title} Projetez sans téléphones."
                silent = (Notice("Les leçons avec téléphones ne répondent pas.", words, ""),)
        return "lecons", LessonsView(
            title="Leçons",
            lead_strong=_promise(self._offers),
            lead="Vous projetez, chacun répond de son téléphone, sans nom ni compte.",
            notices=silent,
            offers=self._offers,
            state=state,
            goes=goes,
            turn=self.state.turn,
        )


def lesson_missing(known: str) -> InputError:
    """Return what is said of a lesson that the kit does not have."""
    return InputError(
        f"la leçon « {known[:40]} » n’existe pas dans ce kit.",
        remedy="Choisissez-la dans la liste des leçons.",
    )


def _promise(offers: tuple[Offer, ...]) -> str:
    """Return « Huit leçons de dix minutes » in figures: what the list holds."""
    if not offers:
        return "Aucune leçon n’est installée."
    minutes = {one.minutes for one in offers}
    some = plural(len(offers), "leçon")
    if len(minutes) == 1:
        return f"{some} de {minutes.pop()} minutes."
    return f"{some}, de {min(minutes)} à {max(minutes)} minutes."


_REMEMBERED = 16


@cache
def offers() -> tuple[Offer, ...]:
    """Return the lessons of the kit; read once, since a session reads no file."""
    return tuple(Offer(one.id, one.titre, one.enseigne, one.minutes) for one in lessons().values())


@lru_cache(maxsize=_REMEMBERED)
def play(known: str) -> LeconJouee:
    """Return a lesson ready to be played, on its own day.

    Raises
    ------
    InputError
        The kit has no such lesson, or the engine contradicts it.

    Examples
    --------
    >>> play("hors_classe").titre
    'La hors classe'
    """
    lesson = lessons().get(known)
    if lesson is None:
        raise lesson_missing(known)
    return played(lesson)
