"""The files of data/procedures: each a procedure of ranking, checked where it is read."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.paths import PROCEDURES
from iprof_kit.base.sources import Source
from iprof_kit.base.words import NBSP
from iprof_kit.law.promotion.procedures.model import QUOTA, Among, Procedure, Step
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.marks import (
    Marks,
    files_of_the_kit,
    mark_of,
    place,
    read_checked,
)
from iprof_kit.law.tables.schema import EVERYBODY

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
    value = read_checked(Path(path), _schema(), "de procédure", _other_errors)
    return _procedure(value)


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


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((PROCEDURES / "schema.json").read_text(encoding="utf-8"))
    return schema


def _other_errors(value: dict[str, Any], marks: Marks) -> list[str]:
    """Return what a schema cannot say: a corps, a sum over 100 %, a key of another step."""
    errors = []
    known = {*table("corps")["corps"], EVERYBODY}
    for number, corps in enumerate(value["corps"]):
        if corps not in known:
            errors.append(
                f"{place(mark_of(marks, ('corps', number)))} : corps inconnu "
                f"«{NBSP}{corps}{NBSP}». Corps possibles{NBSP}: {', '.join(sorted(known))}."
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
                f"{place(mark_of(marks, (*path, f'?{key}')))} : la clé «{NBSP}{key}{NBSP}» n’est "
                f"pas d’une étape «{NBSP}{kind}{NBSP}»."
            )
    total = sum(step.get("parts", {}).values())
    if kind == QUOTA and total > _HUNDRED:
        errors.append(
            f"{place(mark_of(marks, (*path, '?parts')))} : la somme des quotas est de "
            f"{total} %{NBSP}: 100 % au plus."
        )
    return errors


def _procedure(value: dict[str, Any]) -> Procedure:
    since, until = value["campagnes"]["du"], value["campagnes"].get("au")
    return Procedure(
        value["id"],
        value["autorite"],
        tuple(value["classement"]),
        tuple(_step(step) for step in value.get("etapes", [])),
        Source(
            value["source"],
            rentree_day(since),
            None if until is None else rentree_day(until),
            value["confiance"],
        ),
        title=value["titre"],
        operation=value["operation"],
        corps=tuple(value["corps"]),
        since=since,
        until=until,
        national=value.get("national", False),
        rounding=value.get("contingent", {}).get("arrondi", "inferieur"),
        note=" ".join(value[key] for key in ("champ", "note") if key in value),
    )


def _step(step: dict[str, Any]) -> Step:
    people = step.get("parmi", {})
    bounds = people.get("bareme", {})
    among = Among(
        people.get("groupe", ""),
        tuple(people.get("appreciation", ())),
        bounds.get("min"),
        bounds.get("max"),
    )
    return Step(
        step["etape"],
        step.get("libelle", ""),
        among,
        step.get("laisse_pour_cent", 0),
        step.get("groupe", ""),
        step.get("mode", ""),
        step.get("parts", {}),
    )
