"""The kernel that serves while no warm process is ready has the same walls."""

from __future__ import annotations

import sys

import pytest

from iprof_kit.base.paths import REFERENCE

if sys.platform == "linux":
    from .ordinary_kernel import OrdinaryKernel

pytestmark = pytest.mark.usefixtures("walls")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Execute code in an ordinary kernel; return what it prints, or its error's name."""
    kernel = OrdinaryKernel(tmp_path_factory.mktemp("o")).open()
    yield kernel.run
    kernel.close()


def test_it_calculates_and_reads_the_law(run):
    table = str(REFERENCE / "corps.csv")
    assert run(f"print(open({table!r}).readline()[:10])").strip() == "corps,libe"


@pytest.mark.parametrize(
    "attempt",
    ["open('/etc/passwd')", "import os; os.listdir('/proc')", "open('/tmp/ailleurs', 'w')",
     "import subprocess; subprocess.run(['true'])", "import os; os.kill(os.getppid(), 0)",
     "import socket; socket.create_connection(('127.0.0.1', 9), timeout=5)"],
)  # fmt: skip
def test_it_is_refused_what_is_not_its_own(run, attempt):
    assert run(attempt).strip().endswith("PermissionError")
