"""The portal as one person starts it, and one call of its guichet."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from servers import ROOT, Server, portal
from tables import machine, say, table

CALLS = 500


def measure(*, clone: bool = False) -> None:
    """Measure and print."""
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        if clone:
            rows.append(["`make serve`, from a clone to the login page", from_nothing(folder)])
        os.environ["IPROF_VAR"] = str(Path(folder) / "guichet")
        rows.append(["guichet call, services and SQLite included", guichet_call()])
    begin = time.perf_counter()
    with portal() as server:
        ready = time.perf_counter() - begin
        rows.insert(-1, ["start of the server to the login page", f"{server.ready:.1f} s"])
        rows.insert(-1, ["to its pages made ahead", f"{ready:.1f} s"])
    say(table(["measured", "value"], rows))
    say(machine())


def from_nothing(folder: str) -> str:
    """Return the time from a fresh clone to the login page."""
    clone = Path(folder) / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    command = ["python3", "bootstrap.py", "serve", "--port", "{port}"]
    with Server(command, clone, "/connexion") as server:
        return f"{server.ready:.0f} s"


def guichet_call() -> str:
    """Return the time of one operation through a socket pair and the real services."""
    from internals import (
        Client,
        Guichet,
        database,
        load_sample,
        open_session,
        run,
        session_of,
        utc_now,
    )

    database.prepare_database()
    load_sample(utc_now())
    token = open_session("jdupont", utc_now())
    ours, theirs = socket.socketpair()
    guichet = Guichet(run, utc_now)
    serving = guichet.serve(ours, lambda: session_of(token, utc_now()))
    threading.Thread(target=asyncio.run, args=(serving,), daemon=True).start()
    client = Client(theirs)
    times = {}
    for op in ("session.qui", "dossier.lire"):
        client.ask(op)
        begin = time.perf_counter()
        for _ in range(CALLS):
            client.ask(op)
        times[op] = (time.perf_counter() - begin) / CALLS * 1000
    return ", ".join(f"`{op}` {value:.1f} ms" for op, value in times.items())
