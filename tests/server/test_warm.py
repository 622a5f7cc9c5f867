"""What is made again, and from what, when a process ends or a file changes."""

import asyncio
import os
import subprocess
import sys
from itertools import count

import pytest

from iprof_kit.base.paths import NOTEBOOKS
from iprof_kit.server.kernels import changes, warm
from iprof_kit.server.kernels.changes import CODE, what_changed
from iprof_kit.server.kernels.notebooks import LIGHT, kept_warm

NAMES = ("portail.ipynb", "cv.ipynb")


@pytest.fixture
def places(tmp_path, monkeypatch):
    for name in ("_KIT", "REFERENCE", "VOILA_TEMPLATES"):
        monkeypatch.setattr(changes, name, tmp_path / name)
        (tmp_path / name / "ui" / "__pycache__").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("path", "what"),
    [("_KIT/careers.py", CODE), ("_KIT/ui/screen.js", CODE), ("REFERENCE/grilles.csv", CODE),
     ("VOILA_TEMPLATES/kit.css", CODE), ("notebooks/cv.ipynb", "cv.ipynb"),
     ("notebooks/another.ipynb", None), ("_KIT/readme.md", None),
     ("_KIT/ui/__pycache__/portal.cpython-311.pyc", None),
     ("_KIT/ui/__pycache__/portal.cpython-311.pyc.140234", None)],
)  # fmt: skip
def test_code_tables_looks_and_the_notebooks_kept_warm_count(places, path, what):
    assert what_changed(places / "notebooks", NAMES, str(places / path)) == what


def test_a_change_on_the_disk_is_told_once_it_has_settled(places):
    async def first_told():
        told = changes.changes(places / "notebooks", NAMES)
        first = asyncio.ensure_future(anext(told))
        while not first.done():  # the watcher does not say when it has begun
            (places / "notebooks" / "cv.ipynb").write_text("x")
            await asyncio.wait({first}, timeout=0.2)
        return first.result()

    assert asyncio.run(asyncio.wait_for(first_told(), 30)) == {"cv.ipynb"}


def test_notebooks_of_another_folder_or_author_are_never_in_the_zygote(tmp_path):
    assert set(kept_warm(NOTEBOOKS)) == LIGHT
    assert kept_warm(tmp_path) == ()


class Made:
    """A zygote or a warm process that is nobody's."""

    numbers = count(1)

    def __init__(self, made_of, parent=None, notebook=None):
        self.made_of, self.parent, self.notebook = made_of, parent, notebook
        self.number, self.alive, self.closed = next(self.numbers), True, False

    @classmethod
    async def born(cls, _environment, code):
        return cls((code, False))

    @classmethod
    async def of(cls, zygote, notebook):
        return cls(zygote.made_of, zygote, notebook.name)

    async def rehearse(self):
        self.made_of = (self.made_of[0], True)

    def when_it_ends(self, act):
        self._act = act

    def die(self):
        self.alive = False
        self._act()

    def close(self):
        self.alive, self.closed = False, True


@pytest.fixture
def family(monkeypatch, tmp_path):
    """Warm processes without processes, and a function that lets them come to rest."""
    monkeypatch.setattr(warm, "Zygote", Made)
    monkeypatch.setattr(warm, "WarmProcess", Made)
    monkeypatch.setattr(warm.Patience, "FIRST", 0.0)
    told = asyncio.Queue()

    async def changes_told(_notebooks, _names):
        while True:
            yield await told.get()

    monkeypatch.setattr(warm, "changes", changes_told)
    monkeypatch.setattr(warm, "POSSIBLE", True)
    made = warm.WarmProcesses(tmp_path, NAMES, {}, develop=True)
    made.told = told
    return made


def live(family, story):
    """Start, then follow a story: each step hurts, then all comes to rest."""

    async def whole():
        family.start()
        await rest()
        for step in story:
            step()
            await rest()
        family.close()

    async def rest():
        for _ in range(50):
            await asyncio.sleep(0)

    asyncio.run(whole())


def test_all_come_from_one_zygote(family):
    seen = []
    live(family, [lambda: seen.extend(family.ready(name) for name in NAMES)])
    assert [one.notebook for one in seen] == list(NAMES)
    assert len({one.parent for one in seen}) == 1


