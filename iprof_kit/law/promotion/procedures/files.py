"""The files of data/procedures: each a procedure of ranking, checked where it is read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from iprof_kit.base.paths import PROCEDURES
from iprof_kit.law.promotion.procedures.model import QUOTA, Procedure
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.marks import (
    Marks,
    files_of_the_kit,
    mark_of,
    place,
    read_checked,
)
from iprof_kit.law.tables.schema import EVERYBODY
from iprof_kit.law.tables.written import schema_of

_HUNDRED = 100
_ONLY = {
    "laisse_pour_cent": ("rang",),
    "groupe": ("listes", "prorata", "equilibre"),
    "mode": ("equilibre",),
    "parts": ("quota",),
    "parmi": ("rang", "reserve", "ecarter"),
}
"""Kinds of steps that each key is for."""


def read_procedure(path: str | Path) -> Procedure:
    """Read a procedure from a YAML file.

    Parameters
    ----------
    path : str or Path
        See docs/analysts/tableaux.md for what a file holds.

    Raises
    ------
    InputError
        The file cannot be read, or does not hold a procedure: every error with line and column.

    Examples
    --------
    >>> import iprof_kit
    >>> from iprof_kit.base.paths import PROCEDURES
    >>> iprof_kit.lire_procedure(PROCEDURES / "ce_avis.yml").operation
    'classe_exceptionnelle'
    """
    return Procedure.model_validate(
        read_checked(Path(path), schema_of(Procedure), "de procédure", _other_errors)
    )


@cache
def known_procedures() -> tuple[Procedure, ...]:
    """Return the procedures of the kit, by id, the national ones first.

    Raises
    ------
    BadTable
        A file of the kit is not a procedure.
    """
    procedures = files_of_the_kit(PROCEDURES, read_procedure, lambda one: one.id)
    return tuple(sorted(procedures, key=lambda one: (not one.national, one.id)))


def _other_errors(value: dict[str, Any], marks: Marks) -> list[str]:
    """Return what a schema cannot say: a corps, a sum over 100 %, a key of another step."""
    errors = []
    known = {*table("corps")["corps"], EVERYBODY}
    for number, corps in enumerate(value["corps"]):
        if corps not in known:
            errors.append(
                f"{place(mark_of(marks, ('corps', number)))} : corps inconnu "
                f"« {corps} ». Corps possibles : {', '.join(sorted(known))}."
            )
    span = value["campagnes"]
    if span.get("au", span["du"]) < span["du"]:
        where = place(mark_of(marks, ("campagnes", "au")))
        errors.append(f"{where} : la dernière campagne précède la première.")
    for number, step in enumerate(value.get("etapes", [])):
        errors += _step_errors(step, ("etapes", number), marks)
    return errors


def _step_errors(step: dict[str, Any], path: tuple[str | int, ...], marks: Marks) -> list[str]:
    kind, errors = step["etape"], []
    for key, kinds in _ONLY.items():
        if key in step and kind not in kinds:
            errors.append(
                f"{place(mark_of(marks, (*path, f'?{key}')))} : la clé « {key} » n’est "
                f"pas d’une étape « {kind} »."
            )
    total = sum(step.get("parts", {}).values())
    if kind == QUOTA and total > _HUNDRED:
        errors.append(
            f"{place(mark_of(marks, (*path, '?parts')))} : la somme des quotas est de "
            f"{total} % : 100 % au plus."
        )
    return errors
