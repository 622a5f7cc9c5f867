"""Links that hold a secret: behind « # », which a browser sends to no server, then in a cookie.

A proxy's log lists addresses; it holds no secret that still serves. The page where a link leads
hands the secret over in a form, by itself where scripts run, and a cookie of one address holds it
from then on. A link given before this has its secret in its path: it is exchanged at once, as long
as it lasts (a day for a password, `LONGEST_LINK_DAYS` for a CV).
"""

from __future__ import annotations

import hashlib
import re
from typing import ClassVar

from tornado.web import RequestHandler

from iprof_kit.server.pages.door import SecretAddress
from iprof_kit.server.pages.gate import nonce_of
from iprof_kit.server.pages.rendering import render
from iprof_kit.server.visitors import set_private_cookie

IN_A_PATH = "([A-Za-z0-9._-]{20,200})"
"""A secret in the path of a link given before."""
_SECRET = re.compile(IN_A_PATH)
_LONGEST_TYPED = 1_000


def exchange(handler: RequestHandler, cookie: str, place: str, secret: str) -> None:
    """Have the browser keep a secret for one address alone, and go there; none is none there."""
    if _SECRET.fullmatch(secret):
        set_private_cookie(handler, cookie, secret, path=place)
    handler.redirect(place, status=303)


def kept_secret(handler: RequestHandler, cookie: str) -> str:
    """Return the secret that the browser keeps for this address; empty where it keeps none."""
    value = handler.get_cookie(cookie) or ""
    return value if _SECRET.fullmatch(value) else ""


def public_name(secret: str) -> str:
    """Return what names a secret in an address, and opens nothing without it."""
    return hashlib.sha256(f"adresse:{secret}".encode()).hexdigest()[:24]


class Landing(SecretAddress):
    """Where a link leads: nobody is known here, and nothing is shown before its secret is known."""

    title: ClassVar[str]
    cookie: ClassVar[str]

    def place(self, secret: str) -> str:
        """Return the address whose cookie keeps the secret."""
        raise NotImplementedError

    async def prepare(self) -> None:
        """Ask nobody: what opens is the secret."""

    def get(self) -> None:
        """Show the form, which its script sends where the address holds a secret."""
        words = {"titre": self.title, "xsrf": self.xsrf_token.decode()}
        self.finish(render("lien.html.j2", nonce=nonce_of(self), **words))

    def post(self) -> None:
        """Take the secret; the whole address is taken too."""
        typed = self.get_body_argument("jeton", "")[:_LONGEST_TYPED]
        self.exchanged(typed.rpartition("#")[2])

    def exchanged(self, secret: str) -> None:
        """Keep the secret in a cookie, and go where it serves."""
        exchange(self, self.cookie, self.place(secret), secret)
