"""Where a request comes from: the peer, or what a trusted proxy says of it."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from flask import request

Network = IPv4Network | IPv6Network


def client_address(trusted_proxies: Iterable[Network]) -> str:
    """Return the address of the client.

    `X-Forwarded-For` is believed from trusted proxies alone, read from its end: the first address there that is not
    a trusted proxy's is the client's, and what stands before it may be anybody's invention.
    """
    address = request.remote_addr or ""
    forwarded = [part.strip() for part in ",".join(request.headers.getlist("X-Forwarded-For")).split(",")]
    while forwarded and _address(forwarded[-1]) and _is_within(address, trusted_proxies):
        address = forwarded.pop()
    return address


def is_loopback(address: str) -> bool:
    """Return whether the address is one of this machine alone."""
    found = _address(address)
    return found is not None and found.is_loopback


def _is_within(address: str, networks: Iterable[Network]) -> bool:
    found = _address(address)
    return found is not None and any(found in network for network in networks)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    # A socket of both families names an IPv4 peer as ::ffff:192.0.2.1.
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found
