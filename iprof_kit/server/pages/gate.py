"""The gate: what is refused before any handler runs, and the headers of every answer."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import Application, OutputTransform, RequestHandler, stream_request_body

from iprof_kit.base.characters import bounded
from iprof_kit.base.configuration.sub_path import inside, outside, sub_path
from iprof_kit.base.errors import InputError
from iprof_kit.base.logs import TRACE
from iprof_kit.base.words import NBSP
from iprof_kit.server.limits.refusals import OnceAMinute
from iprof_kit.server.measures import REQUESTS
from iprof_kit.server.pages.rendering import render
from iprof_kit.server.proxies import REQUEST_ID
from iprof_kit.server.settings import Settings

LONGEST_READ = 64_000_000
"""Bytes of a refused body that are read and forgotten, so that the sender can read why."""
_COMMON = (
    "default-src 'none'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; "
)
PLAIN = _COMMON + "script-src 'nonce-{nonce}'; style-src 'self'; font-src 'self'"
SCREENS = _COMMON + ("script-src 'self' 'nonce-{nonce}'; style-src 'self'; font-src 'self'")
"""Pages with the light front end. What remains beyond this page's own scripts: those of this very
site, since the front end fetches its parts by address, which no word of the page can mark."""
WIDGETS = _COMMON + (
    "script-src 'self' 'nonce-{nonce}' blob:; "
    "style-src 'self' 'unsafe-inline'; font-src 'self' data:"
)
"""Pages with Voilà's front end, which writes styles into its elements; a module is a blob."""
LIVES, READY = PROBES = ("/healthz", "/readyz")
"""What programs ask of a machine that they know by its number, whatever the site's name is."""
_FIRST = re.compile(r"(?:^|[(|])/([\w.-]+)")
"""The first name of an address, in the pattern of its route."""
_NONCE = "kit_nonce"
_REFUSED = frozenset({429, 503})
"""What is refused for lack of room is measured apart from our faults, and from those of people."""
_log = logging.getLogger(__name__)


def nonce_of(handler: RequestHandler) -> str:
    """Return the word that lets this page's own scripts run, and no other's."""
    if not hasattr(handler, _NONCE):
        setattr(handler, _NONCE, secrets.token_urlsafe(16))
    nonce: str = getattr(handler, _NONCE)
    return nonce


