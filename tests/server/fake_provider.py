"""A provider in this process: it signs what a test wants it to, the hostile things included."""

import base64
import hmac
import json
import secrets
from datetime import timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

from iprof_kit.base.clock import utc_now

ISSUER, CLIENT, SECRET = "https://annuaire.example/oidc", "iprof", "secret du client"
SITE = "https://kit.example"
EVENT = "http://schemas.openid.net/event/backchannel-logout"


def letters(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def by_hand(head, claims, secret):
    said = b".".join(letters(json.dumps(part).encode()) for part in (head, claims))
    seal = letters(hmac.digest(secret, said, "sha256")) if secret else b""
    return (said + b"." + seal).decode()


class FakeProvider:
    """`claims` change those of the next token, `userinfo` is what stands at that address."""

    def __init__(self, issuer=ISSUER, client=CLIENT, clock=utc_now):
        self.issuer, self.client, self.clock = issuer, client, clock
        self.keys = [self.new_key()]
        self.claims, self.userinfo, self.document = {}, {}, {}
        self.asked, self.codes = [], {}
        self.sign = self.signed
        self.down = False
        self.subject, self.sid = "sujet-1", "session-1"

    def new_key(self):
        return RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"})

    def rotate(self):
        self.keys = [self.new_key()]

    def signed(self, claims, header=None, key=None):
        key = key or self.keys[0]
        return jwt.encode({"alg": "RS256", "kid": key.kid} | (header or {}), claims, key)

    def confused(self, claims):
        """Sign with the public key as if it were a shared secret; the library would refuse to."""
        head = {"alg": "HS256", "kid": self.keys[0].kid}
        return by_hand(head, claims, self.keys[0].as_pem(private=False))

    def unsigned(self, claims):
        return by_hand({"alg": "none", "kid": self.keys[0].kid}, claims, None)

    def seconds(self, **ago):
        return int((self.clock() - timedelta(**ago)).timestamp())

    def token(self, nonce, changes):
        claims = {
            "iss": self.issuer, "aud": self.client, "sub": self.subject, "sid": self.sid,
            "iat": self.seconds(), "exp": self.seconds(minutes=-5), "nonce": nonce,
        }  # fmt: skip
        claims |= changes
        return self.sign({name: one for name, one in claims.items() if one is not None})

    def logout_token(self, header=None, **changes):
        claims = {
            "iss": self.issuer, "aud": self.client, "sub": self.subject, "sid": self.sid,
            "iat": self.seconds(), "exp": self.seconds(minutes=-2), "jti": secrets.token_hex(8),
            "events": {EVENT: {}},
        }  # fmt: skip
        claims |= changes
        kept = {name: one for name, one in claims.items() if one is not None}
        return self.signed(kept, {"typ": "logout+jwt"} | (header or {}))

    def authorize(self, address):
        """Return the words that the browser comes back with from the address that it went to."""
        words = dict(parse_qsl(urlsplit(address).query))
        code = secrets.token_urlsafe(8)
        self.codes[code] = words
        return {"code": code, "state": words["state"], "iss": self.issuer}

    def answer(self, request):
        """Answer one request of a server, each of them noted."""
        path = request.url.path.removeprefix(urlsplit(self.issuer).path)
        self.asked.append(path)
        if self.down:
            raise httpx.ConnectError("personne")
        if path == "/.well-known/openid-configuration":
            return httpx.Response(200, json=self.described())
        if path == "/jwks":
            keys = [key.as_dict(private=False) for key in self.keys]
            return httpx.Response(200, json={"keys": keys})
        if path == "/token":
            return self.exchanged(request)
        if path == "/userinfo" and request.headers["Authorization"] == "Bearer acces":
            return self.told()
        return httpx.Response(404)

    def described(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/fin",
        } | self.document

    def exchanged(self, request):
        self.form = {name: one[0] for name, one in parse_qs(request.content.decode()).items()}
        self.authorization = request.headers.get("Authorization")
        words = self.codes.pop(self.form["code"], None)  # once
        if words is None:
            return httpx.Response(400, json={"error": "invalid_grant"})
        token = self.token(words["nonce"], self.claims)
        return httpx.Response(200, json={"access_token": "acces", "id_token": token})

    def told(self):
        if isinstance(self.userinfo, str):
            return httpx.Response(200, text=self.userinfo)
        return httpx.Response(200, text=json.dumps(self.userinfo))

    def client_of_it(self):
        return httpx.AsyncClient(transport=httpx.MockTransport(self.answer))
