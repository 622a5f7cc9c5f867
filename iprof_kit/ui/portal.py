"""The portal: an address or an intent in, the HTML of a screen out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from iprof_kit.base.errors import KitError, Unavailable
from iprof_kit.services.contract.operation import Asks
from iprof_kit.ui.components.screen import Screen
from iprof_kit.ui.kit.asking import Calculate, calculate
from iprof_kit.ui.kit.notebook import Notebook, screens_of
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.kit.visiting import Rubrique, Shown, Visit
from iprof_kit.ui.own_situation.not_projected import PATHS, not_projected
from iprof_kit.ui.own_situation.positions import position_notice
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.screens.accueil.roles import no_file
from iprof_kit.ui.screens.guides.screen import Guides, addresses
from iprof_kit.ui.screens.own_data.screen import Consultations, MesDonnees
from iprof_kit.ui.shared.menu import PORTAL, Place, places
from iprof_kit.ui.visit.not_covered import (
    is_closed,
    is_not_covered,
    not_covered_notice,
    not_covered_page,
)
from iprof_kit.ui.visit.starting_point import late_notice

HOME = "/accueil"
PROMOTIONS, PLACES = "/perspectives/promotions", "/perspectives/autres-affectations"
RUBRIQUES: dict[str, Callable[[Visit], Rubrique]] = {
    **screens_of(PORTAL),
    **dict.fromkeys(addresses(), Guides),
    "/mes-donnees": MesDonnees,
    "/consultations": Consultations,
}
"""What answers at each address: those of the menu, and those of the header and of the foot."""
_PERSPECTIVES = "/perspectives/"
_ON_THE_FILE = ("/dossier/", "/perspectives/", "/services/")
_COURRIER = "/courrier"
_WAITING = '<p class="sec" role="status">Ouverture de l’écran.</p>'


class Portal(Notebook):
    """The screens of one person: her answers from the guichet, and what she is trying."""

    def __init__(self, open_guichet: Callable[[], Asks], ask: Calculate = calculate) -> None:
        super().__init__(open_guichet, PORTAL, RUBRIQUES, ask)
        self._covered: bool | None = None

    def _screen(self, path: str) -> str:
        place = places().get(path)
        if place is not None and self._is_closed(place):
            return render("accueil_role", no_file(place.title), rubrique=place.rubrique, tabs=())
        rubrique = self._rubrique(self._known(path))
        if rubrique is None:
            return self._gone()
        if place is not None and is_closed(path) and self._is_not_covered():
            return self._drawn(("page", not_covered_page(place.title)), place)
        shown = self._shown(rubrique, path)
        return self._drawn(self._with_warning(shown, self._known(path)), self._of_her(path))

    def _shown(self, rubrique: Rubrique, path: str) -> Shown:
        """Return what a rubrique shows; a career that the tables refuse is no closed screen."""
        try:
            return rubrique.show(self._known(path))
        except Unavailable:
            raise
        except KitError as error:
            place = places().get(path)
            if path not in PATHS or place is None or "lien" in self._visit.query:
                raise
            own = OwnReader(self._visit).own()
            if own.start is None:
                raise
            return "page", not_projected(place.title, error, own)

    def _is_closed(self, place: Place) -> bool:
        """Tell whether a screen is of a file that this account has not, nor was lent by a link.

        Who has no account is told to log in, by what the screen asks.
        """
        if not place.of_a_file or "lien" in self._visit.query:
            return False
        return self._visit.who().role is not None and not self._visit.is_teacher()

    def _with_warning(self, shown: Shown, path: str) -> Shown:
        """Return a screen that rests on the file, with a word first where the file is late.

        A position that changes the pay is notice on each perspective.
        """
        late = self._visit.late() if path == HOME or path.startswith(_ON_THE_FILE) else None
        words = [late_notice(late)] if late is not None else []
        if path == HOME or path.startswith(_PERSPECTIVES):
            words += self._position_words()
        of_her = path.startswith(_ON_THE_FILE) and self._is_not_covered()
        if of_her or (path == _COURRIER and self._is_known_not_covered()):
            words = [not_covered_notice()]
        if not words:
            return shown
        template, view = shown
        return template, replace(view, notices=(*words, *view.notices))

    def _is_not_covered(self) -> bool:
        """Tell whether the person has a file that the kit has no rules for."""
        try:
            if not (self._visit.is_teacher() and self._visit.has_file()):
                return False
            dossier, today = self._visit.file().dossier, self._visit.who().aujourdhui
            self._covered = not is_not_covered(dossier, today)
        except KitError:  # the screen itself says why the file cannot be read
            return False
        return not self._covered

    def _is_known_not_covered(self) -> bool:
        """Tell the same on a screen that reads no file: it is read once for all of them."""
        if self._covered is None:
            self._covered = not self._is_not_covered()
        return not self._covered

    def _position_words(self) -> list[Notice]:
        """Return what is notice of the position of today; nothing where no screen read the file."""
        if not self._visit.has_read_file():
            return []
        notice = position_notice(self._visit.dossier(), self._visit.who().aujourdhui)
        return [notice] if notice is not None else []

    def _known(self, path: str) -> str:
        """Return the address that is shown: a rubrique's own is that of its first built tab."""
        place = self._of_her(path)
        return place.path if place else path

    def _of_her(self, path: str) -> Place | None:
        """Return a place of the menu; without corps, with the tabs that are not of one alone."""
        place = places().get(path)
        if place is None or not any(tab.of_a_corps for tab in place.tabs):
            return place
        if not self._visit.is_without_corps():
            return place
        others = place.without_corps
        own = path == place.path or not place.of_a_corps
        return others if own else places()[others.tabs[0].path].without_corps


def open_portal() -> Screen:
    """Return the portal of the person whose session opened this kernel."""
    from iprof_kit.ui.components.guichet import open_guichet

    portal = Portal(open_guichet)
    return Screen(portal.handle, html=_WAITING, stay=portal.stay)
