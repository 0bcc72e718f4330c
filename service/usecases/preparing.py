"""What has to be worked out of an article before an engine can write it, and how that travels between processes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from index_mappings import UserWord
from service.domain.article import Article
from service.enrichment.pipeline import Enriched, analyze_texts, enrich, enrich_together
from service.korean.dictionary import dictionary_of, in_force, put_in_force
from service.search.engine import Put
from service.search.stored_tokens import encode_tokens
from service.stories.signature import Signature, signature_of
from service.usecases.identity import fingerprint

Task = Callable[[Article], Put]
"""A pure function of this module: the whole of the work on one article."""

# JSON, as MessagePack gives times back in UTC; pickling takes five times as long.
_TO_JSON = msgspec.json.Encoder()
_ARTICLES = msgspec.json.Decoder(list[Article])


@dataclass(frozen=True, slots=True)
class Order:
    """Work for another process: articles as JSON, what is to be done with each, and the dictionary to cut texts by."""

    task: Task
    articles: bytes
    own_words: tuple[UserWord, ...]
    dictionary: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """The work of an order as it travels back: the articles as JSON, of each the rest of its Put, and its seconds."""

    articles: bytes
    rest: tuple[tuple[bytes, str, Signature | None], ...]
    seconds: float = 0.0


def prepare(article: Article) -> Put:
    """Return the operation that stores an article, enriched."""
    return _put(article, enrich(article))


def _prepare_together(articles: Sequence[Article]) -> list[Put]:
    return [_put(article, enriched) for article, enriched in zip(articles, enrich_together(articles), strict=True)]


def _put(article: Article, enriched: Enriched) -> Put:
    tokens = encode_tokens(enriched.texts.by_field())
    return Put(enriched.article, tokens, fingerprint(article), signature=enriched.signature)


def prepare_as_it_is(article: Article) -> Put:
    """Return the operation that stores an article with the derived fields it has; its fingerprint is still missing."""
    tokens = encode_tokens(analyze_texts(article).by_field())
    return Put(article, tokens, "", signature=signature_of(article))


_TOGETHER: Mapping[Task, Callable[[Sequence[Article]], list[Put]]] = {prepare: _prepare_together}
"""Tasks that take less time for many articles at once, and how they are done so."""


def done(task: Task, articles: Sequence[Article]) -> list[Put]:
    """Return the work on articles in their order, done at once where that takes less time."""
    together = _TOGETHER.get(task)
    return together(articles) if together else [task(article) for article in articles]


def order(task: Task, articles: Sequence[Article]) -> Order:
    """Return the order to do this with these articles, their texts cut by the dictionary in force here."""
    dictionary = in_force()
    return Order(task, _TO_JSON.encode(articles), dictionary.own, dictionary.identity)


def carry_out(order: Order) -> Delivery:
    """Do what is ordered, in whichever process this is."""
    if in_force().identity != order.dictionary:
        put_in_force(dictionary_of(order.own_words))
    began = time.perf_counter()
    puts = done(order.task, _ARTICLES.decode(order.articles))
    seconds = time.perf_counter() - began
    rest = tuple((put.tokens, put.fingerprint, put.signature) for put in puts)
    return Delivery(_TO_JSON.encode([put.article for put in puts]), rest, seconds)


def unpacked(delivery: Delivery) -> list[Put]:
    """Return the operations of a delivery, in the order of its articles."""
    articles = _ARTICLES.decode(delivery.articles)
    return [
        Put(article, tokens, digest, signature=signature)
        for article, (tokens, digest, signature) in zip(articles, delivery.rest, strict=True)
    ]
