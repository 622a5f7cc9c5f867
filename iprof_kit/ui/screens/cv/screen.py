"""The CV: an address, an intent or a file in, the HTML of a page out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from iprof_kit.base.errors import KitError
from iprof_kit.cv.sections import ITEMS
from iprof_kit.services.contract.operation import Asks
from iprof_kit.ui.components.screen import Answered, Message, Screen
from iprof_kit.ui.kit.guarded import guarded
from iprof_kit.ui.kit.parts import Notice, Page
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.screens.cv import lines as cv_lines
from iprof_kit.ui.screens.cv import profiles, targets
from iprof_kit.ui.screens.cv.files import FILE_ACTS, UPLOADS
from iprof_kit.ui.screens.cv.keeping import KEEPING_ACTS
from iprof_kit.ui.screens.cv.lines import LINE_ACTS, Act, Values
from iprof_kit.ui.screens.cv.pages import build, failed_notice, with_notices
from iprof_kit.ui.screens.cv.preview import Press
from iprof_kit.ui.screens.cv.profiles import PROFILE_ACTS
from iprof_kit.ui.screens.cv.session import Session
from iprof_kit.ui.screens.cv.state import SEEN
from iprof_kit.ui.screens.cv.targets import PARTS, TARGET_ACTS
from iprof_kit.ui.shared.hours import with_local_hours
from iprof_kit.ui.shared.menu import CV, help_of, places
from iprof_kit.ui.shared.messages import MOST_FIELDS, long_texts, word
from iprof_kit.ui.visit.not_covered import not_covered_notice

FIRST = "/cv/diplomes"
DRAFT, IMPORT = "cv_brouillon", "cv_importer"
_MOST_TICKS = 20_000
"""Changes that a file may propose, field by field, one box each."""
_WAITING = '<p class="sec" role="status">Ouverture de votre CV.</p>'
ACTS: dict[str, Act] = LINE_ACTS | TARGET_ACTS | PROFILE_ACTS | FILE_ACTS | KEEPING_ACTS
_FORMS: dict[str, Callable[[Session, Values, str], None]] = {
    "cible": targets.settings, "titres": targets.section_title,
    "lettre": targets.letter, profiles.PROFILE: profiles.draft,
    **dict.fromkeys(PARTS, targets.part),
    **dict.fromkeys(ITEMS, cv_lines.draft),
}  # fmt: skip


class CvEditor:
    """The pages of one person's CV.

    Nothing is asked of the guichet before the first route: a kernel can be made ahead.

    Parameters
    ----------
    open_guichet : callable
        Returns the guichet; called once, at the first need.
    press : Press, optional
        What draws the pages.
    """

    def __init__(self, open_guichet: Callable[[], Asks], press: Press | None = None) -> None:
        self._open_guichet = open_guichet
        self._guichet: Asks | None = None
        self._press = press or Press()
        self._path = FIRST
        self._session = Session(self._asked)

    @property
    def session(self) -> Session:
        """What this kernel knows of the CV: what was read, is being written, is shown."""
        return self._session

    def handle(self, message: Message) -> Answered:
        """Return the answer to a message of the browser; never raises."""
        pictures: list[tuple[str, ...]] = []
        session = self._session
        session.download, session.day = None, None
        html = guarded(lambda: self._handle(message, pictures), lambda: self._path)
        return Answered(html, pictures[0] if pictures else None, session.download)

    def stay(self) -> None:
        """Tell the server that the person is still there; her login then lasts too."""
        with suppress(KitError):  # whatever is wrong is said where she does something
            self._session.who()

    def _handle(self, message: Message, pictures: list[tuple[str, ...]]) -> str:
        session = self._session
        path = word(message.get("path")).rstrip("/") or FIRST
        place = places().get(path)
        if place is None or place.notebook != CV:
            return render(
                "base",
                Page(
                    "Page introuvable",
                    "Cette adresse n’existe pas dans ce kit. Le menu mène à tous les écrans.",
                ),
            )
        session.notices, session.place, session.path = (), "", place.path
        if message["kind"] == "route":
            session.seen = SEEN in word(message.get("query"))
        if message["kind"] == "route" or not session.store.loaded:
            self._go(place.path)
        if message["kind"] != "route":
            self._act(message)
        template, view, drawn = build(session, self._press, place.path)
        pictures.append(drawn)
        html = render(
            template,
            with_notices(view, (*self._first_words(), *session.notices)),
            rubrique=place.rubrique,
            tabs=place.tabs,
            notebook=CV,
            help_at=help_of(place.path),
        )
        return with_local_hours(html, lambda: session.who().academie.code)

    def _first_words(self) -> tuple[Notice, ...]:
        """Return what somebody whom the kit does not cover reads first on each page."""
        self._session.dossier()
        return (not_covered_notice(),) if self._session.is_not_covered else ()

    def _go(self, path: str) -> None:
        """Open a page: what was only begun or said on the former is left there."""
        session = self._session
        if path != self._path:
            cv_lines.leave(session)
            session.deleted = None
            session.pages.clear()
        self._path = path
        session.open()

    def _act(self, message: Message) -> None:
        """Do what is asked; a refusal is said at the head of the page, nothing is lost."""
        name, session = word(message.get("name")), self._session
        values = long_texts(message.get("values"), _MOST_TICKS if name == IMPORT else MOST_FIELDS)
        try:
            if name in UPLOADS:
                UPLOADS[name](session, message)
            elif name == DRAFT:
                form = _FORMS.get(values.get("of", "").partition(":")[0])
                if form:
                    form(session, values, word(message.get("changed")))
            elif name in ACTS:
                if name not in ("cv_annuler_suppression", DRAFT):
                    session.deleted = None
                ACTS[name](session, values)
        except KitError as error:
            session.notices = (*session.notices, failed_notice(error))

    def _asked(self) -> Asks:
        if self._guichet is None:
            self._guichet = self._open_guichet()
        return self._guichet


def open_cv() -> Screen:
    """Return the CV of the person whose session opened this kernel."""
    from iprof_kit.ui.components.guichet import open_guichet

    editor = CvEditor(open_guichet)
    return Screen(editor.handle, html=_WAITING, stay=editor.stay)
