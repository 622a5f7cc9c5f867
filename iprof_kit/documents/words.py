"""Words that no honest document holds, cut so that the time of a page follows its length.

A template lets a long word break anywhere without a trace in what is copied (`breakable` of
`commun.typ`), and typst pays for each place where it may, in each paragraph, by the square of their
number. Words are left to it as long as they are addresses; what is beyond gets breaks of its own.
"""

from __future__ import annotations

import re

from iprof_kit.documents.characters import printable

LONGEST_WORD = 500
"""Characters of a word that is printed as it is: the longest addresses have fewer."""
MOST_IN_LONG_WORDS = 4_000
"""Characters of the long words of one text that are printed as they are: sixty addresses."""
BREAK = "\u200b"
"""A place where a line may end, without width; it is copied with the word."""
_LONG = re.compile(r"[^\s\u200b]{24,}")
"""What `commun.typ` calls a long word."""
_PIECE = 20


def bounded(text: str) -> str:
    """Return a text whose longest words may break in a way that costs no more than other words."""
    if len(text) <= _PIECE:
        return text
    left = MOST_IN_LONG_WORDS

    def kept(match: re.Match[str]) -> str:
        nonlocal left
        word = match[0]
        if len(word) > LONGEST_WORD or len(word) > left:
            return BREAK.join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE))
        left -= len(word)
        return word

    return _LONG.sub(kept, text)


def printed(text: str) -> str:
    """Return a text as a page is given it: what the fonts draw, its words bounded."""
    return bounded(printable(text))
