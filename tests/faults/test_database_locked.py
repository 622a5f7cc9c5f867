"""Another program holds the SQLite database, or the disk has no room left."""

import resource
import sqlite3
import time

import pytest
from portal_client import Client
from real_portal import amounts, change


@pytest.fixture
def locked(portal):
    link = sqlite3.connect(portal.people, isolation_level=None)
    link.execute("BEGIN IMMEDIATE")
    yield link
    if link.in_transaction:
        link.execute("ROLLBACK")
    link.close()


def test_a_login_says_that_the_database_is_busy_and_keeps_the_name(portal, locked):
    client = Client(portal.port)
    refused = client.log_in("jdupont")
    assert refused.status == 503
    assert refused.headers["Retry-After"] == "60"
    assert "elle est occupée par une autre opération" in refused.text
    assert "Rien n’a été modifié" in refused.text
    assert 'value="jdupont"' in refused.text
    assert "Traceback" not in refused.text
    locked.execute("ROLLBACK")
    assert client.log_in("jdupont").status == 303


@pytest.mark.parametrize("held", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_nobody_waits_for_a_sign_of_life_that_cannot_be_written(portal, held):
    client = portal.logged_in()
    link = sqlite3.connect(portal.people, isolation_level=None)
    link.execute("UPDATE sessions SET seen_at = datetime(seen_at, '-30 minutes')")
    link.execute(held)
    try:
        begin = time.monotonic()
        for path in ("/connexion", "/mot-de-passe-oublie", "/robots.txt", "/statique/kit.css"):
            assert portal.visitor().get(path).status in {200, 404}
        assert client.get("/premiere-connexion").place == "/accueil"
        assert time.monotonic() - begin < 5
    finally:
        link.close()


def test_pages_that_are_open_go_on_reading(portal, person):
    page = person(portal).open()
    link = sqlite3.connect(portal.people, isolation_level=None)
    link.execute("BEGIN IMMEDIATE")
    try:
        assert change(page, "60") != change(page, "70")
    finally:
        link.close()


def test_a_full_disk_is_said_in_french_and_nothing_is_lost(portal, person):
    page = person(portal).open()
    seventy, sixty = change(page, "70"), change(page, "60")
    client = Client(portal.port)
    client.get("/connexion")
    server, what = portal.process.pid, resource.RLIMIT_FSIZE
    before = resource.prlimit(server, what)
    resource.prlimit(server, what, (4096, before[1]))
    try:
        refused = client.log_in("jdupont")
        assert refused.status == 503
        assert "le disque est plein" in refused.text
        assert "Rien n’a été modifié" in refused.text
        assert change(page, "70") == seventy
    finally:
        resource.prlimit(server, what, before)
    assert client.log_in("jdupont").status == 303
    assert change(page, "60") == sixty
    assert amounts(page) == sixty
