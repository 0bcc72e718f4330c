"""`python -m bench.overhead`: what the service adds to a search of Elasticsearch, measured in one interleaved run.

The search is the one of `make bench` with six facets, the histogram and highlights. These ways take turns: the service;
the service where nobody has asked for these counts since the index changed, its request cache being emptied before;
elasticsearch-py with the very body of the service, which sends it as two, one for the hits and one for the counts;
and elasticsearch-py with that body and Elasticsearch's own highlighter in place of the service's.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from elasticsearch import Elasticsearch

from bench.bulk import bulk
from bench.kinds import SIX_FACETS
from bench.running import RunningService, exchange
from service.engines.elasticsearch.search import search_body
from service.search.query_language import parse
from service.search.request import Interval, SearchRequest, Sort
from service.search.tree import FilterField

QUERY = "정부"
PARAMETERS = {"q": QUERY, "facets": [*SIX_FACETS, "published"], "interval": "month"}
_SEARCHED = ("title", "body")
_SAME = "elasticsearch-py, the same body"


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one way of searching."""

    name: str
    p50: float
    p95: float


def direct_body() -> dict[str, Any]:
    """Return the body that the service sends for the search."""
    request = SearchRequest(
        query=parse(QUERY).tree,
        sort=Sort.RELEVANCE,
        facets=tuple(map(FilterField, SIX_FACETS)),
        histogram=Interval.MONTH,
    )
    return search_body(request, Sort.RELEVANCE, None)


def with_highlighter(body: dict[str, Any]) -> dict[str, Any]:
    """Return the body with Elasticsearch's unified highlighter, which looks for the word in every text."""
    looked_for = {"multi_match": {"query": QUERY, "fields": list(_SEARCHED)}}
    highlight = {
        "encoder": "html",
        "pre_tags": ["<mark>"],
        "post_tags": ["</mark>"],
        "highlight_query": looked_for,
        "fields": {name: {} for name in _SEARCHED},
    }
    return {**body, "highlight": highlight}


@dataclass(frozen=True, slots=True)
class Way:
    """One way of searching, and what is done before each search and not measured."""

    search: Callable[[], object]
    prepare: Callable[[], object] = lambda: None


def measure(ways: dict[str, Way], runs: int) -> list[Times]:
    """Return the times of each way, after some runs to warm up; the ways take turns in an order by chance."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for run in range(-runs // 5, runs):
        for name in random.sample(list(ways), len(ways)):
            ways[name].prepare()
            began = time.perf_counter()
            ways[name].search()
            if run >= 0:
                taken[name].append((time.perf_counter() - began) * 1000)
    return [
        Times(name, statistics.median(values), statistics.quantiles(values, n=20)[-1]) for name, values in taken.items()
    ]


def load(service: RunningService, corpus: Path) -> None:
    """Send the articles of a .jsonl.gz and return once they can be found."""
    with gzip.open(corpus, "rb") as lines:
        for answer in bulk(service, (line.rstrip(b"\n") for line in lines), query="?refresh=wait_for"):
            if answer.get("status", 0) >= http.client.BAD_REQUEST:
                raise RuntimeError(f"The service refused a line: {answer}")


def main() -> None:
    """Load the articles unless they are there, measure, print the times, and remove what was loaded."""
    given = _options()
    prefix = given.index_prefix or f"gisa-bench-{uuid4().hex[:8]}-"
    settings = {"elasticsearch_url": given.url, "elasticsearch_index_prefix": prefix, "elasticsearch_replicas": "0"}
    with tempfile.TemporaryDirectory(prefix="gisa-bench-") as folder, Elasticsearch(given.url) as client:
        service = RunningService.start(Path(folder) / "data", engine="elasticsearch", **settings)
        try:
            if given.corpus:
                load(service, Path(given.corpus))
            _report(service, client, f"{prefix}articles", given.runs)
        finally:
            service.stop()
            if not given.index_prefix:
                for name in client.indices.get(index=f"{prefix}*"):
                    client.indices.delete(index=name)


def _report(service: RunningService, client: Elasticsearch, index: str, runs: int) -> None:
    connection = service.connection()
    body = direct_body()

    def through_service() -> object:
        return exchange(connection, "POST", "/v1/search", PARAMETERS)

    ways = {
        "service": Way(through_service),
        "service, counts not kept": Way(
            through_service, prepare=lambda: client.indices.clear_cache(index=index, request=True)
        ),
        _SAME: Way(lambda: client.search(index=index, **body)),
        "elasticsearch-py, with its highlighter": Way(lambda: client.search(index=index, **with_highlighter(body))),
    }
    status, answer = exchange(connection, "POST", "/v1/search", PARAMETERS)
    found = client.search(index=index, **body)
    if status != http.client.OK or answer["total"]["value"] != found["hits"]["total"]["value"]:
        raise RuntimeError(f"The service and Elasticsearch do not find the same: {status} {answer}")
    print(f"{client.count(index=index)['count']:,} articles, {answer['total']['value']:,} found, {runs} runs each")
    times = measure(ways, runs)
    [same] = (each for each in times if each.name == _SAME)
    for each in times:
        print(f"{each.name}: p50 {each.p50:.1f} ms, p95 {each.p95:.1f} ms; {each.p50 / same.p50:.2f} of the same body")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.overhead", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", default="http://127.0.0.1:9200", help="Elasticsearch with nori: `make elasticsearch`")
    parser.add_argument("--corpus", help="articles to load, a .jsonl.gz")
    parser.add_argument("--index-prefix", help="search the articles that are there under this prefix, and keep them")
    parser.add_argument("--runs", type=int, default=200)
    given = parser.parse_args()
    if not given.corpus and not given.index_prefix:
        parser.error("give --corpus or --index-prefix")
    return given


if __name__ == "__main__":
    main()
