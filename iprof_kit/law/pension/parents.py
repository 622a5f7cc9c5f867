"""Leaving early as a parent: what is left of a right that the law closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import MONTH
from iprof_kit.law.pension.children import Children, gave_up
from iprof_kit.law.pension.parameters import Flags, day_of, whole
from iprof_kit.law.tables.rules import rule

SERVICES, _BEFORE, _CHILDREN = (
    "parent_depart_services",
    "parent_depart_avant",
    "parent_depart_enfants",
)


@dataclass(frozen=True)
class EarlyParent:
    """The three conditions, one value a person."""

    services: Flags
    enfants: Flags
    interruptions: Flags

    @property
    def open(self) -> Flags:
        """Tell who meets them all."""
        together: Flags = self.services & self.enfants & self.interruptions
        return together


def closing_day(day: date) -> date:
    """Return the day before which the conditions must have been met."""
    return day_of(_BEFORE, day)


def children_needed(day: date) -> int:
    """Return how many children open the right."""
    return whole(_CHILDREN, day)


def services_needed(day: date) -> int:
    """Return the months of services that open the right."""
    return whole(SERVICES, day)


@rule(
    sentence="Un parent de {parent_depart_enfants:enfant} peut encore partir avant l’âge s’il "
    "avait {parent_depart_services:an} de services et ces enfants au {parent_depart_avant:date}. "
    "Il doit avoir, pour chacun, interrompu son activité au moins "
    "{bonif_enfant_interruption_min:mois} ou l’avoir réduite par un temps partiel de droit "
    "équivalent.",
    source="loi 2010-1330, art. 44 III ; CPCMR R37",
    since="2011-07-01",
    tables=("parametres_pension",),
)
def early_parent(
    services: npt.ArrayLike, children: Children, people: int, day: date
) -> EarlyParent:
    """Return the conditions of an early departure as a parent.

    Parameters
    ----------
    services : array of float
        Days of effective services on the closing day (360-day year); NaN where not known, and the
        condition is then not met.
    children : Children
        Those of everybody; those born later count for nothing.
    day : date
        Day on which the law is read.
    """
    counted = children.naissance <= np.datetime64(closing_day(day))
    stopped = counted & gave_up(children, day)
    needed = children_needed(day)

    def enough(kept: Flags) -> Flags:
        number: Flags = np.bincount(children.person[kept], minlength=people) >= needed
        return number

    done = np.asarray(services, dtype=np.float64) >= services_needed(day) * MONTH
    return EarlyParent(done, enough(counted), enough(stopped))
