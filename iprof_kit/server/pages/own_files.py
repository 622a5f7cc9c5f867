"""Files that a person takes of her own data: archive, fiche, receipts, papers, threads.

They are made here rather than in a kernel: an archive may be larger than what a page is sent.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import IO, Any, cast
from urllib.parse import quote

from tornado.http1connection import HTTP1Connection
from tornado.ioloop import IOLoop
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from iprof_kit.server.limits.turns import Allowance, SharedThreads, Turns
from iprof_kit.server.pages.door import LOGIN, KitPage
from iprof_kit.server.visitors import known, turn_of
from iprof_kit.services.access.own_file import Owner, owner_of
from iprof_kit.services.own_data import archive, papers, threads
from iprof_kit.services.reports import files as report_files

ARCHIVE, FICHE = "/mes-donnees/tout.zip", "/mes-donnees/fiche.pdf"
_NAME = r"([0-9a-f]{24})"
_IN_MEMORY, _PART = 4_000_000, 1 << 18
_AT_ONCE, _WAITING = 16, 2
_MAKING = SharedThreads("fichiers", 2, Allowance(share=0.25))
"""Not the pool of the logins: who takes much away never holds up who wants to enter."""
_SENDING = ThreadPoolExecutor(max_workers=2, thread_name_prefix="envois")


def file_turns() -> Turns:
    """Return the turns of a server: one file at a time for each person, until it is sent."""
    return Turns(_AT_ONCE, _WAITING)


class OwnFile(KitPage):
    """What is common to them: it is one's own, asked from one's own page, and never shown."""

    shows_name = False

    def one_at_a_time(self) -> AbstractAsyncContextManager[None]:
        """Return the turn of the person who asks."""
        turns: Turns = self.settings["files"]
        return turns.turn(turn_of(self))

    async def made(self, work: Any, *args: Any) -> Any:
        """Return what a thread makes, not one of the logins."""
        return await _MAKING.run(partial(work, *args))

    def refuse_other_sites(self) -> None:
        """Refuse what another site had the browser fetch."""
        if self.request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
            raise HTTPError(403)

    async def owner(self) -> Owner | None:
        """Return whose data are asked for, or None after having sent a stranger to the login."""
        self.refuse_other_sites()
        identity = known(self).identity
        if identity is None:
            self.redirect(LOGIN)
            return None
        owner: Owner = await self.from_database(owner_of, identity)
        return owner

    def attached(self, name: str, media_type: str) -> None:
        """Say that the answer is a file to keep, never a page of this site."""
        plain = name.encode("ascii", "replace").decode().replace('"', "").replace("?", "_")
        self.set_header("Content-Type", media_type)
        self.set_header(
            "Content-Disposition",
            f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        )


class _Packed(OwnFile):
    """A file that may be larger than what the memory should hold."""

    async def send_packed(self, write: Callable[[IO[bytes]], str]) -> None:
        """Send what is written, as it is on the disk, piece after piece.

        Parameters
        ----------
        write : callable
            Writes the file where it is told, and returns its name.
        """
        async with self.one_at_a_time():
            with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as out:
                name = await self.made(write, out)
                self.set_header("Content-Length", str(out.tell()))
                self.attached(name, "application/zip")
                out.seek(0)
                await self._send(out)

    async def _send(self, out: IO[bytes]) -> None:
        loop = IOLoop.current()
        try:
            while part := await loop.run_in_executor(_SENDING, out.read, _PART):
                self.write(part)
                async with asyncio.timeout(self.kit.slow_seconds):
                    await self.flush()
        except StreamClosedError:  # the person went away
            return
        except TimeoutError:  # she no longer reads
            cast(HTTP1Connection, self.request.connection).close()
            return
        self.finish()


class Archive(_Packed):
    """« Tout emporter »."""

    async def get(self) -> None:
        """Send the archive."""
        owner = await self.owner()
        if owner is not None:
            now = self.kit.screen_time()
            await self.send_packed(lambda out: archive.write_archive(owner, out, now))


class Fiche(OwnFile):
    """The fiche, on one page."""

    async def get(self) -> None:
        """Send the PDF."""
        owner = await self.owner()
        if owner is not None:
            async with self.one_at_a_time():
                made = await self.made(papers.fiche, owner, self.kit.screen_time())
            self.attached("fiche.pdf", "application/pdf")
            self.finish(made)


class Receipt(OwnFile):
    """The receipt of one report."""

    async def get(self, name: str) -> None:
        """Send the PDF, or refuse what is not one's own."""
        owner = await self.owner()
        if owner is not None:
            now = self.kit.screen_time()
            async with self.one_at_a_time():
                number, made = await self.made(papers.receipt, owner, name, now)
            self.attached(f"recu-{number}.pdf", "application/pdf")
            self.finish(made)


class Paper(OwnFile):
    """A paper that the person joined, as it came."""

    async def get(self, name: str) -> None:
        """Send the file, or refuse what is not one's own."""
        owner = await self.owner()
        if owner is not None:
            now = self.kit.screen_time()
            async with self.one_at_a_time():
                file = await self.made(report_files.stored_file, owner, name, now)
            self.attached(file.name, file.media_type)
            self.finish(file.content)


class MessageReceipt(OwnFile):
    """The receipt of one message that the person sent."""

    async def get(self, name: str, rank: str) -> None:
        """Send the PDF, or refuse what is not one's own."""
        owner = await self.owner()
        if owner is not None:
            now = self.kit.screen_time()
            async with self.one_at_a_time():
                file = await self.made(threads.receipt, owner, name, int(rank), now)
            self.attached(file.name, file.media_type)
            self.finish(file.content)


class Thread(OwnFile):
    """A thread to be printed."""

    async def get(self, name: str) -> None:
        """Send the PDF, or refuse what is not one's own."""
        owner = await self.owner()
        if owner is not None:
            now = self.kit.screen_time()
            async with self.one_at_a_time():
                file = await self.made(threads.printed, owner, name, now)
            self.attached(file.name, file.media_type)
            self.finish(file.content)


class PackedThread(_Packed):
    """A thread with its papers, to be kept."""

    async def get(self, name: str) -> None:
        """Send the archive, or refuse what is not one's own."""
        owner = await self.owner()
        if owner is not None:
            now = self.kit.screen_time()
            await self.send_packed(lambda out: threads.packed(owner, name, out, now))


OWN_FILE_ROUTES = [
    (ARCHIVE, Archive),
    (FICHE, Fiche),
    (f"/mes-donnees/recu/{_NAME}", Receipt),
    (f"/mes-donnees/piece/{_NAME}", Paper),
    (rf"/courrier/recu/{_NAME}/([1-9]\d{{0,5}})\.pdf", MessageReceipt),
    (rf"/courrier/fil/{_NAME}\.pdf", Thread),
    (rf"/courrier/fil/{_NAME}\.zip", PackedThread),
]
