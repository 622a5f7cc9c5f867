"""What a page may put on its websocket: one well-framed message, on a channel of requests.

Jupyter's own reading of a frame believes the number of parts that the frame announces: a count of
2^64 would keep the whole server in one loop, which eats its memory. So it is read here first.
"""

from __future__ import annotations

import json
from typing import Any

from iprof_kit.kernel.frames import parts

CHANNELS = frozenset({b"shell", b"control"})


def request(message: object) -> dict[str, Any] | None:
    """Return the header of a message that a page may send; None for anything else."""
    frames = parts(message)
    if frames is None or frames[0] not in CHANNELS:
        return None
    header = read(frames[1])
    known = isinstance(header.get("msg_type"), str) and isinstance(header.get("msg_id"), str)
    return header if known else None


def header_of(message: object) -> dict[str, Any]:
    """Return the header of a message, empty if it has none."""
    frames = parts(message)
    return read(frames[1]) if frames else {}


def state_of(message: object) -> tuple[str | None, str | None]:
    """Return the type of the request that a message answers, and the kernel's state if it tells."""
    frames = parts(message)
    if frames is None:
        return None, None
    status = read(frames[4]) if read(frames[1]).get("msg_type") == "status" else {}
    asked, state = read(frames[2]).get("msg_type"), status.get("execution_state")
    return asked if isinstance(asked, str) else None, state if isinstance(state, str) else None


def ended(message: object) -> str | None:
    """Return the name of the request that a kernel says it has done with, None otherwise."""
    frames = parts(message)
    if frames is None or read(frames[1]).get("msg_type") != "status":
        return None
    if read(frames[4]).get("execution_state") != "idle":
        return None
    name = read(frames[2]).get("msg_id")
    return name if isinstance(name, str) else None


def read(part: bytes) -> dict[str, Any]:
    """Return a part of a message, empty where it is no object: anything may have been sent."""
    try:
        value = json.loads(part)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
