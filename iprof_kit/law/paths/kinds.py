"""Which rule reads each kind of condition of parcours_conditions.csv."""

from __future__ import annotations

from collections.abc import Callable

from iprof_kit.base.errors import LawError
from iprof_kit.base.words import NBSP
from iprof_kit.law.paths import circumstances, conditions
from iprof_kit.law.paths.people import People
from iprof_kit.law.paths.rows import Condition
from iprof_kit.law.paths.windows import Window

Law = Callable[[Condition, People, int], Window]

KINDS: dict[str, Law] = {
    "services": conditions.services,
    "age": conditions.age,
    "corps": conditions.corps,
    "titulaire": conditions.titulaire,
    "echelon": conditions.echelon,
    "diplome": conditions.diploma,
    "dispense": conditions.dispense,
    "inscription": conditions.enrolled,
    "fait": circumstances.declared,
    "position": circumstances.position,
    "corps_detenu": conditions.corps_held,
    "enfant_age": circumstances.child_age,
    "enfant_ne": circumstances.child_born,
    "cumul": circumstances.months_left,
    "cumul_periodes": circumstances.months_together,
    "retour": circumstances.time_back,
    "retraite": circumstances.pension_rights,
    "en_vigueur": circumstances.in_force,
    "session": circumstances.session_open,
    "eteint": circumstances.closed,
    "inconnu": circumstances.not_known,
}


def read(condition: Condition, people: People, day: int) -> Window:
    """Return when a condition is met for each person, by the rule of its kind.

    Parameters
    ----------
    condition : Condition
    people : People
        Columns.
    day : int
        Axis day asked; the conditions of the table in force that day.

    Raises
    ------
    LawError
        The table holds a kind of condition that no rule reads.
    """
    law = KINDS.get(condition.kind)
    if law is None:
        raise LawError(
            f"condition «{NBSP}{condition.kind}{NBSP}» sans règle.", where=condition.code
        )
    return law(condition, people, day)
