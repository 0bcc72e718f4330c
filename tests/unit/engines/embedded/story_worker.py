"""A process of its own on a data directory: writes articles and takes them out again as told in lines on its input.

A line is a JSON list `[id, name of a body or null]`; the answer to each is the id, once it is durable.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from service.domain.article import Article
from service.engines.embedded import open_engine
from service.enrichment.pipeline import analyze_texts
from service.search.engine import Delete, Operation, Put, Refused
from service.search.stored_tokens import encode_tokens
from service.stories.signature import signature_of
from tests.contract import wire
from tests.contract.stories import BRIDGE, FIRST, LAST

BODIES = {
    "first": FIRST,
    "bridge": BRIDGE,
    "last": LAST,
    "original": wire.ORIGINAL,
    "light": wire.LIGHT,
    "truncated": wire.TRUNCATED,
    "other": wire.OTHER,
}


def article_of(key: str, body: str) -> Article:
    """Return an article with one of these bodies."""
    return Article(key, "제목", BODIES[body])


def main(directory: str) -> None:
    """Do what the input says."""
    engine = open_engine(Path(directory))
    for line in sys.stdin:
        key, body = json.loads(line)
        [outcome] = engine.write([_operation(key, body)])
        if isinstance(outcome, Refused):
            raise outcome.error
        sys.stdout.write(f"{key}\n")
        sys.stdout.flush()
    engine.close()


def _operation(key: str, body: str | None) -> Operation:
    if body is None:
        return Delete(key)
    article = article_of(key, body)
    tokens = encode_tokens(analyze_texts(article).by_field())
    return Put(article, tokens, f"{key} {body}", signature=signature_of(article))


if __name__ == "__main__":
    main(*sys.argv[1:])
