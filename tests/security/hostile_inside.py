"""What the hostile programs of the corpus share: executed inside a kernel, never imported there."""

# ruff: noqa: F401, F821  # the programs use these names, and are given others

import ctypes
import errno
import fcntl
import mmap
import os
import resource
import signal
import socket
import struct
import sys

LIBRARY = ctypes.CDLL(None, use_errno=True)
REFUSALS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EFBIG, errno.EMFILE, errno.ENOMEM}
ABSENT = {errno.ENOENT, errno.EROFS, errno.ESRCH, errno.ENETUNREACH}
"""What a world answers besides: there is no such thing in it, or it is shown to be read."""
ZERO = ctypes.create_string_buffer(256)


def call(name, *words):
    """Make a system call by its name, past every library."""
    plain = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]
    ctypes.set_errno(0)
    result = LIBRARY.syscall(ctypes.c_long(NUMBERS[name]), *plain)
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), name)
    return result


def own_child(flags):
    """Become two processes by `clone`; the second, if it ever exists, ends at once."""
    if call("clone", flags, 0, 0, 0, 0) == 0:
        os._exit(0)


def attempt(programs, places):
    """Try every program; return, by name, how each was refused, or what it did."""
    globals().update(places)
    REFUSALS.update(ABSENT if APART else ())
    os.chdir(OWN)
    return {name: _tried(code) for name, code in programs}


def _tried(code):
    names = dict(globals())
    try:
        exec(code, names)
    except MemoryError:
        return "refused"
    except OSError as error:
        return "refused" if error.errno in REFUSALS else f"done: {error!r}"
    except BaseException as error:
        return f"done: {error!r}"
    return "harmless" if names.get("harmless") else "done"
