"""People and organisations that are named together in the articles of a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from service.korean.folding import fold_value
from service.search.analytics import Named
from service.search.engine import Engine
from service.search.hits_alone import counting
from service.search.request import SearchParameters, SearchRequest
from service.search.results import Bucket
from service.search.tree import And, FilterField, Value
from service.usecases.queries import Queries

_NAMED = (FilterField.PERSON, FilterField.ORGANIZATION)


@dataclass(frozen=True, slots=True)
class NamedNode:
    """A person or an organisation and the number of hits that name it, in whatever case it is written.

    `is_spelled_once` says that all of them have it in this spelling.
    """

    name: str
    type: FilterField
    count: int
    is_spelled_once: bool = True

    @property
    def condition(self) -> Value:
        """Return what holds of the articles that name it."""
        return Value(self.type, self.name)


@dataclass(frozen=True, slots=True)
class Link:
    """Two nodes and the number of hits that name both."""

    source: NamedNode
    target: NamedNode
    count: int


@dataclass(frozen=True, slots=True)
class Network:
    """The nodes by count, then by name, and the links between them by count, in the order of the nodes."""

    nodes: tuple[NamedNode, ...]
    links: tuple[Link, ...]


class NameNetwork:
    """Counts names, and pairs of them."""

    def __init__(self, engine: Engine, queries: Queries) -> None:
        self._engine = engine
        self._queries = queries

    def run(self, parameters: SearchParameters) -> Network:
        """Return the `size` people and organisations named in most hits, and every link between two of them."""
        request = self._queries.request(parameters)
        nodes = self._nodes(request, parameters.size)
        counts = self._pairs(request, nodes)
        links = (Link(one, other, counts[one, other]) for one, other in combinations(nodes, 2) if counts[one, other])
        return Network(tuple(nodes), tuple(sorted(links, key=lambda link: -link.count)))

    def _pairs(self, request: SearchRequest, nodes: Sequence[NamedNode]) -> Mapping[tuple[NamedNode, NamedNode], int]:
        counted = self._engine.pair_counts(request, list(map(_spelled, nodes)))
        pairs = list(combinations(nodes, 2))
        counts = {(one, other): counted.get((_spelled(one), _spelled(other)), 0) for one, other in pairs}
        # Some articles have another spelling: pairs with such a node are counted one by one, whatever the spelling.
        unsure = [pair for pair in pairs if not (pair[0].is_spelled_once and pair[1].is_spelled_once)]
        conditions = [And((one.condition, other.condition)) for one, other in unsure]
        return counts | dict(zip(unsure, self._engine.counts_within(request, conditions), strict=True))

    def _nodes(self, request: SearchRequest, size: int) -> list[NamedNode]:
        facets = self._engine.search(counting(request, _NAMED, size)).facets
        named = [(field, bucket) for field in _NAMED for bucket in _spelled_once(facets[field])]
        counts = self._engine.counts_within(request, [Value(field, bucket.value) for field, bucket in named])
        counted = (
            NamedNode(bucket.value, field, count, is_spelled_once=count == bucket.count)
            for (field, bucket), count in zip(named, counts, strict=True)
        )
        return sorted(counted, key=lambda node: (-node.count, node.name, node.type))[:size]


def _spelled(node: NamedNode) -> Named:
    return Named(node.type, node.name)


def _spelled_once(buckets: Iterable[Bucket]) -> list[Bucket]:
    """Return the buckets without those that are another's name in other letters, the most frequent spelling kept."""
    found: dict[str, Bucket] = {}
    for bucket in buckets:
        found.setdefault(fold_value(bucket.value), bucket)
    return list(found.values())
