"""What the index knows of stories: signatures, the keys they are found by, and the members of each story."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from service.engines.elasticsearch import fields
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.documents import band_values, story_value
from service.engines.elasticsearch.failures import busy, refusal
from service.stories.clustering import MOST_OF_A_BAND
from service.stories.signature import Signature, decode

_AT_ONCE = 2_000  # articles that share a band with any of a batch; where there are more, each has a search of its own
_SEARCHES_AT_ONCE = 100
_MOST_MEMBERS = 20_000
_BANDS_AT_ONCE = 10_000  # terms of one query
_KEPT: list[Any] = [fields.ID, fields.STORY, fields.FIRST, fields.PRECEDENCE, fields.SIGNATURE]
_IN_ORDER: list[Any] = [{fields.PRECEDENCE: {"order": "asc", "unmapped_type": "long"}}, {fields.ID: "asc"}]


class Entry(NamedTuple):
    """What the index holds of an article with a signature; `first` is the one it is a copy of, itself without one."""

    id: str
    story: str
    first: str
    precedence: int
    signature: Signature

    @property
    def order(self) -> tuple[int, str]:
        """Return what the articles of a story are sorted by."""
        return self.precedence, self.id


class StoryIndex:
    """The articles as a search finds them."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index

    def entries(self, ids: Collection[str], stories: Collection[str] = ()) -> dict[str, Entry]:
        """Return these articles and all members of these stories."""
        wanted = [{"terms": {fields.ID: list(ids)}}, {"terms": {fields.STORY: list(map(story_value, stories))}}]
        return {entry.id: entry for entry in self._found({"bool": {"should": wanted}}, size=_MOST_MEMBERS)}

    def members(self, story: str, size: int) -> list[Entry]:
        """Return the first members of a story in their order."""
        return list(self._found({"term": {fields.STORY: story_value(story)}}, size=size, sort=_IN_ORDER))

    def firsts(self, stories: Iterable[str]) -> dict[str, Entry]:
        """Return the first article of each story."""
        query = {"terms": {fields.STORY: list(map(story_value, stories))}}
        found = self._found(query, size=_AT_ONCE, sort=_IN_ORDER, collapse={"field": fields.STORY})
        return {entry.story: entry for entry in found}

    def sharing(self, signatures: Collection[Signature]) -> dict[str, Entry]:
        """Return articles that share a band with one of these."""
        bands = band_values(signatures)
        if not bands:
            return {}
        if len(bands) <= _BANDS_AT_ONCE:
            found = list(self._found({"terms": {fields.BANDS: bands}}, size=_AT_ONCE))
            if len(found) < _AT_ONCE:
                return {entry.id: entry for entry in found}
        return {entry.id: entry for part in _parts(signatures) for entry in self._near(part)}

    def count(self, story: str) -> int:
        """Return the number of members of a story."""
        query = {"bool": {"filter": [{"term": {fields.STORY: story_value(story)}}, _SIGNED]}}
        return int(self._connection.ask(lambda client: client.count(index=self._index, query=query))["count"])

    def received_since(self, time: str, size: int) -> list[str]:
        """Return the ids of articles that came in since then, the last ones first."""
        query = {"range": {fields.RECEIVED: {"gte": time}}}
        return [entry.id for entry in self._found(query, size=size, sort=[{fields.RECEIVED: "desc"}])]

    def _near(self, signatures: Sequence[Signature]) -> Iterator[Entry]:
        """Return the articles nearest to each of these, every one by a search of its own, asked together."""
        searches: list[Any] = []
        for signature in signatures:
            # Each band by itself adds to the score: those that share most come first.
            bands = [
                {"constant_score": {"filter": {"term": {fields.BANDS: band}}}} for band in band_values([signature])
            ]
            body = _search({"bool": {"should": bands}}, size=MOST_OF_A_BAND, sort=["_score", "_doc"])
            searches += [{"allow_partial_search_results": False}, body]
        answer = self._connection.ask_patiently(lambda client: client.msearch(index=self._index, searches=searches))
        for response in answer.body["responses"]:
            if "error" in response:
                raise refusal(response["status"], response["error"]) or busy()
            yield from _entries(response)

    def _found(self, query: Mapping[str, Any], **options: Any) -> Iterator[Entry]:
        body = _search(query, **options)
        answer = self._connection.ask_patiently(
            lambda client: client.search(index=self._index, allow_partial_search_results=False, **body)
        )
        yield from _entries(answer.body)


def _search(query: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    return {
        "query": {"bool": {"must": [query], "filter": [_SIGNED]}},
        "docvalue_fields": _KEPT,
        "stored_fields": "_none_",  # what is stored of an article takes longest to read
        "track_total_hits": False,
        **options,
    }


def _entries(answer: Mapping[str, Any]) -> Iterator[Entry]:
    for hit in answer["hits"]["hits"]:
        kept = {name: values[0] for name, values in hit["fields"].items()}
        yield Entry(
            kept[fields.ID],
            kept[fields.STORY].removeprefix(story_value("")),
            kept[fields.FIRST],
            int(kept[fields.PRECEDENCE]),
            decode(base64.b64decode(kept[fields.SIGNATURE])),
        )


def _parts(signatures: Collection[Signature]) -> Iterator[list[Signature]]:
    rest = iter(signatures)
    while part := list(islice(rest, _SEARCHES_AT_ONCE)):
        yield part


_SIGNED: dict[str, Any] = {"exists": {"field": fields.PRECEDENCE}}
"""An article whose story was given to the service is no part of those that are found."""
