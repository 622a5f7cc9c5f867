"""The last day of an appeal against the result of a campaign, and why it is that one."""

from __future__ import annotations

from datetime import date

from iprof_kit.base.calendar import date_text
from iprof_kit.base.explanation import datum
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.why import why_or_refusal
from iprof_kit.law.requests.delays import delay_of


def appeal_day(delay: str, result: date) -> date:
    """Return the last day of an appeal, by the delay in force on the day of the result.

    Parameters
    ----------
    delay : str
        Row of demandes_delais.csv.
    result : date
        Day on which the result was published.

    Examples
    --------
    Two months francs, then a Saturday (CE, 3 décembre 2018, n° 417292; 19 septembre 2014).

    >>> appeal_day("recours", date(2026, 6, 12))
    datetime.date(2026, 8, 13)
    """
    return delay_of(delay, result).last_day(result)


def explain_appeal(what: str, delay: str, result: date) -> Explanation:
    """Explain the last day of an appeal: the result noted, its delay, the day it is put off to."""

    def again() -> date:
        datum("Résultat publié le", date_text(result))
        return appeal_day(delay, result)

    def last(day: date) -> Line:
        return Line(libelle="Dernier jour", valeur=date_text(day))

    asked = f"Pourquoi ce jour{NBSP}? {what}"
    return why_or_refusal(asked, again, last)
