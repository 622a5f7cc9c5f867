"""The link of a séance, which the server signs for a trainer and recognises for everybody.

Nothing is kept and nothing is read: a séance holds fictitious people, and its letters say it all.
The signature opens nothing either; it says that this server wrote these letters.
"""

from __future__ import annotations

from datetime import datetime

from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.signing import attest, attested
from iprof_kit.services.contract.links.seances import (
    SeanceSignee,
    SeanceVerifiee,
    SignerSeance,
    VerifierSeance,
)

_PURPOSE = "seance"


def sign(_trainer: Identity, wanted: SignerSeance, _now: datetime) -> SeanceSignee:
    """Return the signature of the letters of a trainer."""
    return SeanceSignee(signature=attest(_PURPOSE, wanted.lettres))


def verify(_identity: Identity | None, wanted: VerifierSeance, _now: datetime) -> SeanceVerifiee:
    """Tell whether this server signed these letters, to whoever asks: no account is needed."""
    return SeanceVerifiee(signee=attested(_PURPOSE, wanted.lettres, wanted.signature))
