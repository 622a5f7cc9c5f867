"""A lesson on two phones, one of which loses its network: the trainer speaks at the guichet."""

import re

import pytest
from live_pieces import ESTIMATE, ONE, ORDER, SEVERAL, WORDS, Trainer
from playwright.sync_api import expect
from test_accessibility_of_states import faults_of

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}
COUNTED = "Réponse comptée"
EXPECTED = ("404", "409", "410", "ERR_INTERNET_DISCONNECTED")
"""What Chromium writes in its console of answers that are errors."""


@pytest.fixture
def trainer(portal):
    return Trainer({"IPROF_VAR": str(portal.folder)}).open()


@pytest.fixture
def phone(visit, trainer):
    """Return a maker of phones that have opened the address of the lesson."""

    def made():
        visitor = visit(**PHONE)
        visitor.expected += EXPECTED
        visitor.page.goto(f"{visitor.address}/lecon/{trainer.code}")
        visitor.page.get_by_role("heading", name="Vous y êtes").wait_for()
        return visitor.page

    return made


def asked(page, words):
    page.get_by_role("heading", name=words).wait_for()


def send(page):
    page.get_by_role("button", name=re.compile("^Envoyer")).click()


def test_a_whole_lesson_on_two_phones_one_of_which_is_lost_and_back(phone, trainer):
    one, other = phone(), phone()
    expect(one.get_by_text("2 personnes")).to_be_visible()
    trainer.go(WORDS)
    asked(one, "Ce que l’on va voir")

    trainer.go(ONE, chrono=300)
    for page, place in ((one, "8 400 €"), (other, "40 000 €")):
        asked(page, "Promue un an plus tôt")
        page.get_by_text(place).click()
        send(page)
        asked(page, COUNTED)
    one.get_by_role("link", name="Changer ma réponse").click()
    one.get_by_text("1 800 €").click()
    send(one)
    asked(one, COUNTED)
    assert trainer.go(ONE, revele=True).compte.choix == (1, 0, 1, 0)
    own = one.locator(".dist li", has_text="votre réponse")
    expect(own).to_have_count(1)
    expect(own).to_contain_text("1 800 €")

    trainer.go(ESTIMATE)
    asked(other, "À 80 %")
    other.context.set_offline(True)
    other.get_by_role("button", name="1 de plus").click()
    send(other)
    expect(other.get_by_role("alert")).to_contain_text("Votre réponse est gardée sur ce téléphone.")
    assert trainer.ask("lecon.etat").reponses == 0
    other.context.set_offline(False)
    asked(other, COUNTED)
    expect(other.get_by_role("alert")).to_be_hidden()
    assert trainer.go(ESTIMATE, revele=True).compte.valeurs == ((76.0, 1),)

    one.context.set_offline(True)
    expect(one.get_by_role("alert")).to_contain_text("Vous reviendrez à la question en cours.")
    trainer.go(ORDER)
    asked(other, "Qui passe d’abord")
    one.context.set_offline(False)
    asked(one, "Qui passe d’abord")
    one.get_by_role("button", name="Monter : échelon").click()
    one.get_by_role("button", name="Monter : échelon").press("Enter")
    send(one)
    asked(one, COUNTED)
    assert trainer.go(ORDER, revele=True).compte.ordres == (((2, 0, 1), 1),)
    asked(one, "La réponse")

    trainer.ask("lecon.fermer", code=trainer.code)
    for page in (one, other):
        asked(page, "La leçon est terminée")


def test_each_state_of_a_phone_is_readable_named_and_narrow(phone, trainer):
    page = phone()
    session, faults = page.context.new_cdp_session(page), []

    def look(state):
        faults.extend(f"{state} : {fault}" for fault in faults_of(page, session))

    look("attente")
    trainer.go(WORDS)
    asked(page, "Ce que l’on va voir")
    look("mots")
    for screen, words in ((ONE, "Promue"), (SEVERAL, "primes"), (ESTIMATE, "80 %"), (ORDER, "Qui")):
        trainer.go(screen, chrono=300)
        asked(page, words)
        look(f"question {screen}")
        if screen in (ONE, SEVERAL):
            page.locator("form.answer label").first.click()
        send(page)
        asked(page, COUNTED)
        look(f"comptée {screen}")
        trainer.go(screen, revele=True)
        page.locator(".ans").wait_for()
        look(f"révélation {screen}")
    trainer.go(ONE, chrono=0)
    asked(page, "Les réponses sont closes")
    look("close")
    page.context.set_offline(True)
    page.get_by_role("alert").wait_for()
    look("perdu")
    page.context.set_offline(False)
    trainer.ask("lecon.fermer", code=trainer.code)
    asked(page, "La leçon est terminée")
    look("fin")
    page.goto(page.url.rpartition("/")[0])
    look("code")
    page.get_by_label("Code de la leçon").fill("ZZZZZ")
    page.get_by_role("button", name="Rejoindre").click()
    page.get_by_role("alert").wait_for()
    look("code inconnu")
    assert faults == []
