"""The kernel's filter machine, enough of it to run what libseccomp writes (classic BPF)."""

from __future__ import annotations

import struct

ALLOW, ERRNO = 0x7FFF0000, 0x00050000
X86_64 = 0xC000003E
_MASK = 0xFFFFFFFF


def answer(program: bytes, number: int, arguments=(), architecture: int = X86_64) -> int:
    """Return what one program answers to a call: an action, its error in the lower half."""
    padded = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("<IIQ6Q", number, architecture, 0, *padded)
    at, accumulator = 0, 0
    while True:
        code, true, false, k = struct.unpack_from("<HBBI", program, 8 * at)
        at += 1
        if code == 0x20:  # load a word of the data
            accumulator = struct.unpack_from("<I", data, k)[0]
        elif code == 0x54:  # and
            accumulator &= k
        elif code == 0x05:  # jump
            at += k
        elif code in _JUMPS:
            at += true if _JUMPS[code](accumulator, k) else false
        elif code == 0x06:  # return
            return k
        else:
            raise AssertionError(f"an instruction that is not known: {code:#x}")


_JUMPS = {
    0x15: lambda a, k: a == k,
    0x25: lambda a, k: a > k,
    0x35: lambda a, k: a >= k,
    0x45: lambda a, k: bool(a & k),
}


def verdict(programs: tuple[bytes, bytes], number: int, arguments=(), **more) -> int:
    """Return 0 for a call that is granted, else its error: as the kernel does of two programs."""
    last = answer(programs[1], number, arguments, **more)
    first = answer(programs[0], number, arguments, **more)
    kept = min((last, first), key=lambda one: one & 0xFFFF0000)  # of equals, that put up last
    return 0 if kept == ALLOW else kept & 0xFFFF
