"""The CV: an address, an intent or a file in, the HTML of a page out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from iprof_kit.base.errors import KitError
from iprof_kit.cv.sections import ITEMS
from iprof_kit.services.contract.operation import Asks
from iprof_kit.ui.components.screen import Answered, Message, Screen
from iprof_kit.ui.kit.notebook import Notebook
from iprof_kit.ui.kit.parts import failed
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.screens.cv import lines as cv_lines
from iprof_kit.ui.screens.cv import targets
from iprof_kit.ui.screens.cv.files import UPLOADS
from iprof_kit.ui.screens.cv.lines import ACTS, Values
from iprof_kit.ui.screens.cv.pages import build
from iprof_kit.ui.screens.cv.preview import Press
from iprof_kit.ui.screens.cv.session import Session
from iprof_kit.ui.screens.cv.state import SEEN
from iprof_kit.ui.screens.cv.targets import PARTS
from iprof_kit.ui.shared.menu import CV, places, routes
from iprof_kit.ui.shared.messages import Intent, long_texts
from iprof_kit.ui.visit.not_covered import not_covered_notice

FIRST = "/cv/diplomes"
DRAFT, IMPORT = "cv_brouillon", "cv_importer"
_MOST_TICKS = 20_000
"""Changes that a file may propose, field by field, one box each."""
_WAITING = '<p class="sec" role="status">Ouverture de votre CV.</p>'
_FORMS: dict[str, Callable[[Session, Values, str], None]] = {
    "cible": targets.settings,
    "titres": targets.section_title,
    "lettre": targets.letter,
    cv_lines.PROFILE: cv_lines.draft_profile,
    **dict.fromkeys(PARTS, targets.part),
    **dict.fromkeys(ITEMS, cv_lines.draft),
}


class CvPages(Session):
    """The pages of one person's CV.

    Parameters
    ----------
    press : Press
        What draws the pages.
    """

    def __init__(self, visit: Visit, press: Press) -> None:
        super().__init__(visit)
        self._press = press
        self.pictures: tuple[str, ...] | None = None
        """The pages that were drawn for the answer, in pictures."""

    def arrive(self) -> None:
        """Open a page: what was only begun or said on the former is left there."""
        if self.path != self.state.at:
            cv_lines.leave(self)
            self.state.deleted = None
            self.state.pages.clear()
        self.state.at = self.path
        self.state.seen = self._visit.query.get(SEEN[0]) == SEEN[1]
        self.state.place = ""
        self.open()

    def page(self) -> Shown:
        """Return the page of the address."""
        template, view, self.pictures = build(self, self._press, self.path)
        return template, view

    def show(self, path: str) -> Shown:
        """Return a page, and what somebody whom the kit does not cover reads first on each."""
        template, view = super().show(path)
        self.dossier()
        if self.is_not_covered:
            view = replace(view, notices=(not_covered_notice(), *view.notices))
        return template, view

    def receive(self, asked: Intent) -> None:
        """Do what is asked; a refusal is said at the head of the page, nothing is lost."""
        self._begin()
        state = self.state
        state.notices, state.place = (), ""
        try:
            self._act(asked)
        except KitError as error:
            state.notices = (*state.notices, failed(error))

    def _act(self, asked: Intent) -> None:
        name, values = asked.name, asked.values
        if name in UPLOADS:
            UPLOADS[name](self, asked)
        elif name == DRAFT:
            form = _FORMS.get(values.get("of", "").partition(":")[0])
            if form:
                form(self, values, asked.changed)
        elif name in ACTS:
            if name != "cv_annuler_suppression":
                self.state.deleted = None
            ACTS[name](self, values)

    def _begin(self) -> None:
        super()._begin()
        if not self.store.loaded:  # the server was silent when the page was opened
            self.open()


class CvEditor(Notebook):
    """The notebook of a CV, one screen at every address; its pages travel as pictures.

    Parameters
    ----------
    open_guichet : callable
        Returns the guichet; called once, at the first need.
    press : Press, optional
        What draws the pages.
    """

    def __init__(self, open_guichet: Callable[[], Asks], press: Press | None = None) -> None:
        super().__init__(open_guichet, CV, dict.fromkeys((FIRST, *routes(CV)), self._pages))
        self.session = CvPages(self._visit, press or Press())
        """What this kernel knows of the CV: what was read, is being written, is shown."""

    def handle(self, message: Message) -> Answered:
        """Return the answer to a message of the browser; never raises."""
        self.session.pictures = None
        return replace(super().handle(message), pictures=self.session.pictures)

    def _pages(self, _visit: Visit) -> CvPages:
        return self.session

    def _known(self, path: str) -> str:
        place = places().get(path)
        return place.path if place else path

    def _screen(self, path: str) -> str:
        return super()._screen(self._known(path))

    def _intent(self, message: Message) -> Intent:
        asked = super()._intent(message)
        if asked.name != IMPORT:
            return asked
        return replace(asked, values=long_texts(message.get("values"), _MOST_TICKS))


def open_cv() -> Screen:
    """Return the CV of the person whose session opened this kernel."""
    from iprof_kit.ui.components.guichet import open_guichet

    editor = CvEditor(open_guichet)
    return Screen(editor.handle, html=_WAITING, stay=editor.stay)