def set_common_headers(handler: RequestHandler, *, policy: str = PLAIN) -> None:
    """Set the headers that every answer carries; pages with widgets need a wider policy."""
    handler.set_header("Content-Security-Policy", policy.format(nonce=nonce_of(handler)))
    handler.set_header("X-Content-Type-Options", "nosniff")
    handler.set_header("Referrer-Policy", "same-origin")
    handler.set_header("Cross-Origin-Opener-Policy", "same-origin")
    handler.set_header("Cross-Origin-Resource-Policy", "same-origin")
    handler.set_header("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    handler.set_header("Server", "iprof_kit")
    handler.set_header(REQUEST_ID, TRACE.get())
    if handler.settings["kit"].https:
        handler.set_header("Strict-Transport-Security", "max-age=31536000")


def _counted(status: int, why: str) -> OnceAMinute:
    return OnceAMinute(lambda count: _log.warning("réponses %d, %s : %d", status, why, count))


_COUNTED = {
    403: _counted(403, "pages ou sessions d’un autre rôle, d’une autre personne, d’un autre site"),
    503: _counted(503, "places prises ou base occupée"),
}


def log_fault(handler: RequestHandler) -> None:
    """Log our own faults; never an address, which may hold a link's secret.

    What is refused for lack of room, or to whom it is not for, is counted, a line a minute: who
    insists would fill the log.
    """
    status = handler.get_status()
    label = str(status) if status in _REFUSED else f"{status // 100}xx"
    page = REQUESTS.labels(type(handler).__name__, label)
    page.observe(handler.request.request_time())
    if status in _COUNTED:
        _COUNTED[status].note()
        return
    level = logging.ERROR if status >= 500 else logging.DEBUG
    milliseconds = 1000 * handler.request.request_time()
    method = bounded(handler.request.method or "", 10)
    _log.log(level, "%s %s : %d en %d ms", method, type(handler).__name__, status, milliseconds)


class Located(OutputTransform):
    """Where an answer leads, as browsers ask for it."""

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Change the address alone."""
        del finishing
        if (place := headers.get("Location")) is not None:
            headers["Location"] = outside(place)
        return status_code, headers, chunk


def refuse_own_name(patterns: Iterable[str]) -> None:
    """Refuse a path of the site that begins as one of its pages: nobody could tell them apart.

    Raises
    ------
    InputError
        It does.
    """
    first = sub_path().split("/")[1:2]
    ours = {name for pattern in patterns for name in _FIRST.findall(pattern)}
    if ours.intersection(first):
        raise InputError(
            f"« /{first[0]} » est déjà une page du kit.",
            where="site.chemin",
            remedy="Choisissez un autre chemin, comme /iprof, et donnez-le au mandataire.",
        )


class KitApplication(Application):
    """Route requests, once the host is known to be ours and the body is of a bearable size."""

    def __init__(self, handlers: Any = None, **settings: Any) -> None:
        super().__init__(handlers, transforms=[Located], **settings)

    def find_handler(self, request: HTTPServerRequest, **words: Any) -> Any:
        """Return what answers a request."""
        kit: Settings = self.settings["kit"]
        TRACE.set(request.headers.get(REQUEST_ID) or secrets.token_hex(4))
        if request.path not in PROBES and _host(request) not in kit.hosts:
            return self._refusal(
                request, 421, "Adresse inconnue", "ce serveur ne répond pas à ce nom de site."
            )
        if "Transfer-Encoding" in request.headers:
            return self._refusal(request, 411, "Envoi sans taille", "la taille n’est pas annoncée.")
        if _length(request) > kit.body_bytes:
            return self._refusal(
                request,
                413,
                "Envoi trop volumineux",
                f"un envoi ne dépasse pas {kit.body_bytes // 1000}{NBSP}ko.",
            )
        if (known := inside(request.path)) is not None:
            request.path = known
        elif request.path not in PROBES:
            return self._refusal(
                request, 404, "Page introuvable", "cette adresse n’est pas celle du kit."
            )
        return super().find_handler(request, **words)

    def _refusal(self, request: HTTPServerRequest, status: int, title: str, why: str) -> Any:
        words = {"status": status, "title": title, "why": why}
        return self.get_handler_delegate(request, RefusedAtTheGate, words)


@stream_request_body
class RefusedAtTheGate(RequestHandler):
    """Read what comes without keeping any of it, then say why it was refused."""

    def initialize(self, status: int, title: str, why: str) -> None:
        """Keep what to say."""
        self._words = (status, title, why)

    def set_default_headers(self) -> None:
        """Set the common headers."""
        set_common_headers(self)

    def check_xsrf_cookie(self) -> None:
        """Refused in any case."""

    def prepare(self) -> None:
        """Answer at once what is too long even to be read; the connection is then closed."""
        if _length(self.request) > LONGEST_READ:
            self._refuse()

    def data_received(self, chunk: bytes) -> None:
        """Forget what was received."""

    def _refuse(self, *_args: str) -> None:
        status, title, why = self._words
        self.set_status(status)
        remedy = "Rien n’a été enregistré. Revenez à la page précédente."
        words = {"titre": title, "motif": why, "remede": remedy}
        self.finish(render("erreur.html.j2", nonce=nonce_of(self), **words))

    get = post = put = delete = patch = head = options = _refuse


def _host(request: HTTPServerRequest) -> str | None:
    try:
        return urlsplit("//" + request.host).hostname
    except ValueError:
        return None


def _length(request: HTTPServerRequest) -> int:
    text = request.headers.get("Content-Length", "0")
    return int(text) if text.isdecimal() else 0
