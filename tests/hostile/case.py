"""One hostile request, and the statuses that may answer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

ACCEPTED = frozenset(range(200, 300))
REFUSED = frozenset(range(400, 500))
ANSWERED = ACCEPTED | REFUSED | {304}
"""Where API.md names no status: taken or refused, never a failure of the service."""
JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
NDJSON = "application/x-ndjson"
ARTICLE: dict[str, object] = {"title": "한빛시 도서관 연다", "body": "물결공원에 연다."}


@dataclass(frozen=True, slots=True)
class Case:
    """A request as it goes over the wire: an address in ASCII, a body in bytes."""

    name: str
    method: str
    path: str
    statuses: frozenset[int] = ANSWERED
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def get(name: str, path: str, statuses: Iterable[int] = ANSWERED, **headers: str) -> Case:
    """Return a case of GET; `_` in the name of a header stands for `-`."""
    return Case(name, "GET", path, frozenset(statuses), None, _named(headers))


def send(name: str, call: str, body: bytes, statuses: Iterable[int] = ANSWERED, **headers: str) -> Case:
    """Return a case of a call (`PUT /v1/articles/a`) with a body, of JSON where no Content_Type is given."""
    method, path = call.split(" ")
    named = _named({"Content_Type": JSON, **headers})
    return Case(name, method, path, frozenset(statuses), body, {key: value for key, value in named.items() if value})


def with_query(path: str, name: str, value: str) -> str:
    """Return the address with one parameter; lone surrogates go as the three bytes some clients send for them."""
    return f"{path}?{name}={quote(value.encode('utf-8', 'surrogatepass'), safe='')}"


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
