"""The few calls of Linux that Python does not have: each raises OSError where it is refused."""

from __future__ import annotations

import ctypes
import os
import platform
from pathlib import Path

_THREAD = 0x00010000
NEW_MOUNTS = 0x00020000
NEW_IPC = 0x08000000
NEW_USERS = 0x10000000
NEW_PIDS = 0x20000000
NEW_NETWORK = 0x40000000

READ_ONLY, NO_SUID, NO_DEVICES, NO_PROGRAMS = 1, 2, 4, 8
_REMOUNT, _BIND, _RECURSIVE, _PRIVATE = 32, 4096, 16384, 1 << 18
_DETACH = 2
_SET_CHILD_SUBREAPER = 36
_SET_DEATH_SIGNAL, _KILL = 1, 9
_HERE = -100  # AT_FDCWD
_WHOLE_TREE = 0x8000  # AT_RECURSIVE
_MOUNT_SETATTR = 442  # the same number on every architecture
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41, "ppc64le": 203, "s390x": 217}
_CAPABILITIES_V3 = 0x20080522

_LIBC = ctypes.CDLL(None, use_errno=True)


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "users")]


class _CapabilitiesOf(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


def unshare(names: int) -> None:
    """Leave the name spaces named for new ones."""
    _refused_or_done(_LIBC.unshare(names), "unshare")


def number_next_child_apart() -> None:
    """Have the next child be the first of a numbering of its own, whatever was done before.

    Root's alone: to come back to one's own numbering, one has to rule it.
    """
    own = os.pidfd_open(os.getpid())
    try:
        _refused_or_done(_LIBC.setns(own, NEW_PIDS), "setns")
    finally:
        os.close(own)
    unshare(NEW_PIDS)


def is_single_threaded() -> bool:
    """Return whether this process has one thread: only then does Linux grant what changes nothing.

    Neither /proc nor Python's own count is needed: a library's threads count too.
    """
    return bool(_LIBC.unshare(_THREAD) == 0)


def adopt_orphans() -> None:
    """Be the parent of every descendant whose own parent has ended, so that it is reaped."""
    _refused_or_done(_LIBC.prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "prctl")


def end_with_parent() -> None:
    """Be killed when one's parent ends; to be asked for once the user has changed."""
    _refused_or_done(_LIBC.prctl(_SET_DEATH_SIGNAL, _KILL, 0, 0, 0), "prctl")


def keep_mounts_private() -> None:
    """Let no mount made from now on be seen outside this name space."""
    _mount(None, Path("/"), None, _RECURSIVE | _PRIVATE)


def mount_memory(where: Path, *, flags: int, options: str) -> None:
    """Mount a file system in memory: `options` as in tmpfs(5), its size first of all."""
    _mount("iprof", where, "tmpfs", flags, options)


def show(what: Path, where: Path, *, writable: bool = False) -> None:
    """Show a file or folder of the machine at another place, read-only unless said."""
    _mount(str(what), where, None, _BIND | _RECURSIVE)
    flags = NO_SUID | (0 if writable else READ_ONLY)
    wanted = _MountAttributes(flags, 0, 0, 0)
    path = os.fsencode(where)
    size = ctypes.sizeof(wanted)
    done = _LIBC.syscall(_MOUNT_SETATTR, _HERE, path, _WHOLE_TREE, ctypes.byref(wanted), size)
    _refused_or_done(done, f"mount_setattr {where}")


def close_root() -> None:
    """Make the root itself read-only; what is mounted below keeps its own rule."""
    _mount(None, Path("/"), None, _REMOUNT | _BIND | READ_ONLY | NO_SUID | NO_DEVICES)


def change_root(where: Path) -> None:
    """Make a mounted folder the root, and forget the former one: no path leads back to it."""
    number = _PIVOT_ROOT.get(platform.machine())
    if number is None:
        raise OSError(f"pivot_root: unknown on {platform.machine()}")
    os.chdir(where)
    _refused_or_done(_LIBC.syscall(number, b".", b"."), "pivot_root")
    _refused_or_done(_LIBC.umount2(b".", _DETACH), "umount2")
    os.chdir("/")


def drop_capabilities() -> None:
    """Give up every privilege that this process may have got with a name space of users."""
    header = _CapabilitiesOf(_CAPABILITIES_V3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _refused_or_done(_LIBC.capset(ctypes.byref(header), nothing), "capset")


def _mount(
    what: str | None, where: Path, kind: str | None, flags: int, options: str | None = None
) -> None:
    words = (what, str(where), kind)
    source, target, system = (word.encode() if word is not None else None for word in words)
    data = options.encode() if options is not None else None
    done = _LIBC.mount(source, target, system, ctypes.c_ulong(flags), data)
    _refused_or_done(done, f"mount {where}")


def _refused_or_done(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
