"""Every table, for whoever needs them all: the migrations' test and the exports.

A table is that of a module of this room: it needs no line here, and opens nothing to anybody.
"""

from importlib import import_module
from pathlib import Path

from iprof_kit.records.base import Base

_TABLE = "Base):"


def _read_all() -> None:
    """Import each module that describes a table."""
    room = Path(__file__).parent
    for file in sorted(room.rglob("*.py")):
        if file != Path(__file__) and _TABLE in file.read_text(encoding="utf-8"):
            place = file.relative_to(room).with_suffix("").parts
            import_module(".".join((__package__, *place)))


_read_all()
METADATA = Base.metadata
