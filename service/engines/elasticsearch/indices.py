"""The indices and the aliases in front of them."""

from __future__ import annotations

import logging
from threading import Lock
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch

from index_mappings import IndexMapping, load_mapping
from service.domain.errors import EngineUnavailable
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.settings import ElasticsearchSettings

_LOG = logging.getLogger("gisa.engine")
ARTICLES = "articles"
IDEMPOTENCY = "idempotency"
_EXISTS = "resource_already_exists_exception"


class Indices:
    """The indices of one prefix; each kind is reached through an alias that bears its name."""

    def __init__(self, connection: Connection, settings: ElasticsearchSettings) -> None:
        self._connection = connection
        self._settings = settings
        self._lock = Lock()
        self._present = False

    @property
    def articles(self) -> str:
        """Return the alias of the articles."""
        return self.alias(ARTICLES)

    @property
    def idempotency(self) -> str:
        """Return the alias of the answers kept for idempotency keys."""
        return self.alias(IDEMPOTENCY)

    def alias(self, kind: str) -> str:
        """Return the alias of the indices of a kind."""
        return f"{self._settings.index_prefix}{kind}"

    def ensure(self) -> None:
        """Create the first index of each kind, with its alias, where there is none; EngineUnavailable without answer.

        Asks the cluster only until all are there.
        """
        if self._present:
            return
        with self._lock:
            if not self._present:
                for kind in (ARTICLES, IDEMPOTENCY):
                    self._ensure(kind)
                self._present = True

    def forget(self) -> None:
        """Look again before the next write whether the indices are there."""
        self._present = False

    def live(self, kind: str) -> dict[str, Any]:
        """Return name to mappings of the indices behind the alias of a kind, empty without any."""
        alias = self.alias(kind)
        if not self._connection.ask(lambda client: client.indices.exists_alias(name=alias)):
            return {}
        answer = self._connection.ask(lambda client: client.indices.get_mapping(index=alias))
        return {name: found["mappings"] for name, found in answer.body.items()}

    def _ensure(self, kind: str) -> None:
        alias = self.alias(kind)
        if self._connection.ask(lambda client: client.indices.exists_alias(name=alias)):
            return
        mapping = load_mapping(kind)
        name = first_index(alias, mapping)
        body = mapping.body(**self._overrides()) | {"aliases": {alias: {"is_write_index": True}}}
        try:
            self._connection.ask_patiently(lambda client: _create(client, name, body))
            _LOG.info("created the index %s behind %s", name, alias)
        except BadRequestError as error:
            if error.error != _EXISTS:
                raise _refused(name, error) from error
            # Another process was faster; its alias came with the index.

    def _overrides(self) -> dict[str, Any]:
        wanted = {
            "number_of_shards": self._settings.number_of_shards,
            "number_of_replicas": self._settings.number_of_replicas,
        }
        return {name: value for name, value in wanted.items() if value is not None}


def first_index(alias: str, mapping: IndexMapping) -> str:
    """Return the name of the first index of a version: `articles-v1-000001` behind `articles`."""
    return f"{alias}-v{mapping.version}-000001"


def _create(client: Elasticsearch, name: str, body: dict[str, Any]) -> None:
    client.indices.create(index=name, **body)


def _refused(name: str, error: BadRequestError) -> EngineUnavailable:
    return EngineUnavailable(
        f"색인 {name}을(를) 만들 수 없습니다. 모든 노드에 analysis-nori 플러그인이 있는지 확인하세요. ({error})",
        f"The index {name} cannot be created. See that every node has the analysis-nori plugin. ({error})",
    )
