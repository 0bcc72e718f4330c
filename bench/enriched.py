"""Articles enriched once and kept, so that every contender can be filled with many of them without enriching again.

What is kept is what the processes of a bulk hand over (`Put`), in parts named by a digest of their lines, of the
version of the enrichment and of the analysis: a corpus that begins as another one shares its parts. Enriching takes
most of the time of an import and nothing of a search, so beyond a number of articles only their texts are analysed:
they get the derived values (people, bodies, places, keywords, quotes, sums) of the enriched ones in turn. The stories
are those of the generator's labels, so that every contender groups the same.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import pickle
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import zstandard

from schemas.article import load_article
from service.domain.article import Article
from service.domain.errors import EngineUnavailable
from service.domain.time import KST
from service.enrichment.pipeline import ENRICHMENT_VERSION
from service.korean.dictionary import in_force
from service.search.engine import Engine, Put, Written
from service.usecases.enrichment_pool import available_cores, make_ready
from service.usecases.preparing import Delivery, Task, carry_out, order, prepare, prepare_as_it_is, unpacked

KEPT = Path(__file__).parent / "results" / "enriched"
_PART = 1_000  # articles kept in one file
_CHUNK = 20  # articles enriched by a process at a time
_WRITTEN_AT_ONCE = 500
_RECEIVED_AT = datetime(2026, 11, 1, tzinfo=KST)


def enriched(corpus: Path, whole: int, folder: Path = KEPT) -> Iterator[Sequence[Put]]:
    """Yield the articles of a .jsonl.gz as an engine takes them, in parts; those not kept yet are made and kept.

    The first `whole` are enriched, rounded up to whole parts; the others get their values in turn.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lenders: list[Path] = []
    rows = (line.split("\t") for line in labels_of(corpus).read_text(encoding="utf-8").splitlines())
    groups = {article_id: group for article_id, group, _ in rows}
    with ExitStack() as stack:
        lines = stack.enter_context(gzip.open(corpus, "rb"))
        pool: ProcessPoolExecutor | None = None
        for number in range(sys.maxsize):
            part = list(islice(lines, _PART))
            if not part:
                return
            is_whole = number * _PART < whole
            lender = None if is_whole else lenders[number % len(lenders)]
            path = folder / f"{_digest(part, lender)}.zst"
            if not path.exists():
                pool = pool or stack.enter_context(
                    ProcessPoolExecutor(available_cores(), get_context("spawn"), initializer=make_ready)
                )
                _keep(path, _made(pool, part, lender))
                print(f"prepared article {(number + 1) * _PART:,}", file=sys.stderr)
            if is_whole:
                lenders.append(path)
            yield [_in_story(put, groups) for put in _read(path)]


def fill(engine: Engine, parts: Iterable[Sequence[Put]]) -> float:
    """Write the articles into an engine and return the seconds that took it until the last can be found."""
    seconds = 0.0
    written: list[Written] = []
    for part in parts:
        began = time.monotonic()
        for start in range(0, len(part), _WRITTEN_AT_ONCE):
            outcomes = engine.write(part[start : start + _WRITTEN_AT_ONCE])
            written = [outcome for outcome in outcomes if isinstance(outcome, Written)]
            if len(written) < len(outcomes):
                raise RuntimeError(f"{engine.name} refused articles: {outcomes}")
        seconds += time.monotonic() - began
    began = time.monotonic()
    while True:
        try:
            engine.wait_until_searchable(written)
            return seconds + time.monotonic() - began
        except EngineUnavailable:
            continue  # the index may follow by more than the half minute that is waited for


def labels_of(corpus: Path) -> Path:
    """Return where the generator tells which articles are copies of one another."""
    return corpus.with_suffix(".labels")


def _in_story(put: Put, groups: Mapping[str, str]) -> Put:
    return replace(put, article=replace(put.article, story_id=groups[put.article.id]), signature=None)


def _made(pool: ProcessPoolExecutor, lines: Sequence[bytes], lender: Path | None) -> list[Delivery]:
    articles = [replace(load_article(json.loads(line)), received_at=_RECEIVED_AT) for line in lines]
    task: Task = prepare
    if lender:
        articles = [_with_values_of(own, other.article) for own, other in zip(articles, _read(lender), strict=False)]
        task = prepare_as_it_is
    chunks = [articles[start : start + _CHUNK] for start in range(0, len(articles), _CHUNK)]
    return list(pool.map(carry_out, [order(task, chunk) for chunk in chunks]))


def _with_values_of(article: Article, other: Article) -> Article:
    return replace(
        article,
        persons=other.persons,
        organizations=other.organizations,
        places=other.places,
        keywords=other.keywords,
        quotes=other.quotes,
        money=other.money,
        dates=other.dates,
        summary=other.summary,
        mentions=tuple(mention for mention in other.mentions if mention.end <= len(article.body)),
        char_count=len(article.body),
        enrichment_version=other.enrichment_version,
    )


def _digest(lines: Sequence[bytes], lender: Path | None) -> str:
    digest = hashlib.sha256(f"{ENRICHMENT_VERSION} {in_force().identity}".encode())
    digest.update(lender.name.encode() if lender else b"")
    for line in lines:
        digest.update(line)
    return digest.hexdigest()[:32]


def _keep(path: Path, deliveries: list[Delivery]) -> None:
    # Written beside and renamed: a run that is broken off leaves no half of a file.
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_bytes(zstandard.compress(pickle.dumps(deliveries), 3))
    beside.rename(path)


def _read(path: Path) -> list[Put]:
    deliveries: list[Delivery] = pickle.loads(zstandard.decompress(path.read_bytes()))
    return [put for delivery in deliveries for put in unpacked(delivery)]
