"""The names of a network on a circle, and the lines between them, as the places of their shapes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from unicodedata import east_asian_width

from service.usecases.network import NamedNode, Network

_THICKEST = 7
_LABEL_GAP = 6
_LETTERS_OF_NARROW = 14  # half a syllable wide each: as many stand between a circle of the narrow chart and its edge
_UPRIGHT = 0.05  # cosine: only the label of a name straight above or below stands in the middle, or two would overlap


@dataclass(frozen=True, slots=True)
class Node:
    """One name of the network: its circle and the lines of its label, whose middle is at the place of the label."""

    name: str
    kind: str
    count: int
    x: float
    y: float
    radius: float
    label: tuple[str, ...]
    label_x: float
    label_y: float
    anchor: str


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


@dataclass(frozen=True, slots=True)
class NetworkChart:
    """One drawing of a network in a box of its own; its strongest lines come last and so lie on top."""

    kind: str
    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network_charts(found: Network) -> tuple[NetworkChart, ...]:
    """Return the network as it is drawn in a wide window and on a phone, () where no two names stand together."""
    if not found.links:
        return ()
    order = _neighbours_together(found)
    most = max(node.count for node in order)
    placed = [(node, math.sqrt(node.count / most), place, len(order)) for place, node in enumerate(order)]
    wide, narrow = [_around(*each) for each in placed], [_beside(*each) for each in placed]
    return (_chart("wide-chart", 760, 500, found, order, wide), _chart("narrow-chart", 300, 500, found, order, narrow))


def _chart(
    kind: str, width: int, height: int, found: Network, order: Sequence[NamedNode], drawn: Sequence[Node]
) -> NetworkChart:
    placed = dict(zip(order, drawn, strict=True))
    strongest = max(link.count for link in found.links)
    edges = tuple(_edge(placed[link.source], placed[link.target], link.count, strongest) for link in found.links[::-1])
    return NetworkChart(kind, width, height, tuple(drawn), edges)


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


def _around(named: NamedNode, size: float, place: int, places: int) -> Node:
    """Return a name on a lying ellipse, each as far from the next by angle, its label outside."""
    angle = 2 * math.pi * place / places - math.pi / 2
    across, down = math.cos(angle), math.sin(angle)
    radius = 5 + 12 * size
    x, y = 380 + 230 * across, 250 + 200 * down
    outwards = radius + _LABEL_GAP
    label_x, label_y = x + outwards * across, y + outwards * down + 4 + 6 * down
    anchor = "middle" if abs(across) < _UPRIGHT else "start" if across > 0 else "end"
    return _node(named, (x, y, radius), (named.name,), (label_x, label_y), anchor)


def _beside(named: NamedNode, size: float, place: int, places: int) -> Node:
    """Return a name on a standing ellipse, down its right side and up its left, its label beside it in a row alone."""
    on_right = (places + 1) // 2
    is_right = place < on_right
    rows = on_right if is_right else places - on_right
    row = place if is_right else places - 1 - place
    down = (2 * row + 1) / rows - 1
    side = 1 if is_right else -1
    radius = 4 + 6 * size
    x, y = 150 + side * 46 * math.sqrt(1 - down * down), 250 + 240 * down
    label_x = x + side * (radius + _LABEL_GAP)
    return _node(named, (x, y, radius), _lines(named.name), (label_x, y + 4), "start" if is_right else "end")


def _node(
    named: NamedNode,
    circle: tuple[float, float, float],
    label: tuple[str, ...],
    middle: tuple[float, float],
    anchor: str,
) -> Node:
    x, y, radius = (round(length, 1) for length in circle)
    label_x, label_y = (round(length, 1) for length in middle)
    return Node(named.name, named.type.value, named.count, x, y, radius, label, label_x, label_y, anchor)


def _lines(name: str) -> tuple[str, ...]:
    """Return the beginning of a name in two lines at most, parted after a blank where there is one."""
    first = _fitting(name)
    if first < len(name) and " " in name[:first]:
        first = name[:first].rindex(" ") + 1
    rest = name[first:]
    return (name[:first], rest[: _fitting(rest)].rstrip()) if rest else (name,)


def _fitting(text: str) -> int:
    widths = accumulate(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
    return sum(width <= _LETTERS_OF_NARROW for width in widths)


def _edge(one: Node, other: Node, count: int, strongest: int) -> Edge:
    width = round(max(0.75, _THICKEST * count / strongest), 2)
    return Edge(one.x, one.y, other.x, other.y, width, (one.name, other.name), count)
