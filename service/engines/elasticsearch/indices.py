"""The indices and the aliases in front of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
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
DELETIONS = "deletions"
OPERATIONS = "operations"
KINDS = (ARTICLES, IDEMPOTENCY, DELETIONS, OPERATIONS)
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

    @property
    def deletions(self) -> str:
        """Return the alias of the journal of deletions."""
        return self.alias(DELETIONS)

    @property
    def operations(self) -> str:
        """Return the alias of what is under way."""
        return self.alias(OPERATIONS)

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
                for kind in KINDS:
                    self._ensure(kind)
                self._present = True

    def live(self, kind: str) -> dict[str, Any]:
        """Return name to mappings of the indices behind the alias of a kind, empty without any."""
        alias = self.alias(kind)
        if not self._connection.ask(lambda client: client.indices.exists_alias(name=alias)):
            return {}
        answer = self._connection.ask(lambda client: client.indices.get_mapping(index=alias))
        return {name: found["mappings"] for name, found in answer.body.items()}

    def live_index(self) -> str:
        """Return the one index behind the alias of the articles; EngineUnavailable where there are several."""
        names = list(self.live(ARTICLES))
        if len(names) != 1:
            named = ", ".join(names) or "-"
            raise EngineUnavailable(
                f"별칭 {self.articles} 뒤에 색인이 하나여야 합니다({named}). `gisa index status`로 확인하세요.",
                f"There has to be one index behind the alias {self.articles} ({named}). See `gisa index status`.",
            )
        return names[0]

    def all_of(self, kind: str) -> list[str]:
        """Return the names of all indices of a kind, in use or not, in the order of their numbers."""
        pattern = f"{self.alias(kind)}-v*"
        found = self._connection.ask(lambda client: client.indices.get(index=pattern, features="aliases"))
        return sorted(found.body, key=lambda name: name.rpartition("-")[2])

    def drop(self, name: str) -> None:
        """Delete an index and all it holds."""
        self._connection.ask_patiently(lambda client: client.indices.delete(index=name, ignore_unavailable=True))
        _LOG.info("dropped the index %s", name)

    def _ensure(self, kind: str) -> None:
        alias = self.alias(kind)
        if self._connection.ask(lambda client: client.indices.exists_alias(name=alias)):
            return
        # Where it is there by now, another process was faster; its alias came with the index.
        if self.create(kind, first_index(alias, load_mapping(kind)), {alias: {"is_write_index": True}}):
            _LOG.info("created the index behind %s", alias)

    def create(self, kind: str, name: str, aliases: dict[str, Any]) -> bool:
        """Create an index of a kind, with these aliases and its own, and return whether it is new."""
        own: dict[str, Any] = {writes_alias(name): {}} if kind == ARTICLES else {}
        body = load_mapping(kind).body(**self._overrides(kind)) | {"aliases": {**aliases, **own}}
        try:
            self._connection.ask_patiently(lambda client: _create(client, name, body))
        except BadRequestError as error:
            if error.error != _EXISTS:
                raise _refused(name, error) from error
            return False
        return True

    def _overrides(self, kind: str) -> dict[str, Any]:
        shards = self._settings.number_of_shards if kind == ARTICLES else None
        wanted = {"number_of_shards": shards, "number_of_replicas": self._settings.number_of_replicas}
        return {name: value for name, value in wanted.items() if value is not None}


def first_index(alias: str, mapping: IndexMapping) -> str:
    """Return the name of the first index of a version: `articles-v1-000001` behind `articles`."""
    return f"{alias}-v{mapping.version}-000001"


def next_index(alias: str, mapping: IndexMapping, taken: Iterable[str]) -> str:
    """Return the name of another index of a version, whose number is above all that are taken."""
    numbers = [int(name.rpartition("-")[2]) for name in taken if name.rpartition("-")[2].isdecimal()]
    return f"{alias}-v{mapping.version}-{max(numbers, default=0) + 1:06}"


def writes_alias(name: str) -> str:
    """Return the alias by which a write names the very index whose state it has read.

    Together with `require_alias` it keeps a late write from making an index anew that was dropped.
    """
    return f"{name}.writes"


def _create(client: Elasticsearch, name: str, body: dict[str, Any]) -> None:
    client.indices.create(index=name, **body)


def _refused(name: str, error: BadRequestError) -> EngineUnavailable:
    return EngineUnavailable(
        f"색인 {name}을(를) 만들 수 없습니다. 모든 노드에 analysis-nori 플러그인이 있는지 확인하세요. ({error})",
        f"The index {name} cannot be created. See that every node has the analysis-nori plugin. ({error})",
    )
