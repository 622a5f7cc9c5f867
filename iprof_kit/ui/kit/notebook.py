"""The screens of one notebook: an address or an intent in, the HTML of a screen out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from typing import Any

from iprof_kit.base.errors import KitError, Unavailable
from iprof_kit.services.contract.operation import Asks
from iprof_kit.ui.components.screen import Answered, Message
from iprof_kit.ui.kit.asking import Calculate, calculate
from iprof_kit.ui.kit.guarded import guarded
from iprof_kit.ui.kit.parts import Page
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.kit.sensitive import Sensitive
from iprof_kit.ui.kit.visiting import Rubrique, Shown, Visit
from iprof_kit.ui.shared.hours import with_local_hours
from iprof_kit.ui.shared.menu import Place, help_of, places
from iprof_kit.ui.shared.messages import Intent, arguments_of, intent_of, word
from iprof_kit.ui.shared.part import Part

_SCREENS = "iprof_kit.ui.screens"
_GONE = Page(
    "Page introuvable", "Cette adresse n’existe pas dans ce kit. Le menu mène à tous les écrans."
)


class Notebook:
    """The screens of one account: what is asked of the guichet, and what she is doing on them.

    Nothing is asked of the guichet before the first route: a kernel can be made ahead.

    Parameters
    ----------
    open_guichet : callable
        Returns the guichet; called once, at the first need.
    name : str
        The notebook that shows them.
    rubriques : mapping of str to callable
        What answers at each address, the first one where none is named; addresses of one class
        share what is being done on them.
    ask : callable
        Answers a `CareerQuestion`.
    """

    def __init__(
        self,
        open_guichet: Callable[[], Asks],
        name: str,
        rubriques: Mapping[str, Callable[[Visit], Rubrique]],
        ask: Calculate = calculate,
    ) -> None:
        self._visit = Visit(open_guichet, ask)
        self._name, self._rubriques = name, rubriques
        self._made: dict[Callable[[Visit], Rubrique], Rubrique] = {}
        self._path = self._first = next(iter(rubriques))

    def handle(self, message: Message) -> Answered:
        """Return the screen that answers a message of the browser; never raises."""
        self._visit.download = None
        html = guarded(lambda: self._handle(message), lambda: self._path)
        return Answered(html, download=self._visit.download)

    def stay(self) -> None:
        """Tell the server that the person is still there; her login then lasts too."""
        with suppress(KitError):  # whatever is wrong is said where she does something
            self._visit.begin()
            self._visit.who()

    def record(self) -> dict[str, Any]:
        """Return what is kept between two messages: the address, and the record of each screen.

        What is sensitive is none of it: it stays in the memory of the visit.
        """
        visit, made = self._visit, dict[str, Any]()
        for path, make in self._rubriques.items():
            one = self._made.get(make)
            if isinstance(one, Part):
                made[path] = one.record()
        return {"at": (self._path, visit.path, visit.query, visit.openings), "screens": made}

    @property
    def sensitive(self) -> Sensitive:
        """What is held in memory alone."""
        return self._visit.sensitive

    def recall(self, record: dict[str, Any], sensitive: Sensitive) -> None:
        """Be again what a record says, and what was held in memory beside it."""
        visit = self._visit
        visit.sensitive = sensitive
        self._path, visit.path, visit.query, visit.openings = record["at"]
        for path, one in record["screens"].items():
            screen = self._rubrique(path)
            if isinstance(screen, Part):
                screen.recall(one)

    def _handle(self, message: Message) -> str:
        self._visit.begin()
        path = word(message.get("path")).rstrip("/")
        if message["kind"] == "route":
            self._path = path or self._first
            self._visit.read_again()
            self._visit.query = arguments_of(message.get("query"))
        else:
            self._path = path or self._path
            self._visit.path = self._known(self._path)
            if rubrique := self._rubrique(self._visit.path):
                rubrique.receive(self._intent(message))
        return self._screen(self._path)

    def _intent(self, message: Message) -> Intent:
        return intent_of(message)

    def _screen(self, path: str) -> str:
        """Return the screen at an address."""
        rubrique = self._rubrique(path)
        if rubrique is None:
            return self._gone()
        return self._drawn(rubrique.show(path), places().get(path))

    def _gone(self) -> str:
        return render("base", _GONE, notebook=self._name)

    def _known(self, path: str) -> str:
        """Return the address whose screen answers at this one."""
        return path

    def _drawn(self, shown: Shown, place: Place | None) -> str:
        """Return the HTML of a screen, in its place of the menu and in the hours of her academy."""
        template, view = shown
        around: dict[str, Any] = {"notebook": self._name}
        if place is not None:
            around |= {
                "rubrique": place.rubrique,
                "tabs": place.tabs,
                "help_at": help_of(place.path),
            }
        unread, person = self._visit.unread, self._visit.number
        html = render(template, view, unread=unread, person=person, **around)
        return with_local_hours(html, self._academie)

    def _academie(self) -> str:
        return self._visit.who().academie.code

    def _rubrique(self, path: str) -> Rubrique | None:
        make = self._rubriques.get(path)
        if make is None:
            return None
        if make not in self._made:
            self._made[make] = make(self._visit)
        return self._made[make]


def screens_of(notebook: str) -> dict[str, Callable[[Visit], Rubrique]]:
    """Return what answers at each address of a notebook, as the menu names it.

    The menu is the one list: a screen that it does not name is open to nobody.

    Examples
    --------
    >>> screens_of("evaluation.ipynb")["/evaluation/projet"].__name__
    'Projets'
    """
    named = {place.path: place.screen for place in places().values() if place.notebook == notebook}
    return {path: _class_of(screen) for path, screen in named.items() if screen}


def _class_of(screen: str) -> Callable[[Visit], Rubrique]:
    module, _, name = screen.partition(":")
    made: Callable[[Visit], Rubrique] = getattr(import_module(f"{_SCREENS}.{module}"), name)
    return made


def nobody() -> Asks:
    """Stand for the guichet where a page needs none, without portal or for everybody.

    Raises
    ------
    Unavailable
        Something is asked all the same.
    """
    raise Unavailable(
        "ce que vous demandez n’existe que dans le portail.",
        remedy="Ouvrez le portail, puis connectez-vous.",
    )


class OnePage(Notebook):
    """One screen, at whatever address the page stands: without portal, or for everybody."""

    def __init__(
        self,
        make: Callable[[Visit], Rubrique],
        path: str,
        name: str,
        open_guichet: Callable[[], Asks] = nobody,
    ) -> None:
        super().__init__(open_guichet, name, {path: make})

    def _known(self, path: str) -> str:
        del path
        return self._first

    def _screen(self, path: str) -> str:
        return super()._screen(self._known(path))

    def _drawn(self, shown: Shown, place: Place | None) -> str:
        return super()._drawn(shown, place and replace(place, rubrique="", tabs=()))

    def _academie(self) -> str:
        return ""  # nobody is asked where she is
