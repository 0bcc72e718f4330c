"""What an operator does with the indices: look, create, migrate, reindex, drop what is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index_mappings import UserWord, load_mapping
from service.domain.errors import StartupError
from service.engines.elasticsearch.comparing import count
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.dictionary import DictionaryInUse
from service.engines.elasticsearch.indices import ARTICLES, KINDS, Indices
from service.engines.elasticsearch.operations import Operations, Reindexing
from service.engines.elasticsearch.reindexing import Progress, Reindexed, Reindexer
from service.engines.elasticsearch.settings import ElasticsearchSettings
from service.korean.dictionary import dictionary_of, put_in_force


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
        self._dictionary = DictionaryInUse(self._indices)

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

    def migrate(self, progress: Progress) -> Iterator[Reindexed]:
        """Reindex each index in use that has an older mapping, after what was interrupted; none where all are new."""
        self._indices.ensure()
        self._dictionary.follow_now()
        wanted = load_mapping(ARTICLES).version
        versions = {name: int(found["_meta"]["version"]) for name, found in self._indices.live(ARTICLES).items()}
        for name, version in versions.items():
            if version > wanted:
                raise _newer(name, version, wanted)
        old = [self._indices.layout.alias_of(name) for name, version in versions.items() if version < wanted]
        yield from self._reindexed(sorted(old), progress, after_interrupted=sorted(old))

    def own_words(self) -> tuple[UserWord, ...]:
        """Return the operator's words by which the indices in use were made."""
        self._indices.ensure()
        return self._dictionary.own_words()

    def apply_words(self, words: Sequence[UserWord], progress: Progress) -> Iterator[Reindexed]:
        """Reindex everything with these as the operator's words; this process cuts texts by them from now on."""
        self._indices.ensure()
        put_in_force(dictionary_of(words))
        yield from self._reindexed(self._indices.places(), progress, after_interrupted=self._indices.places())

    def reindex(self, progress: Progress, alias: str | None = None) -> Iterator[Reindexed]:
        """Fill new indices and put them in the old ones' places, one after another, or go on with what was interrupted.

        `alias` names the only one that is to be built anew.
        """
        self._indices.ensure()
        self._dictionary.follow_now()
        named = [alias] if alias else []
        yield from self._reindexed(named or self._indices.places(), progress, after_interrupted=named)

    def alias_of_year(self, year: str) -> str:
        """Return the alias of the index of a year, or of `other`; StartupError where there is none."""
        alias = f"{self._indices.articles}-{year}"
        places = self._indices.places()
        if alias not in places:
            named = ", ".join(place.removeprefix(f"{self._indices.articles}-") for place in places)
            raise StartupError(
                f"{year}의 색인이 없습니다. 있는 것: {named}.", f"There is no index of {year}. There are: {named}."
            )
        return alias

    def _reindexed(
        self, wanted: Sequence[str], progress: Progress, *, after_interrupted: Sequence[str]
    ) -> Iterator[Reindexed]:
        if state := self._under_way():
            # What was interrupted comes to its end first, and whatever it was to do after that.
            wanted = [self._indices.layout.alias_of(state.source), *state.rest]
            wanted += [alias for alias in after_interrupted if alias not in wanted]
        for number, alias in enumerate(wanted, 1):
            yield Reindexer(self._connection, self._indices, progress, alias, wanted[number:]).run()

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


def _newer(name: str, version: int, wanted: int) -> StartupError:
    return StartupError(
        f"색인 {name}의 매핑 버전 {version}은(는) 이 서비스의 {wanted}보다 새것입니다. 새 서비스를 쓰세요.",
        f"The mapping {version} of the index {name} is newer than this service's {wanted}. Use a newer Gisa.",
    )
