"""Les bonifications d'ancienneté: how many a list allows, and those of school heads."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import MONTH, Axis, axis_of, rentree, school_year_of
from iprof_kit.law.cells import Cell
from iprof_kit.law.rules import rule
from iprof_kit.law.tables import table

PERCENT = 100


@rule(
    sentence="Le nombre de bonifications est la part fixée de l’effectif de chaque liste, arrondie "
    "à l’entier inférieur ; la décimale s’ajoute au calcul de l’année suivante.",
    source="décret 90-680, art. 24 II",
    since="2017-09-01",
)
def bonification_quota(listed: int, carried: int = 0) -> tuple[int, int]:
    """Return how many bonifications a list allows, and what is carried to the next year.

    Parameters
    ----------
    listed : int
        People on the list (6e or 8e échelon).
    carried : int
        Hundredths carried from the year before.

    Returns
    -------
    (int, int)
        Bonifications; hundredths carried to the next year. Whole numbers all along.
    """
    share = listed * _parameter("bonification_part_liste")[0] + carried
    return divmod(share, PERCENT)


@rule(
    sentence="Chaque année scolaire complète de direction d’école, depuis 2023-2024, avance de "
    "trois mois la date du changement d’échelon suivant.",
    source="décret 2023-777, art. 4 et 21",
    since="2024-09-01",
)
def advanced_by_direction(due: Axis, complete_years: npt.ArrayLike) -> Cell:
    """Return the date of an échelon, moved back by the years of direction d'école.

    Parameters
    ----------
    due : array of int
        Axis day on which the échelon is due without it; unchanged before 2024-09-01.
    complete_years : array of int
        Complete school years served since 2023-2024 and not yet used; used up at once.

    Returns
    -------
    array of int64
        The effect may come before the decision.
    """
    months, since = _parameter("bonification_direction_mois_par_annee")
    due = np.asarray(due, np.int64)
    earlier = due - np.asarray(complete_years, np.int64) * months * MONTH
    return np.where(due >= axis_of(since), earlier, due)


def decided_by(effect: int) -> int:
    """Return the last axis day of the months in which a bonification is examined.

    Parameters
    ----------
    effect : int
        Axis day on which the shortened duration is reached; the decision belongs to the school
        year of that day, which follows the one of the rendez-vous, and may come after it
        (rendez_vous_carriere_regles.csv, campagne_bonification).
    """
    months = _parameter("bonification_decision_mois_apres_rentree")[0]
    return rentree(int(school_year_of(effect))) + months * MONTH - 1


@cache
def _parameter(name: str) -> tuple[int, date]:
    """Return a value of parametres_carriere.csv and the day since which it is in force."""
    frame = table("parametres_carriere")
    row = frame[frame["cle"] == name].iloc[0]
    return int(row["valeur"]), row["valide_du"].date()
