"""The real portal in a process of its own, on the sample, for every test of this folder."""

from pathlib import Path

import pytest
from portal_client import Client
from portal_server import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    # A page that these tests have left stays for those that come later: see `test_limits`.
    running = Server(tmp_path_factory.mktemp("portal"), left_seconds=3600)
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture
def visit(server):
    """Return a function that makes a new visitor."""
    return lambda: Client(server.port)


@pytest.fixture(scope="session")
def opened(server):
    """Jean Dupont with one page open, for the tests that only look at it."""
    client = Client(server.port)
    assert client.log_in("jdupont").status == 303
    page = client.get("/accueil")
    client.socket(page.kernel).close()  # it was there, and may come back
    return client, page


@pytest.fixture
def others(server):
    """A stranger, another teacher, and a person who has left, each with her cookies."""
    stranger, teacher, gone = (Client(server.port) for _ in range(3))
    teacher.log_in("jdupont2")
    gone.log_in("ichevalier")
    kept = dict(gone.cookies)
    gone.post("/quitter")
    gone.cookies = kept
    return {"stranger": stranger, "teacher": teacher, "gone": gone}


@pytest.fixture
def holders():
    """Return a function: the processes that live for a kernel."""

    def named(process, kernel):
        try:
            return f"kernel-{kernel}".encode() in (process / "cmdline").read_bytes()
        except OSError:  # it has just ended
            return False

    def found(kernel):
        return [p.name for p in Path("/proc").glob("[0-9]*") if named(p, kernel)]

    return found
