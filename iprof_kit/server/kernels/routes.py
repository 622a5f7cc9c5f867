"""The routes by which a page reaches its own kernel, and no other."""

from __future__ import annotations

import logging
from typing import Any
from uuid import uuid4

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError, RequestHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from iprof_kit.base.characters import bounded
from iprof_kit.base.errors import KitError, Unavailable
from iprof_kit.base.logs import TRACE, short
from iprof_kit.server.kernels.clicks import Clicks
from iprof_kit.server.kernels.compression import CompressedAlone
from iprof_kit.server.kernels.forked import PageLink
from iprof_kit.server.kernels.framing import ended, request, stop_in
from iprof_kit.server.kernels.owned import Ended
from iprof_kit.server.kernels.pace import Pace
from iprof_kit.server.kernels.websockets import Websockets
from iprof_kit.server.limits.refusals import OnceAMinute
from iprof_kit.server.pages.door import KitPage, write_error
from iprof_kit.server.pages.gate import set_common_headers
from iprof_kit.server.pages.probes import Readiness
from iprof_kit.server.visitors import owners_of

_log = logging.getLogger(__name__)
V1 = "v1.kernel.websocket.jupyter.org"
_GOES = frozenset({1000, 1001})
"""Codes with which a page closes its websocket: it is closed, or left for another one."""
MOST_AHEAD = 64
"""Messages of a page that its kernel has not answered."""


def _log_other_origins(count: int) -> None:
    _log.warning(
        "pages d’une autre adresse que celle de leur demande, sans calcul : %d. Derrière un "
        "mandataire à un port à lui, celui-ci doit transmettre l’hôte avec le port : nginx, "
        "proxy_set_header Host $http_host",
        count,
    )


_OTHER_ORIGINS = OnceAMinute(_log_other_origins)


def refuse_other_kernels(handler: RequestHandler, kernel_id: str) -> str:
    """Return whose a kernel is; refuse anybody else, as if it did not exist."""
    owner: str | None = handler.settings["kernel_manager"].owner_of(kernel_id)
    if owner is None or owner not in owners_of(handler):
        raise HTTPError(403)
    return owner


class OwnKernel(KernelHandler):
    """Read one's own kernel."""

    SUPPORTED_METHODS = ("GET",)

    async def prepare(self) -> None:  # type: ignore[override]  # awaited by tornado
        """Tell a page cut from its kernel that the person has left: it shows nothing more."""
        if self.settings["kernel_manager"].left(self.path_args[0]):
            raise HTTPError(410)
        await super().prepare()

    def set_default_headers(self) -> None:
        """Set the common headers."""
        set_common_headers(self)

    def write_error(self, status_code: int, **words: Any) -> None:
        """Say in French what is wrong; no traceback leaves the server."""
        write_error(self, status_code, words.get("exc_info"))


class OwnShutdown(KitPage):
    """End one's own kernel when its page goes away."""

    shows_name = False

    async def post(self, kernel_id: str) -> None:
        """End it."""
        refuse_other_kernels(self, kernel_id)
        await self.settings["kernel_manager"].shutdown_kernel(kernel_id, now=True)
        self.set_status(204)


