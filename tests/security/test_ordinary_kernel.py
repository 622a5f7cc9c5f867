"""The kernel that serves while no warm process is ready has the same walls."""

from __future__ import annotations

import asyncio
import os
import sys

import pytest
from jupyter_client.manager import AsyncKernelManager

from iprof_kit.base.paths import REFERENCE
from iprof_kit.server.kernels import OwnPython

pytestmark = pytest.mark.usefixtures("walls")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Execute code in an ordinary kernel; return what it prints, or its error's name."""
    if sys.platform != "linux":
        pytest.skip("walls are put up on Linux only")
    folder = tmp_path_factory.mktemp("o")
    own, fonts, links = folder / "own", folder / "fonts", folder / "links"
    for place in (fonts, links):
        place.mkdir()
    loop = asyncio.new_event_loop()
    manager = AsyncKernelManager(
        kernel_name="python3", kernel_spec_manager=OwnPython(), transport="ipc",
        connection_file=str(links / "kernel-0.json"),
    )  # fmt: skip
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(own), "IPYTHONDIR": str(own), "TMPDIR": str(own),
        "MPLCONFIGDIR": str(fonts), "MPLBACKEND": "agg",
    }  # fmt: skip
    loop.run_until_complete(manager.start_kernel(env=environment, own=own))
    client = manager.client()
    client.start_channels(hb=False)
    loop.run_until_complete(client.wait_for_ready(timeout=60))

    async def execute(code):
        printed = ""

        def hear(message):
            nonlocal printed
            content = message["content"]
            printed += content.get("text", "") or content.get("ename", "")

        await client.execute_interactive(code, timeout=30, output_hook=hear)
        return printed

    yield lambda code: loop.run_until_complete(execute(code))
    client.stop_channels()
    loop.run_until_complete(manager.shutdown_kernel(now=True))
    loop.close()


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
