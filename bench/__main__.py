"""`python -m bench`: the same articles in every contender, the same searches in turns, and what they took.

Writes `results/compared-ARTICLES.json`; `python -m bench.document` makes docs/benchmarks.md out of those.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path

from bench.contenders.contender import Contender
from bench.contenders.elasticsearch import ElasticsearchClient, ElasticsearchHttp
from bench.contenders.gisa import Gisa, GisaOnElasticsearch
from bench.contenders.in_process import InProcess
from bench.contenders.libraries import Fts5, Tantivy, Whoosh
from bench.enriched import enriched, labels_of
from bench.kinds import KINDS
from bench.measure import Measured, compare
from bench.suggesting import Suggested, suggesting
from bench.throughput import CLIENT
from service.domain.time import KST

RESULTS = Path(__file__).parent / "results"
_MOST_FOR_WHOOSH = 20_000  # pure Python: it takes minutes to load these, and seconds to answer


def main() -> None:
    """Measure every size and write what was measured."""
    options = _options()
    for articles in options.articles:
        corpus = generated(Path(options.generator).resolve(), articles)
        name = f"{articles}-{_digest(corpus)}"
        contenders = _contenders(options.url, f"gisa-bench-{name}-", articles, options.without)
        folder = RESULTS / "loaded" / name
        load = os.getloadavg()[0]
        measured = compare(
            contenders, KINDS, partial(enriched, corpus, options.enriched), folder, options.runs, options.seconds
        )
        suggested = suggesting(folder, options.runs)
        _write(articles, min(options.enriched, articles), (load, os.getloadavg()[0]), measured, suggested)
        if not options.keep:
            for contender in contenders:
                contender.remove(folder)


def generated(generator: Path, articles: int) -> Path:
    """Return the generated articles as a .jsonl.gz that is kept."""
    corpus = RESULTS / "corpora" / f"{articles}.jsonl.gz"
    if not corpus.exists():
        corpus.parent.mkdir(parents=True, exist_ok=True)
        beside = corpus.with_suffix(".unfinished")
        # The generator reads its pool of sentences beside itself.
        command = [sys.executable, str(generator), str(articles), str(beside), "--labels", str(labels_of(corpus))]
        subprocess.run(command, cwd=generator.parent, check=True, stdout=sys.stderr)
        beside.rename(corpus)
    return corpus


def _contenders(url: str, prefix: str, articles: int, without: list[str]) -> list[Contender]:
    every: list[Contender] = [
        Gisa(),
        GisaOnElasticsearch(url, prefix),
        ElasticsearchClient(url, prefix),
        ElasticsearchHttp(url, prefix),
        InProcess("tantivy", Tantivy),
        InProcess("SQLite FTS5", Fts5),
        InProcess("Whoosh", Whoosh, _MOST_FOR_WHOOSH),
    ]
    return [
        each
        for each in every
        if each.name not in without and (each.most_articles is None or articles <= each.most_articles)
    ]


def _write(
    articles: int, whole: int, load: tuple[float, float], measured: list[Measured], suggested: Suggested
) -> None:
    document = {
        "articles": articles,
        "enriched": whole,
        "measured_at": f"{datetime.now(KST):%Y-%m-%d %H:%M}",
        "cores": os.cpu_count(),
        "load": [round(value, 1) for value in load],
        "python": platform.python_version(),
        "client": CLIENT,
        "contenders": [asdict(each) for each in measured],
        "suggest": asdict(suggested),
    }
    path = RESULTS / f"compared-{articles}.json"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(path)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:8]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--generator", required=True, help="the script that makes the articles: SCRIPT N OUT.jsonl.gz")
    parser.add_argument("--articles", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument(
        "--enriched", type=int, default=20_000, help="how many of them are enriched; see bench/enriched.py"
    )
    parser.add_argument("--url", default="http://127.0.0.1:9200", help="Elasticsearch with nori: `make elasticsearch`")
    parser.add_argument("--runs", type=int, default=100, help="turns of each contender at each kind of search")
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement of throughput")
    parser.add_argument("--without", nargs="*", default=[], metavar="NAME", help="contenders to be left out")
    parser.add_argument("--keep", action="store_true", help="keep the indices in Elasticsearch for another run")
    return parser.parse_args()


if __name__ == "__main__":
    main()
