"""What of a text may be clicked: an address of the web or of email, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from iprof_kit.documents.words import BREAK

LONGEST = 2_000
"""Characters of an address that is linked: what a field of the CV takes."""
_ADDRESS = re.compile(
    r"https?://[^\s<>\"«»]+|(?<![\w.+-])[\w.+-]+@[\w\u200b-]+(?:\.[\w\u200b-]+)+", re.IGNORECASE
)
_AFTER = ".,;:!?…'’"
"""What ends a sentence, not an address."""
_PAIRS = ((")", "("), ("]", "["), ("}", "{"))
_KEPT = "%/:=&?~#+!$,;'@()*[]-._"
_SCHEMES = ("http://", "https://", "mailto:", "tel:")


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text cut into pieces, each with where it leads; "" where it leads nowhere."""
    done = 0
    for match in _ADDRESS.finditer(text):
        word = _trimmed(match[0])
        leads = target(word)
        if not leads:
            continue
        start, end = match.start(), match.start() + len(word)
        if start > done:
            yield text[done:start], ""
        yield text[start:end], leads
        done = end
    if done < len(text):
        yield text[done:], ""


def target(word: str) -> str:
    """Return where an address leads, as a file writes it; "" where it is not one."""
    plain = word.replace(BREAK, "")
    if len(plain) > LONGEST:
        return ""
    if "://" not in plain:
        return f"mailto:{quote(plain, safe='@.+-_')}" if "@" in plain else ""
    try:
        named = urlsplit(plain).hostname
    except ValueError:
        return ""
    return quote(plain, safe=_KEPT) if named else ""


def telephone(number: str) -> str:
    """Return what a telephone dials; "" where the text is not a number alone."""
    kept = re.sub(r"[\s.\-()/\u00a0\u202f]", "", number)
    return f"tel:{kept}" if re.fullmatch(r"\+?[0-9]{4,15}", kept) else ""


def allowed(link: str) -> str:
    """Return a link of a kind that a document may hold, "" for any other."""
    return link if link.casefold().startswith(_SCHEMES) and len(link) <= 3 * LONGEST else ""


def _trimmed(word: str) -> str:
    """Return an address without the signs of the sentence that it ends."""
    while True:
        short = word.rstrip(_AFTER)
        for closing, opening in _PAIRS:
            if short.endswith(closing) and opening not in short:
                short = short[:-1]
        if short == word:
            return word
        word = short
