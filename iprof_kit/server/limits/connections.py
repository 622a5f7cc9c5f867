"""How many connections may be open, who asks on each: who says nothing gives way to who comes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

from tornado.http1connection import HTTP1Connection, HTTP1ServerConnection
from tornado.httpserver import HTTPServer
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.iostream import IOStream

from iprof_kit.server.proxies import Proxies


class BoundedServer(HTTPServer):
    """A server whose connections are counted; websockets, once open, are not its business.

    Beyond `most`, the connection that has waited longest for a whole request is closed, so that
    whoever opens many and sends nothing keeps nobody out. Of what headers say about who asks,
    tornado is left what a declared proxy says.
    """

    def initialize(  # type: ignore[override]  # tornado alone calls it
        self, *args: Any, most: int, proxies: Proxies, **words: Any
    ) -> None:
        """Take the limit and the proxies besides what tornado takes."""
        super().initialize(*args, **words | {"xheaders": True})
        self._most, self._proxies = most, proxies
        self._silent: dict[IOStream, None] = {}

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Make room for a new connection, or refuse it where every other one is at work."""
        if len(self._connections) >= self._most:
            longest = next(iter(self._silent), None)
            if longest is None:
                stream.close()
                return
            self._forget(longest)
            longest.close()
        super().handle_stream(stream, address)

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> _Heard:
        """Wait for one more request on a connection."""
        made = super().start_request(server_conn, request_conn)
        if not isinstance(request_conn, HTTP1Connection):
            return _Heard(made, lambda: None, lambda _headers: None)
        stream = request_conn.stream
        self._silent[stream] = None
        return _Heard(made, lambda: self._forget(stream), self._told_by(request_conn))

    def _told_by(self, connection: HTTP1Connection) -> Callable[[HTTPHeaders], None]:
        """Return what leaves in the headers of a connection what may be believed of them."""
        peer: str = connection.context.remote_ip  # type: ignore[attr-defined]  # an `object` there
        return lambda headers: self._proxies.tell(headers, peer)

    def on_close(self, server_conn: object) -> None:
        """Forget a connection that has ended, whatever it was doing."""
        super().on_close(server_conn)
        self._forget(cast(HTTP1ServerConnection, server_conn).stream)

    def _forget(self, stream: IOStream) -> None:
        self._silent.pop(stream, None)


class _Heard(HTTPMessageDelegate):
    """Hand a request on, and say when its headers are there, when it is whole or will never be."""

    def __init__(
        self,
        inner: HTTPMessageDelegate,
        say: Callable[[], None],
        begin: Callable[[HTTPHeaders], None],
    ) -> None:
        self._inner, self._say, self._begin = inner, say, begin

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        self._begin(headers)
        return self._inner.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        return self._inner.data_received(chunk)

    def finish(self) -> None:
        self._say()
        self._inner.finish()

    def on_connection_close(self) -> None:
        self._say()
        self._inner.on_connection_close()
