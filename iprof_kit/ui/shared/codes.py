"""What is copied letter by letter, the code of a school, keeps its barred zeros: class `code`."""

from __future__ import annotations

import re

_RUN = re.compile(
    r"(<(?!(?:option|textarea|title|desc|text|tspan|script|style)\b)[^>]*>)([^<]*\d{7}[A-Z][^<]*)"
)
"""A tag that may hold another one, and the text after it, where a code stands."""
_ENDED = re.compile(r"[A-Z](?<=\d{7}[A-Z])")
"""The end of what may be a code: pages have fewer capitals than figures."""
_UAI = re.compile(r"\d{7}[A-Z](?<!\w.{8})(?!\w)")


def mark_codes(html: str) -> str:
    """Return the HTML of a screen with each UAI in a span of its own.

    Examples
    --------
    >>> mark_codes("<p>UAI 0630001A</p><option>0630001A</option>")
    '<p>UAI <span class="code">0630001A</span></p><option>0630001A</option>'
    """
    if not _ENDED.search(html):
        return html
    return _RUN.sub(lambda run: run[1] + _UAI.sub(_span, run[2]), html)


def _span(code: re.Match[str]) -> str:
    return f'<span class="code">{code[0]}</span>'
