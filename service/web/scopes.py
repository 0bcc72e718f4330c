"""Which scope a call needs: reading for what only reads, writing for every other method, and the exceptions."""

from __future__ import annotations

from service.domain.keys import Scope

_OPEN_ENDPOINTS = frozenset(
    {
        "service.Live",
        "service.Ready",
        "service.OpenApi",
        "service.Docs",
        "static",
        "assets",
        "opensearch.description",
        "widget.newest_script",
        "widget.versioned_script",
        "widget.frame",  # it holds no article; what its script asks for is asked with the reader's own rights
    }
)
"""What says nothing of any article: the state of the service, its documentation, its styles and scripts."""
_SIGN_ON = frozenset({"page.sign_on", "page.signed_on", "page.sign_out", "page.signed_out"})
"""How somebody gets a session and gives it up."""
_READING = frozenset({"GET", "HEAD"})
_EXCEPTIONS = {
    ("outlets.SingleOutlet", "PUT"): Scope.ADMIN,
    ("outlets.SingleOutlet", "DELETE"): Scope.ADMIN,
    ("service.Metrics", "GET"): Scope.ADMIN,
    ("service.Metrics", "HEAD"): Scope.ADMIN,
    # A search too long for an address comes as a body.
    ("search.Search", "POST"): Scope.READ,
}


def scope_of(endpoint: str, method: str) -> Scope | None:
    """Return the scope that a call needs, None where it is open to everybody.

    OPTIONS says which methods there are, which the documentation says as well, and browsers ask it without a key.
    """
    if endpoint in _OPEN_ENDPOINTS or endpoint in _SIGN_ON or method == "OPTIONS":
        return None
    return _EXCEPTIONS.get((endpoint, method), Scope.READ if method in _READING else Scope.WRITE)
