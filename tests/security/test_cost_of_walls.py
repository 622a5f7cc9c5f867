"""The walls cost a session little memory: what they need is made before the fork."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.usefixtures("walls")

MOST_KIB = 500
"""Half a megabyte, the goal of `docs/benchmarks.md`."""
FORKS = """
import gc, os, sys
from pathlib import Path
from iprof_kit.kernel import walls

walls.prepare(walls.SESSION)
own = Path(sys.argv[1])
gc.collect()
gc.freeze()

def of_its_own(act):
    \"\"\"Return the kibibytes that a child has written to when it has acted.\"\"\"
    (told, tell), (asked, ask) = os.pipe(), os.pipe()
    if not (pid := os.fork()):
        act()
        os.write(tell, b"x")
        os.read(asked, 1)
        os._exit(0)
    os.close(tell)
    assert os.read(told, 1) == b"x", "the walls were refused"
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    os.write(ask, b"x")
    os.waitpid(pid, 0)
    return next(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty"))

def put_up():
    walls.confine(own)
    walls.close_calls(walls.SESSION)

for _ in range(3):  # what the parent changes after a fork is the child's alone: nothing at last
    print(of_its_own(put_up) - of_its_own(lambda: None))
"""


def test_putting_up_the_walls_dirties_less_than_half_a_megabyte(tmp_path):
    words = [sys.executable, "-c", FORKS, str(tmp_path)]
    told = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert told.returncode == 0, told.stderr
    assert int(told.stdout.split()[-1]) < MOST_KIB
