"""Below a path of a site: no screen leads out of it, and each answers where it is asked."""

import re

import pytest
import ui_people as people

from iprof_kit.base.configuration.sub_path import inside, outside, whole_address
from iprof_kit.ui.components.screen import Screen
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.shared.menu import answered

PATH = "/iprof"
ADDRESS = re.compile(r'([\w-]+)="(/[^"]*)"')


@pytest.fixture
def below(monkeypatch):
    monkeypatch.setenv("IPROF_SITE_CHEMIN", PATH)


def test_no_address_of_any_screen_is_outside_the_path(below):
    portal = Portal(lambda: people.FakeGuichet(people.JEAN))
    screen, count = Screen(portal.handle), 0
    for path in answered():
        screen.receive({"kind": "route", "path": PATH + path, "query": "", "whole": True})
        assert "Page introuvable" not in screen.html, path
        written = [(name, one) for name, one in ADDRESS.findall(screen.html) if name != "d"]
        assert [one for one in written if not one[1].startswith(f"{PATH}/")] == [], path
        count += len(written)
    assert count > 500


def test_without_a_path_screens_are_written_as_they_always_were():
    portal = Portal(lambda: people.FakeGuichet(people.JEAN))
    screen = Screen(portal.handle)
    screen.receive({"kind": "route", "path": "/accueil"})
    assert (
        screen.html
        == Portal(lambda: people.FakeGuichet(people.JEAN))
        .handle({"kind": "route", "path": "/accueil"})
        .html
    )
    assert 'href="/dossier' in screen.html


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("/iprof", "/"), ("/iprof/", "/"), ("/iprof/cv", "/cv"), ("/cv", None),
        ("/iprof?suite=/cv", "/?suite=/cv"), ("/iprofx", None), ("/", None),
        ("//iprof/cv", None), ("/iprof2/cv", None),
    ],
)  # fmt: skip
def test_what_is_below_the_path_is_known_without_it(below, address, known):
    assert inside(address) == known


@pytest.mark.parametrize(
    "address", ["", "#ici", "?a=1", "//ailleurs", "https://a.example/", "data:,"]
)
def test_an_address_that_is_not_of_the_root_stays_as_it_is(below, address):
    assert outside(address) == address
    assert outside(outside("/cv?a=1")) == "/iprof/cv?a=1"


@pytest.mark.parametrize(
    "site", ["https://a.example", "https://a.example/", "https://a.example/iprof/"]
)
def test_the_address_of_the_site_is_said_with_its_path_or_without(below, site):
    assert whole_address(site, "/courrier") == "https://a.example/iprof/courrier"


def test_what_a_screen_shows_before_its_first_answer_is_below_the_path_too(below):
    screen = Screen(lambda _message: "", html='<a href="/galerie">La galerie</a>')
    assert screen.html == f'<a href="{PATH}/galerie">La galerie</a>'
