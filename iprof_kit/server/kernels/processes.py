"""A process that another one has forked for the server, which watches it by its pidfd."""

from __future__ import annotations

import os
import select
import signal
from contextlib import suppress
from pathlib import Path

from iprof_kit.kernel.turns import GIVES_WAY


class ForkedProcess:
    """A process that is no child of this one: how it ended is known to its parent only.

    Parameters
    ----------
    pid, watch : int
        Its number and its pidfd, which is closed with this.
    """

    def __init__(self, pid: int, watch: int) -> None:
        self.pid, self.watch = pid, watch

    def poll(self) -> int | None:
        """Return 0 once it has ended, None before."""
        if self.watch < 0:
            return 0
        poller = select.poll()
        poller.register(self.watch, select.POLLIN)
        return 0 if poller.poll(0) else None

    def give_way(self) -> None:
        """Have it weigh as little in the share that Linux gives to its session as in the server's.

        Niceness counts within a session or a control group only, and what lives in a world cannot
        say it itself. Nothing is done where the server may not, or where it has no session yet.
        """
        with suppress(OSError):
            if self.poll() is None and os.getsid(self.pid) == self.pid:
                Path(f"/proc/{self.pid}/autogroup").write_text(str(GIVES_WAY))

    def kill(self) -> None:
        """End it at once; one that has ended is left alone."""
        if self.poll() is None:
            signal.pidfd_send_signal(self.watch, signal.SIGKILL)

    def close(self) -> None:
        """Let go of what watches it."""
        if self.watch >= 0:
            os.close(self.watch)
        self.watch = -1
