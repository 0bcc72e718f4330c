"""`python -m bench.stories`: how well copies are recognised among generated articles, and what that costs."""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from schemas.article import load_article
from service.domain.article import Article
from service.stories.memory import Stories
from service.stories.signature import Signature, signature_of

EASY = frozenset({"original", "verbatim", "light"})
Pair = tuple[str, str]


def main() -> None:
    """Print the figures of each seed."""
    options = _options()
    for seed in options.seeds:
        with tempfile.TemporaryDirectory(prefix="gisa-bench-") as folder:
            articles, labels = generated(Path(options.generator).resolve(), options.articles, seed, Path(folder))
        print(f"\nseed {seed}: {len(articles):,} articles")
        _quality(articles, labels)
        _cost(articles)


def generated(generator: Path, count: int, seed: int, folder: Path) -> tuple[list[Article], dict[str, Pair]]:
    """Return generated articles, and the group and the kind of each by its id."""
    corpus, labelled = folder / "articles.jsonl.gz", folder / "labels.tsv"
    command = [sys.executable, str(generator), str(count), str(corpus), "--seed", str(seed), "--labels", str(labelled)]
    # The generator reads its pool of sentences beside itself.
    subprocess.run(command, cwd=generator.parent, check=True, stdout=subprocess.DEVNULL)
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        articles = [load_article(json.loads(line)) for line in lines]
    rows = (line.split("\t") for line in labelled.read_text(encoding="utf-8").splitlines())
    return articles, {article_id: (group, kind) for article_id, group, kind in rows}


def pairs(groups: Mapping[str, str]) -> set[Pair]:
    """Return every two articles that have the same group."""
    members: dict[str, list[str]] = defaultdict(list)
    for article_id, group in groups.items():
        members[group].append(article_id)
    return {pair for ids in members.values() for pair in combinations(sorted(ids), 2)}


def f1(wanted: set[Pair], found: set[Pair]) -> tuple[float, float, float]:
    """Return F1, precision and recall of pairs."""
    both = len(wanted & found)
    return 2 * both / ((len(wanted) + len(found)) or 1), both / (len(found) or 1), both / (len(wanted) or 1)


def _quality(articles: Sequence[Article], labels: Mapping[str, Pair]) -> None:
    stories = Stories()
    for article in articles:
        stories.put(article.id, _signature(article))
    wanted = pairs({article_id: group for article_id, (group, _) in labels.items()})
    found = pairs(stories.stories)
    for name, kinds in _kinds(labels):
        within = {article_id for article_id, (_, kind) in labels.items() if kind in kinds}
        figures = f1(*({pair for pair in every if within.issuperset(pair)} for every in (wanted, found)))
        print(f"  {name:<28} F1 {figures[0]:.3f}  precision {figures[1]:.3f}  recall {figures[2]:.3f}")


def _kinds(labels: Mapping[str, Pair]) -> Iterator[tuple[str, frozenset[str]]]:
    every = frozenset(kind for _, kind in labels.values())
    for kind in sorted(every - {"original"}):
        yield f"original and {kind}", frozenset({"original", kind})
    yield "verbatim and light", EASY
    yield "all kinds", every


def _cost(articles: Sequence[Article]) -> None:
    stories = Stories()
    began = time.process_time()
    signatures = [_signature(article) for article in articles]
    each = (time.process_time() - began) / len(articles)
    characters = sum(len(article.body) for article in articles) / len(articles)
    print(f"  signature {each * 1e3:.2f} ms of CPU for {characters:.0f} characters")
    tenth = len(articles) // 10
    spent = []
    for start in range(0, len(articles), tenth):
        began = time.process_time()
        for article, signature in zip(articles[start : start + tenth], signatures[start : start + tenth], strict=True):
            stories.put(article.id, signature)
        spent.append((time.process_time() - began) / tenth)
    first, last = spent[0] + each, spent[-1] + each
    print(f"  an article: {first * 1e3:.2f} ms among the first {tenth:,}, {last * 1e3:.2f} ms among the last,", end=" ")
    print(f"{last / first:.2f} times")


def _signature(article: Article) -> Signature:
    signature = signature_of(article)
    assert signature
    return signature


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.stories", description=__doc__)
    parser.add_argument("--generator", required=True, help="the script that makes the articles and their labels")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    return parser.parse_args()


if __name__ == "__main__":
    main()
