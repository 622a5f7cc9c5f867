"""One real portal that tests hurt one after the other, a browser, a PostgreSQL server."""

import importlib.util
import sys
from pathlib import Path

import pytest
from real_portal import Person, RealPortal

TESTS = Path(__file__).parents[1]


def fixtures_of(folder):
    """Return the fixtures of another folder of tests."""
    path = TESTS / folder / "conftest.py"
    spec = importlib.util.spec_from_file_location(f"fixtures_of_{folder}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_browser = fixtures_of("browser")
chromium, program = _browser.chromium, _browser.program
records = fixtures_of("records")
postgres, addressed = records.postgres, records.addressed
hang = records.hang


@pytest.fixture(scope="session")
def administer():
    return records.administer


@pytest.fixture(autouse=True)
def _linux_only():
    if sys.platform != "linux":
        pytest.skip("processes are hurt on Linux only")


@pytest.fixture(scope="session")
def open_portal(tmp_path_factory):
    """Return a function that opens a portal, ended with the tests."""
    opened = []

    def one(folder=None, **settings):
        opened.append(RealPortal(folder or tmp_path_factory.mktemp("portal"), **settings))
        return opened[-1]

    yield one
    for each in opened:
        each.stop()


@pytest.fixture(scope="session")
def real(open_portal):
    return open_portal(kernels_per_visitor=2, first_answer_seconds=20)


@pytest.fixture
def portal(real):
    """The portal, warm and whole, whatever the test before did to it."""
    if real.process.poll() is not None:
        real.start()
    real.get_warm()
    yield real
    real.send_everybody_home()


@pytest.fixture
def person(chromium):
    """Return a function that seats somebody at a browser."""
    people = []

    def one(portal, client=None, address=None, **words):
        client = client or portal.logged_in()
        people.append(Person(chromium, address or portal.address, client, **words))
        return people[-1]

    yield one
    for each in people:
        each.leave()
