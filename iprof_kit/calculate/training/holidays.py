"""The school holidays of a place over a school year, as the screen of training draws them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iprof_kit.base.sources import to_verify
from iprof_kit.law.career.school_holidays import Holiday, holidays_between

__all__ = ["Holiday", "SchoolHolidays", "school_holidays"]


@dataclass(frozen=True)
class SchoolHolidays:
    """The holidays of a school year; none where no row says those of the place."""

    every: tuple[Holiday, ...] = ()

    @property
    def a_verifier(self) -> bool:
        """Tell whether a row of them is to be verified."""
        return any(to_verify(one.source.confidence) for one in self.every)

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the texts of the rows, once each."""
        return tuple(dict.fromkeys(one.source.text for one in self.every))

    def on(self, day: date) -> str:
        """Return the name of the holiday in which a day falls, "" where it falls in none.

        Examples
        --------
        >>> school_holidays("06", date(2026, 9, 1), date(2027, 7, 1)).on(date(2026, 12, 24))
        'Noël'
        """
        return next((one.name for one in self.every if one.first <= day <= one.last), "")


def school_holidays(academie: str, first: date, last: date) -> SchoolHolidays:
    """Return the school holidays of an academy between two days.

    Parameters
    ----------
    academie : str
        Its code; "" where the file has none.

    Examples
    --------
    >>> school_holidays("43", date(2026, 9, 1), date(2027, 7, 1)).every
    ()
    """
    return SchoolHolidays(holidays_between(academie, first, last))
