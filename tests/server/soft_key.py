"""A passkey made of a few lines: what a browser and its authenticator would answer."""

import hashlib
import json
import os
from base64 import urlsafe_b64encode

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def letters(content):
    return urlsafe_b64encode(content).rstrip(b"=").decode()


class SoftKey:
    """One key of one site; what a liar would change is a parameter of each answer."""

    def __init__(self, site="localhost"):
        self.site, self.count = site, 0
        self.id = os.urandom(32)
        self.secret = ec.generate_private_key(ec.SECP256R1())

    def made(self, challenge, origin, flags=PRESENT | VERIFIED):
        """Answer `navigator.credentials.create`."""
        numbers = self.secret.public_key().public_numbers()
        x, y = (one.to_bytes(32, "big") for one in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        whole = self._data(flags | ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": whole})
        client = self._client("webauthn.create", challenge, origin)
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def signed(self, challenge, origin, flags=PRESENT | VERIFIED):
        """Answer `navigator.credentials.get`."""
        self.count += 1
        data, client = self._data(flags), self._client("webauthn.get", challenge, origin)
        text = data + hashlib.sha256(client).digest()
        signature = self.secret.sign(text, ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, flags):
        site = hashlib.sha256(self.site.encode()).digest()
        return site + bytes([flags]) + self.count.to_bytes(4, "big")

    @staticmethod
    def _client(kind, challenge, origin):
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()

    def _answer(self, **response):
        return json.dumps({
            "id": letters(self.id), "rawId": letters(self.id), "type": "public-key",
            "response": {name: letters(content) for name, content in response.items()},
            "clientExtensionResults": {},
        })  # fmt: skip
