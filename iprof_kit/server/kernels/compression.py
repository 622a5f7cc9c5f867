"""What travels compressed on a websocket: screens; not the addresses that open something.

Each message is compressed alone, both ways (no « context takeover », RFC 7692): a connection keeps
no memory for it, and what one message holds cannot be guessed from the size of another.
"""

from __future__ import annotations

from typing import Any

from tornado.httputil import HTTPHeaders
from tornado.websocket import WebSocketProtocol13

OPTIONS = {"compression_level": 3}
"""Of tornado. Its own level, 6, takes three times the processor for a tenth less of a screen."""
WORTH = 1000
"""Bytes under which compressing costs more than it spares."""
OFFER = "Sec-WebSocket-Extensions"
_DEFLATE = "permessage-deflate"
_ALONE = ("server_no_context_takeover", "client_no_context_takeover")
_ADMITTED = frozenset({*_ALONE, "client_max_window_bits"})
_SECRET = b" data-site"
"""Marks, in a screen, the address of a link that opens something to whoever has it."""


class CompressedAlone(WebSocketProtocol13):
    """Tornado's protocol, on our terms, which a server may always add to those of a page."""

    def _parse_extensions_header(self, headers: HTTPHeaders) -> list[tuple[str, dict[str, Any]]]:
        return [(_DEFLATE, dict.fromkeys(_ALONE))] if is_offered(headers) else []

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Send a message, compressed where it may be: tornado compresses all of them or none."""
        kept = self._compressor
        if not is_compressed(message):
            self._compressor = None
        try:
            return super().write_message(message, binary)
        finally:
            self._compressor = kept


def is_offered(headers: HTTPHeaders) -> bool:
    """Whether a page offers compression on terms that ours fulfil."""
    for offer in headers.get(OFFER, "").split(","):
        name, *terms = (word.strip() for word in offer.split(";"))
        if name == _DEFLATE and {term.partition("=")[0] for term in terms} <= _ADMITTED:
            return True
    return False


def is_compressed(message: bytes | str) -> bool:
    """Whether a message is worth it, and holds no address whose secret its size might tell of."""
    data = message.encode() if isinstance(message, str) else message
    return len(data) >= WORTH and _SECRET not in data
