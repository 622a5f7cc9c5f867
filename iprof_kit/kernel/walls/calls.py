"""System calls: what is not granted is refused, by two programs that libseccomp makes.

The kernel runs both and keeps the stricter answer; of two refusals, that of the program put up
last. The first knows arguments, and answers EPERM to all that it does not grant. The second knows
names, and answers ENOSYS to those that nobody has heard of. Other architectures, x32 included, are
refused by both.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from iprof_kit.kernel.walls.granted import Check, Grant
from iprof_kit.kernel.walls.refused import REFUSED

try:
    import pyseccomp as seccomp
except (ImportError, OSError, RuntimeError):  # no libseccomp here
    seccomp = None

_ACTIONS = Path("/proc/sys/kernel/seccomp/actions_avail")
_SET_MODE_FILTER, _TSYNC = 1, 1
_INSTRUCTION = 8
"""Bytes."""
_LOADER = "seccomp"
"""The call that puts a program up: closed by the last of them."""


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


@cache
def filters_calls() -> bool:
    """Return whether system calls can be filtered here; asked once, outside any world."""
    return seccomp is not None and _ACTIONS.exists()


def close_calls(granted: tuple[Grant, ...]) -> None:
    """Refuse every system call but these, to every thread of this process, for ever.

    Parameters
    ----------
    granted : tuple of Grant
        `SESSION` or `ORDINARY`.

    Raises
    ------
    OSError
        The system has filters, and refuses this one: the process must not go on.
    """
    if not filters_calls():
        return
    made = _filter_of(granted)
    for program in made.programs:
        loaded = _Program(len(program) // _INSTRUCTION, program)
        if made.system(made.number, _SET_MODE_FILTER, _TSYNC, ctypes.byref(loaded)) != 0:
            raise OSError(ctypes.get_errno(), "the filter of system calls was refused")


def prepare_calls(granted: tuple[Grant, ...]) -> None:
    """Make the filter ahead: what forks kernels calls it once, and each then loads it at once."""
    if filters_calls():
        _filter_of(granted)


def programs(granted: tuple[Grant, ...]) -> tuple[bytes, bytes]:
    """Return the two programs of a kernel's filter, in the order to put them up."""
    return _filter_of(granted).programs


class _Filter(NamedTuple):
    """All that a kernel needs to close its calls; the grants are kept, so that none takes their id.

    It is made before any fork and found again by identity: the hash of what is granted would read
    every grant, and what a session reads of its parent's objects is copied into its own memory.
    """

    granted: tuple[Grant, ...]
    programs: tuple[bytes, bytes]
    system: Callable[..., int]
    number: int


_filters: dict[int, _Filter] = {}


def _filter_of(granted: tuple[Grant, ...]) -> _Filter:
    if id(granted) not in _filters:
        _filters[id(granted)] = _Filter(
            granted,
            (_of_arguments(granted), _of_names(granted)),
            ctypes.CDLL(None, use_errno=True).syscall,
            seccomp.resolve_syscall(seccomp.Arch.NATIVE, _LOADER),
        )
    return _filters[id(granted)]


def _of_arguments(granted: tuple[Grant, ...]) -> bytes:
    made = _empty(errno.EPERM)
    made.add_rule(seccomp.ALLOW, _LOADER)
    for grant in granted:
        for name in filter(exists, grant.names):
            for checks in grant.when or ((),):
                made.add_rule_exactly(seccomp.ALLOW, name, *map(_comparison, checks))
    return _compiled(made)


def _of_names(granted: tuple[Grant, ...]) -> bytes:
    made = _empty(errno.ENOSYS)
    names = {name for grant in granted for name in grant.names}
    for name in sorted(filter(exists, names)):
        made.add_rule_exactly(seccomp.ALLOW, name)
    known = {name for group in REFUSED.values() for name in group} - names
    for name in sorted(filter(exists, known)):
        made.add_rule_exactly(seccomp.ERRNO(errno.EPERM), name)
    return _compiled(made)


def _empty(error: int) -> seccomp.SyscallFilter:
    made = seccomp.SyscallFilter(seccomp.ERRNO(error))
    made.set_attr(seccomp.Attr.ACT_BADARCH, seccomp.ERRNO(error))
    return made


def exists(name: str) -> bool:
    """Return whether this machine has a call of that name, as far as libseccomp knows."""
    try:
        return bool(seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) >= 0)
    except (OSError, ValueError):
        return False


def _comparison(check: Check) -> seccomp.Arg:
    return seccomp.Arg(check.argument, seccomp.MASKED_EQ, check.mask, check.value)


def _compiled(made: seccomp.SyscallFilter) -> bytes:
    with os.fdopen(os.memfd_create("filter"), "w+b") as file:
        made.export_bpf(file)
        file.seek(os.SEEK_SET)
        return file.read()
