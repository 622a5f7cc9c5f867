"""The addresses that open a notebook, for whom, and how its page is made."""

from __future__ import annotations

import hashlib
import logging
import math
import time
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError
from voila.tornado.handler import TornadoVoilaHandler

from iprof_kit.base.configuration.sub_path import outside
from iprof_kit.base.errors import KitError, Unavailable
from iprof_kit.base.names import words_in
from iprof_kit.base.paths import NOTEBOOKS
from iprof_kit.server.database_threads import database_of
from iprof_kit.server.kernels.first_answer import question_of
from iprof_kit.server.kernels.owned import OPENING, Opening
from iprof_kit.server.kernels.places import Full
from iprof_kit.server.kernels.returning import left_here
from iprof_kit.server.pages.assets import STATIC_URL, front, look_url
from iprof_kit.server.pages.door import FIRST, LOGIN, with_query, write_error
from iprof_kit.server.pages.gate import SCREENS, WIDGETS, nonce_of, set_common_headers
from iprof_kit.server.pages.rendering import render
from iprof_kit.server.pages.shell import notebook_paths, shell
from iprof_kit.server.pages.streamed import Streamed, WholeTags
from iprof_kit.server.settings import Settings
from iprof_kit.server.visitors import Visitor, anonymous_visitor, known
from iprof_kit.services.academies import visiteurs
from iprof_kit.services.access.attempts import place_of
from iprof_kit.services.access.own_file import TRAINERS
from iprof_kit.services.contract.operation import Role
from iprof_kit.ui.screens.guides.accessibilite import accessibilite
from iprof_kit.ui.shared.menu import ATELIER, BUREAU, EVALUATION, GALLERY

ACCESSIBILITY, BOARD, GALLERY_PATH = "/accessibilite", "/atelier", "/galerie"
_log = logging.getLogger(__name__)
PAGE: ContextVar[dict[str, Any]] = ContextVar("page")
"""The shell of the page being opened, in the task that opens it."""
ANALYSTS: frozenset[Role] = frozenset({"analyste", "administrateur"})
MANAGERS: frozenset[Role] = frozenset({"gestionnaire"})
EVALUATORS: frozenset[Role] = frozenset({"evaluateur"})
LIGHT = frozenset(
    {
        *words_in(
            "portail.ipynb cv.ipynb gestion.ipynb evaluation.ipynb ma_situation.ipynb "
            "scenarios.ipynb tableau_promotions.ipynb atelier.ipynb"
        ),
        GALLERY,
    }
)
"""The notebooks whose widgets the light front end knows; another one gets Voilà's own, which
cannot show a `Screen` (here its module is an address of this site)."""
EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
)


_HTML = "text/html; charset=UTF-8"
_ANSWER_HERE = "<!-- première réponse -->"
_STILL_WAITING = "<script>window.voila_heartbeat()</script>\n"
"""What Voilà sends while nothing new comes."""


