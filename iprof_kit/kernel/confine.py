"""The walls of one session's process: what it may read, write, reach and use.

Landlock (Linux 5.13 and later) closes the files before any thread exists; from 6.7 on, TCP; from
6.12 on, signals and abstract sockets of others. A filter of system calls, put up once the kernel
listens, closes what Landlock leaves: new sockets, new programs, other processes' memory. Where a
wall is missing, `missing_walls` says so.
"""

from __future__ import annotations

import ctypes
import errno
import os
import site
import sys
import sysconfig
from pathlib import Path

from iprof_kit.base.paths import (
    NOTEBOOKS,
    PROCEDURES,
    REFERENCE,
    REPORTS,
    ROOT,
    SAMPLE,
    VOILA_TEMPLATES,
)

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

try:
    from py_landlock import AccessFs, Landlock, LandlockError, get_abi_version
except ImportError:  # another system than Linux
    Landlock = None  # type: ignore[misc, assignment]

try:
    import pyseccomp as seccomp
except (ImportError, OSError, RuntimeError):  # no libseccomp here
    seccomp = None

_CLOSED = (
    "socket", "socketpair", "connect", "bind", "listen", "execve", "execveat", "fork", "vfork",
    "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_open", "pidfd_getfd", "kcmp",
    "kill", "tkill", "unshare", "setns", "mount", "umount2", "bpf", "perf_event_open",
    "io_uring_setup", "userfaultfd", "keyctl", "add_key", "request_key", "chroot",
)  # fmt: skip
_TCP_SINCE, _SIGNALS_SINCE = 4, 6
_PR_SET_NO_NEW_PRIVS, _PR_SET_DUMPABLE = 38, 4
MEMORY = 2 << 30
PROCESSOR_SECONDS = 3600
FILES = 256


def missing_walls() -> list[str]:
    """Return, in French, what this machine cannot close; empty where everything is closed."""
    version = _landlock_version()
    if not version:
        absent = "Landlock est absent : un noyau pourrait lire les fichiers du compte du serveur."
        return [absent, *_without_filter()]
    open_ones = []
    if version < _TCP_SINCE:
        open_ones.append("Landlock ne ferme pas le réseau (Linux 6.7 au moins).")
    if version < _SIGNALS_SINCE:
        open_ones.append("Landlock ne ferme pas les signaux (Linux 6.12 au moins).")
    return open_ones + _without_filter()


def confine(own: Path, *readable: Path) -> None:
    """Close everything but the interpreter, the kit and one's own folder.

    Parameters
    ----------
    own : Path
        Folder that this process may write in.
    readable : paths
        What else it may read: matplotlib's list of fonts.
    """
    if resource is not None:
        _limit()
    if _landlock_version():
        library = ctypes.CDLL(None)
        library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        places = [path for path in (*_for_everybody(), *readable) if os.access(path, os.R_OK)]
        files = [path for path in places if not path.is_dir()]
        folders = [path for path in places if path.is_dir()]
        walled = Landlock(strict=False).allow_read(*folders).allow_read_write(own)
        walled.add_path_rule(own, access=AccessFs.MAKE_SOCK)
        walled.add_path_rule(*files, access=AccessFs.READ_FILE).apply()


def _limit() -> None:
    """Bound memory, processor time and open files; leave no image of the memory on a crash."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_NOFILE, FILES), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def close_calls() -> None:
    """Refuse new sockets, new programs and other processes, to every thread of this process."""
    if seccomp is None:
        return
    walled = seccomp.SyscallFilter(seccomp.ALLOW)
    walled.set_attr(seccomp.Attr.CTL_TSYNC, 1)
    for call in _CLOSED:
        walled.add_rule(seccomp.ERRNO(errno.EPERM), call)
    walled.load()


def _without_filter() -> list[str]:
    if seccomp is not None:
        return []
    return ["libseccomp est absent : un noyau pourrait ouvrir une connexion locale."]


def _for_everybody() -> list[Path]:
    """Return what any session may read: the interpreter, its libraries, the kit, the time."""
    paths = sysconfig.get_paths()
    kit = Path(__file__).resolve().parents[1]
    system = ("/usr/lib", "/lib", "/lib64", "/usr/share/zoneinfo", "/etc/localtime",
              "/etc/ld.so.cache", "/dev/null", "/dev/urandom", "/dev/zero")  # fmt: skip
    places = [
        *(paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")), sys.prefix,
        f"{sys.base_prefix}/lib", *site.getsitepackages(), *map(str, _kit_data(kit)),
        *system,
    ]  # fmt: skip
    return [Path(place) for place in dict.fromkeys(places)]


def _kit_data(kit: Path) -> tuple[Path, ...]:
    """Return the kit's own folders; never its root, which may hold the database."""
    return kit, REFERENCE, PROCEDURES, REPORTS, SAMPLE, NOTEBOOKS, VOILA_TEMPLATES, ROOT / "LICENSE"


def _landlock_version() -> int:
    if Landlock is None:
        return 0
    try:
        return int(get_abi_version())
    except (LandlockError, OSError):
        return 0
