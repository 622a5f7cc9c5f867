"""Sheets set in another process: what goes there and comes back is bytes, read without running any.

`answer` runs there, within the limits that the caller chose; the process keeps templates, fonts and
what typst remembers between two sheets.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from iprof_kit.documents.typesetting import Sheet, compile_sheet

_SIZE = 8


def packed(sheet: Sheet) -> bytes:
    """Return a sheet as it is sent."""
    return json.dumps(asdict(sheet)).encode()


def answer(message: bytes) -> bytes:
    """Return what a sheet that was sent gives: each part after its length."""
    made = compile_sheet(Sheet(**json.loads(message)))
    return b"".join(len(part).to_bytes(_SIZE, "big") + part for part in made)


def unpacked(made: bytes) -> list[bytes]:
    """Return the parts of an answer."""
    parts, start = [], 0
    while start < len(made):
        end = start + _SIZE + int.from_bytes(made[start : start + _SIZE], "big")
        parts.append(made[start + _SIZE : end])
        start = end
    return parts
