"""Transfers between the engines, both ways, as real processes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.article import load_article
from service.domain.keys import Audience
from service.domain.outlets import Display, Licence, Outlet, OutletKind
from service.engines.elasticsearch import ElasticsearchSettings
from service.engines.elasticsearch import open_engine as open_elasticsearch
from service.engines.embedded import open_engine as open_embedded
from service.search.engine import Delete, Engine, Scanned, Written
from service.search.records import View
from service.usecases.ingest import Ingest
from service.usecases.licences.outlets import Outlets
from tests.contract.articles import article, put
from tests.elasticsearch.administering import Command

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "articles.jsonl"
COPIES = 8
VIEWS = {
    View("2026-01", "하늘일보", "intranet", "sample-0-001"): 3,
    View("2026-01", "하늘일보", "press_office", "sample-0-001"): 1,
    View("2026-02", "가람일보", "intranet", "removed"): 2,
}


@pytest.fixture
def command(elasticsearch_url: str, elasticsearch_prefix: str, tmp_path: Path) -> Command:
    return Command(elasticsearch_url, f"{elasticsearch_prefix}-", tmp_path)


@pytest.fixture
def cluster(command: Command) -> Iterator[Engine]:
    settings = ElasticsearchSettings((command.url,), index_prefix=command.prefix, timeout=30, number_of_replicas=0)
    opened = open_elasticsearch(settings)
    yield opened
    opened.close()


def sample_documents() -> list[dict[str, object]]:
    documents = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        {**document, "id": f"sample-{copy}-{number:03}"}
        for copy in range(COPIES)
        for number, document in enumerate(documents)
    ]


def fill(folder: Path) -> None:
    """Store the samples and one article whose derived fields are all given in a directory of the embedded engine."""
    engine = open_embedded(folder, index=False)
    ingest = Ingest(engine, lambda: datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC))
    outcomes = ingest.put_many([load_article(document) for document in sample_documents()])
    assert all(isinstance(outcome, Written) for outcome in outcomes)
    given = article("t", "given", "市場에서 Ａ를 보았다.", captions=("사진",), money=((10**30, "KRW"),))
    engine.write([put(replace(given, story_id="s1", duplicate_of="sample-0-001", language="ko"))])
    licence = {Audience.INTRANET: Licence(Display.FULL)}
    Outlets(engine.records).put(Outlet("하늘일보", OutletKind.DAILY, ("하늘신문",), licence))
    engine.views.add(VIEWS)
    engine.close()


def dump(engine: Engine) -> dict[str, Scanned]:
    return {found.article.id: found for found in engine.scan()}


def views(engine: Engine) -> dict[View, int]:
    return {found.view: found.count for found in engine.views.counted("2026-01", "2026-12")}


def test_everything_moves_both_ways(command: Command, cluster: Engine, tmp_path: Path) -> None:
    fill(tmp_path / "data")
    there = command.run("transfer", "--to", "elasticsearch", engine="embedded")
    assert there.returncode == 0, there.stderr
    embedded = open_embedded(tmp_path / "data", index=False)
    before = dump(embedded)
    embedded.close()
    assert len(before) > 200
    assert dump(cluster) == before
    assert views(cluster) == VIEWS
    assert Outlets(cluster.records).get("하늘일보").outlet.aliases == ("하늘신문",)

    # Views that the target counts by itself are neither lost nor counted twice, here and on the way back.
    more = {View("2026-01", "하늘일보", "intranet", "sample-0-001"): 2, View("2026-03", "하늘일보", "public", "b"): 1}
    cluster.views.add(more)
    counted = dict(Counter(VIEWS) + Counter(more))
    again = command.run("transfer", "--to", "elasticsearch", engine="embedded")
    assert f"0 copied, {len(before):,} there already" in again.stderr
    assert "views" not in again.stderr
    assert views(cluster) == counted

    back = Command(command.url, command.prefix, tmp_path / "back")
    (tmp_path / "back").mkdir()
    done = back.run("transfer", "--to", "embedded")
    assert done.returncode == 0, done.stderr
    returned = open_embedded(tmp_path / "back" / "data", index=False)
    assert dump(returned) == before
    assert views(returned) == counted
    assert Outlets(returned.records).all() == Outlets(cluster.records).all()
    resent = Ingest(returned).put_many([load_article(document) for document in sample_documents()])
    returned.close()
    assert {outcome.change.value for outcome in resent if isinstance(outcome, Written)} == {"unchanged"}


def test_an_interrupted_transfer_is_finished_by_another(command: Command, cluster: Engine, tmp_path: Path) -> None:
    fill(tmp_path / "data")
    process = command.start("transfer", "--to", "elasticsearch", engine="embedded")
    while cluster.count() == 0 and process.poll() is None:
        pass
    process.kill()
    process.communicate()
    done = command.run("transfer", "--to", "elasticsearch", engine="embedded")
    assert done.returncode == 0, done.stderr
    cluster.write([Delete("sample-0-000")])
    assert command.run("transfer", "--to", "elasticsearch", engine="embedded").returncode == 0
    embedded = open_embedded(tmp_path / "data", index=False)
    assert dump(cluster) == dump(embedded)
    embedded.close()


def test_it_needs_two_engines(command: Command) -> None:
    done = command.run("transfer", "--to", "elasticsearch")
    assert done.returncode == 2
    assert "already" in done.stderr
    done = command.run("transfer", "--to", "elasticsearch", engine="embedded")
    assert done.returncode == 2
    assert "GISA_DATA_DIR" in done.stderr
