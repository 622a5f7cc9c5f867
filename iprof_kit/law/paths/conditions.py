"""What a person must be or hold for a path: corps, grade, services, age, diploma; one rule each."""

from __future__ import annotations

import numpy as np

from iprof_kit.base.calendar import YEAR, Axis
from iprof_kit.law.career.advancement import echelon_duration, has_duration, next_cell
from iprof_kit.law.paths.people import NEVER, Bools, People, seniority
from iprof_kit.law.paths.rows import Condition, note_condition, threshold_days
from iprof_kit.law.paths.windows import Window, window
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.rules import rule

_SINCE = "2024-09-01"
_TABLES = ("concours", "parcours", "parcours_conditions", "parcours_natures")
_ECHELONS = np.array([int(text) if text.isdigit() else -1 for text in CELLS.echelon])
"""[cell] the number of the échelon, −1 for one without number."""


@rule(
    name="path_services",
    sentence="Il faut la durée de services de la nature exigée ; les services déclarés en cours "
    "sont supposés se poursuivre.",
    source="statuts particuliers (tables concours et parcours, ancienneté requise)",
    since=_SINCE,
    tables=_TABLES,
)
def services(condition: Condition, people: People, day: int) -> Window:
    """Return since when the services of the nature reach the length needed."""
    needed = threshold_days(condition)
    note_condition(condition, f"durée exigée ({condition.key}), en jours", needed)
    served = seniority(people, condition.key, needed, day)
    unknown = (served.at_least < needed) & (served.at_most >= needed)
    return window(people.count, served.reached, unknown=unknown)


@rule(
    name="path_age",
    sentence="Il faut avoir atteint l’âge minimal au jour où la condition s’apprécie.",
    source="statuts particuliers (table concours, âge minimal)",
    since=_SINCE,
    tables=_TABLES,
)
def age(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Return the birthday on which the age is reached."""
    years = int(condition.value)
    note_condition(condition, "âge minimal, en années", years)
    return window(people.count, people.born + years * YEAR, unknown=people.born < 0)


@rule(
    name="path_corps",
    sentence="Le parcours est ouvert aux membres des corps que son texte cite.",
    source="statuts particuliers (table concours, corps requis)",
    since=_SINCE,
    tables=_TABLES,
)
def corps(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Tell whose corps is among those cited."""
    allowed = condition.key.split(";")
    note_condition(condition, "corps cités", condition.key)
    inside = np.isin(people.corps, allowed)
    return window(people.count, np.where(inside, 0, NEVER), unknown=people.corps == "")


@rule(
    name="path_titulaire",
    sentence="Il faut être titulaire.",
    source="CGFP et statuts particuliers (tables concours et parcours)",
    since=_SINCE,
    tables=_TABLES,
)
def titulaire(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Return the day of titularisation; that of a stagiaire is to come, on an unknown day."""
    note_condition(condition, "condition", condition.text or condition.kind)
    unknown = people.titularised < 0
    not_yet = unknown & (people.fact("stagiaire") == 1)
    return window(people.count, people.titularised, unknown=unknown, not_yet=not_yet)


@rule(
    name="path_echelon",
    sentence="Il faut l’échelon minimal du premier grade ; le grade suivant en dispense. La date "
    "à venir est celle de l’avancement au rythme normal.",
    source="statuts particuliers (table concours, échelon minimal)",
    since=_SINCE,
    tables=(*_TABLES, "durees_echelon"),
)
def echelon(condition: Condition, people: People, day: int) -> Window:
    """Return the normal day of the échelon needed; beyond the second grade the text is silent."""
    needed = int(condition.value)
    note_condition(condition, "échelon minimal", needed)
    rank = people.grade_rank()
    waits = np.zeros(people.count, dtype=np.int64)
    cell = np.where(rank == 0, people.cell, -1)
    undated = _below(cell, needed) & (people.days_in_echelon < 0)
    while (walking := _below(cell, needed) & has_duration(cell, day)).any():
        here = np.where(walking, cell, cell[walking][0])
        waits += np.where(walking, echelon_duration(here, day), 0)
        cell = np.where(walking, next_cell(here, day), cell)
    undated |= _below(cell, needed)
    since = np.where(waits > 0, day + waits - np.maximum(people.days_in_echelon, 0), 0)
    silent = (rank < 0) | (rank > 1)
    return window(people.count, since, unknown=silent | undated, not_yet=undated)


def _below(cell: Axis, needed: int) -> Bools:
    steps = np.where(_ECHELONS < 0, needed, _ECHELONS)
    below: Bools = (cell >= 0) & (steps[cell] < needed)
    return below


@rule(
    name="path_diploma",
    sentence="Il faut un diplôme du niveau exigé.",
    source="arrêtés d’ouverture et statuts particuliers (table concours, diplôme)",
    since=_SINCE,
    tables=_TABLES,
)
def diploma(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Tell whose diploma has the level; without it, no date is known."""
    needed = int(condition.value)
    note_condition(condition, "niveau de diplôme exigé", needed)
    reached = people.diploma >= needed
    return window(people.count, np.where(reached, 0, NEVER), unknown=people.diploma < 0)


@rule(
    name="path_dispense",
    sentence="Le titulaire d’un corps enseignant ou d’éducation est réputé détenir le diplôme, là "
    "où le texte le dit.",
    source="arrêté du 19-04-2013 et statuts particuliers (table concours, dispenses)",
    since=_SINCE,
    tables=_TABLES,
)
def dispense(condition: Condition, people: People, day: int) -> Window:
    """Tell who is dispensed; a dispense still to be verified never opens."""
    note_condition(condition, "condition", condition.text or condition.kind)
    inside = np.isin(people.corps, condition.key.split(";"))
    since = np.where(inside, people.titularised, NEVER)
    doubtful = condition.value == "a_verifier"
    unknown = (people.corps == "") | (inside & ((people.titularised < 0) | doubtful))
    return window(people.count, np.where(unknown, day, since), unknown=unknown)


@rule(
    name="path_enrolled",
    sentence="L’inscription dans l’année d’études que cite le texte suffit à la place du diplôme.",
    source="décret 2025-352 du 17-04-2025 (JO du 19-04-2025)",
    since=_SINCE,
    tables=_TABLES,
)
def enrolled(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Tell who is enrolled in the year of studies cited."""
    note_condition(condition, "condition", condition.text or condition.kind)
    inside = people.enrolled == condition.key
    return window(people.count, np.where(inside, 0, NEVER), unknown=people.enrolled == "")


@rule(
    name="path_corps_held",
    sentence="Il faut détenir le corps au jour que fixe le texte.",
    source="décret 72-580, art. 5-2 (table concours)",
    since=_SINCE,
    tables=_TABLES,
)
def corps_held(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Return the day of entry into the corps."""
    note_condition(condition, "condition", condition.text or condition.kind)
    return window(people.count, people.entered_corps, unknown=people.entered_corps < 0)
