"""Messages between the server and a warm process: JSON with file descriptors, over one socket."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

_HEAD = struct.Struct("!I")
_MOST_HANDLES = 4


class Closed(Exception):  # noqa: N818  # the name says what happened
    """The other end is gone."""


def send(end: socket.socket, message: Any, handles: tuple[int, ...] = ()) -> None:
    """Send one message; the descriptors travel with its first bytes."""
    body = json.dumps(message).encode()
    head = _HEAD.pack(len(body))
    try:
        if handles:
            socket.send_fds(end, [head], handles)
        else:
            end.sendall(head)
        end.sendall(body)
    except OSError as error:
        raise Closed from error


def receive(end: socket.socket) -> tuple[Any, list[int]]:
    """Wait for one message and the descriptors that came with it.

    Raises
    ------
    Closed
        The other end closed, even in the middle of a message.
    """
    try:
        head, handles, _, _ = socket.recv_fds(end, _HEAD.size, _MOST_HANDLES)
        head += _exactly(end, _HEAD.size - len(head)) if head else b""
        if not head:
            raise Closed
        return json.loads(_exactly(end, _HEAD.unpack(head)[0])), handles
    except OSError as error:
        raise Closed from error


def _exactly(end: socket.socket, count: int) -> bytes:
    pieces = []
    while count:
        piece = end.recv(min(count, 1 << 16))
        if not piece:
            raise Closed
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)
