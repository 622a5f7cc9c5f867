"""Delimited text: separator, headings, rows of the wrong length, the file's own totals."""

from __future__ import annotations

import csv
import io
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.imports.files.encoding import to_utf8
from iprof_kit.analytics.imports.files.raw import LineFault, Raw, take_rows, unique_headings
from iprof_kit.analytics.imports.words import begins_a_total, known_headings, totals_pattern
from iprof_kit.analytics.needs import pyarrow_csv
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, counted

SEPARATORS = {";": "point-virgule", "\t": "tabulation", ",": "virgule", "|": "barre verticale"}
_LOOKED_AT = 40
"""Lines among which the headings are looked for."""


def read_delimited(data: bytes, name: str, separator: str = "") -> Raw:
    """Read a delimited text into a table of texts.

    Parameters
    ----------
    data : bytes
        The whole file, in any encoding of `encoding`.
    name : str
        File name, for messages.
    separator : str, optional
        One of `SEPARATORS`; guessed where it is not given.

    Raises
    ------
    InputError
        The file is empty, or no line looks like headings.
    """
    decoded = to_utf8(data)
    text = decoded.data
    if b"\n" not in text:
        text = text.replace(b"\r", b"\n")
    if not text.strip():
        raise InputError("le fichier est vide.", where=name, remedy="Refaites l’extraction.")
    mark = separator or guess_separator(text)
    records = find_records(text, mark)
    place = _heading_place(text, records, mark, name)
    headings, notes = unique_headings(_cells(text, records, place, mark))
    raw = Raw(
        name,
        "CSV",
        pd.DataFrame(),
        np.array([], np.int64),
        decoded.label,
        SEPARATORS.get(mark, mark),
        notes=notes,
    )
    if decoded.mixed:
        raw.notes.append(
            f"Deux encodages sont mêlés dans le fichier{NBSP}({decoded.label}). "
            f"{counted(len(decoded.mixed), 'ligne relue')} à part."
        )
        raw.repaired += [
            LineFault(n, "", "encodage différent du reste du fichier, relu à part")
            for n in decoded.mixed
        ]
    raw.preamble = [(int(records.line[n]), _cells(text, records, n, mark)) for n in range(place)]
    _rows(raw, text, records, place, mark, headings)
    return raw


def guess_separator(text: bytes) -> str:
    """Return the separator that cuts the most of the first lines into the same number of cells."""
    lines = [line for line in text[: 1 << 17].split(b"\n")[:200] if line.strip()]
    scores = {}
    for mark in SEPARATORS:
        counts = Counter(line.count(mark.encode()) for line in lines)
        common, times = max(counts.items(), key=lambda each: (each[0] > 0, each[1]))
        scores[mark] = (times / len(lines) if common else 0, common)
    return max(scores, key=lambda mark: scores[mark])


def _heading_place(text: bytes, records: Records, mark: str, name: str) -> int:
    """Return the record of the headings: the one of the first with the most known names."""
    best, place = 0, -1
    for number in range(min(_LOOKED_AT, len(records.begin))):
        known = known_headings(_cells(text, records, number, mark))
        if known > best:
            best, place = known, number
    if best >= 2:
        return place
    for number in range(min(_LOOKED_AT, len(records.begin))):
        cells = _cells(text, records, number, mark)
        if len(cells) > 1 and all(cell.strip() and not cell.strip().isdigit() for cell in cells):
            return number
    raise InputError(
        "aucune ligne d’en-tête n’a été trouvée.",
        where=f"{name}, {min(_LOOKED_AT, len(records.begin))} premières lignes",
        remedy="Ajoutez une première ligne qui nomme les colonnes (numero, corps, grade, "
        "echelon, date_effet…), ou vérifiez le séparateur.",
    )


def _cells(text: bytes, records: Records, number: int, mark: str) -> list[str]:
    line = text[records.begin[number] : records.end[number]].decode("utf-8", errors="replace")
    if not records.quoted:
        return [cell.strip().strip('"') for cell in line.split(mark)]
    try:
        return next(csv.reader(io.StringIO(line, newline=""), delimiter=mark), [])
    except csv.Error:  # a cell of more letters than a cell has
        return line.split(mark)


