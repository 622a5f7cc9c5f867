"""The server dies at once, and is started again on the same data."""

import sqlite3
import threading
from contextlib import suppress

from portal_server import until
from real_portal import change, choose_hours, hours, lives, reopen


def processes(portal):
    return portal.zygotes() | set(portal.warm()) | portal.sessions()


def test_nobody_is_logged_out_and_what_was_entered_comes_back(portal, person):
    page = person(portal).open()
    sixty = change(page, "60")
    born = processes(portal)
    assert len(born) > 2
    portal.kill()
    until(lambda: not any(lives(pid) for pid in born))  # no session outlives its server
    choose_hours(page, "70")
    page.get_by_text("Connexion perdue").wait_for()
    portal.start()
    page.get_by_text("Cette page ne calcule plus depuis").wait_for()
    reopen(page)
    assert hours(page) == "70"
    assert change(page, "60") == sixty


CAMPAIGN = "/services/siam?campagne=interdepartemental_1d_2027"


def test_what_is_noted_with_its_receipt_is_there_after_the_kill(portal, person):
    seat = person(portal)
    noted = seat.open(CAMPAIGN)
    noted.get_by_text("Noter que c’est fait : Saisie des vœux").click()
    noted.get_by_label("Numéro d’accusé, ou vos mots (facultatif)").first.fill("accusé n° 12")
    noted.get_by_role("button", name="Noter", exact=True).first.click()
    noted.get_by_text("Reçu n°").wait_for()
    page = seat.open("/services/demandes?demande=reclamation_paie")
    page.get_by_label("Premier jour du premier mois que vous réclamez").fill("01/09/2024")
    page.get_by_role("button", name="Noter ces dates").click()
    page.get_by_text("Enregistré dans ce kit le").wait_for()
    portal.kill()
    portal.start()
    again = seat.open("/services/demandes?demande=reclamation_paie")
    field = again.get_by_label("Premier jour du premier mois que vous réclamez")
    assert field.input_value() == "01/09/2024"
    seat.open(CAMPAIGN).get_by_text("accusé n° 12").first.wait_for()


def test_an_ordinary_session_does_not_outlive_it_either(portal):
    assert portal.sessions() == set()
    client = portal.logged_in()
    client.get("/accueil")
    born = processes(portal)
    portal.kill()
    until(lambda: not any(lives(pid) for pid in born))


def test_a_save_that_was_under_way_is_whole_or_absent(portal):
    client = portal.logged_in("scohen")
    lock = sqlite3.connect(portal.people, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")  # the save has to wait: it is under way when the server dies
    leaving = threading.Thread(target=_quietly, args=(client.post, "/quitter"))
    leaving.start()
    until(lambda: client.get("/accueil").status == 200)
    portal.kill()
    leaving.join()
    lock.execute("ROLLBACK")
    assert lock.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    lock.close()
    portal.start()
    assert client.get("/accueil").status in (200, 302)
    assert portal.logged_in("scohen").get("/accueil").status == 200


def _quietly(act, *words):
    with suppress(OSError):  # the server died before its answer
        act(*words)
