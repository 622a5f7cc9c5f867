"""The operations that a screen may ask of the guichet: names, arguments, answers.

The package `contract` is all that screens know of the services.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.avis import AVIS_OPERATIONS
from iprof_kit.services.contract.bars import BARS_OPERATIONS
from iprof_kit.services.contract.bureau.campagnes import BUREAU_CAMPAGNES_OPERATIONS
from iprof_kit.services.contract.bureau.ensemble import ENSEMBLE_OPERATIONS
from iprof_kit.services.contract.bureau.envois import ENVOIS_OPERATIONS
from iprof_kit.services.contract.bureau.fils import BUREAU_OPERATIONS
from iprof_kit.services.contract.bureau.relectures import RELECTURES_OPERATIONS
from iprof_kit.services.contract.campagnes import CAMPAGNES_OPERATIONS
from iprof_kit.services.contract.carnet import CARNET_OPERATIONS
from iprof_kit.services.contract.courrier import COURRIER_OPERATIONS
from iprof_kit.services.contract.cv import CV_OPERATIONS
from iprof_kit.services.contract.dossier import FILE_OPERATIONS, SESSION_OPERATIONS
from iprof_kit.services.contract.evaluation import EVALUATION_OPERATIONS, PROJETS_OPERATIONS
from iprof_kit.services.contract.formation import FORMATION_OPERATIONS
from iprof_kit.services.contract.homes import GESTION_OPERATIONS, SERVICE_OPERATIONS
from iprof_kit.services.contract.kit_messages import KIT_MESSAGES_OPERATIONS
from iprof_kit.services.contract.lecons import LECONS_OPERATIONS
from iprof_kit.services.contract.links.scenario import OPENED_OPERATIONS, SCENARIO_OPERATIONS
from iprof_kit.services.contract.links.seances import RECOGNISED_OPERATIONS, SEANCE_OPERATIONS
from iprof_kit.services.contract.operation import AnyOperation
from iprof_kit.services.contract.own_file import DOSSIER_OPERATIONS

OPERATIONS: dict[str, AnyOperation] = {
    name: operation
    for group in (
        SESSION_OPERATIONS,
        FILE_OPERATIONS,
        COURRIER_OPERATIONS,
        CV_OPERATIONS,
        CARNET_OPERATIONS,
        BARS_OPERATIONS,
        CAMPAGNES_OPERATIONS,
        FORMATION_OPERATIONS,
        DOSSIER_OPERATIONS,
        SCENARIO_OPERATIONS,
        OPENED_OPERATIONS,
        SEANCE_OPERATIONS,
        RECOGNISED_OPERATIONS,
        GESTION_OPERATIONS,
        SERVICE_OPERATIONS,
        AVIS_OPERATIONS,
        KIT_MESSAGES_OPERATIONS,
        BUREAU_OPERATIONS,
        BUREAU_CAMPAGNES_OPERATIONS,
        ENSEMBLE_OPERATIONS,
        ENVOIS_OPERATIONS,
        RELECTURES_OPERATIONS,
        EVALUATION_OPERATIONS,
        PROJETS_OPERATIONS,
        LECONS_OPERATIONS,
    )
    for name, operation in group.items()
}
"""Every operation that exists. `session.qui` and `seance.verifier` answer without account;
everything else is refused to it (error code ``non_connecte``)."""

ErrorCode = Literal[
    "operation_inconnue",
    "arguments_invalides",
    "non_connecte",
    "refuse",
    "indisponible",
    "trop_long",
    "delai_depasse",
    "erreur_interne",
]


class Request(Plain):
    """One JSON line from a kernel. Whatever it says about who it is does not exist here."""

    id: int
    op: str
    args: dict[str, object] = Field(default_factory=dict)
    trace: Annotated[str, StringConstraints(pattern=r"\A[0-9a-f-]{1,40}\z")] = "-"
    """The message that this work answers to, for the log alone."""


class GuichetError(Plain):
    """What went wrong, in French, with what to do."""

    code: ErrorCode
    message: str
    remede: str = ""


class Answer(Plain):
    """One JSON line back: exactly one of `result` and `error`."""

    id: int
    result: dict[str, object] | None = None
    error: GuichetError | None = None
