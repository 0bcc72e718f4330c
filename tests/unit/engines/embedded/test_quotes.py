"""Quotes beside their articles: whatever cuts the texts anew cuts them anew too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from index_mappings import UserWord
from service.domain.article import Quote
from service.engines.embedded import EmbeddedEngine, open_engine, rebuild
from service.engines.embedded.database import FILE_NAME
from service.korean.dictionary import in_force, put_in_force
from service.search.engine import Delete, Put
from service.search.query_language import parse
from service.search.quotes import QuoteRequest


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = in_force()
    yield
    put_in_force(before)


def total(engine: EmbeddedEngine, q: str = "") -> int:
    engine.follow_dictionary()
    return engine.quotes(QuoteRequest(parse(q).tree)).total


def test_a_rebuild_with_other_words_cuts_quotes_anew(tmp_path: Path, put: Callable[..., Put]) -> None:
    engine = open_engine(tmp_path)
    engine.wait_until_searchable(engine.write([put("a", quotes=(Quote(None, "한빛마루길을 열겠다"),))]))
    assert (total(engine, "마루길"), total(engine, "한빛마루길")) == (1, 1)
    rebuild(tmp_path, words=(UserWord("한빛마루길"),))
    assert (total(engine, "마루길"), total(engine, "한빛마루길")) == (0, 1)
    engine.close()


def test_quotes_are_found_as_soon_as_they_are_stored(tmp_path: Path, put: Callable[..., Put]) -> None:
    engine = open_engine(tmp_path, index=False)
    engine.write([put("a", quotes=(Quote("구서율", "그렇다"), Quote(None, "아니다")))])
    assert total(engine) == 2
    engine.write([put("a", quotes=(Quote("구서율", "그렇다"),))])
    assert total(engine) == 1
    engine.write([Delete("a")])
    assert total(engine) == 0
    engine.close()


def test_a_data_directory_from_before_takes_quotes_from_now_on(tmp_path: Path, put: Callable[..., Put]) -> None:
    engine = open_engine(tmp_path)
    engine.write([put("old", quotes=(Quote("구서율", "그렇다"),))])
    engine.close()
    connection = apsw.Connection(str(tmp_path / FILE_NAME))
    connection.execute(
        "DROP TABLE quotes; DROP TABLE records; DROP TABLE views;"
        "UPDATE meta SET value = 2 WHERE name = 'schema_version'"
    )
    connection.close()
    engine = open_engine(tmp_path)
    assert total(engine) == 0
    engine.write(
        [put("new", quotes=(Quote("맹다온", "아니다"),)), put("old", "고침", quotes=(Quote("구서율", "그렇다"),))]
    )
    assert total(engine) == 2
    engine.close()
