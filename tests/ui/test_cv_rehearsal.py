"""Before any fork, the pages of the CV are shown to nobody: nothing is drawn, nothing is kept."""

import os
import subprocess
import sys
from datetime import date

import pytest

from iprof_kit.cv.model import Cible, Cv, Faits
from iprof_kit.cv.person import Identite
from iprof_kit.ui.rehearsal import rehearse
from iprof_kit.ui.screens.cv import preview
from iprof_kit.ui.shared.menu import CV, routes

SCRIPT = """
import os, sys
sys.modules["pyarrow"] = None
from iprof_kit.ui.rehearsal import rehearse
rehearse("cv.ipynb")
print(len(os.listdir("/proc/self/task")))
"""


def test_every_page_is_shown_and_none_is_drawn(monkeypatch):
    def drawn(*_words):
        raise AssertionError("a page was drawn")

    monkeypatch.setattr(preview, "pages_svg", drawn)
    assert rehearse(CV) > len(routes(CV))


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_rehearsing_starts_no_thread():
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", SCRIPT]
    out = subprocess.run(command, env=os.environ | threads, capture_output=True, check=True)
    assert out.stdout.split() == [b"1"]


def test_a_page_drawn_twice_without_change_is_drawn_once(monkeypatch):
    made = []
    monkeypatch.setattr(preview, "pages_svg", lambda *_words: made.append(1) or ["<svg/>"])
    press, cible, day = preview.Press(), Cible(), date(2026, 11, 25)
    first = press.cv(Cv(), cible, day)
    assert press.cv(Cv(), cible, day) == first
    assert len(made) == 1
    press.cv(Cv(faits=Faits(identite=Identite(nom="Dupont"))), cible, day)
    assert len(made) == 2


def test_a_page_that_cannot_be_drawn_leaves_the_last_one_and_says_so(monkeypatch):
    press, cible, day = preview.Press(), Cible(), date(2026, 11, 25)
    monkeypatch.setattr(preview, "pages_svg", lambda *_words: ["<svg/>"])
    before = press.cv(Cv(), cible, day)

    def broken(*_words):
        raise ValueError("typst")

    monkeypatch.setattr(preview, "pages_svg", broken)
    after = press.cv(Cv(faits=Faits(identite=Identite(nom="Dupont"))), cible, day)
    assert after.pictures == before.pictures
    assert "gardée" in after.trouble
    assert "Dupont" in after.words
