"""Characters that nobody sees: which a text may hold, and how the others are shown.

Three manners, for the whole kit:

- `tidy` takes away what a paste brings and nobody misses: soft hyphens, zero-width spaces, marks
  of direction that override nothing;
- `unfit` names the first character that would make a reader, a terminal or a program see another
  text than the one that was typed: commands, line ends in a field of one line, overrides of
  direction, tags, fillers. A person is told, and chooses;
- `visible` writes every such character as its code, for terminals and logs, whatever was stored.

A joiner is legitimate where writing needs it: inside an emoji, and between two letters of a script
whose letters join (Arabic and the scripts of India: « علی‌رضا » is a name). Elsewhere it is
invisible for nothing, and `tidy` drops it. The flags that spell a region with tags are the one
emoji that is refused.
"""

from __future__ import annotations

import re
import unicodedata

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_JOINERS = _ZWNJ + _ZWJ
_HARMLESS = frozenset("\u00ad\u200b\u200e\u200f\u061c\u2060\ufeff")
_LINE_ENDS = frozenset("\n\x0b\x0c\x85\u2028\u2029")
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Empty glyphs that count as letters or marks, so that their category does not tell."""
_SELECTORS = re.compile("[\ufe00-\ufe0f]")
_TAGS = range(0xE0000, 0xE1000)
"""Tags and the selectors that follow them: a hidden text may be written with either."""
_JOINING = range(0x600, 0x1D00)
"""Scripts whose letters join, Arabic to Vedic; Latin, Greek and Cyrillic come before."""
_EMOJI_PARTS = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff\u20e3"
_NEVER = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_LEAST_LETTERS, _LEAST_DIFFERENT = 5, 4
"""Letters of a motive that somebody will understand later, and how many differ: our choice."""
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def tidy(text: str) -> str:
    """Return a text without invisible characters that change nothing; line ends become newlines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for i, one in enumerate(lines) if not _superfluous(lines, i))


def says_nothing(text: str) -> bool:
    """Return whether a motive is none: « ... », « abc », « aaaaaaaa » will tell nobody anything.

    Examples
    --------
    >>> says_nothing("..........") or says_nothing("xxxxxxxxxx") or says_nothing("abc")
    True
    >>> says_nothing("contrôle"), says_nothing("réponse au fil 12")
    (False, False)
    """
    letters = [one for one in text.casefold() if one.isalpha()]
    return len(letters) < _LEAST_LETTERS or len(set(letters)) < _LEAST_DIFFERENT


def unfit(text: str, *, lines: bool = False) -> str | None:
    """Return the first character that a text may not hold, None where there is none.

    Parameters
    ----------
    text : str
    lines : bool
        Whether it may have several lines, and tabulations.
    """
    if text.isascii() and text.isprintable():
        return None
    for i, one in enumerate(text):
        if lines and one in "\n\r\t":
            continue
        if not _superfluous(text, i) and _commands(text, i):
            return one
    return None


def visible(text: str, *, lines: bool = False) -> str:
    """Return a text that a terminal or a log shows as it is: on one line unless `lines`.

    Each character that would be obeyed, or not seen, is written as its code.
    """
    kept = "\n\t" if lines else ""
    return "".join(
        _code(one) if _commands(text, i) and one not in kept else one for i, one in enumerate(text)
    )


def bounded(text: str, longest: int) -> str:
    """Return what a stranger chose as a log may hold it: visible, on one line, cut."""
    return visible(text[:longest]) + ("…" if len(text) > longest else "")


def name_of(letter: str) -> str:
    """Return, in French, what a person may understand of a character that she does not see."""
    if letter in _LINE_ENDS or letter == "\r":
        return "un saut de ligne"
    if letter == "\t":
        return "une tabulation"
    if "\u202a" <= letter <= "\u202e" or "\u2066" <= letter <= "\u2069":
        return "un caractère invisible, qui change l’ordre des mots"
    return "un caractère invisible"


def _superfluous(text: str, i: int) -> bool:
    one = text[i]
    return one in _HARMLESS or (one in _JOINERS and not _joins(text, i))


def _commands(text: str, i: int) -> bool:
    one, code = text[i], ord(text[i])
    if one in _JOINERS:
        return not _joins(text, i)
    if code in _TAGS or one in _FILLERS or (code & 0xFFFE) == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return True
    if _SELECTORS.match(one):
        return i == 0 or bool(_SELECTORS.match(text[i - 1]))
    return unicodedata.category(one) in _NEVER


def _joins(text: str, i: int) -> bool:
    """Whether the joiner at `i` stands between what it is made for."""
    before = text[max(0, i - 4) : i].rstrip(_EMOJI_PARTS)[-1:]
    after = text[i + 1 : i + 2]
    if not before or not after:
        return False
    if all(ord(one) in _JOINING and unicodedata.category(one)[0] in "LM" for one in before + after):
        return True
    return text[i] == _ZWJ and all(_pictures(one) for one in before + after)


def _pictures(one: str) -> bool:
    return unicodedata.category(one) in {"So", "Sm", "Cn"} and ord(one) >= 0x2190


def _code(one: str) -> str:
    if one in _SHORT:
        return _SHORT[one]
    if one <= "\x7f":
        return f"\\x{ord(one):02x}"
    return one.encode("ascii", "backslashreplace").decode()
