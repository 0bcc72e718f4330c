"""Pages of other sites: which may read a search, by CORS, and which may frame the page of the widget."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, current_app, request

from service.config import Config

_EXTENSION = "gisa.embedding"
_SHARED = frozenset({"search.Search"})
"""What the widget asks for; nothing else is given to the pages of other sites."""
_METHODS = "GET, HEAD"
_ASKED_HEADERS = "Accept, Accept-Language, Authorization, X-Request-ID"
_SHOWN_HEADERS = "Link, Retry-After, WWW-Authenticate, X-Request-ID"
_PREFLIGHT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Embedding:
    """The origins of sites that may read searches, and of those that may frame the page of the widget."""

    origins: frozenset[str]
    ancestors: tuple[str, ...]

    @classmethod
    def of(cls, config: Config) -> Embedding:
        """Return what the settings allow."""
        return cls(config.shared_origins, config.framing_origins)

    def install(self, extensions: dict[str, object]) -> None:
        """Make this what the current app allows, given its `extensions`."""
        extensions[_EXTENSION] = self


def embedding() -> Embedding:
    """Return what the current app allows."""
    installed = current_app.extensions[_EXTENSION]
    assert isinstance(installed, Embedding)
    return installed


def share(response: Response) -> Response:
    """Return the response, made readable for the page of another site where that is on the list.

    The origin is named, never `*`, as cookies may go along; so the answer to one origin is not that to another.
    """
    if request.endpoint not in _SHARED or not embedding().origins:
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    asked_method = request.headers.get("Access-Control-Request-Method")
    is_preflight = request.method == "OPTIONS" and asked_method is not None
    if origin not in embedding().origins or request.method not in {"GET", "HEAD", "OPTIONS"}:
        return response
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Allow-Credentials"] = "true"
    response.headers["Access-Control-Expose-Headers"] = _SHOWN_HEADERS
    if is_preflight:
        response.headers["Access-Control-Allow-Methods"] = _METHODS
        response.headers["Access-Control-Allow-Headers"] = _ASKED_HEADERS
        response.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
    return response
