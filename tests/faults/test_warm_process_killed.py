"""The process that pages are forked from dies."""

import os
import signal

from portal_server import until
from real_portal import PREPARED, change, lives


def test_open_pages_go_on_and_new_ones_open(portal, person):
    page = person(portal).open()
    seventy, sixty = change(page, "70"), change(page, "60")
    sessions = portal.sessions()
    [warm] = [pid for pid, name in portal.warm().items() if name == "portail.ipynb"]
    os.kill(warm, signal.SIGKILL)
    until(lambda: not lives(warm))
    assert change(page, "70") == seventy
    assert change(page, "60") == sixty
    assert all(lives(pid) for pid in sessions)
    colleague = portal.logged_in("scohen")
    answer = colleague.get("/accueil")  # at once, though nothing is prepared ahead
    assert answer.status == 200
    assert colleague.get(f"/api/kernels/{answer.kernel}").status == 200
    until(lambda: PREPARED in colleague.get("/accueil").text, 120)
    assert change(page, "70") == seventy
