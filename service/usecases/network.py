"""People and organisations that are named together in the articles of a search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from service.korean.folding import fold_value
from service.search.engine import Engine
from service.search.hits_alone import counting
from service.search.request import SearchParameters, SearchRequest
from service.search.results import Bucket
from service.search.tree import And, FilterField, Value
from service.usecases.queries import Queries

_NAMED = (FilterField.PERSON, FilterField.ORGANIZATION)


@dataclass(frozen=True, slots=True)
class NamedNode:
    """A person or an organisation and the number of hits that name it, in whatever case it is written."""

    name: str
    type: FilterField
    count: int

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
        pairs = list(combinations(nodes, 2))
        counts = self._engine.counts_within(request, [And((one.condition, other.condition)) for one, other in pairs])
        links = (Link(one, other, count) for (one, other), count in zip(pairs, counts, strict=True) if count)
        return Network(tuple(nodes), tuple(sorted(links, key=lambda link: -link.count)))

    def _nodes(self, request: SearchRequest, size: int) -> list[NamedNode]:
        facets = self._engine.search(counting(request, _NAMED, size)).facets
        named = [NamedNode(bucket.value, field, 0) for field in _NAMED for bucket in _spelled_once(facets[field])]
        counts = self._engine.counts_within(request, [node.condition for node in named])
        counted = (replace(node, count=count) for node, count in zip(named, counts, strict=True))
        return sorted(counted, key=lambda node: (-node.count, node.name, node.type))[:size]


def _spelled_once(buckets: Iterable[Bucket]) -> list[Bucket]:
    """Return the buckets without those that are another's name in other letters, the most frequent spelling kept."""
    found: dict[str, Bucket] = {}
    for bucket in buckets:
        found.setdefault(fold_value(bucket.value), bucket)
    return list(found.values())
