"""The operations that a screen may ask of the guichet: names, arguments, answers.

The package `contract` is all that screens know of the services.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services import contract
from iprof_kit.services.contract.operation import AnyOperation, Operations


def _operations() -> dict[str, AnyOperation]:
    """Return the operations that the modules of this package describe: a description opens nothing.

    What is open to a person is `services/guichet/handlers.py`, where each has its line.
    """
    every: dict[str, AnyOperation] = {}
    for info in walk_packages(contract.__path__, f"{contract.__name__}."):
        if info.name == __name__:
            continue
        for group in vars(import_module(info.name)).values():
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
