"""Quotes as nested documents of their articles: each matches by itself, and each is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from service.domain.errors import FieldError, Message, ValidationFailed
from service.engines.elasticsearch import fields
from service.engines.elasticsearch.compile import compile_node, published
from service.engines.elasticsearch.compile_positions import Query
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.documents import article_of
from service.engines.elasticsearch.paging import foreign_cursor
from service.search.cursor import decode_cursor, encode_cursor
from service.search.quotes import FoundQuote, QuoteRequest, QuoteResults
from service.search.tree import TextField

_MOST_OF_AN_ARTICLE = 10_000  # the mapping's `max_inner_result_window`
_ESCAPED = str.maketrans({character: f"\\{character}" for character in "\\*?"})
_PLACE = cast("tuple[TextField, ...]", (fields.QUOTE,))  # compiled as a text field is, under names of its own
_WITHOUT: dict[str, Any] = {"excludes": ["tokens"]}

Position = tuple[int, str, int]


def find_quotes(connection: Connection, index: str, request: QuoteRequest) -> QuoteResults:
    """Return a page of quotes, the newest first."""
    after = _position(request)
    body = quotes_body(request, after)
    answer = connection.ask(lambda client: client.search(index=index, allow_partial_search_results=False, **body)).body
    found = list(_found(answer["hits"]["hits"], after))
    page = found[: request.size]
    return QuoteResults(
        total=int(answer["aggregations"]["quotes"]["matching"]["doc_count"]),
        quotes=tuple(quote for _, quote in page),
        next=encode_cursor(request.paging, page[-1][0]) if len(found) > request.size else None,
    )


def quotes_body(request: QuoteRequest, after: Position | None) -> dict[str, Any]:
    """Return the body of the search for the articles that hold the quotes, with the numbers of these."""
    matching = _matching(request)
    numbers = {
        "size": _MOST_OF_AN_ARTICLE,
        "_source": False,
        "docvalue_fields": [fields.QUOTE_NUMBER],
        "sort": [{fields.QUOTE_NUMBER: "asc"}],
    }
    clauses: list[Query] = [{"nested": {"path": fields.QUOTES, "query": matching, "inner_hits": numbers}}]
    if request.published_from or request.published_to:
        clauses.append(published(request.published_from, request.published_to))
    body: dict[str, Any] = {
        "query": {"bool": {"filter": clauses}},
        "sort": [{fields.NEWEST: "desc"}, {fields.ID: "asc"}],
        # Each holds one quote at least, but that of the cursor may have given all of its own.
        "size": request.size + 2,
        "track_total_hits": False,
        "source": _WITHOUT,
        "aggs": {"quotes": {"nested": {"path": fields.QUOTES}, "aggs": {"matching": {"filter": matching}}}},
    }
    return body | ({"post_filter": _beyond(after)} if after else {})


def _matching(request: QuoteRequest) -> Query:
    clauses = [compile_node(request.query, _PLACE)]
    if request.speaker:
        part = request.folded_speaker.translate(_ESCAPED)
        clauses.append({"wildcard": {fields.QUOTE_SPEAKER: {"value": f"*{part}*"}}})
    return {"bool": {"filter": clauses}}


def _beyond(after: Position) -> Query:
    time, key, _ = after
    same_time: list[Query] = [{"term": {fields.NEWEST: time}}, {"range": {fields.ID: {"gte": key}}}]
    earlier: Query = {"range": {fields.NEWEST: {"lt": time}}}
    return {"bool": {"should": [earlier, {"bool": {"filter": same_time}}]}}


def _found(hits: Sequence[Mapping[str, Any]], after: Position | None) -> Iterator[tuple[Position, FoundQuote]]:
    for hit in hits:
        time, key = hit["sort"]
        article = article_of(hit["_source"])
        for number in _numbers(hit):
            if after is None or (time, key) != after[:2] or number > after[2]:
                yield (time, key, number), FoundQuote(article.quotes[number], article)


def _numbers(hit: Mapping[str, Any]) -> Iterator[int]:
    inner = hit["inner_hits"][fields.QUOTES]["hits"]
    if inner["total"]["value"] > _MOST_OF_AN_ARTICLE:
        raise _too_many()
    return (int(found["fields"][fields.QUOTE_NUMBER][0]) for found in inner["hits"])


def _position(request: QuoteRequest) -> Position | None:
    match decode_cursor(request.paging):
        case None:
            return None
        case [int() as time, str() as key, int() as number]:
            return time, key, number
    raise foreign_cursor()


def _too_many() -> ValidationFailed:
    message = Message(
        f"한 기사에 맞는 발언이 {_MOST_OF_AN_ARTICLE:,}개를 넘습니다. 낱말을 더 넣어 좁히세요.",
        f"Over {_MOST_OF_AN_ARTICLE:,} quotes of one article match. Add words to narrow the search.",
    )
    return ValidationFailed(message.ko, message.en, (FieldError("too-broad", message, parameter="q"),))
