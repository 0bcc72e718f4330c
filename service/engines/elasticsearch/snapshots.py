"""Snapshots of the indices in a repository of the cluster, and their way back behind the aliases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import orjson
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from service.domain.errors import BackupDamaged, EngineUnavailable, GisaError, StartupError
from service.engines.elasticsearch.comparing import count
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.indices import ARTICLES, KINDS, OPERATIONS, Indices, writes_alias
from service.engines.elasticsearch.operations import Operations
from service.engines.elasticsearch.scanning import pages
from service.engines.elasticsearch.settings import ElasticsearchSettings
from service.search.digest import Digest, digest_of

_AT_ONCE = 200  # articles hashed at a time
_LONGEST = 24 * 3600.0  # seconds that the cluster may take for one snapshot or one index
_NUMBERED = re.compile(r"(.+-v\d+)-(\d{6})")

Progress = Callable[[int, int], None]
"""Is told how many articles are done of how many."""


class Part(NamedTuple):
    """An index of a snapshot: its kind, the alias in front of it, and its name."""

    kind: str
    alias: str
    name: str


class Snapshots:
    """The snapshots of the indices of one prefix."""

    def __init__(self, settings: ElasticsearchSettings) -> None:
        self._connection = Connection(settings)
        self._indices = Indices(self._connection, settings)
        self._restoring = f"{settings.index_prefix}restoring"

    def close(self) -> None:
        """Close all connections."""
        self._connection.close()

    def take(self, repository: str, name: str) -> tuple[Part, ...]:
        """Make a snapshot of every index in use and return what it holds; StartupError without that repository.

        What is under way (a reindex) is no part of it.
        """
        self._require_repository(repository)
        parts = tuple(part for kind in KINDS if kind != OPERATIONS for part in self._parts(kind))
        if not any(part.kind == ARTICLES for part in parts):
            raise StartupError(
                "이 접두어의 기사 색인이 없습니다. GISA_ELASTICSEARCH_INDEX_PREFIX를 확인하세요.",
                "There is no index of articles with this prefix. Check GISA_ELASTICSEARCH_INDEX_PREFIX.",
            )
        answer = self._ask_long(
            lambda client: client.snapshot.create(
                repository=repository,
                snapshot=name,
                indices=[part.name for part in parts],
                include_global_state=False,
                wait_for_completion=True,
            )
        )
        if (state := answer["snapshot"]["state"]) != "SUCCESS":
            raise EngineUnavailable(
                f"스냅샷 {name}이(가) {state}(으)로 끝났습니다. 클러스터 상태를 보고 다시 하세요.",
                f"The snapshot {name} ended as {state}. See the cluster's health and try again.",
            )
        return parts

    def contents(
        self, repository: str, name: str, parts: Sequence[Part], show: Progress
    ) -> tuple[Digest, dict[str, int]]:
        """Return the digest of all articles of a snapshot and the documents of each index.

        The snapshot is restored beside the indices in use for it, without replicas, and what was restored is dropped.
        """
        self._drop_unfinished()
        restored = self._restore(repository, name, parts, replicas=0)
        try:
            return self._digest(restored, show)
        finally:
            self._drop_unfinished()

    def bring_back(
        self, repository: str, name: str, parts: Sequence[Part], wanted: tuple[Digest, dict[str, int]], show: Progress
    ) -> tuple[str, ...]:
        """Restore a snapshot, compare it with what it is to hold, put it behind the aliases; return what was replaced.

        The aliases change together, in one step: killed before it the present indices stay in use. Raises
        BackupDamaged where anything differs.
        """
        self._require_repository(repository)
        self._drop_unfinished()
        restored = self._restore(repository, name, parts)
        try:
            if self._digest(restored, show) != wanted:
                raise _damaged(name, "counts or hash differ")
        except BaseException:
            self._drop_unfinished()
            raise
        return self._swap(restored)

    def require_place(self, parts: Sequence[Part], *, replace: bool) -> None:
        """Raise StartupError where these indices do not belong here, or would replace articles unasked."""
        for part in parts:
            own = self._indices.layout.alias_of(part.name) if part.kind == ARTICLES else self._indices.alias(part.kind)
            if part.alias != own or not part.name.startswith(f"{self._indices.alias(part.kind)}-"):
                raise StartupError(
                    f"백업의 색인 {part.name}은(는) 이 설정의 것이 아닙니다. GISA_ELASTICSEARCH_INDEX_PREFIX와 "
                    "GISA_ELASTICSEARCH_INDEX_PERIOD를 백업할 때와 같게 하세요.",
                    f"The index {part.name} of the backup is none of these settings. Set "
                    "GISA_ELASTICSEARCH_INDEX_PREFIX and GISA_ELASTICSEARCH_INDEX_PERIOD as they were for the backup.",
                )
        with suppress(NotFoundError):
            if Operations(self._connection, self._indices.operations).read():
                raise StartupError(
                    "재색인이 진행 중입니다. `gisa index reindex`로 끝낸 뒤 되살리세요.",
                    "A reindex is under way. Finish it with `gisa index reindex`, then restore.",
                )
        articles = sum(count(self._connection, name) for name in self._indices.live(ARTICLES))
        if articles and not replace:
            raise StartupError(
                f"이미 기사 {articles:,}건이 있습니다. 있는 색인을 옆으로 물리고 되살리려면 --replace를 붙이세요.",
                f"There are {articles:,} articles already. Add --replace to have the indices that are there put aside.",
            )

    def _parts(self, kind: str) -> Iterator[Part]:
        for index in self._indices.live(kind):
            alias = self._indices.layout.alias_of(index) if kind == ARTICLES else self._indices.alias(kind)
            yield Part(kind, alias, index)

    def _restore(
        self, repository: str, name: str, parts: Sequence[Part], replicas: int | None = None
    ) -> list[tuple[Part, str]]:
        own = {} if replicas is None else {"index_settings": {"index.number_of_replicas": replicas}}
        restored = []
        for part in parts:
            target = self._free_name(part.name)
            self._restore_one(repository, name, part, target, own)
            restored.append((part, target))
        return restored

    def _restore_one(self, repository: str, name: str, part: Part, target: str, own: dict[str, Any]) -> None:
        try:
            answer = self._ask_long(
                lambda client: client.snapshot.restore(
                    repository=repository,
                    snapshot=name,
                    indices=part.name,
                    rename_pattern=re.escape(part.name),
                    rename_replacement=target,
                    include_global_state=False,
                    include_aliases=False,
                    wait_for_completion=True,
                    **own,
                )
            )
        except ApiError as error:
            self._drop_unfinished()
            raise _damaged(name, str(error.error)) from error
        # What bears this alias and comes to no use is dropped by the next run.
        add = [{"add": {"index": target, "alias": self._restoring}}]
        self._connection.ask_patiently(lambda client: client.indices.update_aliases(actions=add))
        if answer["snapshot"]["shards"]["failed"]:
            self._drop_unfinished()
            raise _damaged(name, f"{part.name} lacks shards")

    def _digest(self, restored: Sequence[tuple[Part, str]], show: Progress) -> tuple[Digest, dict[str, int]]:
        rows = {part.name: count(self._connection, target) for part, target in restored}
        total = sum(rows[part.name] for part, _ in restored if part.kind == ARTICLES)
        targets = [target for part, target in restored if part.kind == ARTICLES]
        return digest_of(self._articles(targets, total, show)), rows

    def _articles(self, targets: Sequence[str], total: int, show: Progress) -> Iterator[tuple[bytes, ...]]:
        done = 0
        for target in targets:
            for page in pages(self._connection, target, sort=["_shard_doc"], size=_AT_ONCE):
                for hit in page:
                    yield str(hit["_id"]).encode(), orjson.dumps(hit["_source"], option=orjson.OPT_SORT_KEYS)
                done += len(page)
                show(done, total)

    def _swap(self, restored: Sequence[tuple[Part, str]]) -> tuple[str, ...]:
        actions: list[dict[str, Any]] = []
        replaced = []
        for kind in dict.fromkeys(part.kind for part, _ in restored):
            for index in self._indices.live(kind):
                replaced.append(index)
                aliases = self._connection.ask(lambda client, index=index: client.indices.get_alias(index=index)).body  # type: ignore[misc]
                actions += [{"remove": {"index": index, "alias": alias}} for alias in aliases[index]["aliases"]]
        for part, target in restored:
            own: dict[str, dict[str, Any]] = {part.alias: {"is_write_index": True}}
            if part.kind == ARTICLES:
                own = {**self._indices.layout.aliases(part.alias), writes_alias(target): {}}
            actions += [{"add": {"index": target, "alias": alias, **options}} for alias, options in own.items()]
            actions.append({"remove": {"index": target, "alias": self._restoring}})
        self._connection.ask_patiently(lambda client: client.indices.update_aliases(actions=actions))
        self._indices.ensure()
        return tuple(replaced)

    def _free_name(self, index: str) -> str:
        found = _NUMBERED.fullmatch(index)
        assert found is not None, index
        present = self._connection.ask(lambda client: client.indices.get(index=f"{found[1]}-*", features="aliases"))
        numbers = [int(named[2]) for named in map(_NUMBERED.fullmatch, present.body) if named]
        return f"{found[1]}-{max(numbers, default=0) + 1:06}"

    def _drop_unfinished(self) -> None:
        with suppress(NotFoundError):
            found = self._connection.ask(lambda client: client.indices.get_alias(name=self._restoring))
            for index in found.body:
                self._indices.drop(index)

    def _require_repository(self, repository: str) -> None:
        try:
            self._connection.ask(lambda client: client.snapshot.get_repository(name=repository))
        except NotFoundError as error:
            raise StartupError(
                f"Elasticsearch에 스냅샷 저장소 {repository}이(가) 없습니다. PUT _snapshot/{repository}로 등록하세요.",
                f"Elasticsearch has no snapshot repository {repository}. Register it with PUT _snapshot/{repository}.",
            ) from error

    def _ask_long(self, question: Callable[[Elasticsearch], Any]) -> Any:
        return self._connection.ask(lambda client: question(client.options(request_timeout=_LONGEST))).body


def _damaged(name: str, reason: str) -> GisaError:
    return BackupDamaged(
        f"스냅샷 {name}이(가) 손상되었거나 백업의 기록과 다릅니다({reason}). 쓰이는 색인은 그대로입니다. "
        "다른 백업을 쓰세요.",
        f"The snapshot {name} is damaged or not what the backup recorded ({reason}). The indices in use are as they "
        "were. Use another backup.",
    )
