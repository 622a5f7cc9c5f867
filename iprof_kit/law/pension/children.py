"""Children: what each one adds to the amount of a pension and to the duration of insurance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from iprof_kit.base.calendar import Dates
from iprof_kit.base.explanation import explained_if, unexplained
from iprof_kit.law.pension.parameters import (
    Flags,
    Whole,
    day_of,
    numbers,
    quarters_text,
    whole,
)
from iprof_kit.law.tables.rules import Reads, rule
from iprof_kit.law.tables.sentences import value

_TABLES = ("retraite_parametres", "parametres_pension")


@dataclass(frozen=True)
class Children:
    """Children of many people, one row each.

    Months are 0 where nothing was interrupted or reduced. `interruption` is the longest continuous
    interruption of activity for the child; `reduction_50`, `_60`, `_70` the months of part-time of
    right at these quotités; `etudes` the months from the diploma to the recruitment for a birth
    during studies (−1: none); `apres_recrutement` a mother who gave birth after her recruitment;
    `invalide` the months of education of a child disabled at 80 % or more.
    """

    person: Whole
    naissance: Dates
    interruption: Whole
    reduction_50: Whole
    reduction_60: Whole
    reduction_70: Whole
    etudes: Whole
    apres_recrutement: Flags
    invalide: Whole


@dataclass(frozen=True)
class ChildQuarters:
    """Quarters of each child: in the amount (bonification), in the duration of insurance."""

    liquidation: Whole
    assurance: Whole


def _quarters_read(label: str, of: Callable[[Any], Whole]) -> Reads:
    """Write the quarters that all the children of one person give."""
    return lambda given, result: ((label, quarters_text(of(result).sum())),)  # noqa: ARG005


def gave_up(children: Children, day: date) -> Flags:
    """Tell for which children the activity was interrupted or reduced enough (R. 13, R. 37)."""
    enough: Flags = children.interruption >= whole("bonif_enfant_interruption_min", day)
    for months, code in (
        (children.reduction_50, "bonif_enfant_reduction_50"),
        (children.reduction_60, "bonif_enfant_reduction_60"),
        (children.reduction_70, "bonif_enfant_reduction_70"),
    ):
        enough = enough | (months >= whole(code, day))
    return enough


@rule(
    sentence="Un enfant né avant 2004 donne {bonif_enfant_avant_2004:trimestre}, en liquidation "
    "et en assurance. Il faut une interruption continue d’au moins "
    "{bonif_enfant_interruption_min:mois}, un temps partiel de droit équivalent, ou un "
    "accouchement pendant les études suivi d’un recrutement dans les "
    "{bonif_enfant_etudes_recrutement_max:an}.",
    source="CPCMR L12 b et b bis, R13",
    since="2004-01-01",
    tables=_TABLES,
    reads=_quarters_read("Bonification pour enfants", lambda result: result),
)
def born_before_2004(children: Children, day: date) -> Whole:
    """Return the quarters of bonification of each child born before the reform."""
    before = children.naissance < np.datetime64(day_of("enfant_reforme", day))
    enough = gave_up(children, day)
    delay = whole("bonif_enfant_etudes_recrutement_max", day)
    enough |= (children.etudes >= 0) & (children.etudes <= delay)
    return np.where(before & enough, whole("bonif_enfant_avant_2004", day), 0)


@rule(
    sentence="Un enfant né depuis 2004 donne {majoration_duree_enfant_depuis_2004:trimestre} "
    "d’assurance à la mère qui a accouché après son recrutement, sauf interruption validée d’au "
    "moins {majoration_duree_enfant_interruption_exclue:mois}. Pour une pension qui prend effet "
    "depuis le {liquidation_depuis:date}, {en_liquidation:trimestre} entre aussi en liquidation.",
    source="CPCMR L12 bis et L12 b ter ; loi 2025-1403, art. 104",
    since="2004-01-01",
    tables=_TABLES,
    reads=_quarters_read("Durée d’assurance pour enfants", lambda result: result.assurance),
    values={
        "en_liquidation": value(
            "retraite_parametres", on="2026-09-01", code="bonif_enfant_depuis_2004_liquidation"
        ),
        "liquidation_depuis": value(
            "retraite_parametres",
            "valide_du",
            on="2026-09-01",
            code="bonif_enfant_depuis_2004_liquidation",
        ),
    },
)
def born_since_2004(children: Children, effet: Dates) -> ChildQuarters:
    """Return the quarters of each child born since the reform.

    Parameters
    ----------
    effet : array of datetime64[D]
        Effect date of the parent's pension, for each child.
    """
    if not len(effet):
        none = np.zeros(0, dtype=np.int64)
        return ChildQuarters(none, none)
    day = effet.max().astype(object)
    since = children.naissance >= np.datetime64(day_of("enfant_reforme", day))
    short = children.interruption < whole("majoration_duree_enfant_interruption_exclue", day)
    entitled = since & short & children.apres_recrutement
    paid = np.nan_to_num(numbers("bonif_enfant_depuis_2004_liquidation", effet)).astype(np.int64)
    insured = whole("majoration_duree_enfant_depuis_2004", day)
    return ChildQuarters(np.where(entitled, paid, 0), np.where(entitled, insured, 0))


@rule(
    sentence="Un enfant invalide à {majoration_duree_enfant_invalide_taux:%} au moins, élevé à la "
    "maison, donne un trimestre d’assurance par période de "
    "{majoration_duree_enfant_invalide_periode:mois}, {majoration_duree_enfant_invalide_80_max} "
    "au plus.",
    source="CPCMR L12 ter ; décret 2003-1306, art. 21 II",
    since="2004-01-01",
    tables=_TABLES,
    reads=_quarters_read("Durée d’assurance pour un enfant invalide", lambda result: result),
)
def disabled_child(children: Children, day: date) -> Whole:
    """Return the quarters of insurance of each disabled child."""
    period = whole("majoration_duree_enfant_invalide_periode", day)
    most = whole("majoration_duree_enfant_invalide_80_max", day)
    return np.minimum(children.invalide // period, most)


def child_quarters(children: Children, effet: Dates, day: date) -> ChildQuarters:
    """Return the quarters that the children of each person add.

    Parameters
    ----------
    effet : array of datetime64[D]
        Effect date of the pension of each *person*.
    day : date
        Day on which the undated rules are read.

    Returns
    -------
    ChildQuarters
        One row a person.
    """
    people = len(effet)
    if not len(children.person):
        none = np.zeros(people, dtype=np.int64)
        return ChildQuarters(none, none)
    with unexplained():
        of_then = children.naissance < np.datetime64(day_of("enfant_reforme", day))
    before = explained_if(lambda: born_before_2004(children, day), lambda _: of_then.any())
    since = explained_if(
        lambda: born_since_2004(children, effet[children.person]), lambda made: made.assurance.any()
    )
    disabled = explained_if(lambda: disabled_child(children, day), np.any)

    def of(values: Whole) -> Whole:
        return np.bincount(children.person, values.astype(np.float64), people).astype(np.int64)

    return ChildQuarters(
        liquidation=of(before + since.liquidation),
        assurance=of(before + since.assurance + disabled),
    )
