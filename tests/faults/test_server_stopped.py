"""The server is told to stop with a delay: pages say so, and what was typed is there afterwards."""

import signal

import pytest
from playwright.sync_api import expect
from real_portal import reopen

CAMPAIGN = "/services/siam?campagne=interdepartemental_1d_2027"
WORDS = "accusé n° 12, à vérifier"


@pytest.fixture
def patient(open_portal):
    """A portal that would serve ten minutes more: a second word ends it where a test wants."""
    portal = open_portal(grace_seconds=600)
    portal.get_warm()
    yield portal
    portal.kill()


def receipt(page):
    return page.get_by_label("Numéro d’accusé, ou vos mots (facultatif)").first


def test_a_stop_is_said_with_its_hour_and_what_was_typed_comes_back(patient, person):
    seat = person(patient)
    page, other = seat.open(CAMPAIGN), seat.open(CAMPAIGN)
    for one in (page, other):
        one.get_by_text("Noter que c’est fait : Saisie des vœux").click()
        receipt(one).fill(WORDS)
    patient.process.send_signal(signal.SIGTERM)
    said = page.get_by_role("alert").filter(has_text="Le service va s’arrêter à")
    expect(said).to_contain_text("Ce que vous avez saisi est gardé")
    page.get_by_text("Noter que c’est fait").nth(1).click()
    expect(said).to_have_count(1)  # an act does not take it away, and the page still answers
    seat.open("/perspectives/retraite").get_by_text("Le service va s’arrêter à").wait_for()
    patient.process.send_signal(signal.SIGTERM)
    for one in (page, other):
        one.get_by_text("Le service s’est arrêté à").wait_for()
    expect(said).to_have_count(0)
    assert patient.process.wait(timeout=30) == 0
    patient.start()
    reopen(page)
    expect(receipt(page)).to_have_value(WORDS)
    other.reload()  # by the browser's own key
    expect(receipt(other)).to_have_value(WORDS)
