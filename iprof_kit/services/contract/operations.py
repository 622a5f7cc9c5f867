"""The operations that a screen may ask of the guichet: names, arguments, answers.

The package `contract` is all that screens know of the services.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.arguments import NoArguments
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
from iprof_kit.services.contract.dossier import DossierLu, Qui
from iprof_kit.services.contract.evaluation import EVALUATION_OPERATIONS
from iprof_kit.services.contract.formation import FORMATION_OPERATIONS
from iprof_kit.services.contract.homes import HOME_OPERATIONS
from iprof_kit.services.contract.kit_messages import KIT_MESSAGES_OPERATIONS
from iprof_kit.services.contract.lecons import LECONS_OPERATIONS
from iprof_kit.services.contract.links.scenario import SCENARIO_OPERATIONS
from iprof_kit.services.contract.links.seances import SEANCE_OPERATIONS
from iprof_kit.services.contract.own_file import DOSSIER_OPERATIONS

OPERATIONS: dict[str, tuple[type[Plain], type[Plain]]] = {
    "session.qui": (NoArguments, Qui),
    "dossier.lire": (NoArguments, DossierLu),
    **COURRIER_OPERATIONS,
    **CV_OPERATIONS,
    **CARNET_OPERATIONS,
    **BARS_OPERATIONS,
    **CAMPAGNES_OPERATIONS,
    **FORMATION_OPERATIONS,
    **DOSSIER_OPERATIONS,
    **SCENARIO_OPERATIONS,
    **SEANCE_OPERATIONS,
    **HOME_OPERATIONS,
    **AVIS_OPERATIONS,
    **KIT_MESSAGES_OPERATIONS,
    **BUREAU_OPERATIONS,
    **BUREAU_CAMPAGNES_OPERATIONS,
    **ENSEMBLE_OPERATIONS,
    **ENVOIS_OPERATIONS,
    **RELECTURES_OPERATIONS,
    **EVALUATION_OPERATIONS,
    **LECONS_OPERATIONS,
}
"""Every operation: its arguments and its answer. `session.qui` and `seance.verifier` answer without
account; everything else is refused to it (error code ``non_connecte``)."""

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
