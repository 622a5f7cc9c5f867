"""The link of a séance, which the server signs for a trainer and recognises for everybody.

Nothing is kept and nothing is read: a séance holds fictitious people, and its letters say it all.
The signature opens nothing either; it says that this server wrote these letters.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from iprof_kit.base.plain import Plain
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.own_file import Operation, of_role
from iprof_kit.services.access.signing import attest, attested
from iprof_kit.services.contract.links.seances import (
    SeanceSignee,
    SeanceVerifiee,
    SignerSeance,
    VerifierSeance,
)

_PURPOSE = "seance"


def sign(identity: Identity | None, wanted: Plain, _now: datetime) -> SeanceSignee:
    """Return the signature of the letters of a trainer.

    Raises
    ------
    NotLoggedIn, Refused
        Nobody is logged in, or the account is not a trainer's.
    """
    of_role(identity, "formateur", "la signature d’une séance")
    return SeanceSignee(signature=attest(_PURPOSE, cast(SignerSeance, wanted).lettres))


def verify(_identity: Identity | None, wanted: Plain, _now: datetime) -> SeanceVerifiee:
    """Tell whether this server signed these letters, to whoever asks: no account is needed."""
    wanted = cast(VerifierSeance, wanted)
    return SeanceVerifiee(signee=attested(_PURPOSE, wanted.lettres, wanted.signature))


SEANCE_TABLE: dict[str, Operation] = {"seance.signer": sign, "seance.verifier": verify}
