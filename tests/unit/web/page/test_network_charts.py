from __future__ import annotations

from service.search.tree import FilterField
from service.usecases.network import Link, NamedNode, Network
from service.web.page.network_charts import network_charts

_NAMES = (
    "도윤석",
    "가온시",
    "가온시 문화예술회관 건립추진위원회",
    "Gaon Institute of Technology",
    "누리공단",
    "가온버스운송사업조합",
)
_NODES = tuple(NamedNode(name, FilterField.ORGANIZATION, 9 - place) for place, name in enumerate(_NAMES))


def test_names_that_stand_together_are_neighbours_in_both_charts() -> None:
    links = (Link(_NODES[0], _NODES[4], 5), Link(_NODES[1], _NODES[2], 2), Link(_NODES[0], _NODES[3], 1))
    wide, narrow = network_charts(Network(_NODES, links))
    order = [_NAMES[place] for place in (0, 4, 1, 2, 3, 5)]
    assert [node.name for node in wide.nodes] == [node.name for node in narrow.nodes] == order
    assert [edge.names for edge in wide.edges] == [
        (_NAMES[0], _NAMES[3]),
        (_NAMES[1], _NAMES[2]),
        (_NAMES[0], _NAMES[4]),
    ]
    assert wide.edges[-1].width > wide.edges[0].width


def test_long_names_stand_in_two_lines_beside_the_narrow_chart_alone() -> None:
    wide, narrow = network_charts(Network(_NODES, (Link(_NODES[0], _NODES[1], 1),)))
    assert {node.label for node in wide.nodes} == {(name,) for name in _NAMES}
    labels = {node.name: node.label for node in narrow.nodes}
    assert labels[_NAMES[0]] == (_NAMES[0],)
    assert labels[_NAMES[2]] == ("가온시 ", "문화예술회관")
    assert labels[_NAMES[3]] == ("Gaon ", "Institute of T")
    assert labels[_NAMES[5]] == ("가온버스운송사", "업조합")


def test_a_network_without_lines_is_not_drawn() -> None:
    assert network_charts(Network(_NODES, ())) == ()
