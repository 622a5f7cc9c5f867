"""The records of a delimited text, found in one pass over its bytes.

A record normally is a line; between quotes, a line break and the separator are text. Counting
fields here, before anything is read, tells the line of each record whose count is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
_NEWLINE, _RETURN, _QUOTE, _SPACE = b'\n\r" '
_LONGEST = 6
"""A record of more lines than this is a stray quote, not a text on several lines."""


@dataclass(frozen=True)
class Records:
    """Where each record begins and ends (bytes, without line break), its line, its fields."""

    begin: Whole
    end: Whole
    line: Whole
    fields: Whole
    quoted: bool

    def blank(self) -> npt.NDArray[np.bool_]:
        """Tell which records hold nothing but separators."""
        found: npt.NDArray[np.bool_] = self.end - self.begin == self.fields - 1
        return found


def find_records(data: bytes, separator: str) -> Records:
    """Cut a UTF-8 text into records; quotes that do not close are taken as letters."""
    letters = np.frombuffer(data, np.uint8)
    quotes = letters == _QUOTE
    if quotes.any():
        inside = np.logical_xor.accumulate(quotes)
        if not inside[-1]:
            found = _cut(letters, separator, ~inside)
            if np.diff(found.line, append=found.line[-1:] + 1).max(initial=0) <= _LONGEST:
                return found
    return _cut(letters, separator, None)


def _cut(
    letters: npt.NDArray[np.uint8], separator: str, free: npt.NDArray[np.bool_] | None
) -> Records:
    breaks = letters == _NEWLINE
    marks = letters == ord(separator)
    all_breaks = np.flatnonzero(breaks)
    if free is not None:
        breaks &= free
        marks &= free
    ends = np.flatnonzero(breaks)
    if letters.size and (not ends.size or ends[-1] != letters.size - 1):
        ends = np.append(ends, letters.size)
    begin = np.concatenate([[0], ends[:-1] + 1]).astype(np.int64) if ends.size else ends
    line = np.searchsorted(all_breaks, begin) + 1
    places = np.flatnonzero(marks)
    fields = np.searchsorted(places, ends) - np.searchsorted(places, begin) + 1
    returns = (ends > begin) & (letters[np.maximum(ends - 1, 0)] == _RETURN)
    return Records(begin, ends - returns, line, fields, free is not None)