def _rows(
    raw: Raw, text: bytes, records: Records, place: int, mark: str, headings: list[str]
) -> None:
    """Fill the table: what has the right number of cells, then what could be mended."""
    width = len(headings)
    after = np.arange(len(records.begin)) > place
    blank = after & (records.blank() | (records.end == records.begin))
    raw.blank = int(blank.sum())
    odd = after & ~blank & (records.fields != width)
    good = after & ~blank & ~odd
    mended = _mend(raw, text, records, np.flatnonzero(odd), mark, width)
    table = _read(_join(text, records, good), mark, records.quoted, headings)
    if len(table) != good.sum():  # stray quotes, which no two readers understand alike
        table = _read_one_by_one(text, records, good, mark, headings)
    lines = records.line[good]
    if mended:
        more = pd.DataFrame([cells for _, cells in mended], columns=headings, dtype="str")
        table = pd.concat([table, more], ignore_index=True)
        lines = np.concatenate([lines, [line for line, _ in mended]])
        order = np.argsort(lines, kind="stable")
        table, lines = table.iloc[order].reset_index(drop=True), lines[order]
    if not records.quoted and b'"' in text:
        table = _unquoted(raw, table, lines)
    take_rows(raw, table, lines, total_rows(table))


def _unquoted(raw: Raw, table: pd.DataFrame, lines: np.ndarray) -> pd.DataFrame:
    """Take the quotes of a file that opens one and never closes it for letters, and drop them."""
    raw.notes.append(
        "Un guillemet ouvert n’est jamais refermé\u00a0: les guillemets du fichier ne comptent pas."
    )
    alone = np.zeros(len(table), bool)
    for name in table:
        alone |= (table[name].str.count('"') % 2 == 1).to_numpy(bool)
    raw.repaired += [LineFault(int(line), "", "guillemet isolé retiré") for line in lines[alone]]
    return pd.DataFrame({name: table[name].str.strip().str.strip('"') for name in table})


def _mend(
    raw: Raw, text: bytes, records: Records, odd: np.ndarray, mark: str, width: int
) -> list[tuple[int, list[str]]]:
    """Return the rows of the wrong length that can be kept; the others are refused or totals."""
    mended = []
    for number in odd.tolist():
        cells = _cells(text, records, number, mark)
        line, shown = int(records.line[number]), mark.join(cells)[:120]
        first = next((cell for cell in cells if cell.strip()), "")
        if begins_a_total(first) and _few(cells, width):
            raw.totals.append((line, cells))
        elif len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            mended.append((line, cells[:width]))
            raw.repaired.append(LineFault(line, shown, "séparateurs en trop en fin de ligne"))
        elif 1 < len(cells) < width:
            mended.append((line, cells + [""] * (width - len(cells))))
            raw.repaired.append(
                LineFault(
                    line,
                    shown,
                    f"{counted(len(cells), 'valeur')} pour {width} colonnes{NBSP}: complétée par "
                    "des vides en fin de ligne",
                )
            )
        else:
            raw.refused.append(
                LineFault(
                    line,
                    shown,
                    f"la ligne a {counted(len(cells), 'valeur')} pour {width} colonnes",
                    "Mettez entre guillemets les textes qui contiennent le séparateur.",
                )
            )
    return mended


def _join(text: bytes, records: Records, kept: np.ndarray) -> bytes:
    """Return the text of some records; one slice where they follow each other."""
    numbers = np.flatnonzero(kept)
    if not numbers.size:
        return b""
    cuts = np.flatnonzero(np.diff(numbers) > 1)
    first = np.concatenate([[0], cuts + 1])
    last = np.concatenate([cuts, [numbers.size - 1]])
    return b"\n".join(
        text[records.begin[numbers[a]] : records.end[numbers[b]]]
        for a, b in zip(first, last, strict=True)
    )


