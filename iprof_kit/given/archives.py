"""Archives that somebody gives: what they hold is summed before anything is inflated."""

from __future__ import annotations

import io
import zipfile

MOST_PARTS = 5_000
MOST_INFLATED = 1_500_000_000
"""Bytes of all the parts: a workbook of nine hundred thousand people is half of it."""
MOST_TIMES, ALWAYS = 250, 20_000_000
"""How many times its size a part may become; bytes to which any part may."""


def is_swollen(data: bytes) -> bool:
    """Return whether an archive would fill the memory of who opens it.

    A part that says less than it holds is cut where it said: nothing more is inflated.

    Raises
    ------
    zipfile.BadZipFile
        It is no archive.

    Examples
    --------
    >>> out = io.BytesIO()
    >>> with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
    ...     packed.writestr("a", bytes(30_000_000))
    >>> is_swollen(out.getvalue())
    True
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_INFLATED:
        return True
    return any(
        part.file_size > ALWAYS and part.file_size > MOST_TIMES * part.compress_size
        for part in parts
    )
