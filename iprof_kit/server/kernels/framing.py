"""What a page may put on its websocket: one well-framed message, on a channel of requests.

Jupyter's own reading of a frame believes the number of parts that the frame announces: a count of
2^64 would keep the whole server in one loop, which eats its memory. So it is read here first.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from iprof_kit.kernel.frames import joined, parts

CHANNELS = frozenset({b"shell", b"control"})
STOPS = "kit_stop"
"""The server's own word to a page, which answers nothing; a front end that is not ours drops it."""


def own_header(kind: str, name: str = "", session: str = "page") -> dict[str, Any]:
    """Return the header of a message of the server's own, under a name or a new one."""
    return {
        "msg_id": name or uuid4().hex,
        "msg_type": kind,
        "session": session,
        "username": "",
        "version": "5.3",
        "date": datetime.now(UTC).isoformat(),
    }


def stop_in(seconds: float) -> bytes:
    """Return what tells a page that the server stops in some seconds."""
    header = own_header(STOPS, session="serveur")
    return own_message(b"iopub", header, {"seconds": seconds})


def own_message(channel: bytes, header: dict[str, Any], content: dict[str, Any]) -> bytes:
    """Return a message of the server's own, which answers none."""
    texts = (json.dumps(part).encode() for part in (header, {}, {}, content))
    return joined([channel, *texts])


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
