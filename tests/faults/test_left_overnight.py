"""A page is left open and nobody uses it."""

import json
import sqlite3

import pytest
from real_portal import change, hours, reopen

from iprof_kit.base.errors import Refused
from iprof_kit.ui.components.screen import Screen
from iprof_kit.ui.portal import Portal

KERNEL = "() => JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"


@pytest.fixture(scope="module")
def brief(open_portal):
    """A portal whose night lasts fifteen seconds, and is announced after two."""
    found = open_portal(idle_seconds=15, idle_warning_seconds=13)
    yield found
    found.stop()


def last_activity(client, page):
    answer = client.get(f"/api/kernels/{page.evaluate(KERNEL)}")
    return json.loads(answer.text)["last_activity"]


def test_the_person_is_warned_may_stay_and_is_told_when_the_page_has_ended(brief, person):
    jean = person(brief)
    page = jean.open()
    sixty = change(page, "60")
    warning = page.get_by_text("Cette page se fermera à")
    warning.wait_for()
    before = last_activity(jean.client, page)
    page.get_by_role("button", name="Continuer").click()
    warning.wait_for(state="detached")
    assert last_activity(jean.client, page) > before
    warning.wait_for()
    page.get_by_text("Cette page s’est fermée à").wait_for()
    assert "restée longtemps sans être utilisée" in page.locator(".screen-status").inner_text()
    assert hours(page) == "60"
    asleep(brief)
    page.get_by_role("link", name="Rouvrir cet écran").click()
    page.get_by_label("Compte utilisateur").fill("jdupont")
    page.get_by_label("Mot de passe").fill("demonstration-libre")
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_text("Votre saisie a été reprise.").wait_for()
    assert hours(page) == "60"
    assert change(page, "70") != sixty


def asleep(portal):
    """Make every login as old as a night."""
    with sqlite3.connect(portal.people) as link:
        link.execute("UPDATE sessions SET seen_at = datetime(seen_at, '-12 hours')")
    link.close()


def test_somebody_without_account_finds_what_she_typed(brief, person):
    visitor = person(brief, client=brief.visitor())
    page = visitor.open("/ma-situation")
    chosen = page.locator("#situation select").first
    value = chosen.locator("option").nth(2).get_attribute("value")
    chosen.select_option(value)
    page.locator(".screen:not([aria-busy])").wait_for()
    page.get_by_text("Cette page s’est fermée à").wait_for()
    reopen(page)
    assert page.locator("#situation select").first.input_value() == value


def test_staying_asks_the_server_who_is_there_so_that_the_login_lasts():
    asked, sent = [], []

    class Door:
        def ask(self, op, **args):
            asked.append(op)
            raise Refused("vous n’êtes plus connecté.")

    portal = Portal(Door)
    screen = Screen(portal.handle, stay=portal.stay)
    screen.send = sent.append
    screen.receive({"kind": "ping", "seq": "a-1"})
    assert asked == ["session.qui"]
    assert sent == [{"kind": "done", "seq": "a-1"}]
