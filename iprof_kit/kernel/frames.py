"""Messages between the server and a session, over one socket pair, in the framing v1 of Jupyter.

A frame is the size of its message, the number of the page that it comes from or goes to (0: every
page), and the message as a page's websocket carries it. Nobody else holds an end of the pair: there
is nothing to sign.
"""

from __future__ import annotations

import itertools
import socket
import struct

HEAD = struct.Struct("!QQ")
EVERY_PAGE = 0
_WORD = 8
_FEWEST, _MOST = 6, 70
"""Offsets: channel, header, parent header, metadata, content, buffers, the end."""


class Closed(Exception):  # noqa: N818  # the name says what happened
    """The other end is gone."""


def parts(message: object) -> list[bytes] | None:
    """Return the parts of a message in the framing v1; None if it is not ordered and complete."""
    if not isinstance(message, bytes) or len(message) < _WORD:
        return None
    count = int.from_bytes(message[:_WORD], "little")
    if not _FEWEST <= count <= _MOST or len(message) < _WORD * (count + 1):
        return None
    offsets = struct.unpack_from(f"<{count}Q", message, _WORD)
    ordered = list(offsets) == sorted(offsets)
    if not ordered or offsets[0] < _WORD * (count + 1) or offsets[-1] != len(message):
        return None
    return [message[start:end] for start, end in itertools.pairwise(offsets)]


def joined(pieces: list[bytes]) -> bytes:
    """Return the message of these parts."""
    count = len(pieces) + 1
    offsets = itertools.accumulate(map(len, pieces), initial=_WORD * (count + 1))
    return struct.pack(f"<{count + 1}Q", count, *offsets) + b"".join(pieces)


def framed(page: int, message: bytes) -> bytes:
    """Return the frame of a message."""
    return HEAD.pack(len(message), page) + message


def receive(end: socket.socket) -> tuple[int, bytes]:
    """Wait for one frame; return its page and its message.

    Raises
    ------
    Closed
        The other end closed, even in the middle of a frame.
    """
    size, page = HEAD.unpack(_exactly(end, HEAD.size))
    return page, _exactly(end, size)


def _exactly(end: socket.socket, count: int) -> bytes:
    read = bytearray(count)
    room = memoryview(read)
    while room:
        try:
            size = end.recv_into(room)
        except OSError as error:
            raise Closed from error
        if not size:
            raise Closed
        room = room[size:]
    return bytes(read)
