"""Les bonifications d'ancienneté: how many a list allows, and the months of heads and of ASA.

The months of school heads and of ASA (« avantage spécifique d'ancienneté ») are used up at the next
échelon, whose *effect* they bring forward: the échelon is pronounced on its normal day, with an
earlier effect. They open no list sooner, and count neither for a grade nor for a chevron.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import (
    MONTH,
    YEAR,
    Axis,
    axis_of,
    date_of,
    date_text,
    duration_text,
    rentree,
    school_year_of,
)
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import Words
from iprof_kit.law.tables.cells import Cell
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.rules import rule

PERCENT = 100
PARAMETERS = Facts("parametres_carriere", ("cle",))
_TABLE = ("parametres_carriere",)
_PROCEDURE = Facts("rendez_vous_carriere_regles", ("cle",))
Count = TypeVar("Count", int, Cell)
AnyAxis = npt.NDArray[np.signedinteger[Any]]
"""Days of the axis, in whole numbers of any width: the engine's are short."""


@rule(
    sentence="Le nombre de bonifications est la part fixée de l’effectif de chaque liste, arrondie "
    "à l’entier inférieur ; la décimale s’ajoute au calcul de l’année suivante.",
    source="décret 90-680, art. 24 II",
    since="2017-09-01",
    tables=_TABLE,
)
def bonification_quota(listed: Count, carried: Count | int = 0) -> tuple[Count, Count]:
    """Return how many bonifications each list allows, and what is carried to the next year.

    Parameters
    ----------
    listed : int or array of int
        People on the list (6e or 8e échelon).
    carried : int or array of int
        Hundredths carried from the year before.

    Returns
    -------
    (int, int) or (array, array)
        Bonifications; hundredths carried to the next year. Whole numbers all along.
    """
    share = listed * bonification_share() + carried
    return share // PERCENT, share % PERCENT


@rule(
    sentence="Sur deux années consécutives, les bonifications ne dépassent pas la part fixée de "
    "l’effectif cumulé des listes.",
    source="décret 2023-841, art. 4 (clause analogue, enseignement agricole)",
    since="2017-09-01",
    tables=(*_TABLE, _PROCEDURE.name),
)
def two_years_ceiling(listed: int) -> int:
    """Return how many bonifications two consecutive years allow together (confidence C).

    Parameters
    ----------
    listed : int
        People on all the lists of both years.
    """
    _PROCEDURE.read(None, "plafond_deux_ans").text("valeur", "plafond pluriannuel")
    return listed * bonification_share() // PERCENT


def bonification_share() -> int:
    """Return the share of each list that may be given a bonification, in per cent."""
    return _parameter("bonification_part_liste").whole("valeur", "part de la liste, en pour cent")


@rule(
    sentence="Chaque année scolaire complète de direction d’école, depuis la rentrée "
    "{bonification_direction_premiere_rentree}, donne "
    "{bonification_direction_mois_par_annee:mois} de bonification ; une année incomplète n’en "
    "donne aucun.",
    source="décret 2023-777, art. 4 et 21",
    since="2024-09-01",
    tables=_TABLE,
)
def direction_months(complete_years: npt.ArrayLike) -> Cell:
    """Return the months that complete years of direction d'école give.

    Parameters
    ----------
    complete_years : array of int
        Complete school years, since 2023-2024 (titulaire, faisant fonction, intérim, chargé
        d'école).

    Returns
    -------
    array of int64
        Months, used up at once at the next échelon.
    """
    fact = _parameter("bonification_direction_mois_par_annee")
    months = fact.whole("valeur", "mois par année complète de direction")
    return np.asarray(complete_years, np.int64) * months


