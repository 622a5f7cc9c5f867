"""Kernels born by forking a warm process.

Found by jupyter_client under the entry point `iprof-warm`.
"""

from __future__ import annotations

import asyncio
import os
import select
import shutil
import signal
from pathlib import Path
from typing import Any, Protocol

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner


class Forks(Protocol):
    """A warm process, as a provisioner sees it."""

    async def fork(self, request: dict[str, Any], handles: tuple[int, ...]) -> tuple[int, int]:
        """Return the pid and the pidfd of a new session, or raise OSError."""


class ForkedProcess:
    """A session's process, in the terms of `subprocess.Popen`: a child of another process."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, watch: int, life: int = -1) -> None:
        self.pid = pid
        self._watch, self._life = watch, life

    @property
    def watch(self) -> int:
        """What can be read once it has ended."""
        return self._watch

    def poll(self) -> int | None:
        """Return 0 once the process has ended; how it ended is known to its parent only."""
        if self._watch < 0:
            return 0
        poller = select.poll()
        poller.register(self._watch, select.POLLIN)
        return 0 if poller.poll(0) else None

    def wait(self) -> int:
        """Wait for the end and let go of what watches it."""
        poller = select.poll()
        poller.register(self._watch, select.POLLIN)
        poller.poll()
        self.close()
        return 0

    def send_signal(self, number: int) -> None:
        """Signal the process; one that has ended is left alone."""
        if self._watch >= 0 and self.poll() is None:
            signal.pidfd_send_signal(self._watch, number)

    def kill(self) -> None:
        """End the process at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def close(self) -> None:
        """Let go of the handles; without its life pipe, a session that still runs ends."""
        for handle in (self._watch, self._life):
            if handle >= 0:
                os.close(handle)
        self._watch = self._life = -1


class WarmProvisioner(LocalProvisioner):
    """Fork the warm process given as `warm`; without one, start an ordinary kernel.

    Where the fork fails, so does the start: the caller then opens the ordinary page.

    The session's folder is `own`: its sockets are there, and it is removed with the session.
    """

    async def pre_launch(self, **words: Any) -> dict[str, Any]:
        """Put the sockets of a forked kernel in its own folder."""
        self._own: Path | None = words.get("own")
        if self._own is not None:
            self._own.mkdir(mode=0o700)
            manager: Any = self.parent
            if manager.transport == "ipc":
                manager.ip = str(self._own / "k")
        prepared: dict[str, Any] = await super().pre_launch(**words)
        return prepared

    async def launch_kernel(self, cmd: list[str], **words: Any) -> KernelConnectionInfo:
        """Fork, or start as usual.

        Raises
        ------
        OSError
            The warm process does not answer.
        """
        warm: Forks | None = words.pop("warm", None)
        own: Path | None = words.pop("own", None)
        if warm is not None and own is not None:
            await self._fork(warm, own, words["env"], words.get("pass_fds", ()))
            return self.connection_info
        found: KernelConnectionInfo = await super().launch_kernel(cmd, **words)
        return found

    async def _fork(
        self, warm: Forks, own: Path, environment: dict[str, str], handles: tuple[int, ...]
    ) -> None:
        theirs, life = os.pipe()
        try:
            request = {
                "connection": _plain(self.connection_info), "own": str(own),
                "environment": environment,
            }  # fmt: skip
            pid, watch = await warm.fork(request, (*handles, theirs))
        except BaseException:
            os.close(life)
            raise
        finally:
            os.close(theirs)
        self.process = ForkedProcess(pid, watch, life)  # type: ignore[assignment]
        self.pid, self.pgid = pid, None

    async def wait(self) -> int | None:
        """Wait for the end without keeping the server from its work."""
        if not isinstance(self.process, ForkedProcess):
            code: int | None = await super().wait()
            return code
        while self.process.poll() is None:
            await asyncio.sleep(0.02)
        self.process.close()
        self.process = None
        return 0

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the session's folder with the session."""
        await super().cleanup(restart=restart)
        if isinstance(self.process, ForkedProcess):
            self.process.close()
        if self._own is not None and not restart:
            shutil.rmtree(self._own, ignore_errors=True)


def _plain(info: KernelConnectionInfo) -> dict[str, Any]:
    """Return connection information that JSON can hold."""
    return {
        name: value.decode() if isinstance(value, bytes) else value for name, value in info.items()
    }
