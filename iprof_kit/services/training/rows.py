"""The rows of a plan, checked: every session of a file, and all that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.given.tables import Table
from iprof_kit.services.given_tables import Fault, GivenRow, read_rows
from iprof_kit.services.training import cells
from iprof_kit.services.training.layouts import COLUMNS, REQUIRED, PlanLayout

_TEXTS = {
    "intitule": 250,
    "parcours": 250,
    "theme": 120,
    "niveau": 60,
    "lieu": 120,
    "precision": 200,
    "session": 40,
    "groupe": 30,
}
_CODE = re.compile(r"[0-9A-Za-z_-]{1,20}")
_CODES = ("dispositif", "module")
_READERS: dict[str, Callable[[str], Any]] = {
    "heure_debut": cells.hour_cell,
    "heure_fin": cells.hour_cell,
    "heures": cells.length_cell,
    "modalite": cells.modality_cell,
    "public": cells.public_cell,
    "degre": cells.degree_cell,
    "nature": cells.nature_cell,
}
_MOMENTS = {"debut": "heure_debut", "fin": "heure_fin", "inscription_du": "", "inscription_au": ""}
Values = dict[str, Any]


@dataclass(frozen=True)
class GivenSession:
    """One session of a file: its line, its values in the columns of the kit."""

    line: int
    values: Values


def read_sessions(
    table: Table, layout: PlanLayout, key_of: Callable[[Values], str]
) -> tuple[dict[str, GivenSession], list[Fault]]:
    """Return every session of a file by its key, and what is wrong in it.

    Raises
    ------
    InputError
        Its header is not that of the layout.
    """
    sessions: dict[str, GivenSession] = {}
    refused: list[Fault] = []
    for row in read_rows(table, layout.layout):
        values, faults = _checked(row, layout)
        refused += faults
        if faults:
            continue
        key = key_of(values)
        if key in sessions:
            refused.append(
                Fault(
                    row.line,
                    "session",
                    f"cette session est déjà donnée à la ligne {sessions[key].line}",
                    "Gardez une seule des deux lignes, ou donnez-leur deux noms de session.",
                )
            )
            continue
        sessions[key] = GivenSession(row.line, values)
    return sessions, refused


def _checked(row: GivenRow, layout: PlanLayout) -> tuple[Values, list[Fault]]:
    """Return the values of a row, in the columns of the kit, and every fault of it."""
    named = {name: layout.read_as[name] for name in row.values if name in layout.read_as}
    written = {own: str(row.values[name]) for name, own in named.items()}
    of_file = {own: name for name, own in layout.read_as.items()}
    faults = list(row.faults)
    values: Values = dict.fromkeys(COLUMNS, "")
    values.update(dict.fromkeys((*_MOMENTS, "heures")), nature="formation")

    def read(column: str, of: Callable[[str], Any]) -> Any:
        try:
            return of(written.get(column, ""))
        except InputError as error:
            faults.append(Fault(row.line, of_file.get(column, column), error.message, error.remedy))
            return values[column]

    for column, most in _TEXTS.items():
        values[column] = read(column, partial(cells.text_cell, most=most))
    for column in _CODES:
        values[column] = read(column, _code)
    for column, hour in _MOMENTS.items():
        day_hour = read(column, cells.moment_cell)
        values[column], at = day_hour if isinstance(day_hour, tuple) else (None, "")
        if hour:
            values[hour] = at
    for column, of in _READERS.items():
        if written.get(column):
            values[column] = read(column, of)
    unsaid = [name for name in REQUIRED if not written.get(name)]
    faults += [
        Fault(row.line, of_file[name], "la valeur manque", "Complétez la colonne.")
        for name in unsaid
    ]
    if not faults:
        values["fin"] = values["fin"] or values["debut"]
        faults += _contradictions(row.line, values, of_file)
    return values, faults


def _code(written: str) -> str:
    if written and not _CODE.fullmatch(written):
        raise InputError(
            "ce code n’a pas la forme d’un code de plan",
            remedy="Vingt lettres et chiffres au plus, sans espace.",
        )
    return written


def _contradictions(line: int, values: Values, of_file: dict[str, str]) -> list[Fault]:
    """Return what no session can say."""
    begins, ends = values["debut"], values["fin"]
    same_day = begins is not None and begins == ends
    hours = values["heure_debut"], values["heure_fin"]
    opens, closes = values["inscription_du"], values["inscription_au"]
    faults: list[Fault] = []

    def refuse(column: str, why: str, remedy: str) -> None:
        faults.append(Fault(line, of_file.get(column, column), why, remedy))

    if begins is None and ends is not None:
        refuse("fin", "la fin est donnée sans le début", "Complétez le début.")
    if begins and ends and ends < begins:
        refuse("fin", "la fin précède le début", "Corrigez l’une des deux dates.")
    if same_day and all(hours) and hours[1] <= hours[0]:
        why = "l’heure de fin n’est pas après celle de début"
        refuse("fin", why, "Corrigez l’une des deux heures.")
    if opens and closes and closes < opens:
        why = "l’inscription finit avant de commencer"
        refuse("inscription_au", why, "Corrigez l’une des deux dates.")
    return faults
