"""A CV that its owner shares by a link: a plain page, without account nor kernel."""

from __future__ import annotations

import asyncio
import base64

from iprof_kit.base.words import dashed
from iprof_kit.documents.data import TooLong
from iprof_kit.server.limits.readers import Readers
from iprof_kit.server.pages.door import SecretAddress
from iprof_kit.server.pages.gate import nonce_of
from iprof_kit.server.pages.rendering import render
from iprof_kit.server.pages.secret_links import (
    IN_A_PATH,
    Landing,
    kept_secret,
    public_name,
)
from iprof_kit.services.access.attempts import place_of
from iprof_kit.services.cv.links import LINK
from iprof_kit.services.cv.pages import SharedVersion
from iprof_kit.services.cv.reader import Action, open_link
from iprof_kit.services.cv.shared_pages import Kind, Made

ADDRESS = f"{LINK}/([0-9a-f]{{24}})"
_COOKIE = "iprof_lien_cv"


class SharedCvLanding(Landing):
    """Where a link to a CV leads."""

    title, cookie = "Ouvrir un CV partagé", _COOKIE

    def place(self, secret: str) -> str:
        """Return the page of this CV: several may be read at once."""
        return f"{LINK}/{public_name(secret)}"


class FormerLink(SharedCvLanding):
    """A link given before, whose path holds the secret."""

    SUPPORTED_METHODS = ("GET",)

    def get(self, secret: str) -> None:  # type: ignore[override]  # it is in the address
        """Go where the secret serves."""
        self.exchanged(secret)

    def check_xsrf_cookie(self) -> None:
        """Nothing is sent here: another method than a reading is refused in any case."""


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
            await self.settings["refusals"].wait(place_of(self.request.remote_ip or ""))
            self.set_status(429)
            self.set_header("Retry-After", str(seconds))
            self._say(
                "Trop de demandes",
                "trop de pages ont été ouvertes depuis cette adresse.",
                "Réessayez dans une minute.",
            )

    def check_xsrf_cookie(self) -> None:
        """Nothing is sent here: another method than a reading is refused in any case."""

    async def made(self, name: str, action: Action, kind: Kind) -> Made | None:
        """Return what a link shows, the reading noted, or None after having said why not."""
        address, token = self.request.remote_ip or "", kept_secret(self, _COOKIE)
        token = token if public_name(token) == name else ""
        version: SharedVersion | None = await self.from_database(
            open_link, token, self.kit.screen_time(), address, action
        )
        if version is None:
            self.set_status(404)
            self._say(
                "Lien sans effet",
                "ce lien n’existe pas, a été retiré ou a expiré.",
                "Demandez un nouveau lien à la personne qui vous l’a donné.",
            )
            return None
        try:
            return await asyncio.shield(asyncio.wrap_future(version.ask(kind)))
        except TooLong:
            self.set_status(422)
            self._say(
                "CV trop long",
                "ce CV est trop long pour être mis en page.",
                "Prévenez la personne qui vous a donné le lien.",
            )
            return None

    def _say(self, title: str, why: str, remedy: str) -> None:
        words = {"titre": title, "motif": why, "remede": remedy}
        self.finish(render("erreur.html.j2", nonce=nonce_of(self), **words))


class SharedCvPage(_Reading):
    """The pages of the CV as pictures, its text beside them, and the PDF to download."""

    async def get(self, name: str) -> None:
        """Show the CV, or say that the link shows nothing."""
        made = await self.made(name, "cv_lien_lu", "pages")
        if made is None:
            return
        words = {"titre": made.title, "pages": [*map(_picture, made.parts)], "texte": made.html}
        self.finish(
            render(
                "cv_partage.html.j2", nonce=nonce_of(self), pdf=f"{self.request.path}/pdf", **words
            )
        )


class SharedCvPdf(_Reading):
    """The PDF of the same pages."""

    async def get(self, name: str) -> None:
        """Send the file, or say that the link shows nothing."""
        made = await self.made(name, "cv_lien_telecharge", "pdf")
        if made is None:
            return
        self.set_header("Content-Type", "application/pdf")
        name = _file_name(made.title)
        self.set_header("Content-Disposition", f'attachment; filename="{name}.pdf"')
        self.finish(made.parts[0])


def _picture(page: bytes) -> str:
    """Return a page as the address of a picture: in a picture, nothing runs."""
    return "data:image/svg+xml;base64," + base64.b64encode(page).decode("ascii")


def _file_name(title: str) -> str:
    return dashed(title).strip("-")[:80] or "cv"


SHARED_ROUTES = [
    (LINK, SharedCvLanding),
    (ADDRESS, SharedCvPage),
    (ADDRESS + "/pdf", SharedCvPdf),
    (f"/cv/{IN_A_PATH}(?:/pdf)?", FormerLink),
]
