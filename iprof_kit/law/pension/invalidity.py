"""Invalidity and incapacity: what they spare a pension, and the least that it may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import Dates
from iprof_kit.base.explanation import Words
from iprof_kit.base.money import share_in_euros
from iprof_kit.base.words import NBSP, euros_text, number_text
from iprof_kit.law.pension.parameters import Flags, Numbers, numbers, one, share
from iprof_kit.law.tables.rules import rule

INCAPACITY = "decote_incapacite_taux"
"""Permanent incapacity from which there is no décote, in per cent."""
_FLOOR_FROM, _FLOOR = "invalidite_minimum_taux", "invalidite_minimum_part"
_MONTHS = 12


def _spared_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    if not result[0]:
        return ()
    if np.ravel(given["invalidite"])[0]:
        return (("Décote", "aucune : retraite pour invalidité"),)
    rate = number_text(one(given["incapacite"]))
    return (("Décote", f"aucune : incapacité de {rate}{NBSP}%"),)


@rule(
    sentence="Aucune décote n’est appliquée à la retraite pour invalidité, ni à qui a, à la date "
    "du départ, une incapacité permanente d’au moins {decote_incapacite_taux:%}.",
    source="CPCMR L14 I et D14 ; retraitesdeletat.gouv.fr, situation de handicap",
    since="2011-07-01",
    tables=("parametres_pension",),
    reads=_spared_read,
)
def decote_spared(invalidite: npt.ArrayLike, incapacite: npt.ArrayLike, effet: Dates) -> Flags:
    """Tell who has no décote, whatever is missing.

    Parameters
    ----------
    invalidite : array of bool
        Retired for invalidity.
    incapacite : array of float
        Permanent incapacity at the departure, in per cent; 0 where there is none.

    Returns
    -------
    array of bool
        On a day whose threshold is not in the tables, an incapacity alone spares nothing.
    """
    known = np.asarray(incapacite, dtype=np.float64)
    spared: Flags = np.asarray(invalidite, dtype=bool) | np.zeros(known.shape, dtype=bool)
    if known.any():
        spared = spared | ((known > 0) & (known >= numbers(INCAPACITY, effet)))
    return spared


def threshold_unknown(incapacite: npt.ArrayLike, effet: Dates) -> Flags:
    """Tell whose incapacity cannot be compared: no threshold of the day is in the tables."""
    known = np.asarray(incapacite, dtype=np.float64) > 0
    unread: Flags = np.isnan(numbers(INCAPACITY, effet)) if known.any() else known
    return known & unread


def _floor_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del given
    return (("Minimum pour cette invalidité", euros_text(one(result))),)


@rule(
    sentence="Pour une invalidité d’au moins {invalidite_minimum_taux:%}, la pension n’est pas "
    "inférieure à {invalidite_minimum_part:%} du traitement.",
    source="CPCMR L30",
    since="2004-01-01",
    tables=("parametres_pension",),
    reads=_floor_read,
)
def invalidity_floor(
    invalidite: npt.ArrayLike, taux: npt.ArrayLike, traitement: npt.ArrayLike, effet: Dates
) -> Numbers:
    """Return the least that a pension for invalidity may be, euros a month; 0 where there is none.

    Parameters
    ----------
    taux : array of float
        Rate of the invalidity, in per cent; 0 where it is not known.
    traitement : array of float
        Annual salary of reference, euros.
    """
    day = effet.max().astype(object)
    heavy = np.asarray(taux, dtype=np.float64) >= numbers(_FLOOR_FROM, effet)
    part = share(_FLOOR, day)
    half = share_in_euros(traitement, 1, part.numerator, part.denominator * _MONTHS)
    return np.where(heavy & np.asarray(invalidite, dtype=bool), half, 0.0)
