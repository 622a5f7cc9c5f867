"""Until when the tables were verified: what every page says, without pandas."""

from __future__ import annotations

from datetime import date
from functools import cache

from iprof_kit.base.errors import LawError
from iprof_kit.base.reference import written_rows


def verified_until(name: str | None = None) -> date:
    """Return the day until which a table (or the least recently verified of all) was verified."""
    days = _days()
    if name is None:
        return min(days.values())
    if name not in days:
        raise LawError(f"la table {name} n’a pas de date de vérification.", where="verifie")
    return days[name]


@cache
def _days() -> dict[str, date]:
    rows = written_rows("verifie")
    return {row["table"]: date.fromisoformat(row["verifie_le"]) for row in rows}
