"""Stopping: within what a container gives, whatever is open; nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import websocket
from portal_client import Client
from portal_server import Server, until

from iprof_kit.server.kernels import Ended

PROMISE = 8
"""Seconds."""
SESSIONS = 10


def family(pid):
    """Return every living process that descends from one."""
    found, parents = set(), {pid}
    while parents:
        parents = {child for parent in parents for child in children(parent)} - found
        found |= parents
    return found


def children(pid):
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        yield from map(int, task.read_text().split())


def last_word(page):
    """Return the code with which the server closed a page's websocket."""
    while True:
        opcode, data = page.recv_data(control_frame=True)
        if opcode == websocket.ABNF.OPCODE_CLOSE:
            return int.from_bytes(data[:2], "big")


@pytest.fixture
def server(tmp_path):
    made = Server(tmp_path, my_situation="1  # forked: a session costs little")
    made.environment["TMPDIR"] = str(tmp_path)
    made.wait()
    until(lambda: "warm " in made.log.read_text(), 180)
    yield made
    if made.process.poll() is None:
        made.process.kill()
        made.process.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="it counts processes in /proc")
@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_soon_tells_the_pages_and_leaves_nothing(server, word):
    pages = []
    for _ in range(SESSIONS):
        visitor = Client(server.port)
        pages.append(visitor.socket(visitor.get("/ma-situation").kernel))
    born = family(server.process.pid)
    assert len(born) >= SESSIONS
    begun = time.monotonic()
    server.process.send_signal(word)
    server.process.wait(timeout=60)
    assert time.monotonic() - begun < PROMISE
    assert server.process.returncode == 0
    assert {last_word(page) for page in pages} == {Ended.ALONE}
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in born))
    assert "Traceback" not in server.log.read_text()


LATE = """
import concurrent.futures, os, sys, threading
from iprof_kit.server.stopping import leave_within
pool = concurrent.futures.ThreadPoolExecutor(1)
pool.submit(threading.Event().wait)  # for ever, as a thread that a stopped database holds
leave_within(0.5)
"""


def test_a_thread_that_never_ends_does_not_keep_the_server():
    done = subprocess.run([sys.executable, "-c", LATE], env=os.environ, timeout=60,
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert "arrêt sans attendre davantage" in done.stderr
