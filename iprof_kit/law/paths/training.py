"""La formation: obligations of service, training rights, and the personal training account."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.explanation import Words
from iprof_kit.base.reference import in_first_degree
from iprof_kit.base.words import NBSP, number_text
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

_TRAINING = Facts("formation", ("domaine", "cle"))
_HOURS_1D, _ANIMATIONS = "service_1d", "animations_et_formation"
_SHARE = "formation_part_minimale"
_PART, _FULL = "animations_temps_partiel_", 100
Hours = npt.NDArray[np.int64]


@rule(
    name="cpf_hours",
    sentence="Jusqu’en 2019, le compte personnel de formation recevait {par_an} {ensuite}.",
    source="ordonnance 2017-53 ; décret 2017-928 (rédaction d’avant 2020)",
    since="2017-01-01",
    until="2019-12-31",
    tables=("formation",),
    values={
        "par_an": value("formation", cle="alimentation_avant_2020"),
        "ensuite": value("formation", "unite", cle="alimentation_avant_2020"),
    },
)
def _cpf_before_2020(hours: npt.ArrayLike, year: int) -> Hours:  # noqa: ARG001
    row = _TRAINING.read(None, "cpf", "alimentation_avant_2020", label="alimentation du compte")
    fast = row.whole("valeur")
    step, slow, most = (int(number) for number in re.findall(r"\d+", row.text("unite")))
    before = np.asarray(hours, np.int64)
    return np.where(before < step, np.minimum(before + fast, step), np.minimum(before + slow, most))


@rule(
    name="cpf_hours",
    sentence="Depuis 2020, le compte personnel de formation reçoit {par_an:heure} par an jusqu’à "
    "{plafond} ; le temps partiel compte comme le temps plein.",
    source="ordonnance 2017-53 ; décret 2017-928",
    since="2020-01-01",
    tables=("formation",),
    values={
        "par_an": value("formation", cle="alimentation_annuelle"),
        "plafond": value("formation", domaine="cpf", cle="plafond"),
    },
)
def cpf_hours(hours: npt.ArrayLike, year: int) -> Hours:  # noqa: ARG001
    """Return the hours of the account after the year's supply.

    Parameters
    ----------
    hours : array of int
        Hours held before.
    year : int
        Civil year supplied.

    Raises
    ------
    PeriodNotCovered
        Before 2017.
    """
    yearly = _TRAINING.read(None, "cpf", "alimentation_annuelle", label="heures par an")
    most = _TRAINING.read(None, "cpf", "plafond", label="plafond, en heures").whole("valeur")
    before = np.asarray(hours, np.int64)
    return np.maximum(before, np.minimum(before + yearly.whole("valeur"), most))


def hours_text(hours: float) -> str:
    """Write a number of hours: « 9 h », « 4,5 h »."""
    return f"{number_text(hours)}{NBSP}h"


def _hours_read(label: str, result: Any) -> tuple[Words, ...]:
    return tuple((label, hours_text(float(hours))) for hours in np.ravel(result)[:1])


@rule(
    name="animation_hours",
    sentence="Le service du premier degré compte {animations_et_formation:heure} par an "
    "d’animations pédagogiques et de formation continue à temps plein ; à temps partiel, la part "
    "due est celle que la table donne pour la quotité, sinon celle du temps plein est montrée.",
    source="décret 2008-775, art. 2 (décret 2017-444)",
    since="2017-04-01",
    tables=("formation",),
    values={"animations_et_formation": value("formation", cle=_ANIMATIONS)},
    reads=lambda _, result: _hours_read("Dues dans l’année scolaire", result),
)
def animation_hours(fractions: npt.ArrayLike) -> Hours:
    """Return the yearly hours of animation and training of the first degree.

    Parameters
    ----------
    fractions : array of int
        Part of a full service, in hundredths; where no table gives a part, the hours are those of
        a full service (see `is_published_fraction`).

    Examples
    --------
    >>> animation_hours([100, 50]).tolist()
    [18, 9]
    """
    share = np.asarray(fractions, np.int64)
    parts = _published_parts()
    hours = np.zeros(share.shape, np.int64)
    if (~np.isin(share, list(parts))).any():
        full = _TRAINING.read(None, _HOURS_1D, _ANIMATIONS, label="heures à temps plein")
        hours = np.full(share.shape, full.whole("valeur"))
    for fraction, key in parts.items():
        if (share == fraction).any():
            row = _TRAINING.read(None, _HOURS_1D, key, label=f"heures à {fraction} %")
            hours = np.where(share == fraction, row.whole("valeur"), hours)
    return hours


def is_published_fraction(fractions: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Tell whether the table gives the hours of each part of a service; a full one has them.

    Examples
    --------
    >>> is_published_fraction([100, 80, 50]).tolist()
    [True, False, True]
    """
    share = np.asarray(fractions, np.int64)
    return np.isin(share, [_FULL, *_published_parts()])


@rule(
    name="training_share",
    sentence="La formation continue prend au moins {formation_part_minimale:%} de ces heures ; "
    "les animations pédagogiques prennent le reste.",
    source="décret 2008-775, art. 2 (décret 2017-444)",
    since="2017-04-01",
    tables=("formation",),
    values={"formation_part_minimale": value("formation", cle=_SHARE)},
    reads=lambda _, result: _hours_read("Comptées", result),
)
def counted_hours(
    due: npt.ArrayLike, training: npt.ArrayLike, animation: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """Return the hours that count: animation beyond its share does not, nor anything beyond `due`.

    Parameters
    ----------
    due : array of float
        Hours of the year, animation and training together.
    training, animation : array of float
        Hours followed.

    Examples
    --------
    >>> counted_hours([18], [3], [12]).tolist()
    [12.0]
    """
    share = _TRAINING.read(None, _HOURS_1D, _SHARE, label="part de formation")
    owed = np.asarray(due, np.float64)
    most = owed * (100 - share.number("valeur")) / 100
    kept = np.minimum(np.asarray(animation, np.float64), most)
    return np.minimum(owed, np.asarray(training, np.float64) + kept)


def _published_parts() -> dict[int, str]:
    """Return the key of the hours of each part of a service that the table has."""
    every = _TRAINING.keys()
    keys = [str(key) for domain, key in every if domain == _HOURS_1D]
    return {int(key.removeprefix(_PART)): key for key in keys if key.startswith(_PART)}


def training_facts(corps: str) -> tuple[Fact, ...]:
    """Return the rows of the training table that concern a corps, in the table's order.

    The hours of service of the first degree concern its teachers only.
    """
    rows = _TRAINING.in_force(None)
    first_degree = in_first_degree(corps)
    return tuple(row for row in rows if first_degree or row.values["domaine"] != _HOURS_1D)
