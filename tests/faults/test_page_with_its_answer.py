"""A page comes with what its screen shows first: for its person alone, in no cache, once."""

import gzip
import http.client
import json
import re

from real_portal import PREPARED, amounts, hours
from test_hostile_page import answered

FIRST = "premiere-reponse"


def fetched(client, path, **headers):
    """The page as it travels."""
    jar = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    link = http.client.HTTPConnection("127.0.0.1", client.port, timeout=60)
    link.request("GET", path, headers={"Cookie": jar, **headers})
    got = link.getresponse()
    return got, got.read()


def shown(text):
    found = re.search(
        rf'<script id="{FIRST}" type="application/json">(.*?)</script>', text, re.DOTALL
    )
    return json.loads(found[1])["html"]


def test_the_page_holds_it_compressed_and_no_cache_or_proxy_keeps_it(portal):
    client = portal.logged_in()
    got, data = fetched(client, "/accueil", **{"Accept-Encoding": "gzip"})
    assert got.headers["Content-Encoding"] == "gzip"
    assert got.headers["Vary"] == "Accept-Encoding"
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["X-Accel-Buffering"] == "no"
    text = gzip.decompress(data).decode()
    assert PREPARED in text  # forked
    assert "<h1" in shown(text)
    assert len(data) < len(text) / 2
    plain, whole = fetched(client, "/accueil")
    assert "Content-Encoding" not in plain.headers
    assert "<h1" in shown(whole.decode())


def test_its_websocket_does_not_bring_it_again(portal):
    client = portal.logged_in()
    page = client.get("/accueil")
    assert "<h1" in shown(page.text)
    link = client.socket(page.kernel)
    assert b"<h1" not in answered(link)
    link.close()


def test_nothing_that_an_address_brings_is_in_a_compressed_page(portal):
    client = portal.logged_in()
    page = client.get("/perspectives/et-si?lien=xxxxmarquexxxx")
    assert PREPARED in page.text
    assert FIRST not in page.text
    assert "marque" not in page.text


def test_each_person_is_shown_her_own_and_a_stranger_nothing(portal):
    jean, marie, stranger = portal.logged_in(), portal.logged_in("jdupont2"), portal.visitor()
    pages = [shown(client.get("/dossier/synthese").text) for client in (jean, marie)]
    assert "Jean" in pages[0]
    assert "Jean" not in pages[1]
    assert stranger.get("/dossier/synthese").status == 302
    kept = dict(jean.cookies)
    jean.post("/quitter")
    jean.cookies = kept
    assert jean.get("/dossier/synthese").status == 302
    assert portal.logged_in("scohen").get("/scenarios").status == 403


def test_what_is_done_before_the_scripts_come_is_done(portal, person):
    jean = person(portal)
    page = jean.context.new_page()
    waiting = []
    page.route("**/front/front.*.js", lambda route: waiting.append(route))
    page.goto(jean.address + "/perspectives/promotions", wait_until="commit")
    page.locator(".screen .levers").first.wait_for()
    assert not page.evaluate("document.querySelector('[data-kit-screen]')")  # no script yet
    before = amounts(page)
    wanted = "60" if hours(page) != "60" else "70"
    page.locator(f".levers input[name=quotite][value='{wanted}']").check()
    for route in waiting:
        route.continue_()
    page.wait_for_function(
        "before => document.querySelector('table.scen tbody')?.innerText !== before", arg=before
    )
    assert hours(page) == wanted
    assert page.locator("[data-kit-screen]").count() == 1
