"""The screens of a notebook that one role opens: an address or an intent in, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from iprof_kit.base.errors import KitError
from iprof_kit.ui.components.screen import Answered, Message
from iprof_kit.ui.shared.guarded import guarded
from iprof_kit.ui.shared.hours import with_local_hours
from iprof_kit.ui.shared.menu import help_of, places
from iprof_kit.ui.shared.messages import arguments_of, intent_of, word
from iprof_kit.ui.shared.parts import Page
from iprof_kit.ui.shared.render import render
from iprof_kit.ui.visit.visiting import Asks, Rubrique, Visit

_GONE = Page(
    "Page introuvable", "Cette adresse n’existe pas dans ce kit. Le menu mène à tous les écrans."
)


class OfARole:
    """The screens of one account whose role opens a notebook of its own.

    Nothing is asked of the guichet before the first route: a kernel can be made ahead.

    Parameters
    ----------
    open_guichet : callable
        Returns the guichet; called once, at the first need.
    notebook : str
        The notebook that shows them.
    rubriques : mapping of str to callable
        What answers at each address; the first one is that of the notebook.
    """

    def __init__(
        self,
        open_guichet: Callable[[], Asks],
        notebook: str,
        rubriques: Mapping[str, Callable[[Visit], Rubrique]],
    ) -> None:
        self._visit = Visit(open_guichet)
        self._notebook, self._rubriques = notebook, rubriques
        self._made: dict[str, Rubrique] = {}
        self._first = next(iter(rubriques))
        self._path = self._first

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

    def _handle(self, message: Message) -> str:
        self._visit.begin()
        self._path = word(message.get("path")).rstrip("/") or self._first
        rubrique = self._rubrique(self._path)
        if rubrique is None:
            return render("base", _GONE, notebook=self._notebook)
        if message["kind"] == "route":
            self._visit.read_again()
            self._visit.query = arguments_of(message.get("query"))
        else:
            rubrique.receive(intent_of(message))
        template, view = rubrique.show(self._path)
        place = places()[self._path]
        html = render(
            template,
            view,
            rubrique=place.rubrique,
            tabs=place.tabs,
            notebook=self._notebook,
            help_at=help_of(place.path),
        )
        return with_local_hours(html, lambda: self._visit.who().academie.code)

    def _rubrique(self, path: str) -> Rubrique | None:
        make = self._rubriques.get(path)
        if make is None:
            return None
        if path not in self._made:
            self._made[path] = make(self._visit)
        return self._made[path]