def _read(text: bytes, mark: str, quoted: bool, headings: list[str]) -> pd.DataFrame:
    if not text:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in headings})
    csv_ = pyarrow_csv()
    if csv_ is None:
        return _read_by_pandas(text, mark, quoted, headings)
    try:
        return _read_by_arrow(csv_, text, mark, quoted, headings)
    except ValueError:  # a lone return is the end of a line to it, and to nobody else
        return _read_by_pandas(text, mark, quoted, headings)


def _read_one_by_one(
    text: bytes, records: Records, kept: np.ndarray, mark: str, headings: list[str]
) -> pd.DataFrame:
    width = len(headings)
    rows = (_cells(text, records, number, mark) for number in np.flatnonzero(kept).tolist())
    cells = [(row + [""] * width)[:width] for row in rows]
    return pd.DataFrame(cells, columns=headings, dtype="str")


def _read_by_arrow(
    csv_: ModuleType, text: bytes, mark: str, quoted: bool, headings: list[str]
) -> pd.DataFrame:
    table = csv_.read_csv(
        io.BytesIO(text),
        read_options=csv_.ReadOptions(column_names=headings),
        parse_options=csv_.ParseOptions(
            delimiter=mark,
            quote_char='"' if quoted else False,
            newlines_in_values=quoted,
            ignore_empty_lines=True,
        ),
        convert_options=csv_.ConvertOptions(
            column_types=dict.fromkeys(headings, "string"),
            strings_can_be_null=False,
            check_utf8=False,
        ),
    )
    frame: pd.DataFrame = table.to_pandas().astype("str")
    return frame


def _read_by_pandas(text: bytes, mark: str, quoted: bool, headings: list[str]) -> pd.DataFrame:
    """Return the same table where pyarrow is not installed, some times slower; empty if lost."""
    with suppress(ValueError):
        return _parsed_by_pandas(text, mark, quoted, headings)
    return pd.DataFrame({name: pd.Series(dtype="str") for name in headings})


def _parsed_by_pandas(text: bytes, mark: str, quoted: bool, headings: list[str]) -> pd.DataFrame:
    frame: pd.DataFrame = pd.read_csv(
        io.BytesIO(text),
        sep=mark,
        header=None,
        names=headings,
        index_col=False,
        dtype="str",
        na_filter=False,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        lineterminator="\n",
        encoding_errors="replace",
        engine="c",
        low_memory=False,
    )
    if b"\r\n" in text:  # the line ends with \n alone: a return within a cell is one of its letters
        frame[headings[-1]] = frame[headings[-1]].str.removesuffix("\r")
    return frame


def total_rows(table: pd.DataFrame) -> np.ndarray:
    """Tell which rows of a table are totals: a word of totals first, and few cells."""
    totals = np.zeros(len(table), bool)
    for name in table.columns[:3]:
        rows = table[name].str.contains(totals_pattern(), case=False).to_numpy(bool)
        for row in np.flatnonzero(rows):
            cells = table.iloc[row].tolist()
            first = next(cell for cell in cells if cell.strip())
            totals[row] |= begins_a_total(first) and _few(cells, len(table.columns))
    return totals


def _few(cells: list[str], width: int) -> bool:
    """Tell whether at most half of the cells of a line are filled."""
    return sum(bool(cell.strip()) for cell in cells) * 2 <= max(width, 4)


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
        empty: npt.NDArray[np.bool_] = self.end - self.begin == self.fields - 1
        return empty


def find_records(data: bytes, separator: str) -> Records:
    """Cut a UTF-8 text into records; quotes that do not close are taken as letters."""
    letters = np.frombuffer(data, np.uint8)
    quotes = letters == _QUOTE
    if quotes.any():
        inside = np.logical_xor.accumulate(quotes)
        if not inside[-1]:
            records = _cut(letters, separator, ~inside)
            if np.diff(records.line, append=records.line[-1:] + 1).max(initial=0) <= _LONGEST:
                return records
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
