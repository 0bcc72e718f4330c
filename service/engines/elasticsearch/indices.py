"""The indices and the aliases in front of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from index_mappings import IndexMapping, load_mapping
from service.domain.errors import EngineUnavailable
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.layout import Layout
from service.engines.elasticsearch.operations import Operations
from service.engines.elasticsearch.settings import ElasticsearchSettings
from service.korean.dictionary import in_force

_LOG = logging.getLogger("gisa.engine")
ARTICLES = "articles"
IDEMPOTENCY = "idempotency"
DELETIONS = "deletions"
OPERATIONS = "operations"
CLAIMS = "claims"
RECORDS = "records"
VIEWS = "views"
KINDS = (ARTICLES, IDEMPOTENCY, DELETIONS, OPERATIONS, CLAIMS, RECORDS, VIEWS)
_EXISTS = "resource_already_exists_exception"


class Indices:
    """The indices of one prefix; each kind is reached through an alias that bears its name."""

    def __init__(self, connection: Connection, settings: ElasticsearchSettings) -> None:
        self._connection = connection
        self._settings = settings
        self.layout = Layout(self.alias(ARTICLES), settings.index_period)
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

    @property
    def claims(self) -> str:
        """Return the alias of the claims of new articles."""
        return self.alias(CLAIMS)

    @property
    def records(self) -> str:
        """Return the alias of the records of the service itself."""
        return self.alias(RECORDS)

    @property
    def views(self) -> str:
        """Return the alias of the counts of views."""
        return self.alias(VIEWS)

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
                self._ensure_articles()
                for kind in KINDS[1:]:
                    if kind != CLAIMS or self.layout.is_yearly:
                        self._ensure(kind)
                self._present = True

    def ensure_place(self, alias: str) -> None:
        """Create the index of a year, in use from the start, unless it is there."""
        if self._connection.ask(lambda client: client.indices.exists_alias(name=alias)):
            return
        name = first_index(self.layout.base_of(alias), load_mapping(ARTICLES))
        if self.create(ARTICLES, name, self.layout.aliases(alias)):
            _LOG.info("created %s", name)

    def places(self) -> tuple[str, ...]:
        """Return the aliases that together hold every article, each of one index."""
        try:
            answer = self._connection.ask(lambda client: client.indices.get_alias(name=self.articles))
        except NotFoundError:
            return (self.layout.first,)
        return tuple(sorted({self.layout.alias_of(name) for name in answer.body}))

    def live(self, kind: str) -> dict[str, Any]:
        """Return name to mappings of the indices behind the alias of a kind, empty without any."""
        return self._mappings(self.alias(kind))

    def _mappings(self, alias: str) -> dict[str, Any]:
        if not self._connection.ask(lambda client: client.indices.exists_alias(name=alias)):
            return {}
        answer = self._connection.ask(lambda client: client.indices.get_mapping(index=alias))
        return {name: found["mappings"] for name, found in answer.body.items()}

    def live_index(self, alias: str) -> str:
        """Return the one index behind an alias of articles; EngineUnavailable where there is none or several."""
        names = list(self._mappings(alias))
        if len(names) != 1:
            named = ", ".join(names) or "-"
            raise EngineUnavailable(
                f"별칭 {alias} 뒤에 색인이 하나여야 합니다({named}). `gisa index status`로 확인하세요.",
                f"There has to be one index behind the alias {alias} ({named}). See `gisa index status`.",
            )
        return names[0]

    def all_of(self, kind: str) -> list[str]:
        """Return the names of all indices of a kind, in use or not, in the order of their numbers."""
        pattern = f"{self.alias(kind)}-*"
        found = self._connection.ask(lambda client: client.indices.get(index=pattern, features="aliases"))
        return Layout(self.alias(kind), self.layout.period).ours(found.body)

    def drop(self, name: str) -> None:
        """Delete an index and all it holds."""
        self._connection.ask_patiently(lambda client: client.indices.delete(index=name, ignore_unavailable=True))
        _LOG.info("dropped the index %s", name)

    def _ensure_articles(self) -> None:
        found = self._connection.ask(lambda client: client.indices.get_alias(name=f"{self.articles}*")).body
        known = {alias for index in found.values() for alias in index["aliases"]}
        if self.articles not in known:
            name = first_index(self.articles, load_mapping(ARTICLES))
            if self.create(ARTICLES, name, self.layout.aliases(self.layout.first)):
                _LOG.info("created the index behind %s", self.articles)
        elif self.layout.is_yearly and self.layout.other not in known:
            self._begin_years()
        elif not self.layout.is_yearly and self.layout.other in known:
            raise EngineUnavailable(
                "기사가 연도별 색인에 있습니다. GISA_ELASTICSEARCH_INDEX_PERIOD=year로 설정하세요.",
                "The articles are in yearly indices. Set GISA_ELASTICSEARCH_INDEX_PERIOD=year.",
            )

    def _begin_years(self) -> None:
        """Have the index that held everything be one of several; articles stay in it, new ones go to their years."""
        if under_way := Operations(self._connection, self.operations).read():
            raise EngineUnavailable(
                f"{under_way.source}의 재색인이 끝나지 않았습니다. GISA_ELASTICSEARCH_INDEX_PERIOD=none으로 "
                "`gisa index reindex`를 끝낸 뒤 연도별로 바꾸세요.",
                f"A reindex of {under_way.source} has not ended. Finish it by `gisa index reindex` with "
                "GISA_ELASTICSEARCH_INDEX_PERIOD=none, then change to yearly indices.",
            )
        name = self.live_index(self.articles)
        given = self.layout.aliases(self.layout.other)
        actions = [{"add": {"index": name, "alias": alias, **options}} for alias, options in given.items()]
        self._connection.ask_patiently(lambda client: client.indices.update_aliases(actions=actions))
        _LOG.info("new articles go to the indices of their years; %s keeps what it holds", name)

    def _ensure(self, kind: str) -> None:
        alias = self.alias(kind)
        if live := self._mappings(alias):
            self._add_fields(kind, live)
            return
        # Where it is there by now, another process was faster; its alias came with the index.
        if self.create(kind, first_index(alias, load_mapping(kind)), {alias: {"is_write_index": True}}):
            _LOG.info("created the index behind %s", alias)

    def _add_fields(self, kind: str, live: Mapping[str, Any]) -> None:
        """Bring the indices of the service's own notes to its mapping: later versions of these only add fields."""
        wanted = load_mapping(kind)
        for name, mappings in live.items():
            if mappings["_meta"]["version"] < wanted.version:
                added = {"meta": wanted.mappings["_meta"], "properties": wanted.mappings["properties"]}
                self._connection.ask_patiently(
                    lambda client, name=name, added=added: client.indices.put_mapping(index=name, **added)  # type: ignore[misc]
                )
                _LOG.info("added fields to %s", name)

    def create(self, kind: str, name: str, aliases: dict[str, Any]) -> bool:
        """Create an index of a kind, with these aliases and its own, and return whether it is new."""
        own: dict[str, Any] = {writes_alias(name): {}} if kind == ARTICLES else {}
        body = mapping_of(kind).body(**self._overrides(kind)) | {"aliases": {**aliases, **own}}
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


def mapping_of(kind: str) -> IndexMapping:
    """Return what a new index of a kind is made of: of articles with the operator's words that are in force."""
    return load_mapping(kind, in_force().own if kind == ARTICLES else ())


def first_index(alias: str, mapping: IndexMapping) -> str:
    """Return the name of the first index of a version: `articles-v1-000001` behind `articles`."""
    return f"{alias}-v{mapping.version}-000001"


def next_index(alias: str, mapping: IndexMapping, taken: Iterable[str]) -> str:
    """Return the name of another index of a version, whose number is above all that are taken."""
    numbers = [int(name.rpartition("-")[2]) for name in taken if name.startswith(f"{alias}-v")]
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
