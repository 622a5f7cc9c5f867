"""Heures supplémentaires of the second degree (HSA, HSE), and of the first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.money import share_in_euros
from iprof_kit.base.reference import Own, those
from iprof_kit.law.career.traitement import Euros, indice_majore
from iprof_kit.law.payroll.tables import parameter
from iprof_kit.law.tables.cells import CELLS, cell_code
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.reading import in_euros
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.schema import EVERYBODY

_SCALE = Facts("heures_supplementaires", ("corps", "groupe_grade"), {"code": "HSA_HSE"})
_FIRST_DEGREE = Facts("heures_supplementaires", ("code", "corps", "groupe_grade"))
_PART_TIME = Facts("temps_partiel", ("code", "type_temps_partiel"), {"code": "HS"})
_NORMAL, _PROMOTED = "classe_normale", "hors_classe_ou_classe_exceptionnelle"
_ADAPTED: Own = "heures_annee_adaptees"
_EPS = "(EPS)"
"""What the table adds to a corps for those of its EPS, where their service is another."""
FIRST_DEGREE_CODES = ("HS_1D_ENSEIGNEMENT", "HS_1D_ETUDE_SURVEILLEE", "HS_1D_SURVEILLANCE")


@dataclass(frozen=True)
class Scale:
    """What the rate of a person's heures depends on: two indices, hours of service, grade."""

    first: int
    last: int
    hours: int
    promoted: bool
    facts: tuple[Fact, ...] = field(repr=False)


@rule(
    sentence="L’heure supplémentaire dépend du corps, de l’obligation de service et du grade, non "
    "de l’échelon.",
    source="décret 50-1253, art. 2 ; décret 2014-940",
    since="2017-09-01",
    tables=("heures_supplementaires", "grilles", "parametres_paie"),
)
def scale_of(
    corps: str,
    grade: str,
    on: date,
    *,
    hours: int | None,
    eps: bool,
    ends: tuple[int, int] | None = None,
) -> Scale:
    """Return the scale of a corps and grade.

    Parameters
    ----------
    hours : int, optional
        Weekly service; by default that of the corps.
    eps : bool
        An agrégé of EPS.
    ends : (int, int), optional
        Indices of the first and last échelons of the classe normale, for a day that the table does
        not cover; by default those of the table.

    Raises
    ------
    InputError
        The corps has no heures année, or its hours are not those of its service.
    PeriodNotCovered
        The table does not hold the day, and no indices are given.
    """
    promoted = grade != _NORMAL
    adapted = int(parameter(on, "ors_adapte"))
    if corps in those(_ADAPTED):
        _refuse_hours(hours, (adapted,), required=True)
        lowest, highest = _ends(corps)
        first, last = ends or (_index(corps, lowest, on), _index(corps, highest, on))
        return Scale(first, last, adapted, promoted, ())
    groups = _groups(f"{corps}{_EPS}") if eps else []
    groups = groups or _groups(corps)
    if not groups:
        raise InputError(
            f"le corps « {corps} » n’a pas d’heures supplémentaires année.",
            where="hsa",
            remedy=f"Corps concernés : {', '.join(_paid())} "
            f"(et {', '.join(those(_ADAPTED))} à {adapted} heures).",
        )
    group = _PROMOTED if promoted else _NORMAL
    if ends is not None:
        services = {row.whole("ors_hebdo_h") for row in _rows_of(groups[0], group)}
        _refuse_hours(hours, (*sorted(services), adapted))
        return Scale(*ends, hours or services.pop(), promoted, ())
    row = _SCALE.read(on, groups[0], group)
    own = row.whole("ors_hebdo_h", "obligation de service")
    _refuse_hours(hours, (own, adapted))
    return Scale(row.whole("indice_debut"), row.whole("indice_fin"), hours or own, promoted, (row,))


def _groups(name: str) -> list[str]:
    """Return the cell of the table that names a corps, by its grades; [] for one that has none."""
    return [str(of) for of, _ in _SCALE.keys() if name in str(of).split(";")]  # noqa: SIM118


def _paid() -> dict[str, None]:
    every = (name for of, _ in _SCALE.keys() for name in str(of).split(";"))  # noqa: SIM118
    return dict.fromkeys(name for name in every if not name.endswith(_EPS))


def _rows_of(corps: object, group: str) -> list[Fact]:
    """Return every row of a corps and grade, whatever its dates."""
    return [
        row
        for row in _SCALE.in_force(None)
        if (row.values["corps"], row.values["groupe_grade"]) == (corps, group)
    ]


def _refuse_hours(hours: int | None, known: tuple[int, ...], *, required: bool = False) -> None:
    if (hours is None and required) or (hours is not None and hours not in known):
        raise InputError(
            "l’obligation de service ne permet pas de calculer une heure supplémentaire année.",
            where="ors",
            remedy=f"Heures possibles : {', '.join(map(str, known))}.",
        )


