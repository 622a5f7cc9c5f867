"""Two servers on one PostgreSQL; PostgreSQL stops and starts again."""

import json
import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from portal_client import Client
from portal_server import until
from real_portal import amounts, change, choose_hours, hours

pytestmark = pytest.mark.postgres
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))


@pytest.fixture(scope="module")
def pair(open_portal, postgres, administer):
    administer(postgres, "CREATE DATABASE pannes")
    address = f"postgresql://kit@/pannes?host={postgres}"
    found = [open_portal(database=address) for _ in range(2)]
    yield found
    for each in found:
        each.stop()


def at(server, client):
    """The same browser in front of another server."""
    client.port = server.port
    return client


def test_a_login_is_known_to_both_and_so_is_its_end(pair):
    one, two = pair
    client = one.logged_in()
    here = client.get("/accueil")
    there = at(two, client).get("/accueil")
    assert (here.status, there.status) == (200, 200)
    assert "Jean" in there.text
    assert client.get(f"/api/kernels/{there.kernel}").status == 200
    assert client.get(f"/api/kernels/{here.kernel}").status == 403  # it lives on the other server
    kept = dict(client.cookies)
    at(one, client).post("/quitter")
    client.cookies = kept
    assert client.get("/accueil").place.startswith("/connexion")
    assert at(two, client).get("/accueil").place.startswith("/connexion")
    assert client.get(f"/api/kernels/{there.kernel}").status == 403


class Stopped:
    """PostgreSQL, stopped by its own process number, started again by its own user."""

    def __init__(self, home):
        self.home, self.data = home, home / "data"

    def __enter__(self):
        number = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(number, signal.SIGINT)
        until(lambda: not (self.data / "postmaster.pid").exists())

    def __exit__(self, *_error):
        owner = self.home.stat()
        as_user = {}
        if os.geteuid() == 0:
            as_user = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        options = f"-k {self.home} -c listen_addresses= -c fsync=off -c max_connections=50"
        subprocess.run(
            [PROGRAMS[-1], "-D", self.data, "-w", "-l", self.home / "log", "-o", options, "start"],
            check=True,
            cwd=self.home,
            stdout=subprocess.DEVNULL,
            timeout=120,
            **as_user,
        )


def test_a_stopped_database_is_said_in_french_and_everything_comes_back(pair, postgres, person):
    server = pair[0]
    page = person(server).open()
    seventy, sixty = change(page, "70"), change(page, "60")
    client = Client(server.port)
    client.get("/connexion")
    with Stopped(postgres):
        choose_hours(page, "70")
        page.get_by_text("La base de données ne répond pas").wait_for()
        assert "Rien n’a été modifié." in page.locator("main").inner_text()
        refused = client.log_in("jdupont")
        assert refused.status == 503
        assert "La base de données ne répond pas" in refused.text.replace("la base", "La base")
        assert "Traceback" not in refused.text
    page.get_by_role("link", name="Réessayer").click()
    page.locator(".levers input:checked").first.wait_for()
    assert hours(page) == "70"
    assert amounts(page) == seventy
    assert change(page, "60") == sixty
    assert client.log_in("jdupont").status == 303


SOON = 5
"""Seconds: what took 22 of them, or did not answer at all, takes two on a machine at rest."""
FREE = ("/robots.txt", "/statique/kit.css", "/mot-de-passe-oublie", "/healthz")
"""What a stranger reads without any database."""


def soon(ask, *words, **named):
    begin = time.monotonic()
    answer = ask(*words, **named)
    assert time.monotonic() - begin < SOON
    return answer


def strangers_are_served(portal):
    for path in FREE:
        assert soon(portal.visitor().get, path).status in {200, 404}


def ready(portal):
    return json.loads(soon(portal.visitor().get, "/readyz").text)


def said_at_the_door(answer):
    """Whoever reads the form knows that it leads nowhere, and that nothing is lost."""
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "60"
    assert "e service est arrêté pour le moment" in answer.text
    assert "Ce que vous aviez enregistré est gardé." in answer.text
    assert 'name="compte"' in answer.text


def said_to_be_unavailable(answer):
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "60"
    assert "a base de données ne répond pas" in answer.text
    assert "Traceback" not in answer.text
    return True


def test_a_database_that_hangs_holds_up_nobody_who_does_not_need_it_and_comes_back(pair, hang):
    one, _ = pair
    person, stranger = one.logged_in(), one.visitor()
    stranger.get("/connexion")
    with hang():
        strangers_are_served(one)
        assert one.visitor().get("/ma-situation").status == 200
        said_to_be_unavailable(soon(person.get, "/accueil"))
        said_to_be_unavailable(soon(person.get, "/mes-donnees/fiche.pdf"))
        said_to_be_unavailable(soon(stranger.log_in, "jdupont"))
        for visitor in (person, stranger):
            said_at_the_door(soon(visitor.get, "/connexion"))
        assert not ready(one)["base"]
        with ThreadPoolExecutor(30) as many:  # more than there are threads
            asked = list(many.map(lambda _: person.get("/accueil"), range(30)))
        assert all(said_to_be_unavailable(answer) for answer in asked)
        strangers_are_served(one)
    until(lambda: person.get("/accueil").status == 200)
    assert one.visitor().log_in("scohen").status == 303
    assert one.visitor().get("/connexion").status == 200
    assert ready(one)["pret"]


def test_a_database_that_is_stopped_holds_up_nobody_who_does_not_need_it(pair, postgres):
    one, _ = pair
    person = one.logged_in()
    with Stopped(postgres):
        strangers_are_served(one)
        said_to_be_unavailable(soon(person.get, "/accueil"))
    until(lambda: person.get("/accueil").status == 200)
