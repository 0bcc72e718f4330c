"""The address that browsers reach the service at: as it is set, or as the request names it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, current_app, request

_SETTING = "GISA_PUBLIC_URL"


def install_public_url(app: Flask, url: str) -> None:
    """Make this the address of the app; an empty one is the Host of each request."""
    app.config[_SETTING] = url.rstrip("/")


def public_url() -> str:
    """Return the address, without a slash at its end; the scheme is what a trusted proxy says where none is set."""
    return str(current_app.config[_SETTING]) or request.host_url.rstrip("/")


def own_hosts() -> tuple[str, ...]:
    """Return the hosts, with their ports, that a page of ours may come from."""
    return request.host, urlsplit(public_url()).netloc


def is_https() -> bool:
    """Return whether browsers reach the service over TLS."""
    return public_url().startswith("https:")