def _ends(corps: str) -> tuple[int, int]:
    """Return the first and the last échelon of the classe normale of a corps."""
    normal_class = (CELLS.corps == corps) & (CELLS.grade == _NORMAL)
    steps = [int(step) for step in CELLS.echelon[normal_class]]
    return min(steps), max(steps)


def _index(corps: str, step: int, on: date) -> int:
    return int(indice_majore(np.array([cell_code(corps, _NORMAL, step)]), axis_of(on))[0])


@rule(
    sentence="L’heure supplémentaire année vaut {hsa_part_numerateur}/{hsa_part_denominateur} de "
    "la moyenne des traitements de début et de fin de la classe normale, divisés par l’obligation "
    "de service. Elle est majorée de {hsa_majoration_grade:%} à la hors classe et à la classe "
    "exceptionnelle, de {hsa_majoration_premiere:%} pour la première heure.",
    source="décret 50-1253, art. 2",
    since="2008-10-01",
    tables=("heures_supplementaires", "parametres_paie"),
    reads=in_euros(result="Une heure année"),
)
def overtime_hour(
    indices: npt.ArrayLike,
    point: npt.ArrayLike,
    hours: npt.ArrayLike,
    promoted: npt.ArrayLike,
    on: date,
    *,
    first: bool = False,
) -> Euros:
    """Return the annual gross rate of one HSA.

    Parameters
    ----------
    indices : array of int
        Index of the first échelon plus index of the last one, classe normale.
    point : array of float
        Annual value of one point.
    hours : array of int
        Weekly service.
    promoted : array of bool
        Hors classe or classe exceptionnelle.
    first : bool
        The first HSA of the year.

    Returns
    -------
    array of float64
        Euros a year.
    """
    more = int(parameter(on, "hsa_majoration_grade"))
    top = int(parameter(on, "hsa_part_numerateur")) * (100 + np.asarray(promoted) * more)
    bottom = 2 * int(parameter(on, "hsa_part_denominateur")) * 100 * np.asarray(hours)
    if first:
        top, bottom = top * (100 + int(parameter(on, "hsa_majoration_premiere"))), bottom * 100
    return share_in_euros(point, indices, top, bottom)


@rule(
    sentence="L’heure supplémentaire effective vaut une heure supplémentaire année divisée par "
    "{hse_semaines}, majorée de {hse_majoration:%}.",
    source="décret 50-1253 ; décret 2004-1048",
    since="2008-10-01",
    tables=("parametres_paie",),
    reads=in_euros(annual="Heure supplémentaire année"),
)
def effective_hour(annual: npt.ArrayLike, on: date) -> Euros:
    """Return the gross rate of one HSE, from the annual rate of one HSA (not the first)."""
    weeks, more = int(parameter(on, "hse_semaines")), int(parameter(on, "hse_majoration"))
    return share_in_euros(annual, 1, 100 + more, 100 * weeks)


@rule(
    sentence="Les heures faites en plus par les enseignants du premier degré étaient payées à "
    "l’heure, selon leur nature.",
    source="décret 66-787 ; note de service 2017-030",
    since="2017-02-01",
    until="2022-06-30",
    tables=("heures_supplementaires",),
)
def first_degree_rate(row: Fact) -> float:
    """Return the gross rate of one hour, euros; `row` as given by `first_degree_hour`."""
    return row.number("hse_unitaire_brut", row.label)


def first_degree_hour(code: str, corps: str, grade: str, on: date) -> Fact:
    """Return the row of an hour of the first degree.

    Raises
    ------
    InputError
        The corps does not teach in the first degree.
    LawError
        The value of the day was not found (since 2022-07).
    """
    known = {key[1] for key in _FIRST_DEGREE.keys() if key[0] == code}  # noqa: SIM118
    if corps not in known:
        raise InputError(
            f"« {code} » est payée aux corps du premier degré.",
            where="primes",
            remedy=f"Corps : {', '.join(sorted(map(str, known)))}.",
        )
    fact = _FIRST_DEGREE.find(on, code, corps, grade)
    fact = fact or _FIRST_DEGREE.find(on, code, corps, EVERYBODY)
    if fact is None:
        raise LawError("valeur non trouvée dans les tables à cette date.", where=code)
    return fact


def refuse_part_time_hours(on: date) -> None:
    """Refuse overtime at part time where the rules of the day do not open it.

    Raises
    ------
    InputError
        Before 15 October 2021.
    """
    if _PART_TIME.find(on, "HS", "sur_autorisation") is not None:
        raise InputError(
            "les heures supplémentaires n’étaient pas ouvertes à temps partiel à cette date.",
            where="hsa",
            remedy="Elles le sont depuis les décrets 2021-1326 et 2021-1327 (15 octobre 2021).",
        )
