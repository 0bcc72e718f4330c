"""How many of nori's tokens the service's own analysis yields."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from index_mappings import load_mapping
from service.korean.analysis import analyze
from service.korean.folding import fold

CORPUS = Path(__file__).resolve().parents[2] / ".." / "shared" / "korean" / "corpus.jsonl.gz"
BODIES = 600
LEAST = 0.994


@pytest.fixture
def index(client: Elasticsearch, elasticsearch_prefix: str) -> str:
    name = f"{elasticsearch_prefix}-tokens"
    client.indices.create(
        index=name, **load_mapping("articles").body(number_of_replicas=0, **{"analyze.max_token_count": 200_000})
    )
    return name


def bodies() -> Iterator[str]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(BODIES), lines, strict=False):
            yield fold(json.loads(line)["body"])[0]


def equal(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("analyzer", ["content", "exact"])
def test_token_parity(client: Elasticsearch, index: str, analyzer: str) -> None:
    if not CORPUS.exists():
        pytest.skip("left out: the shared folder beside the project is not here")
    same = total = 0
    for body in bodies():
        answer = client.indices.analyze(index=index, analyzer=analyzer, text=body)
        nori = [token["token"] for token in answer["tokens"]]
        own = [token.term for token in analyze(body).tokens if token.content or analyzer == "exact"]
        same += 2 * equal(nori, own)
        total += len(nori) + len(own)
    print(f"{analyzer}: {same / total:.4%} of {total // 2} tokens equal")
    assert same / total >= LEAST
