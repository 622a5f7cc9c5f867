"""Who asks, where a proxy asks for her: only what a declared proxy says is believed."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

from tornado.httputil import HTTPHeaders

from iprof_kit.base.errors import InputError

FORWARDED, SCHEME, REQUEST_ID = "X-Forwarded-For", "X-Forwarded-Proto", "X-Request-Id"
_HEARSAY = (FORWARDED, SCHEME, REQUEST_ID, "X-Real-Ip", "X-Scheme")
"""What tornado, or the log, would believe from anybody."""
_IDENTIFIER = re.compile(r"[0-9a-f-]{8,36}", re.ASCII | re.IGNORECASE)
"""A request as nginx numbers it, or a UUID: what holds an address or a word is not taken."""
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Proxies:
    """The proxies that were declared.

    Parameters
    ----------
    networks : sequence of str
        Addresses, or networks (« 10.0.0.0/24 »).

    Raises
    ------
    InputError
        One of them is neither.
    """

    def __init__(self, networks: Sequence[str]) -> None:
        self._networks = tuple(_network(one) for one in networks)

    def tell(self, headers: HTTPHeaders, peer: str) -> None:
        """Leave in a request's headers one client, one scheme and one identifier, or nothing.

        Each proxy adds, on the right, the address that asked it. They are read from there: the
        first that is no declared proxy is the client, and what stands on its left is what she said
        herself. Of several proxies, the one that asks us says the scheme.

        Parameters
        ----------
        headers : HTTPHeaders
            Changed in place.
        peer : str
            The address at the other end of the connection.
        """
        chain = headers.get(FORWARDED, "")
        scheme = headers.get(SCHEME, "").rpartition(",")[2].strip()
        identifier = headers.get(REQUEST_ID, "")
        for name in _HEARSAY:
            headers.pop(name, None)
        if not self._holds(_address(peer)):
            return
        headers[FORWARDED] = self._client(chain, peer)
        if scheme:
            headers[SCHEME] = scheme
        if _IDENTIFIER.fullmatch(identifier):
            headers[REQUEST_ID] = identifier.lower()

    def _client(self, chain: str, peer: str) -> str:
        client = peer
        for word in reversed(chain.split(",")):
            if (address := _address(word.strip())) is None:
                break  # what a proxy cannot have written: the last that is known asked
            client = str(address)
            if not self._holds(address):
                break
        return client

    def _holds(self, address: _Address | None) -> bool:
        return address is not None and any(address in network for network in self._networks)


def _network(text: str) -> _Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        raise InputError(
            "ce mandataire n’est ni une adresse, ni un réseau.",
            where=f"--mandataire {text}",
            remedy="Donnez par exemple 127.0.0.1, ou 10.0.0.0/24.",
        ) from None


def _address(text: str) -> _Address | None:
    """Return an address; one of IPv4 written as one of IPv6 is of IPv4."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
