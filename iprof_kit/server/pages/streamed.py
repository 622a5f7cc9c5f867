"""A page sent piece by piece, each as soon as it is known, compressed where that is read."""

from __future__ import annotations

import zlib

from tornado.web import RequestHandler

from iprof_kit.base.configuration.sub_path import outside_html
from iprof_kit.server.pages.assets import codings

_LEVEL = 4
_GZIP = 16 + zlib.MAX_WBITS


class WholeTags:
    """HTML that comes in pieces cut anywhere, given on with its addresses as browsers ask them."""

    def __init__(self) -> None:
        self._waiting = ""

    def take(self, piece: str) -> str:
        """Return what is known to be whole; a tag that is not waits for its end."""
        text = self._waiting + piece
        cut = text.rfind("<")
        if cut < 0 or ">" in text[cut:]:
            cut = len(text)
        self._waiting = text[cut:]
        return outside_html(text[:cut])


class Streamed:
    """The answer of a handler, in pieces that no proxy on the way is to hold back.

    Only pages with neither a secret that stays the same nor what an address brings may be
    compressed: the size of a page would tell of one by the other. That is why no other handler
    uses this (docs/security.md).

    Parameters
    ----------
    handler : RequestHandler
    """

    def __init__(self, handler: RequestHandler) -> None:
        self._handler = handler
        handler.set_header("X-Accel-Buffering", "no")
        handler.set_header("Vary", "Accept-Encoding")
        self._gzip = None
        if "gzip" in codings(handler.request.headers.get("Accept-Encoding", "")):
            self._gzip = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
            handler.set_header("Content-Encoding", "gzip")

    async def send(self, text: str) -> None:
        """Send a piece at once."""
        data = text.encode()
        if self._gzip is not None:
            data = self._gzip.compress(data) + self._gzip.flush(zlib.Z_SYNC_FLUSH)
        self._handler.write(data)
        await self._handler.flush()

    async def finish(self, text: str) -> None:
        """Send the last piece."""
        data = text.encode()
        if self._gzip is not None:
            data = self._gzip.compress(data) + self._gzip.flush(zlib.Z_FINISH)
        await self._handler.finish(data)
