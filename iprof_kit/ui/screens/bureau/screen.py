"""The desk: an address or an intent in, the HTML of a screen out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from iprof_kit.base.errors import KitError
from iprof_kit.ui.components.screen import Answered, Message, Screen
from iprof_kit.ui.screens.bureau.absences import Absences
from iprof_kit.ui.screens.bureau.campagnes import Campagnes
from iprof_kit.ui.screens.bureau.dossier import Dossiers
from iprof_kit.ui.screens.bureau.envois import Envois
from iprof_kit.ui.screens.bureau.fils import Fils
from iprof_kit.ui.screens.bureau.portefeuille import Portefeuille
from iprof_kit.ui.shared.guarded import guarded
from iprof_kit.ui.shared.hours import with_local_hours
from iprof_kit.ui.shared.menu import BUREAU, help_of, places
from iprof_kit.ui.shared.messages import arguments_of, intent_of, word
from iprof_kit.ui.shared.parts import Page
from iprof_kit.ui.shared.render import render
from iprof_kit.ui.visit.visiting import Asks, Rubrique, Visit

FIRST = "/bureau"
RUBRIQUES: dict[str, Callable[[Visit], Rubrique]] = {
    FIRST: Fils,
    "/bureau/dossier": Dossiers,
    "/bureau/campagnes": Campagnes,
    "/bureau/portefeuille": Portefeuille,
    "/bureau/envois": Envois,
    "/bureau/absences": Absences,
}
_WAITING = '<p class="sec" role="status">Ouverture de votre bureau.</p>'
_GONE = Page(
    "Page introuvable", "Cette adresse n’existe pas dans ce kit. Le menu mène à tous les écrans."
)


class Bureau:
    """The screens of one case manager.

    Nothing is asked of the guichet before the first route: a kernel can be made ahead.

    Parameters
    ----------
    open_guichet : callable
        Returns the guichet; called once, at the first need.
    """

    def __init__(self, open_guichet: Callable[[], Asks]) -> None:
        self._visit = Visit(open_guichet)
        self._made: dict[str, Rubrique] = {}
        self._path = FIRST

    def handle(self, message: Message) -> Answered:
        """Return the screen that answers a message of the browser; never raises."""
        return Answered(guarded(lambda: self._handle(message), lambda: self._path))

    def stay(self) -> None:
        """Tell the server that the person is still there; her login then lasts too."""
        with suppress(KitError):  # whatever is wrong is said where she does something
            self._visit.begin()
            self._visit.who()

    def _handle(self, message: Message) -> str:
        self._visit.begin()
        self._path = word(message.get("path")).rstrip("/") or FIRST
        rubrique = self._rubrique(self._path)
        if rubrique is None:
            return render("base", _GONE, notebook=BUREAU)
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
            notebook=BUREAU,
            help_at=help_of(place.path),
        )
        return with_local_hours(html, lambda: self._visit.who().academie.code)

    def _rubrique(self, path: str) -> Rubrique | None:
        make = RUBRIQUES.get(path)
        if make is None:
            return None
        if path not in self._made:
            self._made[path] = make(self._visit)
        return self._made[path]


def open_bureau() -> Screen:
    """Return the desk of the case manager whose session opened this kernel."""
    from iprof_kit.ui.components.guichet import open_guichet

    desk = Bureau(open_guichet)
    return Screen(desk.handle, html=_WAITING, stay=desk.stay)
