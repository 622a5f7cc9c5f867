"""The corpus of hostile programs, in each kind of kernel, with Landlock and without.

Many programs are run in one kernel: each is refused or harmless, and nothing of the victim's has
changed after all of them.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from . import hostile_session
from .hostile_programs import ACCOUNT, PROGRAMS
from .hostile_session import PLAIN_USER, Hostile

if sys.platform == "linux":
    from .hostile_places import Victim
    from .ordinary_kernel import OrdinaryKernel

pytestmark = pytest.mark.usefixtures("walls")
KINDS = ("warm", "ordinary")
INSIDE = Path(__file__).with_name("hostile_inside.py").read_text()
WITHOUT_LANDLOCK = "TEST_WITHOUT_LANDLOCK"
PREPARED = f"""
import os
import encodings.idna, multiprocessing.popen_fork, multiprocessing.shared_memory
from iprof_kit.kernel.walls import files
_version = files.landlock_version
files.landlock_version = lambda: 0 if "{WITHOUT_LANDLOCK}" in os.environ else _version()
"""
"""In the notebook of these tests alone: a session may be opened as if Landlock were absent."""


@pytest.fixture(scope="module", params=["root", "plain", "world"])
def who(request):
    if request.param != "plain" and os.getuid() != 0:
        pytest.skip("these tests are not run by root")
    return request.param


@pytest.fixture(scope="module")
def folder(tmp_path_factory, who):
    made = tmp_path_factory.mktemp(who)
    for place in (made, *made.parents[:2]):
        place.chmod(0o755)
    return made


@pytest.fixture(scope="module")
def victim(folder, who):
    user = PLAIN_USER if who == "plain" and os.getuid() == 0 else os.getuid()
    (folder / "victim").mkdir(mode=0o755)
    made = Victim(folder / "victim", user)
    yield made
    made.close()


@pytest.fixture(scope="module")
def warm(folder, who):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hostile_session, "SOURCE", PREPARED + hostile_session.SOURCE)
        (folder / "h").mkdir(mode=0o755)
        plain = who == "plain" and os.getuid() == 0
        made = Hostile(folder / "h", plain=plain, world=who == "world")
        yield made
        made.close()


@pytest.fixture(scope="module", params=["landlock", "without-landlock"])
def landlock(request):
    return request.param == "landlock"


@pytest.fixture(scope="module", params=KINDS)
def kernel(request, folder, who, landlock):
    """A kernel: what runs code in it and returns the result, its folder, its pid."""
    if request.param == "warm":
        made = request.getfixturevalue("warm")
        made.environment.update({} if landlock else {WITHOUT_LANDLOCK: "1"})
        session = made.open()
        made.environment.pop(WITHOUT_LANDLOCK, None)
        yield lambda code: session.run(f"{code}\nresult = answer")[1], session.own, session.pid
        return
    place = folder / f"o-{landlock}"
    place.mkdir(mode=0o755)
    words = [
        *(["plain"] if who == "plain" and os.getuid() == 0 else []),
        *([] if landlock else ["without-landlock"]),
    ]
    ordinary = OrdinaryKernel(place, *words, world=who == "world")
    ordinary.open()
    yield (
        lambda code: json.loads(ordinary.run(f"{code}\nimport json; print(json.dumps(answer))")),
        ordinary.own,
        ordinary.pid,
    )
    ordinary.close()


def attempts(closed):
    """Return the programs; those after files of the account only where these are closed."""
    groups = PROGRAMS if closed else {k: v for k, v in PROGRAMS.items() if k != ACCOUNT}
    return [
        (f"{group}: {name}", code)
        for group, programs in groups.items()
        for name, code in programs.items()
    ]


def children(pid):
    return (Path("/proc") / str(pid) / "task" / str(pid) / "children").read_text().split()


@pytest.mark.parametrize("closed", [True, False], ids=["files closed", "files open"])
def test_the_corpus_is_large_in_every_kernel(closed):
    assert len(attempts(closed)) >= 120


def test_hostile_programs_are_refused_or_harmless(kernel, victim, landlock, who):
    run, own, pid = kernel
    before, tried = victim.state(), attempts(landlock or who == "world")
    words = json.dumps([tried, victim.places(own) | {"APART": who == "world"}])
    told = run(
        f"space = {{}}; exec({INSIDE!r}, space)\n"
        f"import json; answer = space['attempt'](*json.loads({words!r}))"
    )
    done = {name: how for name, how in told.items() if how not in ("refused", "harmless")}
    assert done == {}
    assert len(told) == len(tried)
    assert victim.state() == before
    assert children(pid) == []


def test_it_keeps_no_power_and_lets_no_debugger_in(kernel, who):
    _, _, pid = kernel
    lines = (Path("/proc") / str(pid) / "status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines)
    read_all = 1 << 2
    kept = 0 if who == "world" else read_all
    assert all(int(status[name], 16) & ~kept == 0 for name in ("CapEff", "CapPrm", "CapInh"))
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2"
    if who != "root":
        assert (Path("/proc") / str(pid) / "maps").stat().st_uid == 0  # not dumpable
