"""What a provider signed: read once its key, its signature and each of its claims are checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import JWKRegistry, KeySet
from joserfc.jws import JWSRegistry

SKEW = timedelta(seconds=60)
"""How far two clocks may be from each other."""
OLDEST = timedelta(minutes=10)
"""Since when a token may have been written: each is asked for, or sent, when it is needed."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
_LONGEST = 20_000
_FEW = 100
_TYPES = ("RSA", "EC")
_LOGOUT_TYPES = ("logout+jwt", "application/logout+jwt")
_UNTYPED = (None, "jwt")


class BadTokenError(Exception):
    """A token that is not believed; its argument is a word of ours that says why."""


class UnknownKeyError(BadTokenError):
    """It names a key that is not among those known: they may have been changed since."""


Claims = Mapping[str, Any]
Check = Callable[[Claims], None]


def keys_of(document: object) -> KeySet:
    """Return the public keys of a provider's document that check signatures.

    Raises
    ------
    BadTokenError
        It holds none.
    """
    listed = document.get("keys") if isinstance(document, dict) else None
    keys = []
    for one in listed[:_FEW] if isinstance(listed, list) else []:
        if not isinstance(one, dict) or one.get("kty") not in _TYPES:
            continue  # a secret shared by all, or what we do not know
        if one.get("use", "sig") == "sig":
            try:
                keys.append(JWKRegistry.import_key(one))
            except (JoseError, ValueError, TypeError):
                continue
    if not keys:
        raise BadTokenError("cles")
    return KeySet(keys)


class Reader:
    """Reads what one issuer signed for one client.

    Parameters
    ----------
    issuer, client : str
        Whom a token must come from and be for.
    signatures : collection of str
        The only ones that are looked at.
    logout_typed : bool
        Whether a token of signing off has to say so in its header.
    """

    def __init__(
        self, issuer: str, client: str, signatures: Collection[str], *, logout_typed: bool = True
    ) -> None:
        self._logout_types = _LOGOUT_TYPES if logout_typed else (*_LOGOUT_TYPES, *_UNTYPED)
        self._issuer, self._client = issuer, client
        self._registry = JWSRegistry(algorithms=list(signatures), strict_check_header=False)

    def identity(self, token: str, keys: KeySet, nonce: str, now: datetime) -> Claims:
        """Return the claims of who signed on, asked for with a nonce.

        Raises
        ------
        BadTokenError
            It is not to be believed.
        """
        _, claims = self._signed(token, keys)
        self._check(claims, now, "exp", "iat", "sub", "nonce")
        self._recent(claims, now)
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else self._client) != self._client:
            raise BadTokenError("azp")
        if claims["nonce"] != nonce:
            raise BadTokenError("nonce")
        return claims

    def userinfo(self, token: str, keys: KeySet, now: datetime) -> Claims:
        """Return the claims of a signed userinfo.

        Raises
        ------
        BadTokenError
            It is not to be believed.
        """
        _, claims = self._signed(token, keys)
        self._check(claims, now, "sub")
        return claims

    def logout(self, token: str, keys: KeySet, now: datetime) -> Claims:
        """Return the claims of a token by which the provider says that somebody has signed off.

        Raises
        ------
        BadTokenError
            It is not to be believed, or is a token of another kind.
        """
        header, claims = self._signed(token, keys)
        kind = header.get("typ")
        if (kind.lower() if isinstance(kind, str) else kind) not in self._logout_types:
            raise BadTokenError("typ")
        self._check(claims, now, "iat", "jti")
        self._recent(claims, now)
        events = claims.get("events")
        if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
            raise BadTokenError("events")
        if "nonce" in claims:
            raise BadTokenError("nonce")
        if not any(isinstance(claims.get(name), str) and claims[name] for name in ("sub", "sid")):
            raise BadTokenError("sub")
        return claims

    def _signed(self, token: str, keys: KeySet) -> tuple[Claims, Claims]:
        if len(token) > _LONGEST:
            raise BadTokenError("taille")
        try:
            read = jwt.decode(token, keys, registry=self._registry)
        except InvalidKeyIdError:
            raise UnknownKeyError("kid") from None
        except (JoseError, ValueError, TypeError, KeyError, RecursionError):
            raise BadTokenError("signature") from None
        return read.header, read.claims

    def _check(self, claims: Claims, now: datetime, *needed: str) -> None:
        wanted: dict[str, jwt.ClaimsOption] = {name: {"essential": True} for name in needed}
        wanted["iss"] = {"essential": True, "value": self._issuer}
        wanted["aud"] = {"essential": True, "value": self._client}
        moment, skew = int(now.timestamp()), int(SKEW.total_seconds())
        registry = jwt.JWTClaimsRegistry(now=moment, leeway=skew, **wanted)
        try:
            registry.validate(dict(claims))
        except JoseError as error:
            raise BadTokenError(getattr(error, "claim", None) or "claims") from None
        for name in ("sub", "sid", "nonce", "jti"):
            if not isinstance(claims.get(name, ""), str) or len(claims.get(name, "")) > 255:
                raise BadTokenError(name)

    def _recent(self, claims: Claims, now: datetime) -> None:
        if claims["iat"] < (now - OLDEST - SKEW).timestamp():
            raise BadTokenError("iat")


def value_at(claims: Claims, path: str) -> object:
    """Return what stands at a name, or at a way of names (« realm_access.roles »); None if nothing.

    Examples
    --------
    >>> value_at({"realm_access": {"roles": ["a"]}}, "realm_access.roles")
    ['a']
    """
    if path in claims:
        return claims[path]
    here: object = claims
    for name in path.split("."):
        here = here.get(name) if isinstance(here, dict) else None
    return here
