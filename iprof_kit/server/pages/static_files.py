"""The files of the look and of the front end, as answers: compressed, and kept by the browser."""

from __future__ import annotations

from typing import Any

from tornado.web import HTTPError, RequestHandler

from iprof_kit.server.pages.assets import Asset, find
from iprof_kit.server.pages.door import write_error
from iprof_kit.server.pages.gate import set_common_headers

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"


class PublicFile(RequestHandler):
    """A file of the look: the same for everybody, no secret in it.

    Files are found by name in what was read at the start: no path reaches the disk.
    """

    SUPPORTED_METHODS = ("GET", "HEAD")
    _etag = ""

    def set_default_headers(self) -> None:
        """Set the common headers."""
        set_common_headers(self)

    def get(self, path: str) -> None:
        """Send a file in the shortest form that the browser reads, or say that it has not changed.

        Raises
        ------
        HTTPError
            404: no such file.
        """
        public = find(path)
        if public is None:
            raise HTTPError(404)
        asset, immutable = public
        coding, data = asset.variant(self.request.headers.get("Accept-Encoding", ""))
        self._head(asset, coding, FOR_EVER if immutable else ASK_AGAIN)
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
            return
        self.set_header("Content-Length", len(data))
        self.finish(None if self.request.method == "HEAD" else data)

    head = get

    def compute_etag(self) -> str:
        """Return the mark of this form of the file."""
        return self._etag

    def write_error(self, status_code: int, **words: Any) -> None:
        """Say in French what is wrong."""
        write_error(self, status_code, words.get("exc_info"))

    def _head(self, asset: Asset, coding: str, cache: str) -> None:
        self._etag = f'"{asset.digest}-{coding}"'
        self.set_header("Etag", self._etag)
        self.set_header("Content-Type", asset.kind)
        self.set_header("Cache-Control", cache)
        self.set_header("Vary", "Accept-Encoding")
        if coding != "identity":
            self.set_header("Content-Encoding", coding)
