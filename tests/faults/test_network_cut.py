"""The network goes away for half a minute while a page is open."""

import os
import signal

import pytest
from proxy import Network
from real_portal import amounts, change, choose_hours, hours

HALF_A_MINUTE = 30_000


@pytest.fixture
def network(portal):
    relay = Network(portal.port)
    yield relay
    relay.end()


@pytest.fixture
def seated(portal, network, person):
    jean = person(portal, address=network.address)
    page = jean.open()
    page.clock.install()
    return page


def test_a_cut_is_said_and_a_control_answers_afterwards(portal, network, seated):
    sessions = portal.sessions()
    seventy, sixty = change(seated, "70"), change(seated, "60")
    network.cut()
    choose_hours(seated, "70")
    seated.clock.fast_forward(HALF_A_MINUTE)
    seated.get_by_text("Connexion perdue").wait_for()
    assert (
        "Votre saisie est conservée sur cet écran" in seated.locator(".screen-status").inner_text()
    )
    assert amounts(seated) == sixty
    network.mend()
    seated.clock.fast_forward(HALF_A_MINUTE)
    seated.get_by_text("Connexion rétablie").wait_for()
    assert amounts(seated) == seventy
    assert change(seated, "60") == sixty
    assert portal.sessions() == sessions


def test_a_network_that_falls_silent_is_noticed_too(portal, network, seated):
    sessions = portal.sessions()
    seventy, sixty = change(seated, "70"), change(seated, "60")
    network.freeze()
    choose_hours(seated, "70")
    seated.clock.fast_forward(HALF_A_MINUTE)
    seated.get_by_text("Connexion perdue").wait_for()
    assert amounts(seated) == sixty
    network.thaw()
    seated.clock.fast_forward(HALF_A_MINUTE)
    seated.get_by_text("Connexion rétablie").wait_for()
    assert amounts(seated) == seventy
    assert portal.sessions() == sessions


def test_a_screen_asked_for_during_a_cut_is_said_and_comes_even_if_its_session_ended(
    portal, network, seated
):
    """The address said « Retraite » while « Promotions » stayed in sight, and nothing led there."""
    [session] = portal.sessions()
    network.cut()
    seated.get_by_role("link", name="Retraite", exact=True).first.click()
    seated.clock.fast_forward(HALF_A_MINUTE)
    status = seated.locator(".screen-status")
    status.get_by_text("Connexion perdue").wait_for()
    assert "Ouverture de Retraite dès que la connexion revient" in status.inner_text()
    assert "heure de Paris" in status.inner_text()
    os.kill(session, signal.SIGKILL)
    network.mend()
    seated.clock.fast_forward(HALF_A_MINUTE)
    seated.locator("main h1", has_text="Retraite").wait_for()
    assert seated.url.endswith("/perspectives/retraite")
    assert seated.get_by_text("Cette page ne calcule plus").count() == 0


def test_the_hour_of_a_cut_is_that_of_paris_with_that_of_the_device(portal, network, person):
    jean = person(portal, address=network.address, timezone_id="Indian/Reunion")
    page = jean.open()
    page.clock.install(time="2026-11-28T10:43:00Z")
    network.cut()
    choose_hours(page, "60" if hours(page) != "60" else "70")
    page.clock.fast_forward(HALF_A_MINUTE)
    page.get_by_text("Connexion perdue").wait_for()
    said = page.locator(".screen-status").inner_text()
    assert "à 11 h 43, heure de Paris (14 h 43 sur cet appareil)." in said.replace("\u00a0", " ")
