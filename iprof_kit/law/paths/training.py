"""La formation: obligations of service, training rights, and the personal training account."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

_TRAINING = Facts("formation", ("domaine", "cle"))
_FIRST_DEGREE = ("pe", "instituteur")
_HOURS_1D = "service_1d"
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

    Returns
    -------
    array of int64

    Raises
    ------
    PeriodNotCovered
        Before 2017.
    """
    yearly = _TRAINING.read(None, "cpf", "alimentation_annuelle", label="heures par an")
    most = _TRAINING.read(None, "cpf", "plafond", label="plafond, en heures").whole("valeur")
    before = np.asarray(hours, np.int64)
    return np.maximum(before, np.minimum(before + yearly.whole("valeur"), most))


def training_facts(corps: str) -> tuple[Fact, ...]:
    """Return the rows of the training table that concern a corps, in the table's order.

    The hours of service of the first degree concern its teachers only.
    """
    rows = _TRAINING.in_force(None)
    first_degree = corps in _FIRST_DEGREE
    return tuple(row for row in rows if first_degree or row.values["domaine"] != _HOURS_1D)
