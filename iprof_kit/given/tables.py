"""A table that somebody gives as a CSV: its cells as texts, or why it cannot be read.

`answer` runs in a process of its own, one for each file (`services/workers/opening.py`).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

MOST_COLUMNS = 200
LONGEST_CELL = 100_000
"""Letters: the longest of what the kit keeps has some thousands."""
MOST_ROWS = 400_000
Line = tuple[int, int, dict[int, str]]
"""Where a row begins in the file, how many cells it has, and those that hold something."""

_SMALLER = "Découpez-le en plusieurs."
NOT_UTF_8 = (
    "le fichier n’est pas en UTF-8.",
    "",
    "Enregistrez-le en « CSV UTF-8 », puis recommencez.",
)
TOO_LONG = f"le fichier dépasse {MOST_ROWS} lignes.", "", _SMALLER
TOO_HEAVY = "le fichier demande trop de temps ou de mémoire pour être lu.", "", _SMALLER
TOO_WIDE = f"cette ligne a plus de {MOST_COLUMNS} colonnes.", "Gardez les colonnes utiles."
UNCLOSED = (
    "le fichier n’est plus lisible à partir de cette ligne.",
    "Vérifiez les guillemets et la longueur des textes.",
)


class UnreadableError(Exception):
    """The table cannot be read: what is wrong, where, and what to do are its argument."""


@dataclass(frozen=True)
class Table:
    """The texts of a table: its headings, and its rows that hold something, read one by one."""

    header: list[str]
    written: list[bytes]

    def __iter__(self) -> Iterator[Line]:
        """Yield each row."""
        for one in self.written:
            line, count, cells = json.loads(one)
            yield line, count, {int(number): text for number, text in cells.items()}


def answer(content: bytes) -> bytes:
    """Return, in the process that reads, the table or its fault: a line of JSON a row."""
    try:
        return b"\n".join(json.dumps(one).encode() for one in _read(content))
    except UnreadableError as refused:
        return json.dumps({"fault": refused.args[0]}).encode()


def unpacked(answered: bytes) -> Table:
    r"""Return the table that `answer` gave.

    Raises
    ------
    UnreadableError
        It is in another encoding, has too much of something, or its quotes do not close.

    Examples
    --------
    >>> table = unpacked(answer(b"nom;age\nAna;\n\nLea;41\n"))
    >>> table.header, list(table)
    (['nom', 'age'], [(2, 2, {0: 'Ana'}), (4, 2, {0: 'Lea', 1: '41'})])
    """
    first, *rows = answered.split(b"\n")
    header = json.loads(first)
    if isinstance(header, dict):
        raise UnreadableError(tuple(header["fault"]))
    return Table(header, rows)


def _read(content: bytes) -> Iterator[list[str] | Line]:
    """Yield the headings of a CSV in UTF-8, separated by « ; » or « , », then its rows."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(NOT_UTF_8) from None
    head = text.partition("\n")[0]
    separator = ";" if head.count(";") >= head.count(",") else ","
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, start = 0, 1
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise UnreadableError((TOO_WIDE[0], f"ligne {start}", TOO_WIDE[1]))
            filled = {number: text for number, cell in enumerate(cells) if (text := cell.strip())}
            if start == 1:
                yield [cell.strip() for cell in cells]
            elif filled:
                rows += 1
                yield start, len(cells), filled
            if rows > MOST_ROWS:
                raise UnreadableError(TOO_LONG)
            start = reader.line_num + 1
        if start == 1:
            yield []
    except csv.Error:
        raise UnreadableError((UNCLOSED[0], f"ligne {reader.line_num}", UNCLOSED[1])) from None
