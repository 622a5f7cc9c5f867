"""The laws of the synthetic population: data/reference/generateur.csv, read by name."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from iprof_kit.base.errors import LawError
from iprof_kit.base.words import NBSP
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.schema import EVERYBODY

PER_CENT = 100
Floats = npt.NDArray[np.float64]


def value(name: str, corps: str = EVERYBODY, sexe: str = "") -> float:
    """Return a parameter, of a corps where the table gives one, else of everybody.

    Raises
    ------
    LawError
        The table does not hold it.
    """
    return series(name, corps, sexe)[""]


def share(name: str, corps: str = EVERYBODY, sexe: str = "") -> float:
    """Return a parameter written in per cent, as a share of one."""
    return value(name, corps, sexe) / PER_CENT


def series(name: str, corps: str = EVERYBODY, sexe: str = "") -> dict[str, float]:
    """Return the values of a parameter by key (year, code), in the order of the table."""
    rows = _all()
    for whose in (corps, EVERYBODY):
        for which in (sexe, ""):
            by_key = rows.get((name, whose, which))
            if by_key:
                return by_key
    raise LawError(f"le paramètre «{NBSP}{name}{NBSP}» manque ({corps}).", where="generateur.csv")


def own_series(name: str, corps: str) -> dict[str, float]:
    """Return the values that a parameter gives to a corps alone; {} where it gives none."""
    return _all().get((name, corps, ""), {})


def distribution(name: str, corps: str = EVERYBODY) -> tuple[npt.NDArray[np.object_], Floats]:
    """Return the codes of a parameter and their probabilities; « autre » is the code ""."""
    by_code = series(name, corps)
    codes = np.array(["" if code == "autre" else code for code in by_code], dtype=object)
    weights = np.array(list(by_code.values()))
    return codes, weights / weights.sum()


def corps_codes() -> tuple[str, ...]:
    """Return the corps of the population, in the order of the table."""
    return tuple(corps for name, corps, _ in _all() if name == "effectif")


def by_corps(name: str, corps: npt.NDArray[np.int64], sexe: str = "") -> Floats:
    """Return a parameter for each person, from the place of the corps in `corps_codes`."""
    values = np.array([value(name, code, sexe) for code in corps_codes()])
    of_people: Floats = values[corps]
    return of_people


@cache
def _all() -> dict[tuple[str, str, str], dict[str, float]]:
    parameters: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in table("generateur").itertuples(index=False):
        key = (str(row.parametre), str(row.corps), str(row.sexe))
        parameters.setdefault(key, {})[str(row.cle)] = float(str(row.valeur))
    return parameters
