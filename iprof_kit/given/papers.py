"""A paper to join: what it is by its content, whatever its name says, or why it is refused.

`answer` runs in a process of its own, one for each paper (`services/workers/opening.py`).
"""

from __future__ import annotations

import io
import json
import zipfile

from iprof_kit.given import pdf
from iprof_kit.given.faults import DAMAGED_PICTURE, TIRING_PICTURE, TOO_MANY_POINTS, Fault
from iprof_kit.given.pictures import NotShown, checked
from iprof_kit.given.signs import SIGNS

_PDF = "application/pdf"
_PICTURES = ("JPEG", "PNG", "GIF")
_ALSO = (
    (b"<script", "une page web"),
    (b"<html", "une page web"),
    (b"<!doctype", "une page web"),
    (b"<?php", "un programme"),
    (b"rar!\x1a\x07", "une archive"),
    (b"7z\xbc\xaf\x27\x1c", "une archive"),
)
"""Signs, in small letters, that a picture is something else too."""
_PDF_HEAD = 1024
"""Bytes among which readers of PDF look for its beginning."""
WANTED = "Joignez un PDF, ou une image JPEG, PNG ou GIF."


def answer(content: bytes) -> bytes:
    """Return, in the process that reads, the media type or the fault of a paper, as JSON."""
    kind, fault = _pdf(content) if pdf.is_pdf(content) else _picture(content)
    return json.dumps([kind, fault]).encode()


def unpacked(answered: bytes) -> tuple[str, Fault | None]:
    """Return what another process answered: a media type, or a fault."""
    kind, fault = json.loads(answered)
    return str(kind), None if fault is None else (str(fault[0]), str(fault[1]))


def ended(content: bytes) -> Fault:
    """Return the fault of a paper on which its process ended: it took too long, or too much."""
    return pdf.COMPLICATED if pdf.is_pdf(content) else TIRING_PICTURE


def _pdf(content: bytes) -> tuple[str, Fault | None]:
    return _PDF, pdf.fault_of(content)


def _picture(content: bytes) -> tuple[str, Fault | None]:
    try:
        kind = checked(content, _PICTURES)
    except NotShown as refused:
        faults = {
            "other": (_looks_like(content), WANTED),
            "points": TOO_MANY_POINTS,
            "scans": TIRING_PICTURE,
            "damaged": DAMAGED_PICTURE,
        }
        return "", faults[refused.why]
    if also := _also(content):
        return "", (f"Cette image est aussi {also}.", "Enregistrez-la de nouveau comme image.")
    return kind, None


def _also(content: bytes) -> str | None:
    """Return what else another program would see in a picture.

    Bytes after its end are not enough to refuse it: telephones write their own there.
    """
    if zipfile.is_zipfile(io.BytesIO(content)):
        return "une archive"
    if b"%PDF-" in content[:_PDF_HEAD]:
        return "un PDF"
    small = content.lower()
    return next((what for sign, what in _ALSO if sign in small), None)


def _looks_like(content: bytes) -> str:
    head = content.lstrip()[:200]
    kind = next((words for sign, words in SIGNS if head.startswith(sign)), None)
    return f"Ce fichier est {kind}." if kind else "Ce fichier n’est ni un PDF ni une image lue."
