"""A server in a process of its own, and the memory of the processes that come from it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from crowd import SEED

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
_START_SECONDS = 180
_WINDOW, _OWN_SHARE, _LONGEST_QUIET = 0.5, 0.08, 60
_OTHERS_SHARE, _LONGEST_PATIENCE = 0.25, 3
TICKS = os.sysconf("SC_CLK_TCK")
KIB = 1024 / 1e6
"""In megabytes."""
OTHERS: list[float] = []
"""The processors, of all, that other programs took just before each measure."""


@dataclass(frozen=True)
class Memory:
    """Memory of a process in megabytes: shared pages divided among their users, or not counted."""

    pss: float
    uss: float
    files: float = 0.0
    """Of `pss`, pages of files: fewer where other programs of the machine read the same ones."""


class Server:
    """A program that listens on a free port of this machine, with the time it took to answer.

    `{port}` in the command is replaced.
    """

    def __init__(self, command: list[str], folder: Path, path: str, **environment: str) -> None:
        with socket.socket() as chosen:
            chosen.bind(("127.0.0.1", 0))
            self.port = chosen.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            [word.replace("{port}", str(self.port)) for word in command],
            cwd=folder,
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            until(lambda: self._answers(path), _START_SECONDS)
        except BaseException:
            self.stop()
            raise
        self.ready = time.perf_counter() - begin

    def _answers(self, path: str) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"the server ended: {self.process.args!r}")
        try:
            urllib.request.urlopen(self.address + path, timeout=10).close()
        except urllib.error.HTTPError:
            return True
        except (urllib.error.URLError, OSError):
            return False
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End it; what it has started ends with it."""
        own = family(self.process.pid)
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        for pid in own[1:]:  # kernels whose server was too busy to end them
            if Path(f"/proc/{pid}").exists() and parent_of(pid) in (1, *own):
                os.kill(pid, signal.SIGKILL)

    def family(self) -> list[int]:
        """Return its process and all that come from it."""
        return family(self.process.pid)

    def pss(self) -> float:
        """Return the memory of all of it, in megabytes."""
        return sum(memory(pid).pss for pid in self.family())

    def settle(self) -> None:
        """Wait until it does nothing any more."""
        settle(self)

    def ticks(self) -> int:
        """Return the processor time that it has used, in ticks."""
        return sum(ticks(pid) for pid in self.family())


class Portal(Server):
    """The portal of a tree on the fictitious people, in a folder that is thrown away."""

    def __init__(self, folder: Path, tree: Path = ROOT, **settings: object) -> None:
        self._rehearsed = folder / "rehearsed"
        words = json.dumps({"say_rehearsed": str(self._rehearsed), "seed": SEED} | settings)
        start = tree / HERE.relative_to(ROOT) / "open_portal.py"
        command = [sys.executable, str(start), words, "{port}"]
        environment = {"IPROF_VAR": str(folder / "var"), "PYTHONPATH": str(tree)}
        super().__init__(command, tree, "/connexion", **environment)

    def warm(self) -> list[int]:
        """Return the zygote, then the warm processes that it has forked."""
        zygotes = [
            pid
            for pid in self.family()[1:]
            if parent_of(pid) == self.process.pid and b".zygote" in _read(pid, "cmdline")
        ]
        return zygotes + [pid for pid in self.family() if parent_of(pid) in zygotes]

    def sessions(self) -> list[int]:
        """Return the processes of the sessions, the newest last."""
        apart = {self.process.pid, *self.warm()}
        return [pid for pid in self.family() if pid not in apart]

    def rehearsed(self) -> float:
        """Return the seconds from its start to warm processes that have shown every screen."""
        return float(self._rehearsed.read_text())

    def wait_until_warm(self, notebooks: int) -> None:
        """Wait until its pages are prepared: warm processes that have nothing left to do.

        Those of the start are replaced once every screen was shown: their memory says nothing.
        """
        until(lambda: self._rehearsed.exists() or not notebooks, _START_SECONDS)
        self.settle()


@contextmanager
def portal(warm: int | None = None, tree: Path = ROOT, **settings: object) -> Iterator[Portal]:
    """Give a portal whose pages are ready, those of all its notebooks unless told otherwise."""
    if warm is None:
        from internals import notebook_pages

        warm = len(notebook_pages.LIGHT)
    with tempfile.TemporaryDirectory() as folder, Portal(Path(folder), tree, **settings) as server:
        server.wait_until_warm(warm)
        yield server


def settle(*servers: Server) -> None:
    """Wait until servers do nothing any more, and a moment for other programs to do little.

    No measure then pays for the end of the one before; what others still did is in `OTHERS`.
    """
    begin = time.monotonic()
    while True:
        before, others = sum(one.ticks() for one in servers), _busy()
        time.sleep(_WINDOW)
        own = (sum(one.ticks() for one in servers) - before) / TICKS / _WINDOW
        others = (_busy() - others) / TICKS / _WINDOW - own
        waited = time.monotonic() - begin
        quiet = own < _OWN_SHARE or waited > _LONGEST_QUIET
        if quiet and (others < _OTHERS_SHARE or waited > _LONGEST_PATIENCE):
            OTHERS.append(max(others, 0.0))
            return


def _busy() -> float:
    """Return the time that all processors have worked, or were taken away, in ticks."""
    user, nice, system, _idle, _wait, irq, soft, steal = map(
        int, Path("/proc/stat").read_text().split()[1:9]
    )
    return user + nice + system + irq + soft + steal


def until(condition: Callable[[], object], seconds: float) -> None:
    """Wait for a condition; give up after a while."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("what was awaited did not come")
        time.sleep(0.05)


def parent_of(pid: int) -> int:
    """Return the parent of a process, 0 where it has ended."""
    fields = _read(pid, "stat").rpartition(b")")[2].split()
    return int(fields[1]) if fields else 0


def family(pid: int) -> list[int]:
    """Return a process and its descendants, by number."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        children.setdefault(parent_of(int(path.name)), []).append(int(path.name))
    found, todo = [pid], [pid]
    while todo:
        own = sorted(children.get(todo.pop(), []))
        found += own
        todo += own
    return [found[0], *sorted(found[1:])]


def memory(pid: int) -> Memory:
    """Return the memory of a process; nothing where it has ended."""
    rows = dict.fromkeys(("Pss", "Pss_File", "Private_Clean", "Private_Dirty"), 0)
    for line in _read(pid, "smaps_rollup").decode().splitlines():
        name, _, rest = line.partition(":")
        if name in rows:
            rows[name] = int(rest.split()[0])
    private = rows["Private_Clean"] + rows["Private_Dirty"]
    return Memory(rows["Pss"] * KIB, private * KIB, rows["Pss_File"] * KIB)


def ticks(pid: int) -> int:
    """Return the processor time of a process, 0 where it has ended."""
    fields = _read(pid, "stat").rpartition(b")")[2].split()
    return int(fields[11]) + int(fields[12]) if fields else 0


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


def percentile(values: list[float], share: float) -> float:
    """Return the value under which a share of the values lies."""
    return sorted(values)[min(round(share * len(values)), len(values) - 1)]
