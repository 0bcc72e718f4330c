"""Articles, leaves and engines for the tests of the embedded engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from service.domain.article import Article
from service.engines.embedded import EmbeddedEngine, open_engine
from service.enrichment.pipeline import analyze_texts
from service.korean.analysis import analyze
from service.search.engine import Outcome, Put
from service.search.request import SearchRequest
from service.search.stored_tokens import encode_tokens
from service.search.tree import Node, Phrase, PositionedTerm, TextField, Word

PutOf = Callable[..., Put]
Ids = Callable[..., list[str]]


def make_put(key: str, title: str = "제목", body: str = "본문", **fields: Any) -> Put:
    article = Article(key, title, body, **fields)
    return Put(article, encode_tokens(analyze_texts(article).by_field()), f"{article}")


def make_word(text: str, *fields: TextField) -> Word:
    tokens = [(position, token.term) for position, token in enumerate(analyze(text).tokens) if token.content]
    return Word(text, tuple(PositionedTerm(position - tokens[0][0], term) for position, term in tokens), fields)


def make_phrase(text: str, *fields: TextField, slop: int = 0) -> Phrase:
    tokens = analyze(text).tokens
    return Phrase(text, tuple(PositionedTerm(place, token.term) for place, token in enumerate(tokens)), fields, slop)


@pytest.fixture
def put() -> PutOf:
    return make_put


@pytest.fixture
def word() -> Callable[..., Word]:
    return make_word


@pytest.fixture
def phrase() -> Callable[..., Phrase]:
    return make_phrase


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EmbeddedEngine]:
    engine = open_engine(tmp_path / "data")
    yield engine
    engine.close()


@pytest.fixture
def store(engine: EmbeddedEngine) -> Callable[..., list[Outcome]]:
    """Write puts and return once they can be searched."""

    def stored(*puts: Put) -> list[Outcome]:
        outcomes = engine.write(puts)
        engine.wait_until_searchable(outcomes)
        return outcomes

    return stored


@pytest.fixture
def ids(engine: EmbeddedEngine) -> Ids:
    """Search and return the ids of the hits."""

    def found(query: Node, **parameters: Any) -> list[str]:
        return [hit.article.id for hit in engine.search(SearchRequest(query, size=100, **parameters)).hits]

    return found
