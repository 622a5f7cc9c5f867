"""Sheets set in another process: what goes there and comes back is bytes, read without running any.

`answer` runs there, within the limits that the caller chose; the process keeps templates, fonts and
what typst remembers between two sheets.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from iprof_kit.documents.typesetting import Sheet, compile_sheet
from iprof_kit.given.pictures import NotShown, is_small, made_small, opened

_SIZE = 8


def packed(sheet: Sheet) -> bytes:
    """Return a sheet as it is sent."""
    return json.dumps(asdict(sheet)).encode()


def answer(message: bytes) -> bytes:
    """Return what a sheet that was sent gives: each part after its length."""
    made = compile_sheet(_with_a_photo_that_shows(Sheet(**json.loads(message))))
    return b"".join(len(part).to_bytes(_SIZE, "big") + part for part in made)


def _with_a_photo_that_shows(sheet: Sheet) -> Sheet:
    """Return a sheet with its photo as the kit makes them, without one that is no picture.

    It is opened here, where it may take all the time of its own page and of no other.
    """
    data = json.loads(sheet.data)
    picture = data.get("picture") if isinstance(data, dict) else None
    if not picture:
        return sheet
    content = bytes(picture["data"])
    try:
        if is_small(opened(content)):
            return sheet
        made, _ = made_small(content)
        data["picture"] = picture | {"data": list(made), "format": "jpg"}
    except NotShown:
        data["picture"] = None
    return replace(sheet, data=json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def unpacked(made: bytes) -> list[bytes]:
    """Return the parts of an answer."""
    parts, start = [], 0
    while start < len(made):
        end = start + _SIZE + int.from_bytes(made[start : start + _SIZE], "big")
        parts.append(made[start + _SIZE : end])
        start = end
    return parts