@rule(
    sentence="Les mois de direction d’école avancent la date d’effet du changement d’échelon "
    "suivant, et d’aucun autre ; un échelon dû avant le {depuis:date} ne les consomme pas.",
    source="décret 2023-777, art. 4 et 21",
    since="2024-09-01",
    tables=_TABLE,
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
    since = _parameter("bonification_direction_mois_par_annee").papers.since or date.min
    due = np.asarray(due, np.int64)
    return np.where(due >= axis_of(since), due - direction_months(complete_years) * MONTH, due)


def _brought(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    due, early = int(np.ravel(given["due"])[0]), int(np.ravel(result)[0])
    return (
        ("Mois de bonification utilisés (direction d’école, ASA)", duration_text(early)),
        ("Effet le", date_text(date_of(due - early))),
    )


@rule(
    sentence="Les mois de bonification acquis avancent l’effet de l’échelon suivant, sans le "
    "porter avant l’échelon détenu ni avant que le suivant n’existe.",
    source="décret 2023-777, art. 4 et 21 ; décret 95-313",
    since="2000-01-01",
    reads=_brought,
)
def days_forward(credit: AnyAxis, due: AnyAxis, earliest: AnyAxis) -> AnyAxis:
    """Return the days by which months of bonification bring the effect of an échelon forward.

    Parameters
    ----------
    credit : array of int
        Days of bonification not used yet.
    due : array of int
        Axis day on which the échelon is due without them.
    earliest : array of int
        Axis day before which no effect comes.

    Examples
    --------
    >>> int(days_forward(np.array(90), np.array(1000), np.array(0)))
    90
    """
    forward: AnyAxis = np.maximum(np.minimum(credit, due - earliest), 0)
    return forward


def direction_day(year: int) -> int:
    """Return the axis day on which the months of a school year of direction are given.

    Parameters
    ----------
    year : int
        Civil year in which the school year begins.

    Raises
    ------
    InputError
        A school year that the law does not count.
    """
    first = first_direction_year()
    if year < first:
        raise InputError(
            f"l’année scolaire {year}-{year + 1} de direction ne donne aucun mois de bonification.",
            where="annees_direction",
            remedy=f"Les années comptent depuis {first}-{first + 1}.",
        )
    return rentree(year + 1)


@rule(
    sentence="Les {asa_annees_du_bloc} premières années d’avantage spécifique d’ancienneté "
    "donnent {asa_mois_par_annee_du_bloc:mois} chacune, attribués ensemble à la fin de la "
    "dernière d’entre elles ; chaque année suivante donne {asa_mois_par_annee_suivante:mois}.",
    source="décret 95-313 ; décret 2001-48 ; circulaire 2001-132",
    since="2000-01-01",
    tables=_TABLE,
)
def asa_months(years: npt.ArrayLike) -> Cell:
    """Return the months of bonification that years of ASA give.

    Parameters
    ----------
    years : array of int
        Full years without interruption, see `asa_years` and `asa_civil_years`.

    Returns
    -------
    array of int64
        Months since the first year; those already used are to be deducted.
    """
    done = np.asarray(years, np.int64)
    block = _whole("asa_annees_du_bloc", "années du premier bloc")
    of_block = block * _whole("asa_mois_par_annee_du_bloc", "mois par année du premier bloc")
    more = _whole("asa_mois_par_annee_suivante", "mois par année suivante")
    return np.where(done < block, 0, of_block + (done - block) * more)


@rule(
    sentence="L’avantage spécifique d’ancienneté se compte en années de service continu, de date "
    "à date, depuis le 1er janvier {asa_premiere_annee}, pour {asa_part_service_min:part} du "
    "service au moins. Un congé de longue durée, un congé parental, une disponibilité ou un "
    "détachement remet le décompte à zéro.",
    source="décret 95-313, art. 2 ; décret 2001-48 ; circulaire 2001-132 ; circulaire du "
    "10/12/1996",
    since="2000-01-01",
    tables=_TABLE,
)
def asa_years(begin: Axis, end: Axis, share: npt.ArrayLike, restart: Axis) -> Cell:
    """Return the full years of service that give ASA; same parameters as `asa_civil_years`."""
    start, counts = _asa_start(begin, share, restart)
    years = (np.asarray(end, np.int64) - start) // YEAR
    return np.where(counts, np.maximum(years, 0), 0)


@rule(
    sentence="Une autre lecture compte l’avantage spécifique d’ancienneté en années civiles "
    "pleines depuis {asa_premiere_annee}.",
    source="siaes.com, avancement d’échelon (années civiles)",
    since="2000-01-01",
    tables=_TABLE,
)
def asa_civil_years(begin: Axis, end: Axis, share: npt.ArrayLike, restart: Axis) -> Cell:
    """Return the full civil years of ASA, as one source counts them.

    Parameters
    ----------
    begin, end : array of int
        Axis days of the post that gives ASA; `end` exclusive.
    share : array of int
        Part of the service in it, in per cent.
    restart : array of int
        Day after the last interruption (see `positions.interrupts_asa`); any earlier day for none.
    """
    start, counts = _asa_start(begin, share, restart)
    years = np.asarray(end, np.int64) // YEAR - -(-start // YEAR)
    return np.where(counts, np.maximum(years, 0), 0)


def _asa_start(
    begin: Axis, share: npt.ArrayLike, restart: Axis
) -> tuple[Axis, npt.NDArray[np.bool_]]:
    """Return from when a post counts, and whether enough of the service is done in it."""
    first = _whole("asa_premiere_annee", "première année civile comptée")
    least = _whole("asa_part_service_min", "part du service, en pour cent")
    start = np.maximum(np.maximum(begin, restart), first * YEAR)
    return start, np.asarray(share) >= least


def first_direction_year() -> int:
    """Return the first school year of direction that gives months, by its first civil year."""
    return _parameter("bonification_direction_premiere_rentree").whole("valeur")


def decided_by(effect: int) -> int:
    """Return the last axis day of the months in which a bonification is examined.

    Parameters
    ----------
    effect : int
        Axis day on which the shortened duration is reached; the decision belongs to the school
        year of that day, which follows the one of the rendez-vous, and may come after it
        (rendez_vous_carriere_regles.csv, campagne_bonification).
    """
    months = _parameter("bonification_decision_mois_apres_rentree").whole("valeur")
    return rentree(int(school_year_of(effect))) + months * MONTH - 1


def direction_source() -> Fact:
    """Return the row that gives the months of school heads, with its papers."""
    return _parameter("bonification_direction_mois_par_annee")


def asa_source() -> Fact:
    """Return the row that gives the months of ASA, with its papers."""
    return _parameter("asa_mois_par_annee_suivante")


def _parameter(name: str) -> Fact:
    """Return a parameter that has had one value only."""
    return PARAMETERS.read(None, name)


def _whole(name: str, label: str) -> int:
    return _parameter(name).whole("valeur", label)
