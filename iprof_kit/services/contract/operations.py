"""The operations that a screen may ask of the guichet: names, arguments, answers.

The package `contract` is all that screens know of the services.
"""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.operation import AnyOperation, Operations

_SUBJECTS = """
    avis bars campagnes carnet courrier cv dossier evaluation formation homes kit_messages lecons
    own_file bureau.campagnes bureau.ensemble bureau.envois bureau.fils bureau.relectures
    links.scenario links.seances
""".split()  # noqa: SIM905  # a list of words, read as one
"""The modules of this package that describe operations: the others read the law, not the server."""


def _operations() -> dict[str, AnyOperation]:
    """Return what each subject describes; `services/guichet/handlers.py` alone opens one."""
    every: dict[str, AnyOperation] = {}
    for subject in _SUBJECTS:
        for group in vars(import_module(f"{__package__}.{subject}")).values():
            if isinstance(group, Operations):
                twice = every.keys() & group.keys()
                if twice:
                    raise RuntimeError(f"each operation has one description: {sorted(twice)}")
                every |= group
    return every


OPERATIONS: dict[str, AnyOperation] = _operations()
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
