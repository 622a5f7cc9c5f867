"""Cases looked for by words, with or without accents, or by the number that people quote."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.orm import Session

from iprof_kit.base.clock import PARIS
from iprof_kit.base.words import folded
from iprof_kit.records.cases import Case

_NUMBER = re.compile(r"(20\d{2})-(\d{1,9})")
MOST_WORDS = 10
"""Words of one search; the others are not looked for."""


def containing(session: Session, sought: str) -> list[ColumnElement[bool]]:
    """Return the conditions of the cases that hold every word sought, in any order.

    Parameters
    ----------
    session : Session
        That which will ask: the engines name the function differently.
    sought : str
        As typed.
    """
    inside = func.strpos if session.get_bind().dialect.name == "postgresql" else func.instr
    words = folded(sought.replace("\x00", " ")).split()[:MOST_WORDS]  # which no text may hold
    return [_holds(inside(Case.folded, word) > 0, word) for word in words]


def _holds(written: ColumnElement[bool], word: str) -> ColumnElement[bool]:
    number = _NUMBER.fullmatch(word)
    if number is None:
        return written
    year = int(number[1])
    first, after = (datetime(one, 1, 1, tzinfo=PARIS) for one in (year, year + 1))
    quoted = and_(Case.id == int(number[2]), Case.opened_at >= first, Case.opened_at < after)
    return or_(written, quoted)
