"""A Parquet file that an analyst gives: what it declares is looked at before anything is decoded.

A few bytes of it may stand for any number of texts, whatever it declares: a process that is bounded
decodes it first (`answer`), and the analyst's own only what that one could.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from os import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING

from iprof_kit.given.archives import ALWAYS, MOST_TIMES
from iprof_kit.given.bounded_process import Bounds
from iprof_kit.given.elsewhere import TooHeavyError, all_answered_elsewhere

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import FileMetaData, ParquetFile

BOUNDS = Bounds(seconds=120.0, memory=4_000_000_000, longest=2_000_000_000)
MOST_ROWS, MOST_COLUMNS, MOST_GROUPS = 5_000_000, 500, 10_000
MOST_DECLARED = 2_000_000_000
"""Bytes that all columns say they become."""


TOO_LARGE = (
    f"le fichier Parquet est trop grand une fois décodé : {MOST_ROWS} lignes et "
    f"{MOST_COLUMNS} colonnes au plus."
)
_TEXTS, _WHOLE, _NOTES = b"t", b"w", b"n"
_SIGN, _FOOT, _LONGEST_END = b"PAR1", 8, 16_000_000


class DamagedError(Exception):
    """It is no Parquet file, or a damaged one."""


def texts_of(content: bytes) -> tuple[pa.Table, list[str]]:
    """Return the columns of a Parquet file as texts, and the names of those that hold no text.

    Raises
    ------
    TooHeavyError
        It declares, or takes, more than it may.
    DamagedError
        It cannot be decoded.
    """
    _look_at([content], _TEXTS)
    return _texts(content)


def tables_of(contents: Iterable[bytes]) -> Iterator[pa.Table]:
    """Yield the tables of Parquet files that one person gives, as they were written.

    Raises
    ------
    TooHeavyError, DamagedError
        As `texts_of`, of any of them.
    """
    every = list(contents)
    _look_at(every, _WHOLE)
    return map(_whole, every)


def notes_of(files: Iterable[Path], name: str) -> list[str | None]:
    """Return what Parquet files note beside their columns under a name; None where they do not.

    Only the end of each is read, where they say it. A file that is damaged or too large notes
    nothing.

    Raises
    ------
    OSError
        A file cannot be read.
    """
    asked = [_NOTES + name.encode() + b"\n" + _end_of(one) for one in files]
    answered = all_answered_elsewhere(__name__, asked, BOUNDS)
    return [one[1:].decode() if one[:1] == b"0" else None for one in answered]


def _end_of(path: Path) -> bytes:
    with path.open("rb") as file:
        size = file.seek(0, SEEK_END)
        file.seek(max(0, size - _FOOT))
        length = int.from_bytes(file.read(_FOOT)[:4], "little") + _FOOT
        file.seek(max(0, size - min(length, _LONGEST_END)))
        return _SIGN + file.read()


def prepare() -> None:
    """Import what reads, while files of the system may still be opened."""
    import_module("pyarrow.parquet")


def answer(message: bytes) -> bytes:
    """Decode a file and forget it: what is said of a sound one is nothing, or what it notes."""
    how, content = message[:1], memoryview(message)[1:]
    try:
        if how == _NOTES:
            name, _, end = message[1:].partition(b"\n")
            return _noted(name, end)
        (_texts if how == _TEXTS else _whole)(content)
    except DamagedError:
        return b"damaged"
    return b""


def _look_at(contents: list[bytes], how: bytes) -> None:
    """Have files decoded where nothing else is lost, before they are decoded here."""
    if any(all_answered_elsewhere(__name__, (how + one for one in contents), BOUNDS)):
        raise DamagedError


@contextmanager
def _opened(content: bytes | memoryview, *, whole: bool = True) -> Iterator[ParquetFile]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(pa.BufferReader(content))
        if whole and _declares_too_much(file.metadata, len(content)):
            raise TooHeavyError
        yield file
    except (MemoryError, pa.ArrowCapacityError):
        raise TooHeavyError from None
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DamagedError from error


def _whole(content: bytes | memoryview) -> pa.Table:
    with _opened(content) as file:
        return file.read()


def _noted(name: bytes, content: bytes) -> bytes:
    with _opened(content, whole=False) as file:
        noted = (file.metadata.metadata or {}).get(name)
    return b"" if noted is None else b"0" + noted


def _texts(content: bytes | memoryview) -> tuple[pa.Table, list[str]]:
    import pyarrow as pa
    from pyarrow import compute

    with _opened(content) as file:
        flat = [one.name for one in file.schema_arrow if not pa.types.is_nested(one.type)]
        left = [name for name in file.schema_arrow.names if name not in flat]
        columns = {}
        for name, column in zip(flat, file.read(columns=flat).columns, strict=True):
            if pa.types.is_dictionary(column.type):
                column = column.cast(column.type.value_type)
            if pa.types.is_timestamp(column.type):
                column = compute.cast(column, "date32", safe=False)
            elif pa.types.is_boolean(column.type):
                column = column.cast("int8")
            columns[name] = compute.fill_null(column.cast("string"), "")
        return pa.table(columns), left


def _declares_too_much(file: FileMetaData, size: int) -> bool:
    if file.num_row_groups > MOST_GROUPS:
        return True
    groups = (file.row_group(number) for number in range(file.num_row_groups))
    declared = sum(group.total_byte_size for group in groups)
    large = file.num_rows > MOST_ROWS or file.num_columns > MOST_COLUMNS
    return bool(large or declared > min(MOST_DECLARED, max(ALWAYS, MOST_TIMES * size)))
