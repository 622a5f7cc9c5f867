"""The early departure of a parent, closed since: its conditions shown, its amount never."""

from __future__ import annotations

from datetime import date

import numpy as np

from iprof_kit.base.calendar import date_text, duration_text
from iprof_kit.base.words import counted, french
from iprof_kit.calculate.interface.papers import of_source
from iprof_kit.calculate.pension.answer import ConditionParent, DepartParent
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.calculate.pension.rows import Row, children_of, services_before
from iprof_kit.law.pension.parameters import amount
from iprof_kit.law.pension.parents import (
    SERVICES,
    children_needed,
    closing_day,
    early_parent,
    services_needed,
)
from iprof_kit.law.tables.sentences import years_text


def depart_parent(question: PensionQuestion) -> DepartParent | None:
    """Return the conditions of the early departure of a parent, None for fewer children.

    Examples
    --------
    >>> births = ("1998-03-01", "2001-03-01", "2005-03-01")
    >>> born = ({"naissance": day, "interruption_mois": 3} for day in births)
    >>> asked = PensionQuestion(
    ...     naissance="1970-01-01", aujourdhui="2026-11-25", departs=("2027-09-01",),
    ...     indice_majore=673, periodes=({"debut": "1994-09-01"},), enfants=tuple(born),
    ... )
    >>> depart_parent(asked).possible
    True
    """
    today = question.aujourdhui
    if len(question.enfants) < children_needed(today):
        return None
    closed = closing_day(today)
    done = services_before(question, closed)
    children = children_of([Row(question, today, today)])
    early = early_parent([done], children, 1, today)
    unknown = bool(np.isnan(done))
    served = None if unknown else bool(early.services[0])
    met = (served, bool(early.enfants[0]), bool(early.interruptions[0]))
    conditions = tuple(
        ConditionParent(libelle=french(label), constat=french(seen), remplie=one)
        for (label, seen), one in zip(_told(question, closed, done), met, strict=True)
    )
    possible = False if False in met else None if unknown else True
    return DepartParent(
        possible=possible,
        phrase=french(_PHRASES[possible].format(date_text(closed))),
        conditions=conditions,
        source=of_source(amount(SERVICES, today).papers()),
    )


_PHRASES = {
    True: "Départ anticipé de parent : droit possible, le Service des retraites de l’État décide ; "
    "le montant n’est pas calculé.",
    False: "Départ anticipé de parent : une condition manque au {}.",
    None: "Départ anticipé de parent : droit peut-être possible, vos services au {} ne sont pas "
    "connus ; le Service des retraites de l’État décide.",
}


def _told(question: PensionQuestion, closed: date, done: float) -> tuple[tuple[str, str], ...]:
    """Return what each condition asks, and what the question says of it."""
    today, when = question.aujourdhui, date_text(closed)
    needed = counted(children_needed(today), "enfant")
    before = [child for child in question.enfants if child.naissance <= closed]
    longest = ", ".join(counted(child.interruption_mois, "mois") for child in before) or "aucune"
    return (
        (
            f"{years_text(services_needed(today))} de services au {when}",
            "non connus" if np.isnan(done) else duration_text(int(done)) or "aucun",
        ),
        (f"{needed} au {when}", counted(len(before), "enfant") if before else "aucun"),
        (
            "Pour chacun, une interruption ou une réduction d’activité assez longue",
            f"interruptions indiquées : {longest}",
        ),
    )