class OwnChannels(VoilaKernelWebsocketHandler):  # type: ignore[misc]  # Voilà is untyped
    """The websocket of one's own kernel, in the one framing that Voilà's filter can read.

    Without the v1 subprotocol, the filter takes a byte count for another and the whole server
    stops in a loop that eats its memory.
    """

    async def get(self, kernel_id: str) -> None:
        """Open it, for its owner, from our own pages, with v1."""
        owner = refuse_other_kernels(self, kernel_id)
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if V1 not in [word.strip() for word in offered.split(",")]:
            raise HTTPError(400, "sous-protocole v1 requis")
        websockets: Websockets = self.settings["websockets"]
        try:
            websockets.enter(self, kernel_id, owner)
        except Unavailable:
            await self.settings["refusals"].wait(owner)
            raise
        try:
            await super().get(kernel_id)  # as long as it is open
        finally:
            websockets.leave(self)

    def write_error(self, status_code: int, **words: Any) -> None:
        """Say in French what is wrong; no traceback leaves the server."""
        write_error(self, status_code, words.get("exc_info"))

    def get_websocket_protocol(self) -> Any:
        """Leave the pings to Jupyter: tornado would read its milliseconds as seconds."""
        protocol = super().get_websocket_protocol()
        if protocol is None:
            return None
        protocol.params.ping_interval = protocol.params.ping_timeout = None
        return CompressedAlone(self, False, protocol.params)

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Log our own faults, not what is refused: who insists would fill the log."""
        if not isinstance(error, KitError):
            super().log_exception(kind, error, trace)

    def check_origin(self, origin: str | None = None) -> bool:
        """Return whether the page that asks is of this very site, its port included."""
        given = origin or self.request.headers.get("Origin", "")
        is_ours = given in {f"http://{self.request.host}", f"https://{self.request.host}"}
        if not is_ours:
            _OTHER_ORIGINS.note()
        return is_ours

    async def pre_get(self) -> None:
        """Find what the page will speak to: a forked session, or an ordinary kernel."""
        manager = self.settings["kernel_manager"]
        session = manager.session_of(self.kernel_id)
        if session is None:
            await super().pre_get()
            return
        user, asked = self.current_user, ("execute", "kernels")
        if not await ensure_async(self.authorizer.is_authorized(self, user, *asked)):
            raise HTTPError(403)
        name = self.get_argument("session_id", "") or uuid4().hex
        self.connection = PageLink(session, self, name, manager.allowed_message_types)

    async def open(self, kernel_id: str) -> None:
        """Be known to the kernel's end, which closes this too."""
        self._unread = 0
        kit = self.settings["kit"]
        self._pace = Pace(MOST_AHEAD, 2 * kit.body_bytes, kit.slow_seconds)
        self._clicks = Clicks(MOST_AHEAD)
        manager = self.settings["kernel_manager"]
        manager.join(kernel_id, self)
        if manager.owner_of(kernel_id) is None:  # it has just ended, and told its pages
            self.close(Ended.ALONE)
            return
        await super().open(kernel_id)
        readiness: Readiness = self.settings["readiness"]
        if readiness.draining:
            self.write_message(stop_in(readiness.seconds_left), binary=True)
        if self.settings["websockets"].is_replaced(self):  # while it was opening
            self.close(Ended.REPLACED, "remplacée")

    async def on_message(self, ws_message: Any) -> None:
        """Hand a message on, at the kernel's pace; what is not well framed is not even read."""
        header = request(ws_message)
        if header is None or self._leaving():
            return
        TRACE.set(f"{short(self.kernel_id)}-{short(header['msg_id'])}")
        _log.debug("message %s", bounded(header["msg_type"], 40))
        self._clicks.asked(header["msg_id"], ws_message)
        await self._pace.asked(header["msg_id"], len(ws_message))
        if self.connection is not None and not self._leaving():
            handed_on = self.connection.handle_incoming_message(ws_message)
            if handed_on is not None:
                await handed_on

    def _leaving(self) -> bool:
        """Whether the websocket is being closed: it has forgotten its framing by then."""
        return self.ws_connection is None or self.ws_connection.is_closing()

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Send to the page; one that no longer reads is let go, its kernel waits for it."""
        if self._leaving():
            return None
        if done := ended(message):
            self._pace.answered(done)
            self._clicks.answered(done)
        sent = super().write_message(message, binary)
        if sent is not None:
            size = len(message)
            self._unread += size
            sent.add_done_callback(lambda done: self._read(done, size))
            if self._unread > self.settings["kit"].unread_bytes:
                self.close(1013, "trop de retard")
        return sent

    def _read(self, done: Any, size: int) -> None:
        self._unread -= size
        if not done.cancelled():
            done.exception()  # the page went away meanwhile

    def on_close(self) -> None:
        """Leave the kernel a moment, in case the page comes back; none where it never opened."""
        kernel_id, manager = getattr(self, "kernel_id", None), self.settings["kernel_manager"]
        if kernel_id is None:  # the page went away while the server found out who asks
            return
        manager.quit(kernel_id, self, farewell=self.close_code in _GOES)
        if self.connection is not None:
            super().on_close()
