"""What a form of the CV sends, and what the model keeps: dates cut in two, days in French."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pydantic import BaseModel

from iprof_kit.base.asked import Asked

_MONTH = re.compile(r"^(.*)-(0[1-9]|1[0-2])$", re.DOTALL)
_ISO_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_TYPED_DAY = re.compile(r"^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})\s*$")


def split_month(value: str) -> tuple[str, str]:
    """Return (month « 01 » to « 12 » or empty, year or whatever was written).

    The day of a whole date is not shown; `changed_fields` keeps it where nothing else changes.
    """
    if parts := _ISO_DAY.match(value):
        return parts[2], parts[1]
    parts = _MONTH.match(value)
    return (parts[2], parts[1]) if parts else ("", value)


def join_month(month: str, year: str) -> str:
    """Return « AAAA-MM », « AAAA », or what was typed, for the checks to speak of it."""
    year = year.strip()
    return f"{year}-{month}" if month else year


def shown_day(value: str) -> str:
    """Return « 20/05/1991 » for « 1991-05-20 »; anything else as it is."""
    parts = _ISO_DAY.match(value)
    return f"{parts[3]}/{parts[2]}/{parts[1]}" if parts else value


def kept_day(typed: str) -> str:
    """Return « 1991-05-20 » for « 20/05/1991 »; anything else as it is."""
    parts = _TYPED_DAY.match(typed)
    return f"{parts[3]}-{int(parts[2]):02d}-{int(parts[1]):02d}" if parts else typed.strip()


def changed_fields(
    form: Iterable[Asked], values: Mapping[str, str], before: BaseModel
) -> dict[str, str | bool]:
    """Return the fields that the form changes; a field that it does not send is kept.

    A box that is not ticked is not sent by browsers: it is taken as such.
    """
    changed: dict[str, str | bool] = {}
    for asked in form:
        if asked.kind == "check":
            if (ticked := asked.name in values) != getattr(before, asked.name):
                changed[asked.name] = ticked
            continue
        former = str(getattr(before, asked.name))
        typed = _typed(asked, values, former)
        if typed != former:
            changed[asked.name] = typed
    return changed


def _typed(asked: Asked, values: Mapping[str, str], former: str) -> str:
    if asked.kind == "month":
        month, year = split_month(former)
        joined = join_month(
            values.get(f"{asked.name}-mois", month), values.get(f"{asked.name}-an", year)
        )
        return former if _ISO_DAY.match(former) and joined == former[:7] else joined
    if (typed := values.get(asked.name)) is None:
        return former
    if asked.kind == "day":
        return kept_day(typed)
    allowed = [value for value, _label in asked.choices]
    if allowed and typed not in allowed:
        return former
    return typed.replace("\r\n", "\n")
