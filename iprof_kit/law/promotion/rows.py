"""The rows of the tables of promotions, by campaign, corps and key."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.errors import LawError, PeriodNotCovered
from iprof_kit.base.words import corps_label
from iprof_kit.law.tables.cells import grades_of
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.schema import EVERYBODY

Row = dict[str, Any]


class CampaignRows:
    """A table whose rows hold from one campaign to another, for some corps.

    Parameters
    ----------
    name : str
        Name of the table.
    corps, kind : str
        Columns that hold the corps concerned (several separated by « ; », or « tous ») and the
        kind of row.
    """

    def __init__(self, name: str, corps: str, kind: str) -> None:
        self.name, self._corps, self._kind = name, corps, kind

    @cached_property
    def _rows(self) -> dict[str, list[tuple[frozenset[str], Row]]]:
        rows: dict[str, list[tuple[frozenset[str], Row]]] = {}
        for record in table(self.name).to_dict("records"):
            row = {str(column): value for column, value in record.items()}
            who = frozenset(row[self._corps].split(";"))
            rows.setdefault(row[self._kind], []).append((who, row))
        return rows

    def all(self, year: int, corps: str, kind: str) -> list[Fact]:
        """Return every row of a kind for a corps in a campaign, in the table's order."""
        day = rentree_day(year)
        return [
            Fact(self.name, str(row.get("cle") or row.get("id")), day, row)
            for who, row in self._rows.get(kind, ())
            if {corps, EVERYBODY} & who and _holds(row, year)
        ]

    def find(self, year: int, corps: str, kind: str, key: str) -> Fact | None:
        """Return one row, None where there is none; a row of the corps wins over « tous »."""
        facts = [fact for fact in self.all(year, corps, kind) if fact.values["cle"] == key]
        return min(facts, key=lambda fact: fact.values[self._corps] == EVERYBODY, default=None)

    def read(self, year: int, corps: str, kind: str, key: str) -> Fact:
        """Return one row.

        Raises
        ------
        InputError
            Unknown corps.
        PeriodNotCovered
            The corps has such a row, in other campaigns.
        LawError
            The corps never has one.
        """
        fact = self.find(year, corps, kind, key)
        if fact is not None:
            return fact
        grades_of(corps)
        refuse(self.name, f"{kind}, {key}", corps, year, self._of_every_year(corps, kind, key))
        raise AssertionError

    def says(self, corps: str, kind: str, key: str) -> bool:
        """Tell whether the table has such a row for a corps, whatever the campaign."""
        return bool(self._of_every_year(corps, kind, key))

    def _of_every_year(self, corps: str, kind: str, key: str) -> list[Row]:
        return [
            row
            for who, row in self._rows.get(kind, ())
            if {corps, EVERYBODY} & who and row["cle"] == key
        ]

    def campaigns(self, corps: str, kind: str) -> tuple[int | None, int | None]:
        """Return the first and last campaigns of a kind of rows for a corps (None: no end)."""
        own_rows = [row for who, row in self._rows.get(kind, ()) if {corps, EVERYBODY} & who]
        if not own_rows:
            return None, None
        ends = [row["campagne_au"] for row in own_rows]
        last = None if any(pd.isna(end) for end in ends) else int(max(ends))
        return int(min(row["campagne_du"] for row in own_rows)), last


def refuse(name: str, what: str, corps: str, year: int, known: list[Row]) -> None:
    """Refuse a campaign or a corps that a table does not cover, and say which ones it does."""
    if not known:
        raise LawError(
            f"règle non couverte : {what} ({corps_label(corps, plural=True)}).", where=name
        )
    spans = ", ".join(_span(row) for row in known)
    raise PeriodNotCovered(
        f"période non couverte : {what}, campagne {year} ({corps_label(corps, plural=True)}).",
        where=name,
        remedy=f"Campagnes couvertes : {spans}.",
    )


def _span(row: Row) -> str:
    since, until = row["campagne_du"], row["campagne_au"]
    return f"depuis {since}" if pd.isna(until) else f"{since} à {until}"


def _holds(row: Row, year: int) -> bool:
    until = row["campagne_au"]
    return bool(row["campagne_du"] <= year and (pd.isna(until) or year <= until))


HORS_CLASSE_ROWS = CampaignRows("bareme_hors_classe", "groupe_corps", "type")
EXCEPTIONNELLE_ROWS = CampaignRows("bareme_classe_exceptionnelle", "corps", "element")
PARAMETERS = Facts("parametres_promotion", ("cle",))


def parameter(key: str, year: int) -> Fact:
    """Return a parameter of promotions in force on 1 September of a campaign."""
    return PARAMETERS.read(rentree_day(year), key)


def order(echelon: str) -> int:
    """Return an échelon's rank; an échelon spécial comes after all numbers."""
    return int(echelon) if echelon.isdigit() else len(echelon) * 100


def grade_before(corps: str, target_grade: str) -> str:
    """Return the grade from which one is promoted.

    Raises
    ------
    LawError
        The corps has no such grade, or nothing comes before it.
    """
    grades = grades_of(corps)
    if target_grade not in grades[1:]:
        raise LawError(
            f"règle non couverte : accès au grade « {target_grade} » ({corps}).",
            where="grade_cible",
            remedy=f"Grades accessibles : {', '.join(grades[1:]) or 'aucun'}.",
        )
    return grades[grades.index(target_grade) - 1]
