"""What a page may put on its websocket: one well-framed message, on a channel of requests.

Jupyter's own reading of a frame believes the number of parts that the frame announces: a count of
2^64 would keep the whole server in one loop, which eats its memory. So it is read here first.
"""

from __future__ import annotations

import itertools
import json
import struct
from typing import Any

CHANNELS = frozenset({b"shell", b"control"})
_WORD = 8
_FEWEST, _MOST = 6, 70
"""Offsets: channel, header, parent header, metadata, content, buffers, the end."""


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


def request(message: object) -> dict[str, Any] | None:
    """Return the header of a message that a page may send; None for anything else."""
    found = parts(message)
    if found is None or found[0] not in CHANNELS:
        return None
    header = _read(found[1])
    known = isinstance(header.get("msg_type"), str) and isinstance(header.get("msg_id"), str)
    return header if known else None


def ended(message: object) -> str | None:
    """Return the name of the request that a kernel says it has done with, None otherwise."""
    found = parts(message)
    if found is None or _read(found[1]).get("msg_type") != "status":
        return None
    if _read(found[4]).get("execution_state") != "idle":
        return None
    name = _read(found[2]).get("msg_id")
    return name if isinstance(name, str) else None


def _read(part: bytes) -> dict[str, Any]:
    try:
        read = json.loads(part)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