def test_a_zygote_that_dies_is_made_again_alone(family):
    seen = []

    def look():
        seen.append((family.zygote, *(family.ready(name) for name in NAMES)))

    live(family, [look, lambda: family.zygote.die(), look])
    before, after = seen
    assert after[0] not in {None, before[0]}
    assert after[1:] == before[1:]


def test_a_warm_process_that_dies_is_made_again_from_the_same_zygote(family):
    seen = []

    def look():
        seen.append((family.zygote, *(family.ready(name) for name in NAMES)))

    live(family, [look, lambda: family.ready("cv.ipynb").die(), look])
    (zygote, portal, cv), (same, still, another) = seen
    assert (same, still) == (zygote, portal)
    assert another is not cv
    assert another.parent is zygote


def test_a_notebook_that_changes_is_executed_anew_from_the_same_zygote(family):
    seen = []

    def look():
        seen.append((family.zygote, *(family.ready(name) for name in NAMES)))

    live(family, [look, lambda: family.told.put_nowait({"portail.ipynb"}), look])
    (zygote, portal, cv), (same, another, still) = seen
    assert (same, still) == (zygote, cv)
    assert another is not portal
    assert portal.closed


def test_code_that_changes_brings_another_zygote_and_the_former_serve_until_then(
    family, monkeypatch
):
    seen, held = [], asyncio.Event()

    async def slowly(_environment, code):
        await held.wait()
        return Made((code, False))

    def look():
        seen.append((family.zygote, *(family.ready(name) for name in NAMES)))

    def change():
        monkeypatch.setattr(Made, "born", slowly)
        family.told.put_nowait({CODE})

    live(family, [look, change, look, held.set, look])
    before, meanwhile, after = seen
    assert meanwhile == before
    assert all(one.closed for one in before)
    assert {one.made_of for one in after} == {(1, True)}
    assert {one.parent for one in after[1:]} == {after[0]}


def test_outside_development_no_file_is_watched(family, monkeypatch, tmp_path):
    def nobody(*_words):
        raise AssertionError("watched")

    monkeypatch.setattr(warm, "changes", nobody)
    quiet = warm.WarmProcesses(tmp_path, NAMES, {})
    live(quiet, [lambda: None])


UNSOUND = """
import os, socket, sys, threading
from iprof_kit.kernel import family
%s
try:
    family.refuse_unsound(*own)
except RuntimeError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("state", "said"),
    [("own = ()", ""),
     ("own = (); threading.Thread(target=threading.Event().wait, daemon=True).start()",
      "more than one thread"),
     ("own = (); import zmq; zmq.Context.instance()", "ZeroMQ"),
     ("own = (); os.environ['IPROF_DATABASE_URL'] = 'x'", "IPROF_DATABASE_URL"),
     ("own = (); os.environ |= {'IPROF_LOG_LEVEL': 'debug', 'IPROF_LOG_FORM': 'json'}", ""),
     ("own = (); s = socket.socketpair()", "not its own"),
     ("own = (); f = open('/dev/null', 'a')", "not its own"),
     ("s, t = socket.socketpair(); own = (s.fileno(), t.fileno())", "")],
)  # fmt: skip
def test_what_a_fork_would_break_or_tell_is_refused(state, said):
    environment = {"PATH": os.environ["PATH"], "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", UNSOUND % state]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert said in done.stdout
    assert bool(said) == bool(done.stdout)


def test_pages_come_before_the_rehearsal_and_from_what_was_rehearsed_after_it(family, monkeypatch):
    seen, held = [], asyncio.Event()

    async def slowly(zygote):
        await held.wait()
        zygote.made_of = (zygote.made_of[0], True)

    def look():
        seen.append([family.ready(name) for name in NAMES])

    monkeypatch.setattr(Made, "rehearse", slowly)
    live(family, [look, held.set, look])
    before, after = seen
    assert [one.made_of for one in before] == [(0, False), (0, False)]
    assert [one.made_of for one in after] == [(0, True), (0, True)]
    assert all(one.closed for one in before)


def test_a_notebook_that_cannot_be_executed_holds_up_no_rehearsal(family, monkeypatch):
    async def failing(zygote, notebook):
        if notebook.name == NAMES[0]:
            raise OSError("it could not get ready")
        return Made(zygote.made_of, zygote, notebook.name)

    seen = []
    monkeypatch.setattr(Made, "of", failing)
    live(family, [lambda: seen.append(family.ready(NAMES[1]).made_of)])
    assert seen == [(0, True)]
