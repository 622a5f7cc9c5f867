"""What hostile text would do in a process that sets pages, by name; it answers what came of it."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path


def _send_a_datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.sendto(b"x", ("127.0.0.1", 9))


TRIES = {
    "read the accounts of the machine": lambda: Path("/etc/passwd").read_bytes(),
    "read the environment of another": lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
    "list what is everybody's": lambda: os.listdir("/tmp"),  # noqa: PTH208
    "write there": lambda: Path("/tmp/iprof-mark").write_bytes(b""),
    "open a link": lambda: socket.socket(socket.AF_UNIX),
    "send a datagram": _send_a_datagram,
    "start a program": lambda: os.execv("/bin/true", ["true"]),
    "have a child": os.fork,
    "end its parent": lambda: os.kill(os.getppid(), signal.SIGCONT),
}


def answer(message: bytes) -> bytes:
    """Return the error that a try meets; nothing where it succeeds."""
    try:
        TRIES[message.decode()]()
    except OSError as error:
        return type(error).__name__.encode()
    return b""
