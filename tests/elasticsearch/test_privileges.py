"""The rights that docs/operations.md and the role name are those of the calls that the code makes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from index_mappings import load_mapping
from service.engines.elasticsearch import Administration, ElasticsearchSettings, Period, open_engine
from service.engines.elasticsearch.blocking import block_writes
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.indices import Indices
from service.engines.elasticsearch.operations import Operations, Phase, Reindexing
from service.engines.elasticsearch.safeguard import Safeguard
from service.search.engine import Delete, Remembered
from service.search.request import FacetSearch, Interval
from service.search.tree import FilterField
from tests.contract.articles import article
from tests.contract.shelves import Shelf

ROOT = Path(__file__).resolve().parents[2]
ROLE = json.loads((ROOT / "deploy" / "elasticsearch" / "role.json").read_text(encoding="utf-8"))


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the names of the calls that reach the cluster, as elasticsearch-py names them."""
    names: set[str] = set()
    send = Elasticsearch.perform_request

    def record(self: Elasticsearch, method: str, path: str, **options: Any) -> Any:
        names.add(str(options["endpoint_id"]))
        return send(self, method, path, **options)

    monkeypatch.setattr(Elasticsearch, "perform_request", record)
    return names


def documented() -> dict[str, set[str]]:
    """Return the calls of each right in the table of docs/operations.md."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?:cluster|indices) `([\w:/]+)` \| (.+) \|$", page, re.MULTILINE)
    return {right: set(re.findall(r"`([\w.]+)`", calls)) for right, calls in rows}


def use_everything(settings: ElasticsearchSettings) -> None:
    """Do everything that an engine and an operator can do."""
    leave_older_notes(settings)
    engine = open_engine(settings)
    shelf = Shelf(engine, "rights")
    shelf.store(*(article("rights", str(n), "하천 정비", published=f"202{n}-01-01T00:00Z") for n in range(6)))
    shelf.store(article("rights", "1", "고친 하천 정비", published="2021-01-01T00:00Z"))
    shelf.apply([Delete("rights.2")])
    engine.get("rights.1")
    engine.similar("rights.1", 3)
    engine.count()
    list(engine.scan())
    list(shelf.pages("하천", size=2, group_by_story=True))
    searched = FacetSearch(FilterField.OUTLET, "가")
    shelf.search("하천", facets=(FilterField.OUTLET,), facet_search=searched, histogram=Interval.AUTO)
    engine.remember("key", Remembered("digest", 201, {}, b"{}"))
    engine.recall("key")
    assert all(check.ready for check in engine.checks())
    operate(settings)
    engine.close()
    lift_a_block(settings)


def leave_older_notes(settings: ElasticsearchSettings) -> None:
    """Leave the index of reindexing as a first version of the service made it."""
    mapping = load_mapping("operations").body(number_of_replicas=0)
    del mapping["mappings"]["properties"]["rest"]
    mapping["mappings"]["_meta"] = {"version": 1}
    alias = f"{settings.index_prefix}operations"
    with Elasticsearch(settings.urls[0]) as client:
        client.options(request_timeout=30).indices.create(
            index=f"{alias}-v1-000001", aliases={alias: {"is_write_index": True}}, **mapping
        )


def operate(settings: ElasticsearchSettings) -> None:
    """Do what `gisa index` does."""
    administration = Administration(settings)
    administration.create()
    administration.status()
    assert not list(administration.migrate(lambda *_: None))
    assert list(administration.reindex(lambda *_: None))
    assert administration.drop_old()
    administration.close()


def lift_a_block(settings: ElasticsearchSettings) -> None:
    """Have the service lift the block that a killed reindex left behind."""
    connection = Connection(settings)
    indices = Indices(connection, settings)
    source = indices.live_index(indices.places()[0])
    block_writes(connection, source)
    Operations(connection, indices.operations).write(
        Reindexing(source, f"{source}-target", "run", "-", 0, Phase.SWAPPING)
    )
    now = 100.0
    safeguard = Safeguard(connection, indices, lambda: now)
    for _ in range(2):
        safeguard.lift_stale_block()
        now += 20.0
    found = connection.ask(lambda client: client.indices.get_settings(index=source, name="index.blocks.*"))
    assert not found.body.get(source, {}).get("settings")
    connection.close()


def test_notes_of_an_earlier_version_get_their_new_fields(elasticsearch_url: str, elasticsearch_prefix: str) -> None:
    settings = ElasticsearchSettings((elasticsearch_url,), index_prefix=f"{elasticsearch_prefix}-", timeout=30)
    leave_older_notes(settings)
    administration = Administration(settings)
    administration.create()
    assert list(administration.reindex(lambda *_: None))
    administration.close()
    with Elasticsearch(elasticsearch_url) as client:
        [found] = client.indices.get_mapping(index=f"{elasticsearch_prefix}-operations").body.values()
    assert found["mappings"]["_meta"] == load_mapping("operations").mappings["_meta"]


@pytest.mark.parametrize("period", Period)
def test_every_call_is_in_the_table(
    called: set[str], elasticsearch_url: str, elasticsearch_prefix: str, period: Period
) -> None:
    prefix = f"{elasticsearch_prefix}-"
    use_everything(
        ElasticsearchSettings(
            (elasticsearch_url,), index_prefix=prefix, index_period=period, timeout=30, number_of_replicas=0
        )
    )
    listed = set[str]().union(*documented().values())
    assert called <= listed
    if period is Period.YEAR:
        assert called == listed


def test_the_role_is_that_of_the_table() -> None:
    [indices] = ROLE["indices"]
    assert {*ROLE["cluster"], *indices["privileges"]} == documented().keys()
