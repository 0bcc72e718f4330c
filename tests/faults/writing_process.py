"""A process on a data directory that a failpoint is to end: `python writing_process.py DIRECTORY write|rebuild`."""

from __future__ import annotations

import sys
from pathlib import Path

from service.domain.article import Article
from service.engines.embedded import open_engine, rebuild
from service.enrichment.pipeline import analyze_texts
from service.search.engine import Delete, Operation, Put
from service.search.stored_tokens import encode_tokens
from tests.faults.texts import document

ACKNOWLEDGED = "acknowledged"
BEFORE = {f"a{number:04}": 1 for number in range(12)}
AFTER = {key: 2 if key < "a0004" else 1 for key in BEFORE if key != "a0011"} | {"b0000": 1, "b0001": 1}
"""The versions before and after the writes, by key."""


def put(key: str, version: int) -> Put:
    """Return the operation that stores this state of this article."""
    sent = document(key, version)
    article = Article(key, sent["title"], sent["body"], tags=tuple(sent["tags"]))
    return Put(article, encode_tokens(analyze_texts(article).by_field()), sent["tags"][0])


def changes() -> list[Operation]:
    """Return what leads from `BEFORE` to `AFTER`: articles replaced, deleted and created in one transaction."""
    changed = [put(key, version) for key, version in AFTER.items() if BEFORE.get(key) != version]
    return [*changed, Delete("a0011")]


def main(directory: Path, action: str) -> None:
    """Write or rebuild, and say when the write is acknowledged."""
    if action == "rebuild":
        rebuild(directory)
        return
    engine = open_engine(directory)
    outcomes = engine.write(changes())
    sys.stdout.write(ACKNOWLEDGED)
    sys.stdout.flush()
    engine.wait_until_searchable(outcomes)
    engine.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
