"""The operator's words over a cluster: a new index, and processes that take them up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index_mappings import UserWord
from service.engines.elasticsearch import ElasticsearchEngine, ElasticsearchSettings, open_engine
from service.korean.dictionary import in_force, put_in_force
from service.search.query_language import parse
from service.search.request import SearchRequest
from tests.contract.articles import article, put
from tests.elasticsearch.administering import Command

WITHIN = 10.0


@pytest.fixture
def engine(elasticsearch_url: str, elasticsearch_prefix: str) -> Iterator[ElasticsearchEngine]:
    settings = ElasticsearchSettings(
        (elasticsearch_url,), index_prefix=f"{elasticsearch_prefix}-", timeout=30, number_of_replicas=0
    )
    before = in_force()
    opened = open_engine(settings)
    yield opened
    opened.close()
    put_in_force(before)


def found(engine: ElasticsearchEngine, q: str) -> list[str]:
    engine.follow_dictionary()
    hits = engine.search(SearchRequest(parse(q).tree)).hits
    return ["".join(hit.highlights.get("body", ())) for hit in hits]


def test_words_are_applied_beside_a_running_engine(
    engine: ElasticsearchEngine, elasticsearch_url: str, elasticsearch_prefix: str, tmp_path: Path
) -> None:
    engine.wait_until_searchable(engine.write([put(article("d", "a", "한빛마루길에서 축제가 열렸다."))]))
    assert len(found(engine, "마루길")) == 1
    command = Command(elasticsearch_url, f"{elasticsearch_prefix}-", tmp_path)
    assert command.run("dictionary", "add", "한빛마루길").returncode == 0

    applied = command.run("dictionary", "apply")
    assert applied.returncode == 0, applied.stderr
    deadline = time.monotonic() + WITHIN
    while found(engine, "마루길") and time.monotonic() < deadline:
        time.sleep(0.1)
    assert found(engine, "마루길") == []
    assert found(engine, "한빛마루길") == ["<mark>한빛마루길</mark>에서 축제가 열렸다."]
    assert in_force().own == (UserWord("한빛마루길"),)

    # Whatever builds an index later keeps them, also where the file is not at hand.
    assert command.run("index", "reindex", user_dictionary_file=str(tmp_path / "none")).returncode == 0
    assert len(found(engine, "한빛마루길")) == 1
    assert "nothing to do" in command.run("dictionary", "apply").stderr
