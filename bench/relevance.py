"""`python -m bench.relevance`: how far up the right article stands for judged queries, on each engine.

MRR@10 is the mean of 1/rank over the queries, nought where the article is not among the first ten; nDCG@10 is the mean
of 1/log2(rank + 1), as each query has one right article. The queries are asked as `match=any` does.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

from bench.parity import FIRST, JudgedQuery, fill, ids, read_articles, read_queries
from service.engines import embedded
from service.search.engine import Engine
from service.search.query_language import parse
from service.search.query_language.ranking import ranked
from service.search.request import Match, SearchRequest, Sort


def rank_of(engine: Engine, query: JudgedQuery) -> int | None:
    """Return the place of the right article among the first ten, from 1; None where it is not there."""
    tree = ranked(parse(query.text, Match.ANY, query.fields).tree)
    found = ids(
        engine.search(SearchRequest(query=tree, fields=query.fields, sort=Sort.RELEVANCE, size=FIRST, highlight=False))
    )
    return found.index(query.relevant) + 1 if query.relevant in found else None


def table(engine: Engine, queries: Sequence[JudgedQuery]) -> list[str]:
    """Return a line for each set of queries and one for the mean of the sets."""
    ranks: dict[str, list[int | None]] = defaultdict(list)
    for query in queries:
        ranks[query.set].append(rank_of(engine, query))
    figures = {name: (_reciprocal(found), _gain(found)) for name, found in ranks.items()}
    mean = tuple(statistics.fmean(column) for column in zip(*figures.values(), strict=True))
    return [
        f"{engine.name:>14}  {name:<5} {len(ranks.get(name, queries)):>4} queries  MRR@10 {mrr:.3f}  nDCG@10 {ndcg:.3f}"
        for name, (mrr, ndcg) in {**figures, "mean": mean}.items()
    ]


def _reciprocal(ranks: Sequence[int | None]) -> float:
    return statistics.fmean(1 / rank if rank else 0 for rank in ranks)


def _gain(ranks: Sequence[int | None]) -> float:
    return statistics.fmean(1 / math.log2(rank + 1) if rank else 0 for rank in ranks)


def main() -> None:
    """Fill the engines with the articles, ask the queries, print the table, and remove what was stored."""
    parser = argparse.ArgumentParser(prog="python -m bench.relevance", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="with corpus.jsonl.gz and queries.*.jsonl")
    parser.add_argument("--elasticsearch", metavar="URL", help="measure this cluster too: `make elasticsearch`")
    given = parser.parse_args()
    queries = [query for path in sorted(given.folder.glob("queries.*.jsonl")) for query in read_queries(path)]
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="gisa-relevance-"))
        engines: list[Engine] = [embedded.open_engine(Path(folder))]
        stack.callback(engines[0].close)
        if given.elasticsearch:
            engines.append(_elasticsearch(given.elasticsearch, stack))
        fill(engines, read_articles(given.folder / "corpus.jsonl.gz", lambda *_: True), enriched=False)
        for engine in engines:
            print(*table(engine, queries), sep="\n")


def _elasticsearch(url: str, stack: ExitStack) -> Engine:
    from service.engines import elasticsearch  # noqa: PLC0415 -- only where it is measured

    prefix = f"gisa-relevance-{uuid4().hex[:8]}-"
    engine = elasticsearch.open_engine(
        elasticsearch.ElasticsearchSettings(urls=(url,), index_prefix=prefix, number_of_replicas=0, timeout=30.0)
    )
    stack.callback(_remove, url, prefix)
    stack.callback(engine.close)
    return engine


def _remove(url: str, prefix: str) -> None:
    from elasticsearch import Elasticsearch  # noqa: PLC0415 -- the same

    with Elasticsearch(url) as client:
        for name in client.indices.get(index=f"{prefix}*"):
            client.indices.delete(index=name)


if __name__ == "__main__":
    main()
