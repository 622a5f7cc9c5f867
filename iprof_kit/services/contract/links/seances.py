"""The operations on the link of a séance of the atelier, part of `services.contract`.

A séance holds fictitious people only. The server signs its letters for a trainer; whoever opens
them, even without account, is told whether this server did.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.operation import LONG, Anybody, OfRole, Operations

LONGEST_SEANCE = 4_600
"""Letters of a séance in an address, beside which nothing is signed."""
LettresDeSeance = Annotated[
    str,
    StringConstraints(
        pattern=r"\A[0-9]{1,4}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\z", max_length=LONGEST_SEANCE
    ),
]


class SignerSeance(Plain):
    """The letters of a séance, as `calculate.atelier.seance.packed` makes them."""

    lettres: LettresDeSeance


class SeanceSignee(Plain):
    """`signature` follows the letters in the address, after a full stop."""

    signature: str


class VerifierSeance(Plain):
    """What an address brought."""

    lettres: LettresDeSeance
    signature: Annotated[str, Field(min_length=1, max_length=100)]


class SeanceVerifiee(Plain):
    """Whether this server signed these letters."""

    signee: bool


SEANCE_OPERATIONS = Operations(OfRole("formateur", "la signature d’une séance"))
SEANCE_SIGNER = SEANCE_OPERATIONS.add("seance.signer", SignerSeance, SeanceSignee, LONG)
RECOGNISED_OPERATIONS = Operations(Anybody())
SEANCE_VERIFIER = RECOGNISED_OPERATIONS.add("seance.verifier", VerifierSeance, SeanceVerifiee, LONG)