class NotebookPage(TornadoVoilaHandler):  # type: ignore[misc]  # Voilà is untyped
    """A page whose content is made by a kernel of the visitor's own."""

    shows_name = True

    @property
    def light(self) -> bool:
        """Whether this page uses the light front end."""
        return getattr(self, "notebook_path", "") in LIGHT

    @property
    def kit(self) -> Settings:
        """The settings of this server."""
        settings: Settings = self.settings["kit"]
        return settings

    def initialize(self, **words: Any) -> None:
        """Take the notebook, which decides the policy of the page."""
        super().initialize(**words)
        self.set_default_headers()

    def set_default_headers(self) -> None:
        """Set the common headers; private pages stay in no cache."""
        set_common_headers(self, policy=SCREENS if self.light else WIDGETS)
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Robots-Tag", "noindex, nofollow, noarchive, nosnippet")

    def set_header(self, name: str, value: Any) -> None:
        """Set a header; Voilà says that a page is HTML without saying in which letters."""
        super().set_header(name, _HTML if value == "text/html" else value)

    def write_error(self, status_code: int, **words: Any) -> None:
        """Say in French what is wrong."""
        write_error(self, status_code, words.get("exc_info"))

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Log our own faults, not what is refused: who insists would fill the log."""
        if not isinstance(error, KitError):
            super().log_exception(kind, error, trace)

    def visitor(self) -> Visitor | None:
        """Return who may open this page, or None after having sent them elsewhere."""
        sender = known(self)
        if sender.visitor is None or sender.identity is None:
            kept = with_query(self.request.path, self.request.query)
            self.redirect(f"{LOGIN}?suite={quote(kept)}")
            return None
        if sender.first_password:
            self.redirect(FIRST)
            return None
        return sender.visitor

    @allow_unauthenticated  # `visitor` says who may, and sends the others to our own login page
    async def get(self, *_path: str) -> None:
        """Open the notebook in a new kernel; arguments of the address are not looked at."""
        visitor = self.visitor()
        if visitor is None:
            return
        self.request.arguments = {}
        self.request.query_arguments = {}
        opening = Opening(visitor, place_of(self.request.remote_ip or ""))
        OPENING.set(opening)
        page = shell(known(self).named, self.request.path, self.kit, self.xsrf_token.decode())
        PAGE.set(page | self._look() | {"owner": _owner(visitor)})
        with suppress(StreamClosedError):  # the visitor went away; her kernel ends by itself
            await self.open(opening)

    async def open(self, opening: Opening) -> None:
        """Send the page; who finds no place hears it after the pause of whoever is refused."""
        try:
            if not await self._send_ready():
                await self._send(opening)
        except Full:
            await self.settings["refusals"].wait(opening.visitor.account or opening.address)
            raise

    def _look(self) -> dict[str, Any]:
        """Return what the template needs besides the shell."""
        zeros = [look_url(f"fonts/zero-ouvert-{weight}-normal.woff2") for weight in (400, 700)]
        words: dict[str, Any] = {"nonce": nonce_of(self), "css": look_url("kit.css")}
        idle = {"idle": self.kit.idle_seconds, "warning": self.kit.idle_warning_seconds}
        words |= {"zeros": zeros, "left": math.ceil(self.kit.left_seconds)}
        return words | idle | {"front": front() if self.light else None}

    async def _send_ready(self) -> bool:
        """Send the page prepared ahead, with a kernel forked for it; False where there is none."""
        manager, left = self.settings["kernel_manager"], left_here(self)
        if left and (page := await manager.come_back(left, self.request.path)):
            await self._stream(left.kernel_id, page)
            return True
        warm = self.settings["warm"].ready(self.notebook_path) if self.light else None
        if warm is None:
            return False
        try:
            kernel_id = await manager.start_kernel(kernel_name="python3", warm=warm)
        except (OSError, RuntimeError) as error:
            why = type(error).__name__
            _log.warning("%s n’est pas dupliqué (%s) : page ordinaire", self.notebook_path, why)
            return False
        await self._stream(kernel_id, warm.page)
        return True

    async def _stream(self, kernel_id: str, made: dict[str, Any]) -> None:
        """Send the page at once, but for its end: first what its screen shows, once it is known.

        The browser fetches its scripts and opens its websocket meanwhile. An address that brings
        something is answered by the websocket: a compressed page holds nothing that others chose.
        """
        question = None if self.request.query else question_of(made, self.request.path)
        words = {"kit": PAGE.get(), "kernel_id": kernel_id, "question": question, **made}
        page, streamed = render("pret.html.j2", **words), Streamed(self)
        if question is None:
            await streamed.finish(page)
            return
        begin, _, end = page.partition(_ANSWER_HERE)
        await streamed.send(begin)
        session = self.settings["kernel_manager"].session_of(kernel_id)
        state = session and await session.first_answer(question, self.kit.first_answer_seconds)
        answer = ""
        if state and await self.is_still_hers(kernel_id):
            answer = render("premiere_reponse.html.j2", state=state, nonce=nonce_of(self))
        await streamed.finish(answer + end)

    async def is_still_hers(self, kernel_id: str) -> bool:
        """Look once more who is there: she may have left since the page began."""
        visitor = OPENING.get().visitor
        if self.settings["kernel_manager"].owner_of(kernel_id) != visitor.key:
            return False
        if visitor.token is None:
            return True
        with suppress(Unavailable):
            identity = await database_of(self).ask(visitor.person, visitor.identity)
            return identity is not None and identity.compte == visitor.account
        return False

    async def _send(self, opening: Opening) -> None:
        """Send the page as it is made; say so where it will not be made."""
        manager = self.settings["kernel_manager"]
        end, whole = time.monotonic() + self.kit.opening_seconds, WholeTags()
        async for html in self.get_generator():
            if html == _STILL_WAITING:
                if manager.owner_of(opening.kernel_id) is None or time.monotonic() > end:
                    self.write(render("panne.html.j2"))
                    await manager.shutdown_kernel(opening.kernel_id, now=True)
                    return
                html = "\n"
            self.write(whole.take(html))
            await self.flush()


def _owner(visitor: Visitor) -> str:
    """Return a mark of the person: what she entered is shown again to nobody else."""
    return hashlib.sha256(f"saisie:{visitor.person}".encode()).hexdigest()[:16]


class PortalPage(NotebookPage):
    """The screens of the person who is logged in; one of them is for everybody."""

    @allow_unauthenticated
    async def get(self, *path: str) -> None:
        """Open the notebook; who cannot log in must be able to read what is said of it."""
        if self.request.path != ACCESSIBILITY or known(self).identity is not None:
            await super().get(*path)
            return
        named = known(self).named
        head = shell(named, self.request.path, self.kit, self.xsrf_token.decode())
        words = {"kit": head, "nonce": nonce_of(self), "vue": accessibilite(named.academie)}
        await self.finish(render("texte.html.j2", **words))


class OpenPage(NotebookPage):
    """« Ma situation »: without account; the kernel belongs to the visitor's cookie."""

    needs_person = False

    def visitor(self) -> Visitor:
        """Return a visitor without account, whoever is there: nothing of a person is read."""
        return anonymous_visitor(self)


