"""What this installation signs: addresses that only it can have made, each with an end."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

from itsdangerous import BadSignature, Signer

from iprof_kit.records import marks
from iprof_kit.records.database import database_url, reading, writing

_KEY_BYTES = 48


def sign(purpose: str, text: str, until: datetime) -> str:
    """Return `text` with its end and the signature of both, in letters fit for an address.

    Parameters
    ----------
    purpose : str
        What is signed for one purpose is refused for another.
    text : str
        Letters, digits, « - » and « _ ».
    until : datetime
        Aware; kept to the second.

    Raises
    ------
    Unavailable
        The database, which keeps the key, does not answer.
    """
    end = int(until.astimezone(UTC).timestamp())
    return _signer(purpose).sign(f"{text}.{end:x}").decode("ascii")


def signed_text(purpose: str, signed: str, now: datetime) -> str | None:
    """Return the text that was signed; None if the signature is not ours or its end is past."""
    text_with_end = text_and_end(purpose, signed)
    return text_with_end[0] if text_with_end is not None and now < text_with_end[1] else None


def text_and_end(purpose: str, signed: str) -> tuple[str, datetime] | None:
    """Return the text that was signed and its end, past or not; None if it is not ours."""
    try:
        text, _, end = _signer(purpose).unsign(signed).decode("ascii").rpartition(".")
    except (BadSignature, UnicodeError):
        return None
    return text, datetime.fromtimestamp(int(end, 16), UTC)


def attest(purpose: str, text: str) -> str:
    """Return the signature of `text` without an end: it says who made it, and opens nothing.

    Raises
    ------
    Unavailable
        The database, which keeps the key, does not answer.
    """
    return _signer(purpose).get_signature(text).decode("ascii")


def attested(purpose: str, text: str, signature: str) -> bool:
    """Return whether `attest` gave this signature to this text, here."""
    return _signer(purpose).verify_signature(text, signature)


def _signer(purpose: str) -> Signer:
    key = _key(database_url().render_as_string(hide_password=False))
    salt = f"iprof-kit.{purpose}"
    return Signer(key, salt=salt, key_derivation="hmac", digest_method=sha256)


@cache
def _key(_database: str) -> str:
    """Return the key of a database, made at the first need: servers that share one share it."""
    with reading() as session:
        key = marks.value(session, marks.SIGNING_KEY)
    if key is None:
        with writing() as session:
            key = marks.put_first(session, marks.SIGNING_KEY, secrets.token_urlsafe(_KEY_BYTES))
    return key
