"""Which stories the articles near a write are to have, out of what the index holds of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, Protocol

from service.engines.elasticsearch.stories import Entry
from service.stories.likeness import is_copy
from service.stories.membership import Membership
from service.stories.precedence import identity_of

_MOST_MEMBERS = 20_000


class Region(NamedTuple):
    """The articles that were written, all that share a band with them, and all members of the stories to be looked at.

    `parted` are the stories that may fall into parts; all others stay whole.
    """

    seeds: Collection[str]
    entries: Mapping[str, Entry]
    parted: Collection[str]


class Directory(Protocol):
    """Stories by their identity."""

    def firsts(self, stories: Iterable[str]) -> Mapping[str, Entry]:
        """Return the first article of each story."""
        ...

    def members(self, story: str, size: int) -> Collection[Entry]:
        """Return the first members of a story in their order."""
        ...


class Settled(NamedTuple):
    """Where each written article belongs, what has to be rewritten for it, and stories that one of them has left."""

    places: dict[str, Membership]
    due: dict[str, Membership]
    stray: set[str]


def settled(region: Region, directory: Directory) -> Settled:
    """Return the stories of a region: connected parts of the graph of copies."""
    loose = {key for key, entry in region.entries.items() if key in region.seeds or entry.story in region.parted}
    parts = _joined(region.entries, loose)
    firsts = directory.firsts({story for part in parts for story in part.stories})
    result = Settled({}, {}, set())
    for part in parts:
        _settle(part, region, directory, firsts, result)
    return result


class _Part(NamedTuple):
    loose: list[Entry]
    stories: set[str]


def _settle(part: _Part, region: Region, directory: Directory, firsts: Mapping[str, Entry], result: Settled) -> None:
    whole = {story: firsts[story] for story in part.stories if story in firsts}
    first = min([*part.loose, *whole.values()], key=lambda entry: entry.order).id
    story = min([*(identity_of(entry.id) for entry in part.loose), *whole])
    members = {entry.id: entry for entry in part.loose}
    for other, its_first in whole.items():
        if (other, its_first.first) != (story, first):
            members |= {entry.id: entry for entry in directory.members(other, _MOST_MEMBERS) if entry.id not in members}
    for entry in members.values():
        place = Membership(story, first if first != entry.id else None)
        if entry.id in region.seeds:
            result.places[entry.id] = place
        if (entry.story, entry.first) != (story, first):
            result.due[entry.id] = place
    left = {entry.story for entry in part.loose if entry.story != identity_of(entry.id)}
    result.stray.update(left - part.stories - {*region.parted} - {story})


def _joined(entries: Mapping[str, Entry], loose: Collection[str]) -> list[_Part]:
    """Return the connected parts that hold a loose article; an article that is not loose stands for its story."""
    nodes = {key: key if key in loose else f"story {entry.story}" for key, entry in entries.items()}
    above: dict[str, str] = {node: node for node in nodes.values()}

    def root(node: str) -> str:
        while above[node] != node:
            above[node] = node = above[above[node]]
        return node

    by_band: dict[int, list[str]] = {}
    for key, entry in entries.items():
        for band in entry.signature.bands:
            by_band.setdefault(band, []).append(key)
    for key in loose:
        signature = entries[key].signature
        for other in {other for band in signature.bands for other in by_band[band]} - {key}:
            one, two = root(nodes[key]), root(nodes[other])
            if one != two and is_copy(signature, entries[other].signature):
                above[one] = two
    parts: dict[str, _Part] = {}
    for key in loose:
        parts.setdefault(root(nodes[key]), _Part([], set())).loose.append(entries[key])
    for key in entries.keys() - loose:
        if part := parts.get(root(nodes[key])):
            part.stories.add(entries[key].story)
    return list(parts.values())
