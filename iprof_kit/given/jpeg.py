"""How much work a JPEG asks for, counted from its markers: nothing is decoded."""

from __future__ import annotations

import re

_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
"""The next marker: neither a stuffed byte nor the restart of what is being read."""
_SCAN, _END, _ALONE = 0xDA, 0xD9, (0x01, 0xD8)
"""Markers: the start of a scan, the end of the picture, those that no length follows."""


def is_jpeg(content: bytes) -> bool:
    """Return whether a file begins as a JPEG does."""
    return content.startswith(b"\xff\xd8")


def scans_of(content: bytes) -> int:
    r"""Return how many times the whole picture is gone through to decode it.

    A progressive picture is sent in some ten scans; one of thousands, each of a few bytes, takes as
    long as thousands of pictures.

    Examples
    --------
    >>> scans_of(b"\xff\xd8\xff\xda\0\2one\xff\xda\0\2two\xff\xd9\xff\xda")
    2
    """
    scans, place = 0, 0
    while marker := _MARKER.search(content, place):
        kind, place = marker[1][0], marker.end()
        if kind == _END:
            return scans
        scans += kind == _SCAN
        if kind not in _ALONE:
            place += int.from_bytes(content[place : place + 2], "big")
    return scans
