"""`python -m bench.import_speed`: how fast articles are taken in, beside what Elasticsearch takes in by itself.

Elasticsearch gets the articles as they are by `helpers.parallel_bulk`, into an index of title and body with nori:
nothing is validated, derived or stored twice. Gisa does everything it does, on the embedded engine: over HTTP as one
bulk, and by `gisa import`. They take turns, each starts with nothing, and each is done once all can be found.
Processor time (of all processes, the node's too) tells them apart on a machine that has other work as well.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the clock and seconds of processor time."""

    seconds: float
    processor: float


def main() -> None:
    """Print the articles per second of each way and their ratio to Elasticsearch's."""
    given = _options()
    articles = _count(given.corpus)
    print(f"{articles:,} articles, {given.rounds} round(s), {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(report(measure(given.corpus, given.url, given.rounds), articles), end="")


def measure(corpus: Path, url: str, rounds: int = 1) -> dict[str, Taken]:
    """Return the median of what each way takes for the articles of a .jsonl.gz."""
    ways: Mapping[str, Callable[[Path], float]] = {
        PARALLEL_BULK: lambda path: by_parallel_bulk(path, url),
        "Gisa over HTTP, one bulk": over_http,
        "gisa import": by_command,
    }
    node = _node_process(url)
    rows: dict[str, list[Taken]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            before = _processor_seconds(node)
            seconds = way(corpus)
            rows[name].append(Taken(seconds, _processor_seconds(node) - before))
            print(f"{name}: {rows[name][-1]}", file=sys.stderr)
    return {
        name: Taken(statistics.median(row.seconds for row in own), statistics.median(row.processor for row in own))
        for name, own in rows.items()
    }


def report(taken: Mapping[str, Taken], articles: int) -> str:
    """Return a row for each way: articles per second, processor time of each, and both as ratios to `parallel_bulk`."""
    least = taken[PARALLEL_BULK]
    lines = ["| | articles/s | of parallel_bulk | processor ms an article | of parallel_bulk |", "| --- " * 5 + "|"]
    lines += [
        f"| {name} | {articles / own.seconds:,.0f} | {least.seconds / own.seconds:.2f} "
        f"| {own.processor / articles * 1000:.1f} | {least.processor / own.processor:.2f} |"
        for name, own in taken.items()
    ]
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


def _node_process(url: str) -> int:
    with Elasticsearch(url) as client:
        [node] = client.nodes.info(metric="process")["nodes"].values()
        return int(node["process"]["id"])


def _processor_seconds(node: int) -> float:
    """Return the processor time of the node (on this machine, Linux), of this process and of its ended children."""
    fields = Path(f"/proc/{node}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    of_node = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    own = os.times()
    return of_node + own.user + own.system + own.children_user + own.children_system


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
