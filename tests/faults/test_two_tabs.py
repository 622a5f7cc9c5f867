"""One person opens several tabs."""

import os
import signal

import pytest
from portal_server import until
from proxy import Network
from real_portal import amounts, change, choose_hours, hours


def test_each_tab_has_its_own_scenario_and_one_too_many_ends_the_oldest(portal, person):
    jean = person(portal)
    first = jean.open()
    change(first, "80")
    second = jean.open()
    assert len(portal.sessions()) == 2
    untouched = amounts(second)
    sixty = change(first, "60")
    assert amounts(second) == untouched
    assert hours(second) != "60"
    seventy = change(second, "70")
    second.get_by_role("button", name="Garder celle de cet écran").wait_for()
    assert amounts(first) == sixty != seventy
    third = jean.open()
    first.get_by_text("Cette page s’est fermée à").wait_for()
    said = first.locator(".screen-status").inner_text()
    assert "Vous en avez ouvert d’autres, et leur nombre est limité." in said
    assert amounts(first) == sixty
    until(lambda: len(portal.sessions()) == 2)
    assert change(second, "60") == sixty
    assert change(third, "60") == sixty
    first.get_by_role("link", name="Ma paie").first.click()  # asked of the server: it opens it
    first.get_by_role("heading", name="Ma paie", level=1).wait_for()


def test_leaving_in_one_tab_takes_the_file_out_of_sight_in_the_other(portal, person):
    jean = person(portal)
    first, second = jean.open(), jean.open()
    change(first, "60")
    assert "Dupont" in first.locator("body").inner_text()
    second.get_by_role("button", name="Quitter").click()
    second.get_by_role("button", name="Se connecter").wait_for()
    first.get_by_role("button", name="Se connecter").wait_for()
    until(lambda: not portal.sessions())
    assert "Dupont" not in first.content()
    assert first.evaluate("() => sessionStorage.length") == 0


TOLD_SHE_LEFT = """() => {
  document.documentElement.dataset.kernelEnd = "left";
  document.dispatchEvent(new CustomEvent("kit:kernel", { detail: "dead" }));
}"""


def test_the_page_that_quits_is_cleared_and_goes_where_its_own_request_leads(portal, person):
    page = person(portal).open()
    page.clock.install()
    page.evaluate("() => { window.dispatchEvent(new Event('beforeunload')); }")
    page.evaluate(TOLD_SHE_LEFT)
    assert page.evaluate("() => fetch('/connexion').then((answer) => answer.status)") == 200
    assert page.evaluate("() => document.body.innerText") == ""
    page.clock.fast_forward(10_000)  # the request was given up: she is led away all the same
    page.get_by_role("button", name="Se connecter").wait_for()


def test_a_page_that_was_cut_when_the_person_left_is_cleared_once_it_answers(portal, person):
    network = Network(portal.port)
    try:
        jean = person(portal, address=network.address)
        page = jean.open()
        page.clock.install()
        network.cut()
        choose_hours(page, "60" if hours(page) != "60" else "70")  # another test may have kept it
        page.clock.fast_forward(30_000)
        page.get_by_text("Connexion perdue").wait_for()
        jean.client.post("/quitter")
        assert "Dupont" in page.locator("body").inner_text()
        network.mend()
        page.clock.fast_forward(30_000)
        page.get_by_role("button", name="Se connecter").wait_for()
        assert "Dupont" not in page.content()
    finally:
        network.end()


def test_a_page_that_had_ended_when_the_person_left_is_cleared_when_it_comes_back(portal, person):
    jean = person(portal)
    page = jean.open()
    (session,) = portal.sessions()
    os.kill(session, signal.SIGKILL)
    page.get_by_text("Cette page ne calcule plus").wait_for()
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    page.get_by_text("Ce qui est affiché reste à l’écran").wait_for()
    jean.client.post("/quitter")
    assert "Dupont" in page.locator("body").inner_text()
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("button", name="Se connecter").wait_for()
    assert "Dupont" not in page.content()


@pytest.mark.parametrize("path", ["/accueil", "/ma-situation"])
def test_no_place_is_a_page_in_french_that_says_when_to_come_back(open_portal, path):
    full = open_portal(kernels_in_all=1, kernels_without_account=1)
    try:
        holder, other = full.logged_in(), full.logged_in("scohen")
        page = holder.get("/accueil")
        assert page.status == 200
        shown = holder.socket(page.kernel)  # a place that no page holds would be taken back
        refused = other.get(path)
        assert refused.status == 503
        assert refused.headers["Retry-After"] == "60"
        assert "Toutes les places sont prises pour le moment." in refused.text
        assert "quand une page se ferme\u00a0: réessayez dans 60 secondes." in refused.text
        holder.post("/quitter")
        shown.close()
        assert other.get(path).status == 200
    finally:
        full.stop()
