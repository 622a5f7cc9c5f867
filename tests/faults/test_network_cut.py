"""The network goes away for half a minute while a page is open."""

import pytest
from proxy import Network
from real_portal import amounts, change, choose_hours

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
