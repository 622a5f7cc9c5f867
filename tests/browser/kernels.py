"""The processes behind the pages of a portal, to be ended under them."""

import os
import signal
import sys
from pathlib import Path

import pytest

FOUND_IN_PROC = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")


def children(pid):
    made = (each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/children"))
    return [int(one) for words in made for one in words.split()]


def end_every_kernel(server):
    """Kill every kernel of a server: ordinary ones, and those that warm processes forked."""
    for child in children(server):
        words = Path(f"/proc/{child}/cmdline").read_text()
        ended = [child] if "ordinary" in words else []
        if "zygote" in words:
            ended = [session for warm in children(child) for session in children(warm)]
        for pid in ended:
            os.kill(pid, signal.SIGKILL)
