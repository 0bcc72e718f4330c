"""Elasticsearch by itself: elasticsearch-py and bare HTTP, each with the body one would write for it."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk

from bench.contenders.contender import Answered, Memory, memory_of
from bench.kinds import FACET_SIZE, PAGE_SIZE, SIX_FACETS, Kind
from index_mappings import load_mapping
from service.domain.article import Article
from service.search.engine import Put
from service.search.tree import FilterField
from service.search.values import filter_values

_THREADS, _CHUNK = 2, 500
_TEXTS = ("title", "body")
_KEYWORDS = ("id", *SIX_FACETS, "story_id")


class ElasticsearchClient:
    """An index with nori, searched by elasticsearch-py."""

    name = "Elasticsearch, elasticsearch-py"
    most_articles: int | None = None

    def __init__(self, url: str, prefix: str) -> None:
        self._address, self._index = url, f"{prefix}raw"
        self._client = Elasticsearch(url, request_timeout=120)
        self._after: dict[str, list[Any]] = {}

    def load(self, folder: Path, parts: Iterable[Sequence[Put]]) -> float:  # noqa: ARG002 -- the node has the files
        """Store the articles by `parallel_bulk`."""
        self._client.options(ignore_status=404).indices.delete(index=self._index)
        self._client.indices.create(index=self._index, **_definition())
        seconds = 0.0
        for part in parts:
            actions = [
                {"_index": self._index, "_id": put.article.id, "_source": _document(put.article)} for put in part
            ]
            began = time.monotonic()
            for is_taken, answer in parallel_bulk(self._client, actions, thread_count=_THREADS, chunk_size=_CHUNK):
                if not is_taken:
                    raise RuntimeError(f"Elasticsearch refused an article: {answer}")
            seconds += time.monotonic() - began
        began = time.monotonic()
        self._client.indices.refresh(index=self._index)
        return seconds + time.monotonic() - began

    def open(self, folder: Path) -> float | None:  # noqa: ARG002 -- the node runs already
        """Do nothing: the node runs already."""
        return None

    def search(self, kind: Kind) -> Answered:
        """Answer by the client."""
        body = self._body(kind)
        began = time.perf_counter()
        answer = self._ask(body)
        milliseconds = (time.perf_counter() - began) * 1000
        return Answered(milliseconds, answer["hits"]["total"]["value"])

    def url(self, kind: Kind) -> str | None:
        """Return the address of the search, its body in the address."""
        sent = {"source": json.dumps(self._body(kind)), "source_content_type": "application/json"}
        return f"{self._address}/{self._index}/_search?{urlencode(sent)}"

    def memory(self) -> Memory | None:
        """Return what the node holds, with every index in it."""
        [node] = self._client.nodes.info(metric="process")["nodes"].values()
        return memory_of([int(node["process"]["id"])])

    def stored_bytes(self, folder: Path) -> int:  # noqa: ARG002 -- the node has the files
        """Return what the index has on disk."""
        return index_bytes(self._address, self._index)

    def close(self) -> None:
        """Close the client."""
        self._client.close()

    def remove(self, folder: Path) -> None:  # noqa: ARG002 -- the same
        """Remove the index."""
        remove_indices(self._address, self._index)

    def _ask(self, body: dict[str, Any]) -> Any:
        return self._client.search(
            index=self._index, **{_ARGUMENTS.get(name, name): value for name, value in body.items()}
        )

    def _body(self, kind: Kind) -> dict[str, Any]:
        if kind.page == 1:
            return search_body(kind)
        if kind.name not in self._after:
            after: list[Any] | None = None
            for _ in range(kind.page - 1):
                after = self._ask(search_body(kind, after))["hits"]["hits"][-1]["sort"]
            assert after
            self._after[kind.name] = after
        return search_body(kind, self._after[kind.name])


class ElasticsearchHttp(ElasticsearchClient):
    """The same index, searched over a bare connection that is kept."""

    name = "Elasticsearch, bare HTTP"

    def load(self, folder: Path, parts: Iterable[Sequence[Put]]) -> float:  # noqa: ARG002 -- loaded already
        """Do nothing: the index is the one of elasticsearch-py."""
        return 0.0

    def open(self, folder: Path) -> float | None:  # noqa: ARG002 -- the node runs already
        """Connect."""
        address = urlsplit(self._address)
        self._connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
        return None

    def close(self) -> None:
        """Close the connection."""
        super().close()
        self._connection.close()

    def _ask(self, body: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        self._connection.request("POST", f"/{self._index}/_search", json.dumps(body), headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status != http.client.OK:
            raise RuntimeError(f"Elasticsearch answered with {response.status}: {content[:500]!r}")
        return json.loads(content)


_ARGUMENTS = {"from": "from_", "_source": "source"}


def search_body(kind: Kind, after: list[Any] | None = None) -> dict[str, Any]:
    """Return the body of a search: a bool query, and what else the kind asks for."""
    body: dict[str, Any] = {
        "query": {"bool": _clauses(kind)},
        "size": PAGE_SIZE,
        "sort": [{"published_at": "desc"} if kind.newest else {"_score": "desc"}, {"id": "asc"}],
        "track_total_hits": True,
        "_source": {"excludes": ["body"]},
    }
    if after:
        body["search_after"] = after
    if kind.is_highlighted:
        fields = {name: {} for name in _TEXTS}
        marks = {"pre_tags": ["<mark>"], "post_tags": ["</mark>"], "encoder": "html"}
        body["highlight"] = {"type": "unified", "require_field_match": False, "fields": fields, **marks}
    if kind.counted:
        body["aggs"] = {name: {"terms": {"field": name, "size": FACET_SIZE}} for name in SIX_FACETS}
        months = {"field": "published_at", "calendar_interval": "month", "time_zone": "Asia/Seoul"}
        body["aggs"]["published"] = {"date_histogram": months}
    if kind.grouped:
        body["collapse"] = {"field": "story_id"}
        body["aggs"] = {"stories": {"cardinality": {"field": "story_id"}}}
    return body


def index_bytes(url: str, index: str) -> int:
    """Return the bytes of an index on disk."""
    with Elasticsearch(url) as client:
        return int(client.indices.stats(index=index, metric="store")["_all"]["primaries"]["store"]["size_in_bytes"])


def remove_indices(url: str, prefix: str) -> None:
    """Remove every index whose name begins so."""
    with Elasticsearch(url) as client:
        for name in client.indices.get(index=f"{prefix}*"):
            client.indices.delete(index=name)


def _clauses(kind: Kind) -> dict[str, Any]:
    must: list[dict[str, Any]] = [{"match": {"text": word}} for word in kind.words]
    must += [{"match_phrase": {"text": " ".join(kind.phrase)}}] if kind.phrase else []
    must += [{"prefix": {"text": kind.prefix}}] if kind.prefix else []
    filters: list[dict[str, Any]] = [
        {"term": {name: value}} for name, value in (("outlet", kind.outlet), ("section", kind.section)) if value
    ]
    filters += [{"range": {"published_at": {"gte": kind.since, "time_zone": "+09:00"}}}] if kind.since else []
    clauses: dict[str, Any] = {name: part for name, part in (("must", must), ("filter", filters)) if part}
    return clauses | ({"must_not": [{"match": {"text": kind.without}}]} if kind.without else {})


def _definition() -> dict[str, Any]:
    text = {"type": "text", "analyzer": "content", "copy_to": "text"}
    properties: dict[str, Any] = dict.fromkeys(_TEXTS, text)
    properties |= {"text": {"type": "text", "analyzer": "content"}, "published_at": {"type": "date"}}
    properties |= {name: {"type": "keyword"} for name in _KEYWORDS}
    return {
        "settings": {
            "number_of_shards": 1,
            "number_of_replicas": 0,
            "analysis": load_mapping("articles").settings["analysis"],
        },
        "mappings": {"dynamic": False, "properties": properties},
    }


def _document(article: Article) -> dict[str, Any]:
    time_ = article.published_at.isoformat() if article.published_at else None
    document: dict[str, Any] = {"id": article.id, "title": article.title, "body": article.body, "published_at": time_}
    document |= {name: filter_values(article, FilterField(name)) for name in SIX_FACETS}
    return document | {"story_id": article.story_id or article.id, "url": article.url}
