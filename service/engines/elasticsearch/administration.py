"""What an operator does with the indices: look, create, migrate, reindex, drop what is kept."""

from __future__ import annotations

from dataclasses import dataclass

from index_mappings import load_mapping
from service.domain.errors import StartupError
from service.engines.elasticsearch.comparing import count
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.indices import ARTICLES, KINDS, Indices
from service.engines.elasticsearch.operations import Operations, Reindexing
from service.engines.elasticsearch.reindexing import Progress, Reindexed, Reindexer
from service.engines.elasticsearch.settings import ElasticsearchSettings


@dataclass(frozen=True, slots=True)
class IndexState:
    """An index: `role` is `live`, `filling` or `kept`; `size` is in bytes with replicas, `health` a colour."""

    alias: str
    name: str
    role: str
    mapping: int
    documents: int
    size: int
    health: str


@dataclass(frozen=True, slots=True)
class Status:
    """All indices, the mapping version of this service, and the reindex under way with the articles there are."""

    indices: tuple[IndexState, ...]
    mapping: int
    reindexing: Reindexing | None


class Administration:
    """The indices of one prefix."""

    def __init__(self, settings: ElasticsearchSettings) -> None:
        self._connection = Connection(settings)
        self._indices = Indices(self._connection, settings)

    def status(self) -> Status:
        """Return what there is; EngineUnavailable where the cluster does not answer."""
        under_way = self._under_way()
        found = [self._state(kind, name, under_way) for kind in KINDS for name in self._indices.all_of(kind)]
        return Status(tuple(found), load_mapping(ARTICLES).version, under_way)

    def create(self) -> tuple[str, ...]:
        """Create what is missing and return the names of the new indices."""
        before = {name for kind in KINDS for name in self._indices.all_of(kind)}
        self._indices.ensure()
        return tuple(name for kind in KINDS for name in self._indices.all_of(kind) if name not in before)

    def migrate(self, progress: Progress) -> Reindexed | None:
        """Reindex where the index in use has an older mapping or a reindex was interrupted; None where neither is."""
        self._indices.ensure()
        wanted, live = load_mapping(ARTICLES).version, self._indices.live_index()
        version = int(self._indices.live(ARTICLES)[live]["_meta"]["version"])
        if version > wanted:
            raise StartupError(
                f"색인 {live}의 매핑 버전 {version}은(는) 이 서비스의 {wanted}보다 새것입니다. 새 서비스를 쓰세요.",
                f"The mapping {version} of the index {live} is newer than this service's {wanted}. Use a newer Gisa.",
            )
        if version == wanted and self._under_way() is None:
            return None
        return self.reindex(progress)

    def reindex(self, progress: Progress) -> Reindexed:
        """Fill a new index and put it in the old one's place, or finish what was interrupted."""
        return Reindexer(self._connection, self._indices, progress).run()

    def drop_old(self) -> tuple[str, ...]:
        """Delete the indices of articles that are neither in use nor being filled; return their names."""
        under_way = self._under_way()
        used = {*self._indices.live(ARTICLES), *((under_way.source, under_way.target) if under_way else ())}
        if not used:
            return ()  # without an index in use nothing is known to be old
        old = [name for name in self._indices.all_of(ARTICLES) if name not in used]
        for name in old:
            self._indices.drop(name)
        return tuple(old)

    def close(self) -> None:
        """Close all connections."""
        self._connection.close()

    def _under_way(self) -> Reindexing | None:
        alias = self._indices.operations
        if not self._connection.ask(lambda client: client.indices.exists_alias(name=alias)):
            return None
        return Operations(self._connection, alias).read()

    def _state(self, kind: str, name: str, under_way: Reindexing | None) -> IndexState:
        found = self._connection.ask(lambda client: client.indices.get(index=name)).body[name]
        stats = self._connection.ask(lambda client: client.indices.stats(index=name, metric="store")).body
        health = self._connection.ask(lambda client: client.cluster.health(index=name, timeout="1s"))
        alias = self._indices.alias(kind)
        filled = under_way.target if under_way else None
        return IndexState(
            alias,
            name,
            "live" if alias in found["aliases"] else "filling" if name == filled else "kept",
            int(found["mappings"].get("_meta", {}).get("version", 0)),
            count(self._connection, name) if health["status"] != "red" else 0,
            int(stats["_all"]["total"].get("store", {}).get("size_in_bytes", 0)),
            str(health["status"]),
        )