class GalleryPage(OpenPage):
    """The gallery, without account, where the configuration of this installation opens it."""

    def visitor(self) -> Visitor:
        """Return a visitor without account; where the gallery is closed, the page is not there."""
        if not visiteurs().galerie:
            raise HTTPError(404)
        return super().visitor()


class TrainersPage(NotebookPage):
    """Scenarios, for trainers and analysts."""

    allowed = TRAINERS

    def visitor(self) -> Visitor | None:
        """Refuse who has none of the roles."""
        visitor = super().visitor()
        identity = known(self).identity
        if visitor is not None and not (identity and self.allowed & set(identity.roles)):
            raise HTTPError(403)
        return visitor


class AtelierPage(TrainersPage):
    """The rooms of the atelier, for trainers alone: they hold fictitious people only."""

    allowed = frozenset({"formateur"})

    def visitor(self) -> Visitor | None:
        """Show who is no trainer the séance of a link in the gallery, where it is open."""
        try:
            return super().visitor()
        except HTTPError:
            brings = self.request.path == BOARD and self.request.query
            if not (brings and visiteurs().galerie):
                raise
        self.redirect(with_query(GALLERY_PATH, self.request.query))
        return None


class AnalystsPage(TrainersPage):
    """Prepared tableaux, for analysts."""

    allowed = ANALYSTS


class ManagersPage(TrainersPage):
    """The desk, for case managers."""

    allowed = MANAGERS


class EvaluatorsPage(TrainersPage):
    """Projects of opinions, for evaluators."""

    allowed = EVALUATORS


def kept_warm(notebooks: Path) -> tuple[str, ...]:
    """Return the notebooks to keep ready: the kit's own; those of other authors start apart."""
    return tuple(sorted(LIGHT)) if notebooks.resolve() == NOTEBOOKS.resolve() else ()


def page_config(config: dict[str, Any], **_words: object) -> dict[str, Any]:
    """Keep the two widget managers of the front end, and add the shell of the page."""
    config["federated_extensions"] = [
        extension for extension in config["federated_extensions"] if extension["name"] in EXTENSIONS
    ]
    config["fullMathjaxUrl"] = outside(STATIC_URL) + "sans-formules.js"
    return config | {"kit": PAGE.get()}


_OF_A_ROLE: dict[str, type[NotebookPage]] = {
    BUREAU: ManagersPage,
    EVALUATION: EvaluatorsPage,
    ATELIER: AtelierPage,
}
"""The notebooks of the menu that one role alone opens."""


def notebook_routes(common: dict[str, Any]) -> list[tuple[str, type, dict[str, Any]]]:
    """Return the addresses that open a notebook: these and no other."""
    personal = [
        (f"({'|'.join(_paths_of(name))})/?", _OF_A_ROLE.get(name, PortalPage), name)
        for name in sorted(set(notebook_paths().values()))
    ]
    table: list[tuple[str, type[NotebookPage], str]] = [
        *personal,
        ("/ma-situation", OpenPage, "ma_situation.ipynb"),
        (GALLERY_PATH, GalleryPage, GALLERY),
        ("/scenarios", TrainersPage, "scenarios.ipynb"),
        ("/tableau-promotions", AnalystsPage, "tableau_promotions.ipynb"),
    ]
    return [(path, page, common | {"notebook_path": name}) for path, page, name in table]


def _paths_of(notebook: str) -> list[str]:
    """Return the addresses that a notebook shows, the longest first."""
    paths = [path for path, name in notebook_paths().items() if name == notebook]
    return sorted(paths, key=len, reverse=True)
