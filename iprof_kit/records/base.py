"""What every stored table shares: moments in UTC, versions, and a readable former value."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, inspect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

SECRET = {"secret": True}
"""`info` of a column that no copy, history or journal may hold."""
DERIVED = {"derived": True}
"""`info` of a column made of others: the history keeps no former value of it."""
LOG = {"log": True}
"""`info` of a relationship to rows that never change: the history keeps no former value of them."""


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC by both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return `value` in UTC; a moment without zone is a mistake of the caller."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a stored moment needs its time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return an aware moment, which SQLite alone would forget."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The declarative base; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def snapshot(row: Any) -> dict[str, Any]:
    """Return the columns of `row` and of its parts as plain JSON.

    Secrets, keys, logs and what is made of other columns are left out.
    """
    mapper = inspect(row).mapper
    plain: dict[str, Any] = {}
    for attribute in mapper.column_attrs:
        column = attribute.columns[0]
        if column.primary_key or column.foreign_keys or {"secret", "derived"} & column.info.keys():
            continue
        value = getattr(row, attribute.key)
        plain[attribute.key] = value.isoformat() if isinstance(value, date) else value
    for relation in mapper.relationships:
        if relation.uselist and not relation.info.get("log"):
            plain[relation.key] = [snapshot(part) for part in getattr(row, relation.key)]
    return plain
