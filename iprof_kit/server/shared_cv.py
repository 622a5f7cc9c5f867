"""A CV that its owner shares by a link: a plain page, without account nor kernel."""

from __future__ import annotations

import base64
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tornado.ioloop import IOLoop

from iprof_kit.server.gate import nonce_of
from iprof_kit.server.pages import SecretAddress
from iprof_kit.server.readers import Readers
from iprof_kit.server.rendering import render
from iprof_kit.services import cv_pages
from iprof_kit.services.cv_reader import Action, open_link

ADDRESS = r"/cv/([A-Za-z0-9._-]{20,200})"
_TYPESETTING = ThreadPoolExecutor(max_workers=2, thread_name_prefix="cv-partage")
"""Not the pool of the logins: readers never hold up who wants to enter."""


@dataclass(frozen=True)
class _Page:
    title: str
    pictures: tuple[str, ...]
    text: str


class _Reading(SecretAddress):
    """What is common to the page and to its PDF: nobody is known here, and nobody indexes it."""

    def set_default_headers(self) -> None:
        """Set the headers of a secret address, which no index keeps."""
        super().set_default_headers()
        self.set_header("X-Robots-Tag", "noindex, nofollow, noarchive, nosnippet")

    async def prepare(self) -> None:
        """Refuse who opens too much; nobody is known here."""
        readers: Readers = self.settings["readers"]
        seconds = readers.wait(self.request.remote_ip or "")
        if seconds:
            self.set_status(429)
            self.set_header("Retry-After", str(seconds))
            self._say(
                "Trop de demandes", "trop de pages ont été ouvertes depuis cette adresse.",
                "Réessayez dans une minute.",
            )  # fmt: skip

    def check_xsrf_cookie(self) -> None:
        """Nothing is sent here: another method than a reading is refused in any case."""

    async def opened(self, token: str, action: Action) -> cv_pages.SharedCv | None:
        """Return the CV of a link, or None after having said that it shows nothing."""
        address = self.request.remote_ip or ""
        cv = await self.from_database(open_link, token, self.kit.screen_time(), address, action)
        if cv is None:
            self.set_status(404)
            self._say(
                "Lien sans effet", "ce lien n’existe pas, a été retiré ou a expiré.",
                "Demandez un nouveau lien à la personne qui vous l’a donné.",
            )  # fmt: skip
        found: cv_pages.SharedCv | None = cv
        return found

    def _say(self, title: str, why: str, remedy: str) -> None:
        words = {"titre": title, "motif": why, "remede": remedy}
        self.finish(render("erreur.html.j2", nonce=nonce_of(self), **words))


class SharedCvPage(_Reading):
    """The pages of the CV as pictures, its text beside them, and the PDF to download."""

    async def get(self, token: str) -> None:
        """Show the CV, or say that the link shows nothing."""
        cv = await self.opened(token, "cv_lien_lu")
        if cv is None:
            return
        page = await IOLoop.current().run_in_executor(_TYPESETTING, _page, cv)
        words = {"titre": page.title, "pages": page.pictures, "texte": page.text}
        self.finish(
            render(
                "cv_partage.html.j2", nonce=nonce_of(self), pdf=f"{self.request.path}/pdf", **words
            )
        )


class SharedCvPdf(_Reading):
    """The PDF of the same pages."""

    async def get(self, token: str) -> None:
        """Send the file, or say that the link shows nothing."""
        cv = await self.opened(token, "cv_lien_telecharge")
        if cv is None:
            return
        made = await IOLoop.current().run_in_executor(_TYPESETTING, cv_pages.pdf, cv)
        self.set_header("Content-Type", "application/pdf")
        name = _file_name(cv_pages.title(cv))
        self.set_header("Content-Disposition", f'attachment; filename="{name}.pdf"')
        self.finish(made)


def _page(cv: cv_pages.SharedCv) -> _Page:
    return _Page(
        cv_pages.title(cv), tuple(_picture(page) for page in cv_pages.pages(cv)), cv_pages.html(cv)
    )


def _picture(page: str) -> str:
    """Return a page as the address of a picture: in a picture, nothing runs."""
    return "data:image/svg+xml;base64," + base64.b64encode(page.encode()).decode("ascii")


def _file_name(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:80] or "cv"


SHARED_ROUTES = [(ADDRESS, SharedCvPage), (ADDRESS + "/pdf", SharedCvPdf)]
