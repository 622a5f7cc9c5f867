"""From which place somebody asks: an address, or the network that one person is given."""

from __future__ import annotations

import ipaddress


def place_of(address: str) -> str:
    """Return the address of a client; an IPv6 one counts by its /64 network."""
    try:
        client = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if client.version == 6 and client.ipv4_mapped is None:
        return str(ipaddress.ip_network((client, 64), strict=False))
    return str(client)
