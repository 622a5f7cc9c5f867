"""The process of a session does not answer for a while: the network is well, the page says so."""

import os
import signal

from real_portal import amounts, change, choose_hours, hours

SLOW = "Le service est lent."


def test_a_late_answer_is_said_to_be_late_and_comes(portal, person):
    page = person(portal).open()
    seventy, sixty = change(page, "70"), change(page, "60")
    [session] = portal.sessions()
    os.kill(session, signal.SIGSTOP)
    try:
        choose_hours(page, "70")
        page.get_by_text(SLOW).wait_for()
        assert page.get_by_text("Connexion perdue").count() == 0
        assert hours(page) == "70"
        assert amounts(page) == sixty
    finally:
        os.kill(session, signal.SIGCONT)
    page.get_by_text(SLOW).wait_for(state="detached")
    assert amounts(page) == seventy
    assert page.get_by_text("Connexion rétablie").count() == 0  # it was never lost


def test_a_late_session_whose_server_goes_says_that_the_connection_is_lost(portal, person):
    page = person(portal).open()
    change(page, "60")
    [session] = portal.sessions()
    os.kill(session, signal.SIGSTOP)
    choose_hours(page, "70")
    page.get_by_text(SLOW).wait_for()
    portal.kill()
    os.kill(session, signal.SIGCONT)
    page.get_by_text("Connexion perdue").wait_for()
    portal.start()
    page.get_by_text("Cette page ne calcule plus depuis").wait_for()
    assert hours(page) == "70"
