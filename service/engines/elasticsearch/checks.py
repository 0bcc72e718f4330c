"""Whether the cluster and the indices are ready, and what to do where they are not."""

from __future__ import annotations

from collections.abc import Callable

from elasticsearch import BadRequestError

from index_mappings import load_mapping
from service.domain.errors import GisaError, Message
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.indices import ARTICLES, IDEMPOTENCY, Indices
from service.search.engine import Check

CLUSTER = "cluster"
NORI = "nori"
INDEX = "index"
MAPPING = "mapping"
MEMORY = "idempotency"


def run_checks(connection: Connection, indices: Indices) -> tuple[Check, ...]:
    """Return the state of the cluster, the analyser, the indices and their mapping; never raises."""
    cluster = _guarded(CLUSTER, lambda: _cluster(connection))
    if not cluster.ready:
        return (cluster,)
    return (
        cluster,
        _guarded(NORI, lambda: _nori(connection)),
        _guarded(INDEX, lambda: _index(connection, indices)),
        _guarded(MAPPING, lambda: _mapping(indices)),
        _guarded(MEMORY, lambda: _memory(indices)),
    )


def _guarded(name: str, check: Callable[[], Message | None]) -> Check:
    try:
        message = check()
        return Check(name, message is None, message)
    except GisaError as error:
        return Check(name, False, error.message)
    except Exception as error:  # noqa: BLE001 -- a check reports what fails, whatever it is
        return Check(name, False, Message(f"점검하지 못했습니다: {error}", f"The check itself failed: {error}"))


def _cluster(connection: Connection) -> Message | None:
    connection.ask(lambda client: client.cluster.health(timeout="1s"))
    return None


def _nori(connection: Connection) -> Message | None:
    try:
        connection.ask(lambda client: client.indices.analyze(tokenizer="nori_tokenizer", text="기사"))
    except BadRequestError:
        return Message(
            "Elasticsearch에 analysis-nori 플러그인이 없습니다. 모든 노드에 설치하세요.",
            "Elasticsearch lacks the plugin analysis-nori. Install it on every node.",
        )
    return None


def _index(connection: Connection, indices: Indices) -> Message | None:
    if not indices.live(ARTICLES):
        return _missing(indices.articles)
    health = connection.ask(lambda client: client.cluster.health(index=indices.articles, timeout="1s"))
    if health["status"] == "red":
        return Message(
            f"색인 {indices.articles}의 샤드 일부가 없습니다. 멈춘 노드를 되살리세요.",
            f"Shards of the index {indices.articles} are missing. Bring back the nodes that stopped.",
        )
    return None


def _mapping(indices: Indices) -> Message | None:
    wanted = load_mapping(ARTICLES).version
    for name, mappings in indices.live(ARTICLES).items():
        version = mappings.get("_meta", {}).get("version")
        if version != wanted:
            return Message(
                f"색인 {name}의 매핑은 버전 {version}입니다(필요한 버전 {wanted}). `gisa index migrate`를 실행하세요.",
                f"The index {name} has mapping {version}, this service needs {wanted}. Run `gisa index migrate`.",
            )
    return None


def _memory(indices: Indices) -> Message | None:
    return None if indices.live(IDEMPOTENCY) else _missing(indices.idempotency)


def _missing(alias: str) -> Message:
    return Message(
        f"별칭 {alias}이(가) 없습니다. 서비스가 만들지 못했으면 `gisa index create`를 실행하세요.",
        f"There is no alias {alias}. Where the service cannot create it, run `gisa index create`.",
    )
