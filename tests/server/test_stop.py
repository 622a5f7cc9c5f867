"""Stopping: within what a container gives, whatever is open; nothing is left behind."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
import websocket
from portal_client import Client
from portal_server import family, free_port, until

from iprof_kit.server.kernels.owned import Ended

PROMISE = 8
"""Seconds."""
SESSIONS = 10


def last_word(page):
    """Return the code with which the server closed a page's websocket."""
    while True:
        frame = page.recv_frame()  # a ping is not answered: the server may have gone meanwhile
        if frame.opcode == websocket.ABNF.OPCODE_CLOSE:
            return int.from_bytes(frame.data[:2], "big")


OPEN = """
import sys
from iprof_kit.server.main import serve
from iprof_kit.server.settings import Settings
from iprof_kit.server.kernels.warm import WarmProcesses
warmed = WarmProcesses._warmed
async def warmed_and_said(self, name):
    made = await warmed(self, name)
    print("prêt :", name, flush=True)
    return made
WarmProcesses._warmed = warmed_and_said
serve(Settings(sample=True, port=int(sys.argv[1])))
"""


@pytest.fixture
def server(tmp_path):
    """A portal whose sessions are forked."""
    port, log = free_port(), tmp_path / "server.log"
    place = Path(tempfile.mkdtemp(dir="/tmp"))  # names of sockets are short
    environment = os.environ | {
        "IPROF_VAR": str(tmp_path / "var"),
        "TMPDIR": str(place),
        "IPROF_DATABASE_URL": f"sqlite:///{tmp_path / 'people.sqlite'}",
    }
    command = [sys.executable, "-c", OPEN, str(port)]
    with log.open("w") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    process.port, process.log, process.place = port, log, place
    until(lambda: "prêt : ma_situation.ipynb" in log.read_text(), 240)
    yield process
    if process.poll() is None:
        process.kill()
        process.wait()
    shutil.rmtree(place)


@pytest.mark.skipif(sys.platform != "linux", reason="it counts processes in /proc")
@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_soon_tells_the_pages_and_leaves_nothing(server, word):
    pages = []
    for _ in range(SESSIONS):
        visitor = Client(server.port)
        pages.append(visitor.socket(visitor.get("/ma-situation").kernel))
    born = family(server.pid)
    assert len(born) >= SESSIONS
    begun = time.monotonic()
    server.send_signal(word)
    server.wait(timeout=60)
    assert time.monotonic() - begun < PROMISE
    assert server.returncode == 0
    assert {last_word(page) for page in pages} == {Ended.STOPPED}
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in born))
    assert list(server.place.glob("*iprof-*")) == []
    assert "fin imprévue" not in server.log.read_text()


INTERRUPTED = """
import os, signal, sys
from iprof_kit.server.main import serve
from iprof_kit.server.settings import Settings
from iprof_kit.server.kernels.warm import WarmProcesses
class Ending:
    def __del__(self):  # an exception raised here is thrown away
        os.kill(os.getpid(), signal.SIGINT)
async def interrupted(self):
    Ending()
WarmProcesses.start = interrupted
serve(Settings(sample=True, port=int(sys.argv[1])))
"""


def test_an_interruption_that_comes_where_nothing_can_be_raised_stops_it_too(tmp_path):
    environment = os.environ | {
        "IPROF_VAR": str(tmp_path / "var"),
        "IPROF_DATABASE_URL": f"sqlite:///{tmp_path / 'people.sqlite'}",
    }
    command = [sys.executable, "-c", INTERRUPTED, str(free_port())]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0


LATE = """
import concurrent.futures, os, sys, threading
from iprof_kit.server.stopping import leave_within
pool = concurrent.futures.ThreadPoolExecutor(1)
pool.submit(threading.Event().wait)  # for ever, as a thread that a stopped database holds
leave_within(0.5)
"""


def test_a_thread_that_never_ends_does_not_keep_the_server():
    done = subprocess.run(
        [sys.executable, "-c", LATE],
        env=os.environ,
        timeout=60,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "arrêt sans attendre davantage" in done.stderr
