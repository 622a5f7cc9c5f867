"""An ordinary kernel that executes what a test says."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager

from iprof_kit.kernel.world.users import Users
from iprof_kit.server.kernels.enclosures import Enclosures
from iprof_kit.server.kernels.owned import OwnPython

OPENER = Path(__file__).with_name("open_ordinary_kernel.py")


class _Opened(OwnPython):
    """The same Python, opened in another way."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__()
        self.words = words

    def get_kernel_spec(self, kernel_name):
        spec = super().get_kernel_spec(kernel_name)
        spec.argv = [sys.executable, str(OPENER), *self.words, "-f", "{connection_file}"]
        return spec


class OrdinaryKernel:
    """One kernel in a folder; `words` are those of `open_ordinary_kernel.py`.

    `world`: it becomes a user of its own in a world of the kit's, as where a server is root.
    """

    def __init__(self, folder: Path, *words: str, world: bool = False) -> None:
        self.own, fonts, links = folder / "own", folder / "fonts", folder / "links"
        for place in (fonts, links):
            place.mkdir()
        links.chmod(0o755)
        self.loop = asyncio.new_event_loop()
        self.manager = AsyncKernelManager(
            kernel_name="python3",
            transport="ipc",
            connection_file=str(links / "kernel.json"),
            kernel_spec_manager=_Opened(words) if words else OwnPython(),
        )
        (folder / "monde").mkdir()
        enclosures = Enclosures(folder / "monde", Users(1)) if world else Enclosures()
        self.user = enclosures.open("kernel")
        self.environment = enclosures.words(self.user) | {
            "PATH": os.environ["PATH"],
            "HOME": str(self.own),
            "IPYTHONDIR": str(self.own),
            "TMPDIR": str(self.own),
            "MPLCONFIGDIR": str(fonts),
            "MPLBACKEND": "agg",
        }

    @property
    def started(self) -> int:
        """The process that Jupyter started, watches and ends."""
        return int(self.manager.provisioner.pid)

    @property
    def pid(self) -> int:
        """The process that executes: in a world, the child of the one that was started."""
        children = Path(f"/proc/{self.started}/task/{self.started}/children").read_text().split()
        return int(children[0]) if children else self.started

    def open(self) -> OrdinaryKernel:
        started = self.manager.start_kernel(env=self.environment, own=self.own, user=self.user)
        self.loop.run_until_complete(started)
        self.client = self.manager.client()
        self.client.start_channels(hb=False)
        self.loop.run_until_complete(self.client.wait_for_ready(timeout=60))
        return self

    def run(self, code: str, patience: float = 30) -> str:
        """Execute code; return what it prints, or its error's name."""
        return self.loop.run_until_complete(self._run(code, patience))

    def interrupted(self, code: str) -> str:
        """Execute code that does not end, interrupt it; return its error's name."""
        return self.loop.run_until_complete(self._run(f"print()\n{code}", 30, interrupted=True))

    async def _run(self, code: str, patience: float, *, interrupted: bool = False) -> str:
        printed, interruptions = [], []

        def hear(message):
            content = message["content"]
            printed.append(content.get("text", "") or content.get("ename", ""))
            at_work = message["msg_type"] == "stream"  # before, it is not in the code yet
            if interrupted and at_work and not interruptions:
                interruptions.append(asyncio.ensure_future(self.manager.interrupt_kernel()))

        await self.client.execute_interactive(code, timeout=patience, output_hook=hear)
        return "".join(printed)

    def close(self) -> None:
        self.client.stop_channels()
        self.loop.run_until_complete(self.manager.shutdown_kernel(now=True))
        self.loop.close()
