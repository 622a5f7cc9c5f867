"""A Parquet file that an analyst gives: what it declares is looked at before anything is decoded.

A few bytes of it may stand for any number of texts, whatever it declares: a process that is bounded
decodes it first (`answer`), and the analyst's own only what that one could.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from iprof_kit.given.archives import ALWAYS, MOST_TIMES
from iprof_kit.given.bounded_process import Bounds
from iprof_kit.given.elsewhere import TooHeavyError, answered_elsewhere

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import FileMetaData

BOUNDS = Bounds(seconds=120.0, memory=4_000_000_000, longest=2_000_000_000)
MOST_ROWS, MOST_COLUMNS, MOST_GROUPS = 5_000_000, 500, 10_000
MOST_DECLARED = 2_000_000_000
"""Bytes that all columns say they become."""


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
    if answered_elsewhere(__name__, content, BOUNDS) != b"":
        raise DamagedError
    return _decoded(content)


def answer(content: bytes) -> bytes:
    """Decode a file and forget it: what is said of a sound one is nothing."""
    try:
        _decoded(content)
    except DamagedError:
        return b"damaged"
    return b""


def _decoded(content: bytes) -> tuple[pa.Table, list[str]]:
    import pyarrow as pa
    from pyarrow import compute, parquet

    try:
        file = parquet.ParquetFile(io.BytesIO(content))
        if _declares_too_much(file.metadata, len(content)):
            raise TooHeavyError
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
    except (MemoryError, pa.ArrowCapacityError):
        raise TooHeavyError from None
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DamagedError from error


def _declares_too_much(file: FileMetaData, size: int) -> bool:
    if file.num_row_groups > MOST_GROUPS:
        return True
    groups = (file.row_group(number) for number in range(file.num_row_groups))
    declared = sum(group.total_byte_size for group in groups)
    large = file.num_rows > MOST_ROWS or file.num_columns > MOST_COLUMNS
    return bool(large or declared > min(MOST_DECLARED, max(ALWAYS, MOST_TIMES * size)))
