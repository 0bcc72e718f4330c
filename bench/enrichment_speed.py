"""`python -m bench.enrichment_speed DATA`: the enrichment beside the analyser's bare parse, one core, step by step.

The bare parse is mecab alone: the lines it prints on every text of an article, of which nothing is made. The
enrichment is measured article by article, and many at a time, as the processes of a bulk do it. All is
measured in processor time, the least of several rounds in which the parts take turns, so that what else the machine
does counts little.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TypeVar

from schemas.article import load_article
from service.domain.article import Article
from service.enrichment.pipeline import STEPS, Texts, analyze_texts, enrich, enrich_together
from service.korean.analysis import bare_parse
from service.search.stored_tokens import encode_tokens
from service.search.values import texts_in_order
from service.stories.signature import signature_of
from service.usecases.enrichment_pool import make_ready
from service.usecases.identity import fingerprint

_Result = TypeVar("_Result")
_TOGETHER = 20  # articles
_SHARED = tuple(name for name, value in vars(Texts).items() if isinstance(value, cached_property))
"""What several steps read and the first of them works out; measured before the steps, each by itself."""


@dataclass
class Times:
    """The least seconds that each part took for all articles, in the order in which the parts come."""

    seconds: dict[str, float] = field(default_factory=dict)

    def keep(self, round_: dict[str, float]) -> None:
        """Take over what was less than before."""
        self.seconds = {name: min(taken, self.seconds.get(name, taken)) for name, taken in round_.items()}


def main() -> None:
    """Print articles per second of both, the ratio, and the milliseconds of each part."""
    given = _options()
    articles = load(Path(given.data), given.articles)
    whole, parts = Times(), Times()
    make_ready()
    for _ in range(given.rounds):
        whole.keep(
            {
                "bare parse": _timed(lambda: [_parse(article) for article in articles]),
                "enrichment": _timed(lambda: [enrich(article) for article in articles]),
                "enrichment of many": _timed(lambda: [enrich_together(chunk) for chunk in batched(articles)]),
            }
        )
        parts.keep(step_by_step(articles))
    print(report(articles, whole.seconds, parts.seconds), end="")


def report(articles: Sequence[Article], whole: dict[str, float], parts: dict[str, float]) -> str:
    """Return the table as Markdown."""
    characters = sum(len(article.title) + len(article.body) for article in articles) / len(articles)
    lines = [f"{len(articles):,} articles of {characters:,.0f} characters, one core"]
    lines += [f"{name}: {len(articles) / taken:,.0f} articles/s" for name, taken in whole.items()]
    for how in ("enrichment", "enrichment of many"):
        for name, least in (("bare parse", whole["bare parse"]), ("analysis", parts["analysis"])):
            lines.append(f"the {how} reaches {least / whole[how]:.2f} of the articles of the {name}")
    lines.append("")
    lines += ["| part | ms an article | times the bare parse |", "| --- | ---: | ---: |"]
    for name, taken in (whole | parts).items():
        lines.append(f"| {name} | {taken / len(articles) * 1000:.2f} | {taken / whole['bare parse']:.2f} |")
    return "\n".join(lines) + "\n"


def load(path: Path, most: int) -> list[Article]:
    """Return the first articles of a .jsonl or .jsonl.gz."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        return [load_article(json.loads(line)) for line in islice(lines, most)]


def batched(articles: Sequence[Article]) -> list[Sequence[Article]]:
    """Return the articles in chunks such as a bulk gives to a process."""
    return [articles[at : at + _TOGETHER] for at in range(0, len(articles), _TOGETHER)]


def step_by_step(articles: Sequence[Article]) -> dict[str, float]:
    """Return the seconds of each part of the enrichment, and of what follows it before an article can be written."""
    taken: dict[str, float] = {}
    for article in articles:
        texts = _add(taken, "analysis", lambda article=article: analyze_texts(article))
        for name in _SHARED:
            _add(taken, f"texts: {name}", lambda name=name, texts=texts: getattr(texts, name))
        enriched = article
        for step in STEPS:
            name = step.__name__
            enriched = _add(taken, name, lambda step=step, texts=texts, enriched=enriched: step(enriched, texts))
        _add(taken, "signature", lambda article=article: signature_of(article))
        _add(taken, "then: tokens encoded", lambda texts=texts: encode_tokens(texts.by_field()))
        _add(taken, "then: fingerprint", lambda article=article: fingerprint(article))
    return taken


def _add(taken: dict[str, float], name: str, work: Callable[[], _Result]) -> _Result:
    began = time.process_time()
    result = work()
    taken[name] = taken.get(name, 0.0) + time.process_time() - began
    return result


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _parse(article: Article) -> None:
    for texts in texts_in_order(article).values():
        for text in texts:
            bare_parse(text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.enrichment_speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data", help="articles, a .jsonl or .jsonl.gz")
    parser.add_argument("--articles", type=int, default=200, help="how many of them, from the first")
    parser.add_argument("--rounds", type=int, default=4)
    return parser.parse_args()


if __name__ == "__main__":
    main()
