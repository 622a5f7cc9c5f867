"""The text of a PDF that an analyst gives, laid out as on the page."""

from __future__ import annotations

import io

from iprof_kit.given.bounded_process import Bounds
from iprof_kit.given.elsewhere import TooHeavyError, answered_elsewhere

BOUNDS = Bounds(seconds=300.0, memory=1_500_000_000, longest=300_000_000)
MOST_PAGES = 3_000
"""A list of a whole academy has some hundreds."""


class UnreadableError(Exception):
    """No parser makes a text of it."""


def text_of(content: bytes) -> str:
    """Return the text of every page, read in a process of its own where one may be started.

    Raises
    ------
    UnreadableError
        It is damaged, or locked.
    TooHeavyError
        It has too many pages, or takes too much time or memory.
    """
    answered = answered_elsewhere(__name__, content, BOUNDS)
    if answered[:1] != b"0":
        raise UnreadableError
    return answered[1:].decode("utf-8", "surrogatepass")


def answer(content: bytes) -> bytes:
    """Return a sign that it could be read, then the text of every page."""
    try:
        return b"0" + _text(content).encode("utf-8", "surrogatepass")
    except UnreadableError:
        return b"1"


def _text(content: bytes) -> str:
    from pypdf import PdfReader

    try:
        pages = PdfReader(io.BytesIO(content)).pages
        if len(pages) > MOST_PAGES:
            raise TooHeavyError
        return "\n".join(page.extract_text(extraction_mode="layout") for page in pages)
    except (MemoryError, TooHeavyError):
        raise TooHeavyError from None
    except Exception as error:  # whatever a parser meets in a hostile file
        raise UnreadableError from error
