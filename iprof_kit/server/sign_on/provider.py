"""The provider as the server meets it: its documents kept, its answers read, its silences bounded.

Nothing waits for it but who signs on: a session that is open asks it nothing. Its two documents
are kept for an hour, and for as long as it does not answer; a key that is not known has them asked
for again, once a minute at most, whoever sends tokens. What it refused is not asked again at once.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import quote_plus, urlencode

import httpx
from joserfc.jwk import KeySet

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import KitError, Refused, Unavailable
from iprof_kit.server.limits.refusals import OnceAMinute
from iprof_kit.server.sign_on.tokens import (
    BadTokenError,
    Claims,
    Reader,
    UnknownKeyError,
    keys_of,
)
from iprof_kit.server.sign_on.trips import Trip
from iprof_kit.server.sign_on_settings import SignOn, refuse_clear

KEPT = timedelta(hours=1)
BETWEEN_TWO = timedelta(minutes=1)
"""Between two looks at the keys for one that is not known."""
AFTER_A_FAILURE = timedelta(seconds=5)
_SECONDS = 6.0
"""That an answer of the provider may take, from the first byte to the last."""
_LONGEST = 300_000
_AT_ONCE = 32
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_ADDRESSES = (*_NEEDED, "userinfo_endpoint", "end_session_endpoint")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Person:
    """Who signed on: her claims, checked, and the token that says so."""

    issuer: str
    subject: str
    sid: str | None
    claims: Claims
    token: str


class Provider:
    """One provider.

    Parameters
    ----------
    given : SignOn
    http : httpx.AsyncClient, optional
        What asks it; a client that follows nothing and reads proxies and authorities from the
        environment by default.
    clock : callable
    """

    def __init__(
        self,
        given: SignOn,
        http: httpx.AsyncClient | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.given = given
        self._http = http or httpx.AsyncClient(follow_redirects=False, timeout=_SECONDS)
        self._clock = clock
        typed = given.logout_typed
        self._reader = Reader(given.issuer, given.client, given.signatures, logout_typed=typed)
        self._document: Mapping[str, Any] = {}
        self._keys: KeySet | None = None
        self._read_at: datetime | None = None
        self._looked_at: datetime | None = None
        self._failed_at: datetime | None = None
        self._turn = asyncio.Lock()
        self._room = asyncio.Semaphore(_AT_ONCE)

    @property
    def silent(self) -> bool:
        """Whether it did not answer a short while ago, and has not since."""
        return self._failed_at is not None and self._clock() - self._failed_at < BETWEEN_TWO

    async def address(self, trip: Trip) -> str:
        """Return the address where somebody signs on.

        Raises
        ------
        Unavailable
            The provider does not answer.
        """
        await self._known()
        words = {
            "response_type": "code",
            "client_id": self.given.client,
            "redirect_uri": self.given.comes_back_to,
            "scope": " ".join(self.given.scopes),
            "state": trip.state,
            "nonce": trip.nonce,
        }
        if self.given.pkce:
            words |= {"code_challenge": trip.challenge, "code_challenge_method": "S256"}
        if self.given.acr:  # a claim that is essential, where acr_values is a mere wish
            wanted = {"id_token": {"acr": {"essential": True, "values": list(self.given.acr)}}}
            words["claims"] = json.dumps(wanted)
        return self._with(self._document["authorization_endpoint"], words)

    async def person(self, code: str, trip: Trip, issuer: str | None = None) -> Person:
        """Return who comes back with a code, and with the name of its issuer where it says it.

        Raises
        ------
        Refused
            What the provider answered is not to be believed, or it does not know the code; one has
            not signed on as strongly as is asked for.
        Unavailable
            The provider does not answer.
        """
        await self._known()
        says_it = self._document.get("authorization_response_iss_parameter_supported") is True
        try:
            if (issuer or says_it) and issuer != self.given.issuer:
                raise BadTokenError("iss")
            answer = await self._tokens_for(code, trip)
            token, access = answer.get("id_token"), answer.get("access_token")
            if not isinstance(token, str):
                raise BadTokenError("id_token")
            claims = await self._believed(
                lambda keys: self._reader.identity(token, keys, trip.nonce, self._clock())
            )
            if self.given.acr and claims.get("acr") not in self.given.acr:
                raise _too_weak()
            more = await self._userinfo(access, claims["sub"])
        except BadTokenError as error:
            raise refused(str(error)) from None
        return Person(
            self.given.issuer, claims["sub"], claims.get("sid"), {**more, **claims}, token
        )

    async def signed_off(self, token: str) -> Claims:
        """Return what a token of the provider says of who has signed off there.

        Raises
        ------
        Refused
            It is not to be believed.
        Unavailable
            The provider does not answer.
        """
        await self._known()
        try:
            return await self._believed(
                lambda keys: self._reader.logout(token, keys, self._clock())
            )
        except BadTokenError as error:
            raise refused(str(error)) from None

    async def leaving(self, token: str | None) -> str | None:
        """Return the address where somebody signs off, None where there is none for now.

        She has left the kit already: of a state that came back, nothing would be done.
        """
        try:
            await self._known()
        except Unavailable:
            return None
        address = self._document.get("end_session_endpoint")
        if not address:
            return None
        words = {
            "client_id": self.given.client,
            "post_logout_redirect_uri": self.given.leaves_to,
            "state": secrets.token_urlsafe(32),
        }
        return self._with(address, words | ({"id_token_hint": token} if token else {}))

    async def close(self) -> None:
        """Close its connections."""
        await self._http.aclose()

    async def _tokens_for(self, code: str, trip: Trip) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.given.comes_back_to,
        }
        if self.given.pkce:
            form["code_verifier"] = trip.verifier
        given, auth = self.given, None
        if given.sent_in == "corps":
            form |= {"client_id": given.client, "client_secret": given.secret}
        else:  # RFC 6749, 2.3.1
            auth = httpx.BasicAuth(quote_plus(given.client), quote_plus(given.secret))
        headers = {"Accept": "application/json"}
        address = self._document["token_endpoint"]
        asked = self._http.build_request("POST", address, data=form, headers=headers)
        status, content = await self._answer(asked, auth)
        if status != 200:
            raise BadTokenError("code")
        return _object(content)

    async def _userinfo(self, access: object, subject: str) -> Claims:
        """Return the claims that are not in the token, of the same person."""
        if self.given.userinfo == "aucun":
            return {}
        address = self._document.get("userinfo_endpoint")
        if not address or not isinstance(access, str):
            raise BadTokenError("userinfo")
        asked = self._http.build_request(
            "GET", address, headers={"Authorization": f"Bearer {access}"}
        )
        status, content = await self._answer(asked)
        if status != 200:
            raise BadTokenError("userinfo")
        if self.given.userinfo == "signe":
            token = content.decode("ascii", "replace").strip()
            claims = await self._believed(
                lambda keys: self._reader.userinfo(token, keys, self._clock())
            )
        else:
            claims = _object(content)
        if claims.get("sub") != subject:
            raise BadTokenError("userinfo.sub")
        return claims

    async def _believed(self, read: Callable[[KeySet], Claims]) -> Claims:
        """Return what a token says, its keys asked for again where they may have changed."""
        if self._keys is None:
            raise BadTokenError("cles")
        try:
            return read(self._keys)
        except UnknownKeyError:
            await self._look_again()
            return read(self._keys)

    async def _known(self) -> None:
        """Have the provider's documents: those of the last hour, or the last ones it gave."""
        async with self._turn:
            now = self._clock()
            if self._read_at is not None and now - self._read_at < KEPT:
                return
            if self._failed_at is not None and now - self._failed_at < AFTER_A_FAILURE:
                if self._keys is not None:
                    return
                raise _silent(self.given.name)
            try:
                await self._read(now)
            except (Unavailable, BadTokenError):
                self._failed_at = now
                if self._keys is None:
                    raise _silent(self.given.name) from None

    async def _look_again(self) -> None:
        async with self._turn:
            now = self._clock()
            if self._looked_at is not None and now - self._looked_at < BETWEEN_TWO:
                return
            await self._read(now)

    async def _read(self, now: datetime) -> None:
        self._looked_at = now
        where = f"{self.given.issuer.rstrip('/')}/.well-known/openid-configuration"
        document = await self._json(where)
        if document.get("issuer") != self.given.issuer:
            raise BadTokenError("issuer")
        for name in _ADDRESSES:
            address = document.get(name)
            if address is None and name not in _NEEDED:
                continue
            if not isinstance(address, str):
                raise BadTokenError(name)
            try:
                refuse_clear(name, address)
            except KitError:
                raise BadTokenError(name) from None
        keys = keys_of(await self._json(document["jwks_uri"]))
        self._document, self._keys = document, keys
        self._read_at, self._failed_at = now, None

    async def _json(self, address: str) -> Mapping[str, Any]:
        status, content = await self._answer(self._http.build_request("GET", address))
        if status != 200:
            raise _silent(self.given.name)
        return _object(content)

    async def _answer(
        self, asked: httpx.Request, auth: httpx.Auth | None = None
    ) -> tuple[int, bytes]:
        """Return the status and the content of an answer, bounded in time and in length."""
        try:
            async with self._room, asyncio.timeout(_SECONDS):
                answer = await self._http.send(asked, stream=True, auth=auth)
                try:
                    content = b""
                    async for part in answer.aiter_bytes():
                        content += part
                        if len(content) > _LONGEST:
                            raise BadTokenError("taille")
                finally:
                    await answer.aclose()
        except (httpx.HTTPError, TimeoutError, OSError):
            self._failed_at = self._clock()
            raise _silent(self.given.name) from None
        if answer.status_code >= 500:
            self._failed_at = self._clock()
            raise _silent(self.given.name)
        return answer.status_code, content

    @staticmethod
    def _with(address: str, words: Mapping[str, str]) -> str:
        return f"{address}{'&' if '?' in address else '?'}{urlencode(words)}"


def refused(reason: str) -> Refused:
    """Return the refusal of an answer; the log has its reason, in a word of ours."""
    _refusals(reason).note()
    return Refused(
        "votre identité n’a pas pu être vérifiée auprès du fournisseur.",
        remedy="Recommencez depuis cette page ; si cela dure, prévenez l’assistance.",
    )


@cache
def _refusals(reason: str) -> OnceAMinute:
    return OnceAMinute(
        lambda count: _log.warning("réponses du fournisseur refusées (%s) : %d", reason, count)
    )


def _too_weak() -> Refused:
    return Refused(
        "l’authentification n’a pas été assez forte pour entrer ici.",
        remedy="Recommencez en choisissant, chez le fournisseur, celle qui demande deux preuves.",
    )


def _silent(name: str) -> Unavailable:
    return Unavailable(
        f"{name} ne répond pas.",
        remedy="Réessayez dans un instant. Qui est déjà entré le reste, et qui a un mot de passe "
        "du kit peut entrer avec lui.",
    )


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        written = json.loads(content)
    except (ValueError, RecursionError):
        written = None
    if not isinstance(written, dict):
        raise BadTokenError("json")
    return written
