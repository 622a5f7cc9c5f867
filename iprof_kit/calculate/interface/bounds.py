"""What is typed has bounds: those of a table where one has them, else those of reason.

They are rows of `bornes_saisie.csv`, each with its reason, and stand in the published schema. A day
has them too: a year that no career reaches is refused where it is typed, not where it is counted.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from pydantic import Field

from iprof_kit.base.calendar import YEAR, add_months_civil, date_text, duration_text
from iprof_kit.base.errors import InputError
from iprof_kit.base.reference import written_rows

_LAST_OF_THE_YEAR = (12, 31)


_BOTH = {"REP", "REP+"}


@cache
def bounds(key: str) -> tuple[float, float]:
    """Return the smallest and the largest value of a kind of field.

    Parameters
    ----------
    key : str
        Of `bornes_saisie.csv`; its maximum is read in the table that the row names, if any.

    Examples
    --------
    >>> bounds("mois_de_l_annee")
    (1, 12)
    """
    row = _rows()[key]
    if not row["table_lue"]:
        return _number(row["minimum"]), _number(row["maximum"])
    read = (one[row["colonne_lue"]] for one in written_rows(row["table_lue"]))
    return _number(row["minimum"]), max(_number(text) for text in read if _is_number(text))


def longest(key: str) -> float:
    """Return the largest value of a kind of field.

    Examples
    --------
    >>> longest("trentiemes")
    30
    """
    return bounds(key)[1]


def within(key: str, unite: str | None = None) -> Any:
    """Return the bounds of a kind of field, and its unit, as pydantic and the schema have them.

    Parameters
    ----------
    key : str
        Of `bornes_saisie.csv`.
    unite : str, optional
        Unit that the schema says, where it is not that of the row.

    Examples
    --------
    >>> from typing import Annotated
    >>> from pydantic import TypeAdapter
    >>> TypeAdapter(Annotated[int, within("trentiemes")]).json_schema()["maximum"]
    30
    """
    low, high = bounds(key)
    return Field(ge=low, le=high, json_schema_extra={"unite": unite or _rows()[key]["unite"]})


def within_days() -> Any:
    """Return the bounds of a civil day; a schema has no keyword of its own for those of a date."""
    first, last = _first_and_last()
    extra: dict[str, Any] = {"formatMinimum": first.isoformat(), "formatMaximum": last.isoformat()}
    return Field(ge=first, le=last, json_schema_extra=extra)


def within_moments() -> Any:
    """Return the bounds of a moment, those of its day."""
    first, last = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in _first_and_last())
    extra: dict[str, Any] = {"formatMinimum": first.isoformat(), "formatMaximum": last.isoformat()}
    return Field(ge=first, le=last, json_schema_extra=extra)


def refuse_beyond(last: date, where: str) -> None:
    """Refuse a career that would be told beyond the last day that may be asked.

    Raises
    ------
    InputError

    Examples
    --------
    >>> refuse_beyond(date(2060, 9, 1), "aujourdhui")
    """
    bound = _first_and_last()[1]
    if last > bound:
        raise InputError(
            f"cette carrière irait jusqu’au {date_text(last)}, au-delà du {date_text(bound)}.",
            where=where,
            remedy="Donnez un jour plus proche.",
        )


def refuse_reversed(debut: date | None, fin: date | None) -> None:
    """Refuse a period that ends before it begins.

    Raises
    ------
    ValueError
        For pydantic, which names the field.

    Examples
    --------
    >>> refuse_reversed(date(2026, 9, 1), date(2026, 9, 1))
    >>> refuse_reversed(date(2026, 9, 1), date(2026, 8, 31))
    Traceback (most recent call last):
    ValueError: fin : une période ne finit pas avant son début
    """
    if debut is not None and fin is not None and fin < debut:
        raise ValueError("fin : une période ne finit pas avant son début")


def refuse_before_life(born: date | None, days: dict[str, date | None], where: str) -> None:
    """Refuse services, or a place in a grid, before the age at which one may serve.

    Parameters
    ----------
    born : date, optional
        Nothing is refused of who does not say it.
    days : dict of str to date
        Days of the career, by what they are: « échelon ».
    where : str
        Field of the birth.

    Raises
    ------
    InputError
        Not a fault of one field: what two of them say.

    Examples
    --------
    >>> refuse_before_life(date(1990, 5, 4), {"échelon": date(1991, 9, 1)}, "naissance")
    Traceback (most recent call last):
    iprof_kit.base.errors.InputError: naissance : les dates ne se suivent pas : naissance le \
4 mai 1990, échelon le 1er septembre 1991. On ne sert pas avant 14 ans.
    """
    if born is None:
        return
    age = int(longest("age_premiers_services"))
    for what, day in days.items():
        if day is not None and day < add_months_civil(born, age * 12):
            raise InputError(
                f"les dates ne se suivent pas : naissance le {date_text(born)}, {what} le "
                f"{date_text(day)}.",
                where=where,
                remedy=f"On ne sert pas avant {age} ans.",
            )


def refuse_longer_than_life(age: int | None, days: dict[str, int | None]) -> None:
    """Refuse more days of services than an age allows, both in days of the year of 360.

    Parameters
    ----------
    age : int, optional
        Nothing is refused of who does not say it.
    days : dict of str to int
        Durations, by the field that holds them.

    Raises
    ------
    InputError
        With the field of the first duration that is too long.

    Examples
    --------
    >>> refuse_longer_than_life(50 * 360, {"services": 36 * 360})
    >>> refuse_longer_than_life(25 * 360, {"services": 25 * 360})
    Traceback (most recent call last):
    iprof_kit.base.errors.InputError: services : 25 ans de services ne tiennent pas dans une vie \
de 25 ans. On ne sert pas avant 14 ans.
    """
    if age is None:
        return
    first = int(longest("age_premiers_services"))
    for name, length in days.items():
        if length is not None and length > max(0, age - first * YEAR + 1):
            raise InputError(
                f"{duration_text(length)} de services ne tiennent pas dans une vie de "
                f"{duration_text(max(0, age))}.",
                where=name,
                remedy=f"On ne sert pas avant {first} ans.",
            )


def refuse_two_networks(labels: Collection[str]) -> None:
    """Refuse REP together with REP+: a school is in one network at a time.

    Examples
    --------
    >>> refuse_two_networks({"REP", "REP+"})
    Traceback (most recent call last):
    ValueError: REP et REP+ : une école ou un établissement est dans un seul de ces réseaux
    """
    if {label.upper().replace("_PLUS", "+") for label in labels} >= _BOTH:
        raise ValueError(
            "REP et REP+ : une école ou un établissement est dans un seul de ces réseaux"
        )


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["cle"]: row for row in written_rows("bornes_saisie")}


def _first_and_last() -> tuple[date, date]:
    first, last = (int(year) for year in bounds("jour"))
    return date(first, 1, 1), date(last, *_LAST_OF_THE_YEAR)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _number(text: str) -> float:
    value = float(text)
    return int(value) if value.is_integer() else value
