"""The processes that pages are forked from die: the zygote, or the warm one of a notebook."""

import os
import signal
from pathlib import Path

from portal_server import until
from real_portal import PREPARED, change, lives


def test_open_pages_go_on_and_new_ones_open(portal, person):
    page = person(portal).open()
    seventy, sixty = change(page, "70"), change(page, "60")
    sessions, zygotes = portal.sessions(), portal.zygotes()
    [warm] = [pid for pid, name in portal.warm().items() if name == "portail.ipynb"]
    others = set(portal.warm()) - {warm}
    os.kill(warm, signal.SIGKILL)
    until(lambda: not lives(warm))
    assert change(page, "70") == seventy
    assert change(page, "60") == sixty
    assert all(lives(pid) for pid in sessions)
    colleague = portal.logged_in("scohen")
    answer = colleague.get("/accueil")  # at once, though nothing may be prepared ahead
    assert answer.status == 200
    assert colleague.get(f"/api/kernels/{answer.kernel}").status == 200
    until(lambda: PREPARED in colleague.get("/accueil").text, 400)
    assert change(page, "70") == seventy
    assert portal.zygotes() == zygotes
    assert others < set(portal.warm())
    assert not Path(f"/proc/{warm}").exists()  # the zygote leaves nothing of it behind


def test_a_zygote_that_dies_is_made_again_and_its_pages_go_on(portal, person):
    page = person(portal).open()
    sixty = change(page, "60")
    [zygote], warm, sessions = portal.zygotes(), portal.warm(), portal.sessions()
    os.kill(zygote, signal.SIGKILL)
    until(lambda: not lives(zygote))
    colleague = portal.logged_in("scohen")
    assert PREPARED in colleague.get("/accueil").text  # forked from what is already there
    until(
        lambda: "zygote" in portal.log.read_text().rpartition("le zygote n’est plus là")[2][1:], 400
    )
    assert portal.zygotes() not in (set(), {zygote})
    assert portal.warm() == warm
    assert all(lives(pid) for pid in sessions)
    assert change(page, "70") != sixty
