"""What the fuzzers begin with: the samples, the copies and the queries of the other tests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_LONGEST = 4096


def write_seeds(target: str, folder: Path) -> int:
    """Write the seeds of a target as files into the folder; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for seed in _SEEDS[target]():
        data = seed[:_LONGEST]
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
        count += 1
    return count


def _copies() -> Iterator[bytes]:
    for folder in ("samples/press_copy", "tests/unit/enrichment/press_copy/copies"):
        for path in sorted((_ROOT / folder).glob("*.txt")):
            yield path.read_bytes()


def _queries() -> Iterator[bytes]:
    table = json.loads((_ROOT / "tests/contract/queries.json").read_text(encoding="utf-8"))
    for row in table if isinstance(table, list) else table["queries"]:
        for first in (b"\x00", b"\xff"):
            yield first + str(row["q"]).encode()


def _lines() -> Iterator[bytes]:
    for line in (_ROOT / "samples/articles.jsonl").read_bytes().splitlines()[:40]:
        yield line + b"\n" + json.dumps({"title": "가", "body": "나"}).encode()


_SEEDS = {"press_copy": _copies, "query": _queries, "ndjson": _lines}
