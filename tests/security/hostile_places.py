"""What hostile programs are let loose on: a victim of the same user, and all that it owns."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
from pathlib import Path
from typing import Any

import pyseccomp

from iprof_kit.base.paths import REFERENCE

from .hostile_programs import PROGRAMS

_LIBC = ctypes.CDLL(None, use_errno=True)
_PRIVATE, _MAKE, _REMOVE, _SET = 0, 0o1000, 0, 16
_X32 = 0x40000000


class Victim:
    """A process, a folder, a database, sockets and System V objects, open to their user."""

    def __init__(self, folder: Path, user: int) -> None:
        self.folder, self.user = folder, user
        self.process = subprocess.Popen(["/bin/sleep", "600"], user=user, group=user)
        private = folder / "private"
        for place in (private, private / "empty"):
            place.mkdir(mode=0o700)
        self.secret, self.database = private / "secret", folder / "iprof.sqlite"
        self.secret.write_text("secret")
        self.database.write_text("people")
        self.sockets = [
            self._listens(str(private / "s")),
            self._listens(f"\0iprof-{os.getpid()}"),
            self._listens(str(private / "screen")),
        ]
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.tcp.getsockname()[1]))
        for one in (*self.sockets, self.tcp, self.udp):
            one.setblocking(False)
        for place in (private, *private.iterdir()):
            os.chown(place, user, user)
        self.database.chmod(0o666)
        mode = _MAKE | 0o666
        self.shared = _LIBC.shmget(_PRIVATE, 4096, mode)
        self.queue, self.semaphore = _LIBC.msgget(_PRIVATE, mode), _LIBC.semget(_PRIVATE, 1, mode)

    def _listens(self, address: str) -> socket.socket:
        end = socket.socket(socket.AF_UNIX)
        end.bind(address)
        end.listen()
        return end

    def places(self, own: Path) -> dict[str, Any]:
        """Return the names that the programs use."""
        paths = [str(one.getsockname()) for one in (self.sockets[0], self.sockets[2])]
        return {
            "OWN": str(own),
            "VICTIM": self.process.pid,
            "FOLDER": str(self.secret.parent),
            "DATABASE": str(self.database),
            "REFERENCE": str(REFERENCE / "corps.csv"),
            "NEIGHBOUR": paths[0],
            "SCREEN": f"ipc://{paths[1]}",
            "ABSTRACT": self.sockets[1].getsockname().decode(),
            "PORT": self.tcp.getsockname()[1],
            "SHARED": self.shared,
            "QUEUE": self.queue,
            "SEMAPHORE": self.semaphore,
            "NUMBERS": numbers(),
        }

    def state(self) -> dict[str, Any]:
        """Return all that the programs try to change."""
        pid = self.process.pid
        database = self.database.stat()
        return {
            "alive": self.process.poll() is None,
            "limits": (Path("/proc") / str(pid) / "limits").read_text(),
            "priority": os.getpriority(os.PRIO_PROCESS, pid),
            "scheduled": (os.sched_getscheduler(pid), os.sched_getaffinity(pid)),
            "disk": _LIBC.syscall(numbers()["ioprio_get"], 1, pid),
            "database": (
                self.database.read_text(),
                database.st_mode,
                database.st_mtime,
                database.st_nlink,
                database.st_uid,
                os.listxattr(self.database),
            ),
            "folder": sorted(one.name for one in self.secret.parent.iterdir()),
            "secret": self.secret.read_text(),
            "connected": [_connected(one) for one in (*self.sockets, self.tcp, self.udp)],
            "semaphore": _LIBC.semctl(self.semaphore, 0, 12),
            "table": (REFERENCE / "corps.csv").stat().st_mode,
        }

    def close(self) -> None:
        for one in (*self.sockets, self.tcp, self.udp):
            one.close()
        _LIBC.shmctl(self.shared, _REMOVE, 0)
        _LIBC.msgctl(self.queue, _REMOVE, 0)
        _LIBC.semctl(self.semaphore, 0, _REMOVE)
        self.process.kill()
        self.process.wait()


def _connected(end: socket.socket) -> bool:
    try:
        if end.type == socket.SOCK_STREAM:
            end.accept()[0].close()
        else:
            end.recv(9)
    except BlockingIOError:
        return False
    return True


def numbers() -> dict[str, int]:
    """Return the numbers of the calls that the programs make by name."""
    named = {
        code.split("call('")[1].split("'")[0]
        for programs in PROGRAMS.values()
        for code in programs.values()
        if "call('" in code
    }
    odd = {"a call that nobody knows": 1000, "a call of the other ABI": _X32 | 39}
    known = {
        name: pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
        for name in {*named, "clone", "ioprio_get"} - set(odd)
    }
    return known | odd
