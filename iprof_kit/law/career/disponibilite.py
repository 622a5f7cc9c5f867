"""La disponibilité pour convenances personnelles: how long, after how much service, which proofs.

What a disponibilité lets count for advancement is in `positions.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import MONTH, YEAR, Axis, add_months_civil, date_of
from iprof_kit.law.career.bonifications import PARAMETERS
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import Value, value

Bools = npt.NDArray[np.bool_]
_TABLE = ("parametres_carriere",)


@dataclass(frozen=True)
class Allowed:
    """Whether a stay keeps within each limit; arrays of equal length."""

    period: Bools
    career: Bools
    served: Bools

    @property
    def all(self) -> Bools:
        """Whether it keeps within all of them."""
        return np.asarray(self.period & self.career & self.served)


def _returning(column: str = "valeur") -> Value:
    """Return what is read of the services that were required between two periods."""
    return value("parametres_carriere", column, on="2025-12-06", cle="disponibilite_retour_exige")


@rule(
    sentence="Une disponibilité pour convenances personnelles dure "
    "{disponibilite_annees_par_periode:an} au plus par période et "
    "{disponibilite_annees_carriere:an} au plus sur la carrière. Du {retour_du:date} au "
    "{retour_au:date}, elle n’était rouverte qu’après {retour:mois} de services.",
    source="décret 85-986, art. 44 ; décret 2025-1169",
    since="2019-03-29",
    tables=_TABLE,
    values={
        "retour": _returning(),
        "retour_du": _returning("valide_du"),
        "retour_au": _returning("valide_au"),
    },
)
def disponibilite_allowed(stay: Axis, before: Axis, served: Axis, day: int) -> Allowed:
    """Tell whether a disponibilité pour convenances personnelles keeps within its limits.

    Parameters
    ----------
    stay : array of int
        Days asked for, with those of the same uninterrupted stay.
    before : array of int
        Days of earlier stays in the career.
    served : array of int
        Days of service since the last stay; for a first stay any number, `before` being 0.
    day : int
        Axis day on which the stay begins.

    Returns
    -------
    Allowed
        The administration decides; this only says which limits of the text are kept.

    Raises
    ------
    PeriodNotCovered
        Before 2019-03-29.
    """
    when = date_of(day)
    stay, before = np.asarray(stay, np.int64), np.asarray(before, np.int64)
    period = _read(when, "disponibilite_annees_par_periode", "années par période") * YEAR
    career = _read(when, "disponibilite_annees_carriere", "années sur la carrière") * YEAR
    needed = _read(when, "disponibilite_retour_exige", "mois de services exigés") * MONTH
    enough = (before == 0) | (np.asarray(served) >= needed)
    return Allowed(stay <= period, stay + before <= career, enough)


@rule(
    sentence="L’activité exercée en disponibilité se justifie une seule fois, à la réintégration, "
    "depuis le {une_fois:date} ; avant, chaque année au plus tard à la fin du mois de "
    "{justificatif:nom du mois}.",
    source="décret 85-986, art. 48-1 et 48-2 ; décret 2025-1169",
    since="2018-09-07",
    tables=_TABLE,
    values={
        "justificatif": value(
            "parametres_carriere", on="2025-12-06", cle="disponibilite_justificatif_annuel"
        ),
        "une_fois": value(
            "parametres_carriere",
            "valide_du",
            on="2025-12-07",
            cle="disponibilite_justificatif_annuel",
        ),
    },
)
def proof_days(begin: date, reinstated: date) -> tuple[date, ...]:
    """Return the last days on which the proofs of an activity are to be handed in.

    Parameters
    ----------
    begin : date
        First day of the disponibilité.
    reinstated : date
        Day of the return.

    Returns
    -------
    tuple of date
        Each 31 May of the stay while that was the rule, then the day of the return. The years
        already taken into account are not seen again.

    Raises
    ------
    PeriodNotCovered
        A stay that begins before 2018-09-07: an activity then counted for nothing.
    """
    yearly = []
    for year in range(begin.year, reinstated.year + 1):
        month = _month(max(date(year, 1, 1), begin))
        if month:
            last = add_months_civil(date(year, month, 1), 1) - timedelta(days=1)
            yearly += [last] if begin <= last < reinstated else []
    return tuple(yearly) if _month(reinstated) else (*yearly, reinstated)


def _month(day: date) -> int:
    return _read(
        day, "disponibilite_justificatif_annuel", "mois du justificatif annuel (0 : aucun)"
    )


def _read(day: date, key: str, label: str) -> int:
    return PARAMETERS.read(day, key).whole("valeur", label)
