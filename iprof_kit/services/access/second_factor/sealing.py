"""What the database keeps of secrets, with a key that is not in it: sealed, or hashed with it.

The key is made of the journal's secret, which servers on one database share and a backup holds.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from iprof_kit.records.journal.keys import keys_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_SEAL, _HASH = "second_facteur.sceau", "second_facteur.codes"


def seal(session: Session, text: str, owner: int) -> str:
    """Return a secret of an account as the database keeps it: of use to no other account.

    Raises
    ------
    Unavailable
        The journal's secret, of which the key is made, is missing.
    """
    nonce = secrets.token_bytes(_NONCE)
    sealed = _cipher(session).encrypt(nonce, text.encode(), str(owner).encode())
    return b64encode(nonce + sealed).decode()


def unseal(session: Session, sealed: str, owner: int) -> str | None:
    """Return the secret of an account; None where another key sealed it, or for another account.

    Raises
    ------
    Unavailable
        The journal's secret, of which the key is made, is missing.
    """
    from cryptography.exceptions import InvalidTag

    content = b64decode(sealed)
    try:
        text: bytes = _cipher(session).decrypt(
            content[:_NONCE], content[_NONCE:], str(owner).encode()
        )
    except InvalidTag:
        return None
    return text.decode()


def keyed_hash(session: Session, text: str, owner: int) -> str:
    """Return the hash of a code of an account, which only who holds the key can compute.

    Raises
    ------
    Unavailable
        The journal's secret, of which the key is made, is missing.
    """
    key = keys_of(session).key_of(_HASH)
    return hmac.digest(key, f"{owner}\0{text}".encode(), "sha256").hex()


def _cipher(session: Session) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # heavy: only where it is of use

    return AESGCM(keys_of(session).key_of(_SEAL))
