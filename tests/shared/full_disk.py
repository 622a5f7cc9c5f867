"""A disk that has no more room, for SQLite: its file may grow no more."""

from contextlib import contextmanager
from random import Random

from sqlalchemy import event

from iprof_kit.records import database as db

LETTERS = [chr(one) for one in range(0x4E00, 0x9FA5)]
WORDS = "".join(Random(1).choices(LETTERS, k=9_000))
"""A long message that no engine makes smaller."""


@contextmanager
def few_pages():
    """Let SQLite's file grow no more."""

    def limit(link, _record):
        (pages,) = link.execute("PRAGMA page_count").fetchone()
        link.execute(f"PRAGMA max_page_count = {pages}")

    engine = db.engine()
    event.listen(engine, "connect", limit)
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, "connect", limit)
        engine.dispose()
