"""Kernels: one owner each, no environment of the server's, a guichet, an end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
import site
import socket
import sys
from collections.abc import Awaitable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Protocol, cast
from uuid import uuid4

import zmq.asyncio
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Dict, Instance, Set, default

from iprof_kit.base.clock import utc_now
from iprof_kit.base.configuration.in_force import in_force
from iprof_kit.base.configuration.sub_path import VARIABLE as SUB_PATH
from iprof_kit.base.configuration.sub_path import sub_path
from iprof_kit.base.errors import Unavailable
from iprof_kit.base.logs import FORM, LEVEL, TRACE, short
from iprof_kit.base.names import words_in
from iprof_kit.base.paths import OTHER_TABLES, REFERENCE
from iprof_kit.server.guichet import Guichet
from iprof_kit.server.kernels.enclosures import Enclosures
from iprof_kit.server.kernels.first_answer import question_of
from iprof_kit.server.kernels.folders import outgrown
from iprof_kit.server.kernels.forked import ForkedSession, Forks, first_of
from iprof_kit.server.kernels.places import Places
from iprof_kit.server.kernels.returning import Left
from iprof_kit.server.settings import Settings
from iprof_kit.server.visitors import Visitor, those_ended
from iprof_kit.ui.components.guichet import HANDLE

_KEPT = (
    *words_in("PATH LANG LC_ALL LC_CTYPE TZ VIRTUAL_ENV CONDA_PREFIX LD_LIBRARY_PATH SYSTEMROOT"),
)

_log = logging.getLogger(__name__)


@dataclass
class Opening:
    """A page being opened: for whom, asked from where, with which kernel once it has one."""

    visitor: Visitor
    address: str = ""
    kernel_id: str | None = None


class Ended(IntEnum):
    """Why a kernel ended, as its page is told: the code with which its websocket closes."""

    ALONE = 4000
    """It died, or had nothing to do for too long."""
    CROWDED = 4001
    """The person opened more pages than she may, or the house was full and no page was there."""
    LEFT = 4002
    """The person logged out."""
    REPLACED = 4003
    """Another websocket of the same kernel took its place."""
    STOPPED = 4004
    """The server stops."""


class Page(Protocol):
    """The websocket of a page."""

    def write_message(self, message: bytes, binary: bool = False) -> Any:
        """Send to the page."""

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close it."""


_SOCKETS_A_KERNEL = 8
"""Jupyter opens six to each kernel; some last a moment longer than it."""
_REMEMBERED = 10_000
"""Kernels that have ended, whose pages may still be on a screen."""
_HAS_LEFT = ""
_A_LITTLE = 0.05
"""Seconds by which two clocks may differ."""
_STUCK = 3.0
"""Seconds of one answer after which who loads her page again is given another kernel."""
PROVISIONER = "iprof-own-folder"
"""Entry point of what gives ordinary kernels a folder of their own."""
OPENING: ContextVar[Opening] = ContextVar("opening")
"""The page that the current task opens."""


