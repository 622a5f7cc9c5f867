"""The operations of an evaluator, and the one by which a person reads what is prepared of her."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, cast

from iprof_kit.base.plain import Plain
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.own_file import Operation, of_role, own
from iprof_kit.services.evaluation import own as own_projects
from iprof_kit.services.evaluation import projects
from iprof_kit.services.evaluation.reach import EVALUATOR

_W = TypeVar("_W", bound=Plain)


def _evaluating(work: Callable[[Identity, _W, datetime], Plain]) -> Operation:
    """Return an operation for an evaluator alone; `work` decides whom she sees."""

    def operation(identity: Identity | None, wanted: Plain, now: datetime) -> Plain:
        return work(of_role(identity, EVALUATOR, "l’évaluation"), cast(_W, wanted), now)

    return operation


EVALUATION_TABLE: dict[str, Operation] = {
    "evaluations": _evaluating(projects.read_all),
    "evaluation": _evaluating(projects.read),
    "evaluation_garder": _evaluating(projects.keep),
    "evaluation_montrer": _evaluating(projects.show),
    "evaluation_effacer": _evaluating(projects.erase),
    "projets_avis": own("vos projets d’avis", own_projects.read),
}
