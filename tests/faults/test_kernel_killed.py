"""The process of a session dies while its page is open."""

import os
import signal

from portal_server import until
from real_portal import amounts, change, choose_hours, hours, reopen


def test_the_person_is_told_and_finds_what_she_had_entered(portal, person):
    page = person(portal).open()
    sixty = change(page, "60")
    [session] = portal.sessions()
    page.get_by_text("Ma date est fausse").first.click()
    field = page.locator("form[data-intent='ma_date'] input").first
    field.fill("01/09/2023")
    os.kill(session, signal.SIGKILL)
    page.get_by_text("Cette page ne calcule plus depuis").wait_for()
    assert amounts(page) == sixty
    choose_hours(page, "70")  # nothing answers, nothing is lost
    reopen(page)
    assert hours(page) == "70"
    assert amounts(page) != sixty
    assert field.input_value() == "01/09/2023"
    assert change(page, "60") == sixty
    assert portal.sessions() != {session}


def test_what_was_entered_is_shown_to_nobody_else(portal, person):
    jean = person(portal)
    page = jean.open()
    untouched = amounts(page)
    change(page, "60")
    [session] = portal.sessions()
    os.kill(session, signal.SIGKILL)
    page.get_by_text("Cette page ne calcule plus depuis").wait_for()
    page.evaluate("keep => sessionStorage.setItem('kit:saisie', keep)", _kept("une autre personne"))
    page.reload()
    page.locator(".levers input").first.wait_for()
    until(lambda: amounts(page) == untouched)
    assert page.get_by_text("Votre saisie a été reprise.").count() == 0
    assert page.evaluate("sessionStorage.length") == 0


def _kept(owner):
    return f'{{"owner": "{owner}", "intents": [], "typed": []}}'
