"""People who leave, in columns: what a pension is computed from, and what makes it impossible."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import Dates
from iprof_kit.base.errors import InputError
from iprof_kit.law.pension.generations import CATEGORIES, SEDENTAIRE
from iprof_kit.law.pension.parameters import Flags, Numbers, Whole
from iprof_kit.law.pension.versions import covered

PROBLEMS = (
    "",
    "date de naissance ou de départ manquante ou impossible",
    "indice majoré de fin de carrière manquant ou impossible",
    "durée de services manquante ou négative",
    "catégorie inconnue",
    "période non couverte : avant les premières règles connues",
    "génération absente des tables pour cette catégorie et cette date d’effet",
    "services effectifs trop courts : pas de pension de l’État",
    "départ avant l’âge d’ouverture du droit",
    "non calculée : trimestres des autres régimes manquants",
)
"""Why a row has no pension, by code; 0 where it has one."""
(OK, BIRTH, INDEX, SERVICES, CATEGORY, PERIOD, GENERATION, SHORT, EARLY, OTHERS) = range(
    len(PROBLEMS)
)


@dataclass(frozen=True)
class Pensioners:
    """People who leave, one row each; every column has the same length.

    Days are days of the 360-day year over the whole career.
    """

    naissance: Dates
    effet: Dates
    """Effect date of the pension: a first of the month."""
    cessation: Dates
    """Day on which the work ends; the effect date by default."""
    simulation: Dates
    """Day on which the calculation is made: an older one replays the law of its day."""
    categorie: Whole
    """Place in `CATEGORIES`."""
    constitution: Numbers
    """Days that open the right."""
    liquidation: Numbers
    """Days that count in the amount: part-time at its quotité."""
    assurance: Numbers
    """Days that count in the duration of insurance: part-time in full."""
    indice: Whole
    """Indice majoré retained."""
    traitement: Numbers
    """Annual salary of reference given in euros, instead of an index; NaN where there is none."""
    autres: Numbers
    """Quarters of the other basic schemes; NaN where nobody said: never taken for zero."""
    bonification: Numbers
    """Days of bonifications of services (abroad, technical teachers)."""
    enfants_liquidation: Whole
    """Quarters of bonification for children."""
    enfants_assurance: Whole
    """Quarters of insurance for children (bonifications included)."""
    enfants_eleves: Whole
    """Children raised for nine years."""
    invalidite: Flags
    """Retired for invalidity."""
    taux_invalidite: Numbers
    """Rate of that invalidity, in per cent; 0 where it is not known."""
    incapacite: Numbers
    """Permanent incapacity at the departure, in per cent; 0 where there is none."""
    radie_par_limite: Flags
    """Struck off by the age limit of an active post."""
    anticipe: Flags
    """Leaves before the opening age by right (carrière longue)."""
    duree_le: Dates
    """Day on which the required duration was reached, where known; NaT otherwise."""


_DEFAULTS: dict[str, Any] = {
    "categorie": SEDENTAIRE,
    "traitement": np.nan,
    "autres": np.nan,
    "bonification": 0.0,
    "enfants_liquidation": 0,
    "enfants_assurance": 0,
    "enfants_eleves": 0,
    "invalidite": False,
    "taux_invalidite": 0.0,
    "incapacite": 0.0,
    "radie_par_limite": False,
    "anticipe": False,
    "duree_le": np.datetime64("NaT", "D"),
}
_KINDS: dict[str, str] = {
    "naissance": "datetime64[D]",
    "effet": "datetime64[D]",
    "simulation": "datetime64[D]",
    "cessation": "datetime64[D]",
    "duree_le": "datetime64[D]",
    "categorie": "int64",
    "enfants_liquidation": "int64",
    "enfants_assurance": "int64",
    "enfants_eleves": "int64",
    "invalidite": "bool",
    "radie_par_limite": "bool",
    "anticipe": "bool",
}


_SOMEBODY = tuple(np.array(["1964-01-01", "2026-11-01", "2026-11-01"], dtype="datetime64[D]"))
"""Birth, effect and simulation that the law covers: they stand in for rows not computed."""


def pensioners(**columns: Any) -> Pensioners:
    """Return the columns of people who leave, broadcast together.

    Parameters
    ----------
    **columns : array or scalar
        Fields of `Pensioners`. `naissance`, `effet`, `simulation`, `liquidation` and `indice` must
        be given; `assurance` and `constitution` are `liquidation` by default (full-time career),
        `cessation` is `effet`.
        A NaN or NaT in a row is reported for this row, the others are computed.

    Raises
    ------
    InputError
        A column is missing, unknown, or of another length.
    """
    names = [field.name for field in fields(Pensioners)]
    unknown = sorted(set(columns) - set(names))
    if unknown:
        raise InputError(
            "colonne inconnue.",
            where=unknown[0],
            remedy=f"Colonnes connues : {', '.join(names)}.",
        )
    given = {**_DEFAULTS, **columns}
    for name in ("naissance", "effet", "simulation", "liquidation", "indice"):
        if name not in given:
            raise InputError("cette colonne manque.", where=name, remedy="Ajoutez-la.")
    given.setdefault("assurance", given["liquidation"])
    given.setdefault("constitution", given["assurance"])
    given.setdefault("cessation", given["effet"])
    typed = {name: _typed(name, given[name]) for name in names}
    try:
        shaped = np.broadcast_arrays(*typed.values())
    except ValueError as error:
        raise InputError(
            "les colonnes n’ont pas la même longueur.",
            remedy="Donnez une valeur par personne, ou une seule.",
        ) from error
    return Pensioners(**dict(zip(names, shaped, strict=True)))


def _typed(name: str, values: npt.ArrayLike) -> npt.NDArray[Any]:
    if name == "indice":
        values = np.nan_to_num(np.asarray(values, dtype=np.float64))
        return np.atleast_1d(values).astype(np.int64)
    return np.atleast_1d(np.asarray(values)).astype(_KINDS.get(name, "float64"))


def first_problems(people: Pensioners) -> Whole:
    """Return what makes a row impossible to compute, whatever the law."""
    problem = np.zeros(people.naissance.shape, dtype=np.int64)
    dates = (
        np.isnat(people.naissance)
        | np.isnat(people.effet)
        | np.isnat(people.cessation)
        | np.isnat(people.simulation)
    )
    done = np.stack([people.constitution, people.liquidation, people.assurance])
    for code, wrong in (
        (PERIOD, ~covered(people.effet, people.simulation)),
        (CATEGORY, (people.categorie < 0) | (people.categorie >= len(CATEGORIES))),
        (SERVICES, np.any(np.isnan(done) | (done < 0), axis=0) | np.isnan(people.bonification)),
        (INDEX, (people.indice <= 0) & ~(people.traitement > 0)),
        (BIRTH, dates | (people.naissance >= people.effet)),
    ):
        problem[wrong] = code
    return problem


def safe(people: Pensioners, wrong: Flags) -> Pensioners:
    """Put harmless values in the rows that are not computed."""
    if not wrong.any():
        return people
    right = np.flatnonzero(~wrong)
    born, leaves, today = (
        column[right[0]] if len(right) else known
        for column, known in zip(
            (people.naissance, people.effet, people.simulation), _SOMEBODY, strict=True
        )
    )
    return replace(
        people,
        naissance=np.where(wrong, born, people.naissance),
        effet=np.where(wrong, leaves, people.effet),
        cessation=np.where(wrong, leaves, people.cessation),
        simulation=np.where(wrong, today, people.simulation),
        categorie=np.where(wrong, SEDENTAIRE, people.categorie),
        constitution=np.where(wrong, 0, people.constitution),
        liquidation=np.where(wrong, 0, people.liquidation),
        assurance=np.where(wrong, 0, people.assurance),
        bonification=np.where(wrong, 0, people.bonification),
        indice=np.where(wrong, 1, people.indice),
        traitement=np.where(wrong, np.nan, people.traitement),
    )
