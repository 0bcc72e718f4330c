"""A search asked as two at once: its page of hits, and what is counted, which the nodes keep until a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from elastic_transport import ApiResponseMeta
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.exceptions import HTTP_EXCEPTIONS

_AGGS, _LEFT_OUT = "aggs", "filter_path"
_QUERIES = ("query", "post_filter")
_OF_THE_CLIENT = {"source": "_source", "from_": "from"}
"""Names that `Elasticsearch.search` has for what a body calls otherwise."""


def has_parts(body: Mapping[str, Any]) -> bool:
    """Return whether a search gives hits and counts as well."""
    return _AGGS in body and body["size"] > 0


def search_in_parts(client: Elasticsearch, state: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a search with this body answers.

    `state` is the point in time that both parts look at: only of one state do hits and counts agree. Elasticsearch runs
    them beside each other, finds the best hits without looking at all the others, and has the counts of an unchanged
    index in its request cache, which keeps nothing that has hits. Raises as the client does.
    """
    searches = [*_search(_hits(body), state), *_search(_counts(body), state)]
    answer = client.msearch(searches=searches, filter_path=_left_out(body))
    for part in answer.body["responses"]:
        if "error" in part:
            raise _refused(part, answer.meta)
    hits, counts = answer.body["responses"]
    found = hits["hits"] | {"total": counts["hits"]["total"]}
    return {**hits, "hits": found, "aggregations": counts["aggregations"]}


def _left_out(body: Mapping[str, Any]) -> str | None:
    path = body.get(_LEFT_OUT)
    return f"-responses.{path.removeprefix('-')}" if path else None


def _hits(body: Mapping[str, Any]) -> dict[str, Any]:
    others = {name: value for name, value in body.items() if name not in (_AGGS, _LEFT_OUT)}
    return others | {"track_total_hits": False}


def _counts(body: Mapping[str, Any]) -> dict[str, Any]:
    asked = {name: body[name] for name in (*_QUERIES, _AGGS) if name in body}
    return asked | {"size": 0, "track_total_hits": True}


def _search(body: Mapping[str, Any], state: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    written = {_OF_THE_CLIENT.get(name, name): value for name, value in body.items()}
    kind = {name: written.pop(name) for name in ("search_type",) if name in written}
    return {**kind, "allow_partial_search_results": False}, {**written, **state}


def _refused(part: Mapping[str, Any], meta: ApiResponseMeta) -> ApiError:
    status, reason = int(part["status"]), part["error"]
    kind = HTTP_EXCEPTIONS.get(status, ApiError)
    return kind(message=str(reason.get("type", reason)), meta=replace(meta, status=status), body=dict(part))
