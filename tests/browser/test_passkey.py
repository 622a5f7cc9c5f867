"""A passkey in a real browser: made, asked for at the next log-in, refused, removed."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FACTORS = "/connexion/preuves"
OPTIONS = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def holder(visit):
    """Somebody at a browser that has an authenticator, and how it is told who is before it."""
    visitor = visit()
    visitor.address = visitor.address.replace("127.0.0.1", "localhost")  # no passkey at a number
    device = visitor.context.new_cdp_session(visitor.page)
    device.send("WebAuthn.enable")
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})

    def is_she(verified):
        words = {"authenticatorId": made["authenticatorId"], "isUserVerified": verified}
        device.send("WebAuthn.setUserVerified", words)

    return visitor, is_she


def test_a_passkey_is_made_then_asked_for_and_serves_its_person_alone(holder):
    visitor, is_she = holder
    page = visitor.log_in_by_the_form("gcollegue", to=FACTORS)
    visitor.check()
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.locator("h1")).to_have_text("Vos codes de secours")
    visitor.check()
    page.get_by_role("link", name="Je les ai gardés, continuer").click()
    expect(page.locator("h1")).to_have_text("Vos secondes preuves")
    visitor.check()

    visitor.context.clear_cookies()
    page = visitor.log_in_by_the_form("gcollegue")
    expect(page.locator("h1")).to_have_text("Une seconde preuve que c’est vous")
    visitor.check()
    is_she(False)
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page.locator("[data-refus]")).to_contain_text("La clé d’accès n’a pas servi.")
    is_she(True)
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.wait_for_url(re.compile("/accueil$"))

    page = visitor.go(FACTORS)
    page.get_by_role("button", name="Retirer Cet appareil").click()
    expect(page.get_by_text("Aucune.")).to_be_visible()
