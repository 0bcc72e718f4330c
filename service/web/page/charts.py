"""Charts as the places of their shapes, for SVG without scripts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from service.search.results import Bucket
from service.usecases.network import NamedNode, Network
from service.usecases.trends import Series
from service.web.page.marked_body import search_for

WIDTH, HEIGHT = 600, 160
"""The box of the lines."""
NETWORK_WIDTH, NETWORK_HEIGHT = 760, 500
"""The box of the network."""
_RADIUS = 200
_LARGEST, _SMALLEST = 17, 5
_THICKEST = 7
_LABEL_GAP = 6
_UPRIGHT = 0.05  # cosine: only the label of a name straight above or below stands in the middle, or two would overlap


@dataclass(frozen=True, slots=True)
class Line:
    """One series: `points` as SVG reads them, and where its search leads."""

    q: str
    total: int
    points: str
    number: int


@dataclass(frozen=True, slots=True)
class Share:
    """One bar: its value, its count, its percentage of all and its width in a hundred units."""

    value: str
    count: int
    percent: float
    width: float
    href: str


@dataclass(frozen=True, slots=True)
class Node:
    """One name of the network: its circle, its label and the search for it."""

    name: str
    kind: str
    count: int
    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    anchor: str
    href: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two names and the number of articles that name both."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    names: tuple[str, str]
    count: int


def lines(series: Sequence[Series]) -> tuple[tuple[Line, ...], int]:
    """Return the series as lines under one scale, and the count at its top."""
    most = max((bucket.count for each in series for bucket in each.buckets), default=0)
    drawn = tuple(
        Line(each.q, each.total, _points(each.buckets, max(1, most)), number) for number, each in enumerate(series, 1)
    )
    return drawn, most


def shares(name: str, buckets: Sequence[Bucket], total: int) -> tuple[Share, ...]:
    """Return the values of a facet as bars, the longest filling the width."""
    most = max((bucket.count for bucket in buckets), default=1)
    return tuple(
        Share(
            bucket.value,
            bucket.count,
            100 * bucket.count / max(1, total),
            round(100 * bucket.count / most, 1),
            search_for(name, bucket.value),
        )
        for bucket in buckets
    )


def network(found: Network) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return the names on a circle, those that are named together near each other, and the lines between them."""
    order = _neighbours_together(found)
    most = max((node.count for node in found.nodes), default=1)
    angles = [2 * math.pi * place / len(order) - math.pi / 2 for place in range(len(order))]
    placed = {node: _node(node, most, angle) for node, angle in zip(order, angles, strict=True)}
    strongest = max((link.count for link in found.links), default=1)
    # The strongest come last and so lie on top.
    edges = tuple(_edge(placed[link.source], placed[link.target], link.count, strongest) for link in found.links[::-1])
    return tuple(placed.values()), edges


def _points(buckets: Sequence[Bucket], most: int) -> str:
    step = WIDTH / max(1, len(buckets) - 1)
    return " ".join(
        f"{round(place * step, 1)},{round(HEIGHT - bucket.count / most * HEIGHT, 1)}"
        for place, bucket in enumerate(buckets)
    )


def _neighbours_together(found: Network) -> list[NamedNode]:
    strength = {}
    for link in found.links:
        strength[link.source, link.target] = strength[link.target, link.source] = link.count
    order, left = list(found.nodes[:1]), list(found.nodes[1:])
    while left:
        best = max(left, key=lambda node: strength.get((order[-1], node), 0))
        order.append(best)
        left.remove(best)
    return order


def _node(named: NamedNode, most: int, angle: float) -> Node:
    radius = _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(named.count / most)
    x = NETWORK_WIDTH / 2 + _RADIUS * 1.15 * math.cos(angle)
    y = NETWORK_HEIGHT / 2 + _RADIUS * math.sin(angle)
    outwards = radius + _LABEL_GAP
    return Node(
        name=named.name,
        kind=named.type.value,
        count=named.count,
        x=round(x, 1),
        y=round(y, 1),
        radius=round(radius, 1),
        label_x=round(x + outwards * math.cos(angle), 1),
        label_y=round(y + outwards * math.sin(angle) + 4 + 6 * math.sin(angle), 1),
        anchor="middle" if abs(math.cos(angle)) < _UPRIGHT else "start" if math.cos(angle) > 0 else "end",
        href=search_for(named.type.value, named.name),
    )


def _edge(one: Node, other: Node, count: int, strongest: int) -> Edge:
    width = round(max(0.75, _THICKEST * count / strongest), 2)
    return Edge(one.x, one.y, other.x, other.y, width, (one.name, other.name), count)
