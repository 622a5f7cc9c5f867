"""The text of a PDF that an analyst gives, laid out as on the page."""

from __future__ import annotations

import io

MOST_PAGES = 3_000
"""A list of a whole academy has some hundreds."""


class UnreadableError(Exception):
    """No parser makes a text of it."""


def text_of(content: bytes) -> str:
    """Return the text of every page.

    Raises
    ------
    UnreadableError
        It is damaged, locked, or has too many pages.
    """
    from pypdf import PdfReader

    try:
        pages = PdfReader(io.BytesIO(content)).pages
        if len(pages) > MOST_PAGES:
            raise UnreadableError
        return "\n".join(page.extract_text(extraction_mode="layout") for page in pages)
    except Exception as error:  # whatever a parser meets in a hostile file
        raise UnreadableError from error