class OwnPython(KernelSpecManager):
    """Know one kernel, this very Python; what a user installed under the same name is not read."""

    def _kernel_dirs_default(self) -> list[str]:
        return []

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return this Python, in a folder of its own."""
        spec = super().get_kernel_spec(kernel_name)
        spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": PROVISIONER}}
        spec.argv = [sys.executable, "-m", "iprof_kit.kernel.ordinary", "-f", "{connection_file}"]
        return spec


class KernelsOfVisitors(AsyncMappingKernelManager):
    """Start kernels for the visitor of the current page and remember whose they are."""

    guichet = Instance(Guichet)
    kit = Instance(Settings)
    home = Instance(Path)
    fonts = Instance(Path)
    enclosures = Instance(Enclosures, ())
    _pages = Dict()
    _places = Instance(Places)
    _ended = Dict()
    _guichets = Dict()
    _sessions = Dict()
    _watches = Set()

    @default("context")
    def _context_with_room(self) -> zmq.asyncio.Context:
        """Return a context with room for every place; its own limit ends at some 168 kernels."""
        self._created_context = True
        context = zmq.asyncio.Context()
        context.max_sockets = _SOCKETS_A_KERNEL * self.kit.kernels_in_all + 1000
        return context

    @default("_places")
    def _places_of_these_settings(self) -> Places:
        return Places(self.kit)

    def join(self, kernel_id: str, page: Page) -> None:
        """Remember the websocket of a page, to be closed with the kernel."""
        self._pages.setdefault(kernel_id, set()).add(page)
        self._places.show(kernel_id)

    def quit(self, kernel_id: str, page: Page, *, farewell: bool) -> None:
        """Forget a websocket that has closed; its kernel ends unless a page comes back to it."""
        pages = self._pages.get(kernel_id, set())
        if page not in pages:
            return
        pages.discard(page)
        seconds = self._places.hide(kernel_id, farewell=farewell)
        if seconds is not None:
            self.end_if_abandoned(kernel_id, seconds)

    @property
    def taken(self) -> tuple[int, int]:
        """How many places are taken, and how many of them by people without an account."""
        return len(self._places), len(self._places.of_strangers)

    def owner_of(self, kernel_id: str | None) -> str | None:
        """Return the owner key of a kernel that starts or lives."""
        return self._places.owner_of(kernel_id or "")

    def left(self, kernel_id: str) -> bool:
        """Tell whether the person of a kernel that has ended has logged out since."""
        return self._ended.get(kernel_id) == _HAS_LEFT

    def kernels_of(self, owner: str) -> list[str]:
        """Return the kernels of a visitor, oldest first."""
        return self._places.of(owner)

    async def start_kernel(self, **words: Any) -> str:  # type: ignore[override]  # named there
        """Start a kernel for the visitor of the page; what is left of too many is ended.

        Raises
        ------
        Unavailable
            Every place of the server is taken, or the visitor has left in the meantime.
        """
        opening = OPENING.get()
        opening.kernel_id = kernel_id = str(uuid4())
        visitor = opening.visitor
        former = self._places.take(kernel_id, visitor.key, opening.address, visitor.roles)
        if former is not None:
            await self.shutdown_kernel(former, now=True, why=Ended.CROWDED)
        await self._end_too_many(visitor.key)
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                await self._start(kernel_id, theirs, words)
            except BaseException:
                ours.close()
                await self.shutdown_kernel(kernel_id, now=True)
                shutil.rmtree(self.home / kernel_id, ignore_errors=True)
                raise
        self._guichets[kernel_id] = asyncio.create_task(self._attend(kernel_id, ours, visitor))
        if kernel_id not in self._places:  # ended while it was starting
            await self.shutdown_kernel(kernel_id, now=True)
            raise Unavailable("cette page a été fermée.", remedy="Rouvrez-la.")
        _log.info("session %s ouverte", short(kernel_id))
        self.end_if_abandoned(kernel_id, 2 * self.kit.opening_seconds)
        return kernel_id

    async def come_back(self, left: Left, path: str) -> dict[str, Any] | None:
        """Give the kernel that a page has just left to the page that takes its place.

        Parameters
        ----------
        left : Left
        path : str
            The address that is opened.

        Returns
        -------
        dict or None
            What its page is made of. None where it is not hers, or cannot be come back to: then it
            ends at once, so that no page that is loaded again holds two places.
        """
        kernel_id, visitor = left.kernel_id, OPENING.get().visitor
        if self.owner_of(kernel_id) != visitor.key:
            return None
        session = self.session_of(kernel_id)
        page = session.page if session and not session.is_stuck(_STUCK) else None
        fresh = left.anew or self.kit.develop or visitor.token is None  # who uses that browser now?
        if page is None or fresh or question_of(page, path) is None:
            await self.shutdown_kernel(kernel_id, now=True, why=Ended.REPLACED)
            return None
        OPENING.get().kernel_id = kernel_id
        self.end_if_abandoned(kernel_id, self._places.await_page(kernel_id))
        return page

    async def _start(self, kernel_id: str, guichet: socket.socket, words: dict[str, Any]) -> None:
        """Fork a session from what is given as `warm`; without one, start an ordinary kernel."""
        own, user = self.home / kernel_id, self.enclosures.open(kernel_id)
        warm: Forks | None = words.pop("warm", None)
        if warm is None:
            words |= self._inherited(guichet, own, user) | {"own": own, "user": user}
            await super().start_kernel(**words, kernel_id=kernel_id)
            manager: Any = self.get_kernel(kernel_id)
            self.enclosures.bound(kernel_id, manager.provisioner.pid)
            return
        session = await ForkedSession.fork(
            warm, own, self.environment(own), guichet.fileno(), self.kit.unread_bytes, user
        )
        session.page = warm.page
        self._sessions[kernel_id] = session
        self.enclosures.bound(kernel_id, session.process.pid)
        self.initialize_culler()  # type: ignore[no-untyped-call]  # half typed

    async def shutdown_kernel(  # type: ignore[override]  # its `why` is ours
        self,
        kernel_id: str,
        now: bool = False,
        restart: bool = False,
        why: Ended = Ended.ALONE,
    ) -> None:
        """End a kernel, tell its pages; it has no second life, since its guichet ends with it."""
        self._remember(kernel_id, self._places.give_back(kernel_id))
        if task := self._guichets.pop(kernel_id, None):
            task.cancel()
        try:
            if session := self._sessions.pop(kernel_id, None):
                await session.end()
            elif kernel_id in self:
                with contextlib.suppress(KeyError):  # two ends of one kernel may cross
                    await super().shutdown_kernel(  # type: ignore[no-untyped-call]  # half typed
                        kernel_id, now=now, restart=restart
                    )
        finally:
            for page in self._pages.pop(kernel_id, ()):
                page.close(why)
            await self.enclosures.close(kernel_id)

    def _remember(self, kernel_id: str, owner: str | None) -> None:
        """Know whose a kernel was: a page cut from it may ask why once she has left."""
        if owner is None:
            return
        self._ended[kernel_id] = owner
        while len(self._ended) > _REMEMBERED:
            del self._ended[next(iter(self._ended))]

    async def end_all_of(self, owner: str) -> None:
        """End every kernel of a visitor, at once, and those that ended before are left too."""
        kernels = self.kernels_of(owner)
        ends = [self.shutdown_kernel(kernel, now=True, why=Ended.LEFT) for kernel in kernels]
        await asyncio.gather(*ends)
        left = [kernel for kernel, key in self._ended.items() if key == owner]
        self._ended |= dict.fromkeys(left, _HAS_LEFT)

    def tell_everybody(self, message: bytes) -> None:
        """Send a word of the server's own to every page that is open."""
        for page in [page for pages in self._pages.values() for page in pages]:
            page.write_message(message, binary=True)

    async def end_everything(self) -> None:
        """End every kernel at once and tell its pages: the server stops."""
        kernels = {*self._places, *self.list_kernel_ids()}
        ends = [self.shutdown_kernel(kernel, now=True, why=Ended.STOPPED) for kernel in kernels]
        await asyncio.gather(*ends, return_exceptions=True)

    def end_if_abandoned(self, kernel_id: str, seconds: float) -> None:
        """End a kernel, later, if no page has come to it by then."""
        task = asyncio.ensure_future(self._end_if_abandoned(kernel_id, seconds))
        self._watches.add(task)
        task.add_done_callback(self._watches.discard)

    async def _end_if_abandoned(self, kernel_id: str, seconds: float) -> None:
        await asyncio.sleep(seconds + _A_LITTLE)
        if self._places.is_over(kernel_id):
            await self.shutdown_kernel(kernel_id, now=True)

    def session_of(self, kernel_id: str) -> ForkedSession | None:
        """Return the forked session of this name, None for an ordinary kernel."""
        return cast(ForkedSession | None, self._sessions.get(kernel_id))

    def kernel_model(self, kernel_id: str) -> dict[str, Any]:
        """Return what a page is told of its kernel."""
        session = self.session_of(kernel_id)
        if session is None:
            return dict(super().kernel_model(kernel_id))  # type: ignore[no-untyped-call]  # half typed
        return {"id": kernel_id, "name": "python3"} | session.model()

    async def cull_kernels(self) -> None:
        """End what nobody has used for too long, or whose session was ended elsewhere."""
        await self._end_those_ended()
        await super().cull_kernels()  # type: ignore[no-untyped-call]  # half typed
        for kernel_id, session in tuple(self._sessions.items()):
            if session.is_idle(self.cull_idle_timeout):
                await self.shutdown_kernel(kernel_id, now=True)

    async def _end_those_ended(self) -> None:
        """Show nothing more to who lost a role, an account, or whose password was replaced."""
        owners = {owner for one in self._places if (owner := self.owner_of(one))}
        with contextlib.suppress(Unavailable):  # looked at again next time
            for owner in await asyncio.to_thread(those_ended, owners, utc_now()):
                await self.end_all_of(owner)

    async def _end_too_many(self, owner: str) -> None:
        """End what exceeds a visitor's share: the oldest, those without a page first."""
        own = self.kernels_of(owner)
        too_many = len(own) - self.kit.kernels_per_visitor
        for kernel_id in sorted(own[:-1], key=self._places.is_shown)[: max(too_many, 0)]:
            await self.shutdown_kernel(kernel_id, now=True, why=Ended.CROWDED)

    async def _attend(self, kernel_id: str, end: socket.socket, visitor: Visitor) -> None:
        """Answer a kernel until it ends; a kernel that died is forgotten."""
        TRACE.set(short(kernel_id))
        asked = self.guichet.serve(end, visitor.identity, visitor.person)
        works: list[Awaitable[object]] = [asked]
        session = self.session_of(kernel_id)
        if session is not None:
            works.append(session.attend())
        if session is None or not self.enclosures.apart:
            works.append(self._outgrow(kernel_id))
        await first_of(*works)
        self._guichets.pop(kernel_id, None)  # this task: not to be cancelled by the end it brings
        await self.shutdown_kernel(kernel_id, now=True)

    async def _outgrow(self, kernel_id: str) -> None:
        """Return once a kernel keeps more than it may on the machine's disk, and say so."""
        await outgrown(self.home / kernel_id)
        _log.warning("session %s arrêtée : son dossier est trop plein", short(kernel_id))

    def _inherited(self, end: socket.socket, own: Path, user: int | None) -> dict[str, Any]:
        """Return what a kernel gets of the server: one socket, and an environment made for it."""
        environment = self.environment(own) | {HANDLE: str(end.fileno())}
        environment |= self.enclosures.words(user)
        if os.name == "nt":  # there every inheritable handle is inherited
            end.set_inheritable(True)
            return {"env": environment}
        return {"env": environment, "pass_fds": (end.fileno(),)}

    def environment(self, own: Path) -> dict[str, str]:
        """Return all that a kernel or a warm process gets of the server's environment."""
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        logs = in_force().values.journaux
        private = {
            LEVEL: logs.niveau,
            FORM: logs.forme,
            SUB_PATH: sub_path(),
            "HOME": str(own),
            "IPYTHONDIR": str(own / "ipython"),
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(own)),
            "MPLCONFIGDIR": str(self.fonts),
            "MPLBACKEND": "agg",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        if site.ENABLE_USER_SITE:
            private["PYTHONUSERBASE"] = site.getuserbase()
        if OTHER_TABLES in os.environ:  # a decree that is tried: its tables are no secret
            private[OTHER_TABLES] = str(REFERENCE)
        return kept | private
