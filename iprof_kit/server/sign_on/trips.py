"""A trip to the provider and back: what the browser keeps of it, signed, and what comes of that.

One secret makes the three words of a trip, so that nothing is kept here for somebody who never
comes back. The browser holds it in a cookie of its own; the address that it goes to holds the
state, the nonce and a digest of the verifier, from which nobody finds it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from iprof_kit.services.access.signing import sign, signed_text

LIFE = timedelta(minutes=10)
"""How long one may take to sign on."""
_LONGEST_WAY = 2_500
"""Characters of an address that a cookie keeps; a browser takes 4,096 of a whole cookie."""
_LETTERS = 43
_TRIP, _PENDING = "aller", "a_relier"


@dataclass(frozen=True)
class Trip:
    """One trip, and the address where it leads at its end."""

    secret: str
    way: str

    @classmethod
    def new(cls, way: str) -> Trip:
        """Return a trip that nobody can guess."""
        return cls(secrets.token_urlsafe(32), way if len(way) <= _LONGEST_WAY else "")

    @property
    def state(self) -> str:
        """What comes back with the browser."""
        return self._word("state")

    @property
    def nonce(self) -> str:
        """What comes back in the token."""
        return self._word("nonce")

    @property
    def verifier(self) -> str:
        """What shows that the code is asked for by who made the trip."""
        return self._word("verifier")

    @property
    def challenge(self) -> str:
        """The digest of the verifier, as PKCE writes it (S256)."""
        return _letters(hashlib.sha256(self.verifier.encode()).digest())

    def is_of(self, state: str) -> bool:
        """Return whether a state is the one of this trip."""
        return hmac.compare_digest(self.state.encode(), state.encode("utf-8", "replace"))

    def _word(self, name: str) -> str:
        return _letters(hmac.digest(self.secret.encode(), name.encode(), "sha256"))


@dataclass(frozen=True)
class Pending:
    """Somebody whom the provider knows and no account is linked to yet."""

    issuer: str
    subject: str
    sid: str | None
    way: str


def signed_trip(trip: Trip, now: datetime) -> str:
    """Return a trip as a cookie keeps it."""
    return sign(_TRIP, trip.secret + _letters(trip.way.encode()), now + LIFE)


def trip_of(cookie: str, now: datetime) -> Trip | None:
    """Return the trip of a cookie, None where it is not ours or was too long ago."""
    text = signed_text(_TRIP, cookie, now)
    return None if text is None else Trip(text[:_LETTERS], _read(text[_LETTERS:]).decode())


def signed_pending(who: Pending, now: datetime) -> str:
    """Return who is to be linked as a cookie keeps it."""
    words = json.dumps([who.issuer, who.subject, who.sid, who.way]).encode()
    return sign(_PENDING, _letters(words), now + LIFE)


def pending_of(cookie: str, now: datetime) -> Pending | None:
    """Return who is to be linked, None where the cookie is not ours or too old."""
    text = signed_text(_PENDING, cookie, now)
    return None if text is None else Pending(*json.loads(_read(text)))


def _letters(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _read(letters: str) -> bytes:
    return urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
