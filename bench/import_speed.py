"""`python -m bench.import_speed`: how fast articles are taken in, beside what Elasticsearch takes in by itself.

Elasticsearch gets the articles as they are by `helpers.parallel_bulk`, into an index of title and body with nori:
nothing is validated, derived or stored twice. Gisa does everything it does, on the embedded engine: over HTTP as one
bulk, and by `gisa import`. They take turns, each starts with nothing, and each is done once all can be found.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk

from bench.gisa import Gisa
from index_mappings import load_mapping

PARALLEL_BULK = "elasticsearch.helpers.parallel_bulk, nori, nothing derived"
_THREADS = 2
_CHUNK = 500
_TEXTS = frozenset({"title", "subtitle", "body"})


def main() -> None:
    """Print the articles per second of each way and their ratio to Elasticsearch's."""
    given = _options()
    articles = _count(given.corpus)
    print(f"{articles:,} articles, {given.rounds} round(s)")
    print(report(measure(given.corpus, given.url, given.rounds), articles), end="")


def measure(corpus: Path, url: str, rounds: int = 1) -> dict[str, float]:
    """Return the median of the seconds that each way takes for the articles of a .jsonl.gz."""
    ways: Mapping[str, Callable[[Path], float]] = {
        PARALLEL_BULK: lambda path: by_parallel_bulk(path, url),
        "Gisa over HTTP, one bulk": over_http,
        "gisa import": by_command,
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            taken[name].append(way(corpus))
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def report(seconds: Mapping[str, float], articles: int) -> str:
    """Return a line for each way: seconds, articles per second, and the ratio to `parallel_bulk`."""
    least = seconds[PARALLEL_BULK]
    lines = (
        f"{name}: {taken:,.1f} s, {articles / taken:,.0f} articles/s, {least / taken:.2f} of parallel_bulk"
        for name, taken in seconds.items()
    )
    return "\n".join(lines) + "\n"


def by_parallel_bulk(corpus: Path, url: str) -> float:
    """Return the seconds that Elasticsearch takes for the articles as they are."""
    name = f"gisa-bench-{uuid4().hex[:8]}"
    with Elasticsearch(url, request_timeout=120) as client, gzip.open(corpus, "rb") as lines:
        documents = [json.loads(line) for line in lines]
        client.indices.create(index=name, **_index())
        try:
            began = time.monotonic()
            actions: Iterator[dict[str, Any]] = (
                {"_index": name, "_id": document["id"], "_source": document} for document in documents
            )
            for is_taken, answer in parallel_bulk(client, actions, thread_count=_THREADS, chunk_size=_CHUNK):
                if not is_taken:
                    raise RuntimeError(f"Elasticsearch refused an article: {answer}")
            client.indices.refresh(index=name)
            taken = time.monotonic() - began
            if client.count(index=name)["count"] != len(documents):
                raise RuntimeError("Elasticsearch does not find all articles.")
            return taken
        finally:
            client.indices.delete(index=name)


def over_http(corpus: Path) -> float:
    """Return the seconds that the service takes for one bulk."""
    contender = Gisa()
    try:
        contender.start()
        began = time.monotonic()
        contender.load(corpus)
        return time.monotonic() - began
    finally:
        contender.stop()


def by_command(corpus: Path) -> float:
    """Return the seconds that `gisa import` takes, its start included."""
    with closing(_NotStarted()) as contender:
        return contender.import_files(corpus)


class _NotStarted(Gisa):
    def close(self) -> None:
        self.stop()


def _index() -> dict[str, Any]:
    settings = load_mapping("articles").settings
    text = {"type": "text", "analyzer": "content"}
    others = {"match_mapping_type": "string", "mapping": {"type": "keyword", "ignore_above": 2000}}
    return {
        "settings": {"number_of_shards": 1, "number_of_replicas": 0, "analysis": settings["analysis"]},
        "mappings": {
            "properties": dict.fromkeys(sorted(_TEXTS), text),
            "dynamic_templates": [{"others": others}],
        },
    }


def _count(corpus: Path) -> int:
    with gzip.open(corpus, "rb") as lines:
        return sum(1 for _ in lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.import_speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path, help="the articles, a .jsonl.gz")
    parser.add_argument("--url", default="http://127.0.0.1:9200", help="Elasticsearch with nori: `make elasticsearch`")
    parser.add_argument("--rounds", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
